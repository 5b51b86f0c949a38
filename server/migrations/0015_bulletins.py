"""公告: what an office or a firm tells everybody at a place, and how often it was opened."""

from typing import Any

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from server.base.ids import IdField

PATHS = (("bulletin", "path"), ("bulletin", "by_area"), ("bulletin_read", "path"))


async def sort_by_byte(apps: Any, editor: Any) -> None:
    """As every path does; SQLite does so by itself."""
    if editor.DIALECT != "postgres":
        return
    for table, column in PATHS:
        await editor.client.execute_script(
            f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE varchar(120) COLLATE "C"'
        )


class Migration(migrations.Migration):
    dependencies = [("models", "0014_merchants")]

    operations = [
        ops.CreateModel(
            name='Bulletin',
            fields=[
                ('id', IdField(primary_key=True, unique=True, db_index=True)),
                ('kind', fields.CharField(max_length=8)),
                ('title', fields.CharField(max_length=60)),
                ('source', fields.TextField(unique=False)),
                ('html', fields.TextField(unique=False)),
                ('photo_ids', fields.JSONField()),
                ('place_id', IdField()),
                ('place_name', fields.CharField(max_length=160)),
                ('path', fields.CharField(max_length=120)),
                ('for_residents', fields.BooleanField()),
                ('for_merchants', fields.BooleanField()),
                ('for_staff', fields.BooleanField()),
                ('by_account_id', IdField()),
                ('by_post_id', IdField()),
                ('by_area', fields.CharField(max_length=120)),
                ('unit_id', IdField()),
                ('unit_name', fields.CharField(max_length=80)),
                ('state', fields.CharField(max_length=10)),
                ('pinned', fields.BooleanField(default=False)),
                ('version', fields.IntField(default=1)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('out_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('until_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('withdrawn_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('reason', fields.CharField(default='', max_length=200)),
            ],
            options={'table': 'bulletin', 'app': 'models', 'indexes': [Index(fields=['path', 'until_at'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='BulletinRead',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('bulletin_id', IdField()),
                ('path', fields.CharField(max_length=120)),
                ('count', fields.IntField()),
            ],
            options={'table': 'bulletin_read', 'app': 'models', 'unique_together': (('bulletin_id', 'path'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.RunPython(sort_by_byte, ops.RunPython.noop),
    ]
