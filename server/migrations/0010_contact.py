"""我要联系: conversations and their messages; a photo may belong to one."""

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
        'ALTER TABLE "conversation" ALTER COLUMN "path" TYPE varchar(120) COLLATE "C"'
    )


class Migration(migrations.Migration):
    dependencies = [("models", "0009_praise")]

    operations = [
        ops.CreateModel(
            name='Conversation',
            fields=[
                ('id', IdField(primary_key=True, unique=True, db_index=True)),
                ('post_id', IdField()),
                ('unit_id', IdField()),
                ('role', fields.CharField(max_length=24)),
                ('account_id', IdField(null=True)),
                ('key_hash', fields.BinaryField(null=True)),
                ('place_id', IdField()),
                ('place_name', fields.CharField(max_length=160)),
                ('path', fields.CharField(max_length=120)),
                ('state', fields.CharField(max_length=8)),
                ('last_seq', fields.IntField(default=0)),
                ('seen_by_resident', fields.IntField(default=0)),
                ('seen_by_staff', fields.IntField(default=0)),
                ('unanswered', fields.SmallIntField(default=0)),
                ('agrees', fields.BooleanField(default=False)),
                ('opened_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('last_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('waiting_since', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('rung', fields.SmallIntField(default=0)),
                ('ring_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('leader_post_id', IdField(null=True)),
                ('leader_unit_id', IdField(null=True)),
                ('duty_post_id', IdField(null=True)),
                ('blocked', fields.BooleanField(default=False)),
                ('appealed', fields.BooleanField(default=False)),
            ],
            options={'table': 'conversation', 'app': 'models', 'indexes': [Index(fields=['ring_at']), Index(fields=['post_id', 'last_at']), Index(fields=['leader_post_id']), Index(fields=['leader_unit_id']), Index(fields=['duty_post_id']), Index(fields=['account_id', 'last_at']), Index(fields=['key_hash']), Index(fields=['last_at'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Message',
            fields=[
                ('id', IdField(primary_key=True, unique=True, db_index=True)),
                ('conversation_id', IdField()),
                ('seq', fields.IntField()),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('side', fields.CharField(max_length=8)),
                ('kind', fields.CharField(max_length=8)),
                ('post_id', IdField(null=True)),
                ('role', fields.CharField(default='', max_length=24)),
                ('by_name', fields.CharField(default='', max_length=40)),
                ('text_sealed', fields.BinaryField(null=True)),
                ('photos', fields.JSONField()),
                ('danger', fields.BooleanField(default=False)),
                ('waited_s', fields.IntField(null=True)),
                ('case_number', fields.CharField(null=True, max_length=12)),
            ],
            options={'table': 'message', 'app': 'models', 'unique_together': (('conversation_id', 'seq'),), 'indexes': [Index(fields=['at'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Photo',
            name='conversation_id',
            field=IdField(null=True, db_index=True),
        ),
        ops.RunPython(sort_by_byte, ops.RunPython.noop),
    ]
