"""Paths of the place tree sort by byte, so that "everything under" is one range of an index."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

PATHS = (
    ("place", "path"),
    ("estate", "community_path"),
    ("unit", "area"),
    ("post", "area"),
    ("responsibility", "path"),
    ("place_phone", "path"),
    ("cases", "path"),
    ("cases", "covers_path"),
)


async def sort_by_byte(apps: Any, editor: Any) -> None:
    """SQLite does so by itself."""
    if editor.DIALECT != "postgres":
        return
    for table, column in PATHS:
        await editor.client.execute_script(
            f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE varchar(120) COLLATE "C"'
        )


class Migration(migrations.Migration):
    dependencies = [("models", "0001_initial")]
    operations = [ops.RunPython(sort_by_byte, ops.RunPython.noop)]
