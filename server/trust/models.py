"""The tables of trust: answers to repeated requests, sensitive acts, and what proves them whole."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Replay(Model):
    """One create or move made with an idempotency key. Written in the same unit as what it made.

    `actor` is the session, or for a guest nothing but the key itself, which is 128 random bits
    made by the phone. Kept seven days.
    """

    id = IdField(primary_key=True)
    actor = fields.CharField(40)
    route = fields.CharField(80)
    key = fields.CharField(80)
    body_hash = fields.BinaryField()
    made: dict[str, str] = fields.JSONField()  # what to answer from: {"number": …} or {"photo": …}
    at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "replay"
        unique_together = (("actor", "route", "key"),)

    def __str__(self) -> str:
        return f"{self.route} {self.key}"


class AuditRecord(Model):
    """One sensitive act, once and for ever: who did what, on what, why, and how it ended.

    Each stream is a chain of its own, signed with the town's key: who can write the database but
    has no key cannot write a record. Kept by the retention table.
    """

    id = fields.BigIntField(primary_key=True, generated=True)
    stream = fields.CharField(16)  # what stands before the dot of the action
    seq = fields.BigIntField()
    at = fields.DatetimeField(db_index=True)
    action = fields.CharField(40)
    by_account_id = IdField(null=True)
    by_post_id = IdField(null=True)
    by_name = fields.CharField(40, default="")  # as it stood then: staff only
    by_role = fields.CharField(24, default="")
    target = fields.CharField(80, default="")
    result = fields.CharField(12, default="done")
    reason = fields.CharField(200, default="")
    detail: dict[str, object] = fields.JSONField()
    request = fields.CharField(40, default="")
    chain = fields.BinaryField()

    class Meta:
        table = "audit_record"
        unique_together = (("stream", "seq"),)

    def __str__(self) -> str:
        return f"{self.action} {self.target}"


class Anchor(Model):
    """What had been written by a moment: a Merkle root over rows in the order they were committed.

    `leaves` names every row with its hash, so that a check can name the row that differs. `upto`
    is where the next window begins.
    """

    no = fields.IntField(primary_key=True, generated=False)
    at = fields.DatetimeField()
    epoch = fields.SmallIntField()
    upto: dict[str, list[int]] = fields.JSONField()
    count = fields.IntField()
    leaves = fields.BinaryField()
    root = fields.BinaryField()
    before = fields.BinaryField()
    hash = fields.BinaryField()

    class Meta:
        table = "anchor"

    def __str__(self) -> str:
        return f"anchor {self.no}"


class AnchorEpoch(Model):
    """A PostgreSQL cluster the town has lived in: in each, transactions are counted anew."""

    epoch = fields.SmallIntField(primary_key=True, generated=False)
    system = fields.CharField(24)
    at = fields.DatetimeField()

    class Meta:
        table = "anchor_epoch"

    def __str__(self) -> str:
        return f"epoch {self.epoch}"


class UnmaskUse(Model):
    """One of a person's looks at sealed values that day: the key of the row is the quota."""

    id = fields.BigIntField(primary_key=True, generated=True)
    account_id = IdField()
    day = fields.DateField()
    nth = fields.SmallIntField()

    class Meta:
        table = "unmask_use"
        unique_together = (("account_id", "day", "nth"),)

    def __str__(self) -> str:
        return f"{self.account_id} {self.day} {self.nth}"
