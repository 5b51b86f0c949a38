"""Tortoise's migrations without its waste: an operation renders the models it changes, no others.

Left to itself Tortoise copies the classes of all tables before each operation and prepares all of
them anew after it, so that each new table makes every start in an empty town slower. A change puts
other classes in the place of those it concerns: what stood before may keep the old ones.

On PostgreSQL none waits longer than a moment for a table somebody holds: whoever waits for such a
lock makes everybody after him wait, so the town would stand still. It fails whole, to be tried
again.
"""

from collections.abc import Iterable
from typing import Any

from tortoise.migrations.executor import MigrationExecutor, MigrationTarget, PlanStep
from tortoise.migrations.graph import MigrationGraph, MigrationKey
from tortoise.migrations.operations import RunPython
from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps

LOCK_LIMIT_S = 2


async def _wait_little(_apps: Any, editor: Any) -> None:
    if editor.client.capabilities.dialect == "postgres":
        await editor.client.execute_script(f"SET LOCAL lock_timeout = '{LOCK_LIMIT_S}s'")


_FIRST = RunPython(_wait_little, RunPython.noop)


class Executor(MigrationExecutor):
    """Plans and applies migrations as Tortoise's own does; each gives way to who holds a table."""

    def _migration_plan(
        self,
        targets: Iterable[MigrationTarget] | None,
        applied: set[MigrationKey],
        graph: MigrationGraph,
    ) -> list[PlanStep]:
        steps = super()._migration_plan(targets, applied, graph)
        for step in steps:
            if _FIRST not in step.migration.operations:
                step.migration.operations = [_FIRST, *step.migration.operations]
        return steps

    async def _project_state(
        self, applied: set[MigrationKey], *, upto: MigrationKey | None = None
    ) -> State:
        state = await super()._project_state(set())
        state.apps = _Rendered(state.apps._default_connections)
        for key in self._full_plan():
            if key == upto:
                break
            if key in applied and (migration := self.loader.graph.nodes[key]) is not None:
                await migration.apply(state, dry_run=True, schema_editor=None)
        return state


class _Rendered(StateApps):
    """The classes of all tables at one moment of the migrations."""

    def clone(self, model_states: dict[tuple[str, str], ModelState] | None = None) -> StateApps:
        copied = _Rendered(dict(self._default_connections), self._connections)
        copied.apps = {label: dict(models) for label, models in self.apps.items()}
        return copied

    def _build_initial_querysets(self) -> None:
        """Prepare those that are new."""
        whole = self.apps
        self.apps = {
            label: {name: model for name, model in models.items() if not model._meta.filters}
            for label, models in whole.items()
        }
        try:
            super()._build_initial_querysets()
        finally:
            self.apps = whole
