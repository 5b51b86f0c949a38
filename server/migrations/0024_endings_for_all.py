"""The endings everybody may read, by where they were and when: found without a look at the cases.

On SQLite alone: PostgreSQL walks the desk's two orders for them and is as quick. SQLite takes a
partial index for whole only if everything that is asked stands in it, and before the desk's only if
it begins as that does.
"""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

FOR_ALL = (
    "NOT live AND flow = 'report' AND state = 'closed' AND public AND NOT conceal"
    " AND about_unit_id IS NULL AND about_post_id IS NULL"
)
BESIDE = "live, flow, public, conceal, about_unit_id, about_post_id"
INDEX = (
    'CREATE INDEX "idx_cases_for_all" ON "cases"'
    f" (state, path, closed_at, id, {BESIDE}) WHERE {FOR_ALL}"
)


async def index_endings(apps: Any, editor: Any) -> None:
    if editor.DIALECT != "postgres":
        await editor.client.execute_script(INDEX)


class Migration(migrations.Migration):
    dependencies = [("models", "0023_found_once")]

    operations = [ops.RunPython(index_endings, ops.RunPython.noop)]
