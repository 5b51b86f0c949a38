"""A finding at a shop is open once; a shop counts who owns it and remembers when it
was renamed; what was reported from a home stands
on the sign of no entrance, and is found on the desk by its door.

The index of open findings decides between two inspectors of one instant. Where some are open twice
already it holds for what is found from then on, for a case is never ended by a migration.
"""

import re
from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


async def find_once(apps: Any, editor: Any) -> None:
    """By shop and item, as `cases/intake/offices.py` asks."""
    if editor.DIALECT == "postgres":
        alike = "(facts ->> 'merchant'), (facts ->> 'item')"
    else:
        alike = "json_extract(facts, '$.merchant'), json_extract(facts, '$.item')"
    are_open = "live AND flow = 'merchant_inspection'"
    twice = await editor.client.execute_query_dict(
        f'SELECT max(opened_at) AS last FROM "cases" WHERE {are_open}'
        f" GROUP BY {alike} HAVING count(*) > 1 ORDER BY 1 DESC LIMIT 1"
    )
    since = f" AND opened_at > '{twice[0]['last']}'" if twice else ""
    await editor.client.execute_script(
        f'CREATE UNIQUE INDEX "idx_cases_found_once" ON "cases" ({alike}) WHERE {are_open}{since}'
    )


_ROOMS = "(SELECT id FROM place WHERE kind = 'room')"
OFF_THE_SIGNS = (
    f'UPDATE "cases" SET covers_path = path WHERE live AND place_id IN {_ROOMS}'
    " AND covers_path IN (SELECT path FROM place WHERE kind = 'entrance')"
)
HOMES = (
    "SELECT s.id, s.place, p.full_name AS door FROM case_search s"
    ' JOIN "cases" c ON c.id = s.case_id JOIN place p ON p.id = c.place_id WHERE p.kind = \'room\''
)


async def find_by_door(apps: Any, editor: Any) -> None:
    """Add the pieces of its door to every case at a home that was fed before."""
    for row in await editor.client.execute_query_dict(HOMES):
        runs = re.findall(r"[^\W_]+", row["door"].lower())
        pieces = dict.fromkeys(run[at : at + 2] for run in runs for at in range(len(run) - 1))
        words = " ".join(dict.fromkeys([*pieces, *row["place"].split()])).replace("'", "''")
        await editor.client.execute_script(
            f"UPDATE case_search SET place = '{words}' WHERE id = {row['id']}"
        )


class Migration(migrations.Migration):
    dependencies = [("models", "0022_talks")]

    operations = [
        ops.AddField(
            model_name="Merchant", name="owners_version", field=fields.IntField(db_default=1)
        ),
        ops.AddField(
            model_name="Merchant", name="renamed_at", field=fields.DatetimeField(null=True)
        ),
        ops.RunPython(find_once, ops.RunPython.noop),
        ops.RunSQL(OFF_THE_SIGNS, ""),
        ops.RunPython(find_by_door, ops.RunPython.noop),
    ]
