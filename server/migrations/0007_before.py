"""What was reported here before is found at its place and kind, however much else is there."""

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from server.base.ids import IdField


class Migration(migrations.Migration):
    dependencies = [("models", "0006_rights")]
    operations = [
        ops.AlterField(model_name="Case", name="place_id", field=IdField()),
        ops.AddIndex(
            model_name="Case", index=Index(fields=["place_id", "category", "opened_at"])
        ),
    ]
