"""Lists that stay as quick as they are, however much else there is.

What was reported here before is found at its place and kind. What waits for a post or a unit lies
in the order of the list, without what waits for a resident.
"""

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from server.base.ids import IdField

IN_HAND = "live AND state NOT IN ('resolved', 'waiting_raiser')"
TODO = (
    'CREATE INDEX "idx_case_row_todo_post" ON "case_row" ("post_id", "due_at", "case_id")'
    f" WHERE {IN_HAND}",
    'CREATE INDEX "idx_case_row_todo_unit" ON "case_row" ("unit_id", "due_at", "case_id")'
    f" WHERE post_id IS NULL AND {IN_HAND}",
)


class Migration(migrations.Migration):
    dependencies = [("models", "0006_rights")]
    operations = [
        ops.AlterField(model_name="Case", name="place_id", field=IdField()),
        ops.AddIndex(
            model_name="Case", index=Index(fields=["place_id", "category", "opened_at"])
        ),
        ops.RemoveIndex(model_name="CaseRow", fields=["post_id", "live", "due_at"]),
        ops.RemoveIndex(model_name="CaseRow", fields=["unit_id", "live", "due_at"]),
        *(ops.RunSQL(index, "") for index in TODO),
    ]
