"""我要点赞: who thanked whom, and what became of it."""

from typing import Any

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from server.base.ids import IdField


async def sort_by_byte(apps: Any, editor: Any) -> None:
    """As every path does; SQLite does so by itself."""
    if editor.DIALECT != "postgres":
        return
    for column in ("path", "covers_path"):
        await editor.client.execute_script(
            f'ALTER TABLE "praise" ALTER COLUMN "{column}" TYPE varchar(120) COLLATE "C"'
        )


class Migration(migrations.Migration):
    dependencies = [("models", "0008_desk")]

    operations = [
        ops.CreateModel(
            name='Praise',
            fields=[
                ('id', IdField(primary_key=True, unique=True, db_index=True)),
                ('account_id', IdField(null=True)),
                ('target_kind', fields.CharField(max_length=10)),
                ('target_id', IdField()),
                ('target_name', fields.CharField(max_length=160)),
                ('post_id', IdField(null=True)),
                ('unit_id', IdField(null=True)),
                ('place_id', IdField()),
                ('place_name', fields.CharField(max_length=160)),
                ('path', fields.CharField(max_length=120)),
                ('covers_path', fields.CharField(max_length=120)),
                ('tag', fields.CharField(max_length=16)),
                ('text', fields.CharField(default='', max_length=200)),
                ('flag', fields.CharField(default='', max_length=12)),
                ('nameless', fields.BooleanField(default=False)),
                ('state', fields.CharField(max_length=10)),
                ('on_day', fields.DateField()),
                ('given_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('decided_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('reason', fields.CharField(default='', max_length=200)),
            ],
            options={'table': 'praise', 'app': 'models', 'unique_together': (('account_id', 'target_kind', 'target_id', 'on_day'),), 'indexes': [Index(fields=['covers_path', 'given_at']), Index(fields=['target_id', 'given_at']), Index(fields=['account_id', 'given_at']), Index(fields=['state', 'given_at']), Index(fields=['path', 'given_at']), Index(fields=['unit_id', 'given_at'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.RunPython(sort_by_byte, ops.RunPython.noop),
    ]
