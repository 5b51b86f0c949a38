"""Merchants: shops and vendors, and the points they lost."""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from server.base.ids import IdField


async def sort_by_byte(apps: Any, editor: Any) -> None:
    """As every path does; SQLite does so by itself."""
    if editor.DIALECT != "postgres":
        return
    await editor.client.execute_script(
        'ALTER TABLE "merchant" ALTER COLUMN "path" TYPE varchar(120) COLLATE "C"'
    )


class Migration(migrations.Migration):
    dependencies = [("models", "0013_imports")]

    operations = [
        ops.CreateModel(
            name='Deduction',
            fields=[
                ('id', IdField(primary_key=True, unique=True, db_index=True)),
                ('merchant_id', IdField(db_index=True)),
                ('case_id', IdField(unique=True)),
                ('points', fields.SmallIntField()),
                ('decided_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('returns_on', fields.DateField()),
                ('reversed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'deduction', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Merchant',
            fields=[
                ('id', IdField(primary_key=True, unique=True, db_index=True)),
                ('kind', fields.CharField(max_length=8)),
                ('name', fields.CharField(max_length=60)),
                ('place_id', IdField(db_index=True)),
                ('path', fields.CharField(db_index=True, max_length=120)),
                ('uscc', fields.CharField(null=True, max_length=18)),
                ('license_short', fields.CharField(default='', max_length=20)),
                ('trade', fields.CharField(max_length=12)),
                ('phone', fields.CharField(null=True, max_length=20)),
                ('duties', fields.JSONField()),
                ('duties_signed_on', fields.DateField(null=True)),
                ('unit_id', IdField(unique=True)),
                ('post_id', IdField(unique=True)),
                ('registered_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('closed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('trading_at', IdField(null=True, unique=True)),
                ('trading_as', fields.CharField(null=True, unique=True, max_length=18)),
                ('version', fields.IntField(default=1)),
            ],
            options={'table': 'merchant', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.RunPython(sort_by_byte, ops.RunPython.noop),
    ]
