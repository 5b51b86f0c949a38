"""The life of a code: batches, why a code ended, printing, plaques on walls and what is wrong there."""

from typing import Any

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from server.base.ids import IdField

PATHS = ("code_batch", "mounting", "fault")


async def sort_by_byte(apps: Any, editor: Any) -> None:
    """As every path does; SQLite does so by itself."""
    if editor.DIALECT != "postgres":
        return
    for table in PATHS:
        await editor.client.execute_script(
            f'ALTER TABLE "{table}" ALTER COLUMN "path" TYPE varchar(120) COLLATE "C"'
        )


class Migration(migrations.Migration):
    dependencies = [("models", "0011_duty")]

    operations = [
        ops.CreateModel(
            name='Fault',
            fields=[
                ('id', IdField(primary_key=True, unique=True, db_index=True)),
                ('code_id', IdField(db_index=True)),
                ('path', fields.CharField(db_index=True, max_length=120)),
                ('kind', fields.CharField(max_length=10)),
                ('times', fields.IntField(default=1)),
                ('far', fields.BooleanField(null=True)),
                ('reported_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('open_key', fields.CharField(null=True, unique=True, max_length=50)),
                ('closed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('outcome', fields.CharField(default='', max_length=10)),
                ('by_post_id', IdField(null=True)),
            ],
            options={'table': 'fault', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Mounting',
            fields=[
                ('id', IdField(primary_key=True, unique=True, db_index=True)),
                ('code_id', IdField(db_index=True)),
                ('path', fields.CharField(max_length=120)),
                ('mounted_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('by_account_id', IdField()),
                ('by_post_id', IdField()),
                ('photo_id', IdField(null=True)),
                ('far', fields.BooleanField(null=True)),
            ],
            options={'table': 'mounting', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PrintRun',
            fields=[
                ('id', IdField(primary_key=True, unique=True, db_index=True)),
                ('batch_id', IdField(db_index=True)),
                ('layout', fields.CharField(max_length=8)),
                ('state', fields.CharField(max_length=8)),
                ('total', fields.IntField()),
                ('drawn', fields.IntField(default=0)),
                ('size', fields.IntField(default=0)),
                ('tries', fields.SmallIntField(default=0)),
                ('lease', fields.CharField(null=True, max_length=36)),
                ('lease_until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('by_account_id', IdField(null=True)),
                ('asked_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('finished_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'print_run', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Code',
            name='ended_for',
            field=fields.CharField(default='', max_length=12),
        ),
        ops.AddField(
            model_name='Code',
            name='mounted_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddIndex(
            model_name='Code',
            index=Index(fields=['batch_id']),
        ),
        ops.AddField(
            model_name='CodeBatch',
            name='by_account_id',
            field=IdField(null=True),
        ),
        ops.AddField(
            model_name='CodeBatch',
            name='count',
            field=fields.IntField(default=0),
        ),
        ops.AddField(
            model_name='CodeBatch',
            name='nth',
            field=fields.IntField(null=True, unique=True),
        ),
        ops.AddField(
            model_name='CodeBatch',
            name='path',
            field=fields.CharField(default='', db_index=True, max_length=120),
        ),
        ops.AddField(
            model_name='CodeBatch',
            name='voided_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.RunPython(sort_by_byte, ops.RunPython.noop),
    ]
