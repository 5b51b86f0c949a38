"""Tortoise's migrations without its waste: an operation renders the models it changes, no others.

Left to itself Tortoise copies the classes of all tables before each operation and prepares all of
them anew after it, so that each new table makes every start in an empty town slower. A change puts
other classes in the place of those it concerns: what stood before may keep the old ones.
"""

from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.graph import MigrationKey
from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps


class Executor(MigrationExecutor):
    """Plans and applies migrations as Tortoise's own does."""

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
