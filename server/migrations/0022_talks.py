"""Conversations are counted by who begins them: of two begun at once one is first."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import UniqueConstraint


class Migration(migrations.Migration):
    dependencies = [("models", "0021_station_version")]

    operations = [
        ops.AddField(
            model_name="Conversation", name="writer", field=fields.BinaryField(null=True)
        ),
        ops.AddField(model_name="Conversation", name="nth", field=fields.IntField(null=True)),
        ops.AddConstraint(
            model_name="Conversation",
            constraint=UniqueConstraint(fields=("writer", "nth"), name=None),
        ),
    ]
