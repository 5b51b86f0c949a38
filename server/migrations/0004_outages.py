"""What is known to be out of order, told on the signs under its place."""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from server.base.ids import IdField


async def sort_by_byte(apps: Any, editor: Any) -> None:
    """As every path does; SQLite does so by itself."""
    if editor.DIALECT != "postgres":
        return
    await editor.client.execute_script(
        'ALTER TABLE "outage" ALTER COLUMN "path" TYPE varchar(120) COLLATE "C"'
    )


class Migration(migrations.Migration):
    dependencies = [("models", "0003_filing")]

    operations = [
        ops.CreateModel(
            name='Outage',
            fields=[
                ('id', IdField(primary_key=True, unique=True, db_index=True)),
                ('path', fields.CharField(db_index=True, max_length=120)),
                ('place_name', fields.CharField(max_length=160)),
                ('text', fields.CharField(max_length=60)),
                ('until_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('announced_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('by_account_id', IdField()),
                ('by_post_id', IdField()),
                ('unit_name', fields.CharField(max_length=60)),
            ],
            options={'table': 'outage', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.RunPython(sort_by_byte, ops.RunPython.noop),
    ]
