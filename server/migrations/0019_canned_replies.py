"""常用回复: what each unit keeps to be pressed."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from server.base.ids import IdField


class Migration(migrations.Migration):
    dependencies = [("models", "0018_binding")]

    operations = [
        ops.CreateModel(
            name='CannedReplies',
            fields=[
                ('id', IdField(primary_key=True, unique=True, db_index=True)),
                ('unit_id', IdField(unique=True)),
                ('replies', fields.JSONField()),
                ('version', fields.IntField()),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'canned_replies', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
    ]
