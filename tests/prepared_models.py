"""Tortoise's models are prepared once for each database: the tests open some two thousand.

A process of the town opens one database, and prepares its sixty models for it; here that was most
of what opening one costs. Values that were worked out for SQLite or PostgreSQL are put back.
"""

from typing import Any

from tortoise.apps import Apps

_prepare = Apps._build_initial_querysets
_known: dict[tuple[Any, ...], list[tuple[Any, dict[str, Any]]]] = {}


def pytest_configure() -> None:
    Apps._build_initial_querysets = _prepare_once  # type: ignore[method-assign]


def _prepare_once(self: Apps) -> None:
    models = tuple(self.get_models_iterable())
    dialect = models[0]._meta.db.capabilities.dialect
    if (dialect, models) in _known:
        for meta, values in _known[dialect, models]:
            for name, value in _copied(values).items():
                setattr(meta, name, value)
        return
    for model in models:
        model._meta.filters = {}  # It may hold those of the other database.
    _prepare(self)
    _known[dialect, models] = [(one._meta, _copied(_values(one._meta))) for one in models]


def _values(meta: Any) -> dict[str, Any]:
    return {name: getattr(meta, name) for name in meta.__slots__}


def _copied(values: dict[str, Any]) -> dict[str, Any]:
    """Lists and dicts too: to prepare for the other database empties and fills them again."""
    return {
        name: value.copy() if isinstance(value, list | dict | set) else value
        for name, value in values.items()
    }
