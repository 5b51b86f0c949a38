"""户内绑定: which account lives behind which door; and the post a staff code belongs to."""

from typing import Any

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from server.base.ids import IdField


async def sort_by_byte(apps: Any, editor: Any) -> None:
    """As every path does; SQLite does so by itself."""
    if editor.DIALECT != "postgres":
        return
    await editor.client.execute_script(
        'ALTER TABLE "binding" ALTER COLUMN "path" TYPE varchar(120) COLLATE "C"'
    )


class Migration(migrations.Migration):
    dependencies = [("models", "0017_public_photos")]

    operations = [
        ops.CreateModel(
            name='Binding',
            fields=[
                ('id', IdField(primary_key=True, unique=True, db_index=True)),
                ('account_id', IdField(db_index=True)),
                ('room_id', IdField(db_index=True)),
                ('path', fields.CharField(max_length=120)),
                ('kin', fields.CharField(max_length=8)),
                ('state', fields.CharField(max_length=8)),
                ('reason', fields.CharField(default='', max_length=200)),
                ('ended_for', fields.CharField(default='', max_length=10)),
                ('claimed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('due_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('decided_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('over_at', fields.DatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False)),
                ('by_post_id', IdField(null=True)),
                ('ring_at', fields.DatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False)),
                ('open_key', fields.CharField(null=True, unique=True, max_length=73)),
            ],
            options={'table': 'binding', 'app': 'models', 'indexes': [Index(fields=['path', 'claimed_at'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(model_name='Code', name='post_id', field=IdField(null=True, db_index=True)),
        ops.RunPython(sort_by_byte, ops.RunPython.noop),
    ]
