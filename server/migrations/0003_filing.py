"""What cases are called elsewhere, what clerks keep; and whom to ring up, found by place alone."""

import functools
from json import dumps, loads
from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from server.base.ids import IdField


async def find_answered_by_path(apps: Any, editor: Any) -> None:
    """Few cases wait for their resident at a time: an index of these alone costs nearly nothing."""
    await editor.client.execute_script(
        "CREATE INDEX \"idx_cases_answered\" ON \"cases\" (\"path\") WHERE \"state\" = 'resolved'"
    )


class Migration(migrations.Migration):
    dependencies = [("models", "0002_paths_by_byte")]

    operations = [
        ops.CreateModel(
            name='CaseReference',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('case_id', IdField(db_index=True)),
                ('system', fields.CharField(max_length=20)),
                ('number', fields.CharField(max_length=40)),
            ],
            options={'table': 'case_reference', 'app': 'models', 'unique_together': (('number', 'system'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('account_id', IdField()),
                ('title', fields.CharField(max_length=20)),
                ('wanted', fields.JSONField(encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
            ],
            options={'table': 'saved_filter', 'app': 'models', 'unique_together': (('account_id', 'title'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.RunPython(find_answered_by_path, ops.RunPython.noop),
    ]
