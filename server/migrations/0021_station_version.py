"""A station counts its corrections, so that of two clerks the second is told of the first."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0020_plaque_art")]

    operations = [
        ops.AddField(model_name="Station", name="version", field=fields.IntField(db_default=1)),
    ]
