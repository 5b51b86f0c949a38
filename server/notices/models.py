"""The tables of what is told to whom: the outbox, and the inbox people read."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Notice(Model):
    """One message to one receiver by one channel, written in the unit of what caused it.

    The receiver is an account, a post, a unit's posts, or whoever holds a case key.
    """

    id = fields.BigIntField(primary_key=True, generated=True)
    dedupe_key = fields.CharField(100, unique=True)
    channel = fields.CharField(10)
    account_id = IdField(null=True)
    post_id = IdField(null=True)
    unit_id = IdField(null=True)
    key_hash = fields.BinaryField(null=True)
    case_id = IdField(null=True)
    text_key = fields.CharField(60)
    values: dict[str, str] = fields.JSONField()
    created_at = fields.DatetimeField()
    run_at = fields.DatetimeField(null=True)  # null: done or dead
    lease = fields.CharField(36, null=True)
    tries = fields.SmallIntField(default=0)
    done_at = fields.DatetimeField(null=True)
    dead_at = fields.DatetimeField(null=True)
    last_error = fields.CharField(200, null=True)

    class Meta:
        table = "notice"
        indexes = (("run_at",),)

    def __str__(self) -> str:
        return str(self.dedupe_key)


class InboxItem(Model):
    """A delivered message, waiting to be read."""

    id = fields.BigIntField(primary_key=True, generated=True)
    notice_id = fields.BigIntField(unique=True)
    account_id = IdField(null=True)
    post_id = IdField(null=True)
    unit_id = IdField(null=True)
    key_hash = fields.BinaryField(null=True)
    case_id = IdField(null=True, db_index=True)
    title = fields.CharField(60)
    body = fields.CharField(400)
    at = fields.DatetimeField()
    read_at = fields.DatetimeField(null=True)

    class Meta:
        table = "inbox_item"
        indexes = (("account_id", "read_at"), ("post_id", "read_at"), ("key_hash", "read_at"))

    def __str__(self) -> str:
        return str(self.title)
