"""Stations: houses open to whoever passes."""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from server.base.ids import IdField


async def sort_by_byte(apps: Any, editor: Any) -> None:
    """As every path does; SQLite does so by itself."""
    if editor.DIALECT != "postgres":
        return
    await editor.client.execute_script(
        'ALTER TABLE "station" ALTER COLUMN "path" TYPE varchar(120) COLLATE "C"'
    )


class Migration(migrations.Migration):
    dependencies = [("models", "0015_bulletins")]

    operations = [
        ops.CreateModel(
            name='Station',
            fields=[
                ('id', IdField(primary_key=True, unique=True, db_index=True)),
                ('name', fields.CharField(max_length=40)),
                ('kind', fields.CharField(max_length=12)),
                ('place_id', IdField()),
                ('place_taken', IdField(null=True, unique=True)),
                ('path', fields.CharField(db_index=True, max_length=120)),
                ('lng', fields.FloatField(null=True)),
                ('lat', fields.FloatField(null=True)),
                ('phone', fields.CharField(default='', max_length=20)),
                ('facilities', fields.JSONField()),
                ('hours', fields.JSONField()),
                ('days_off', fields.JSONField()),
                ('closed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'station', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.RunPython(sort_by_byte, ops.RunPython.noop),
    ]
