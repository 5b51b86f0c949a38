"""The tables of the signs on the wall: codes, their batches, and how often they are scanned."""

from typing import Any

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class CodeBatch(Model):
    """Codes made together. `nth` numbers those made for a node: two made at once take turns."""

    id = IdField(primary_key=True)
    name = fields.CharField(60)
    made_at = fields.DatetimeField()
    path = fields.CharField(120, default="", db_index=True)  # the node; "" for single codes
    nth = fields.IntField(null=True, unique=True)
    count = fields.IntField(default=0)
    by_account_id = IdField(null=True)
    voided_at = fields.DatetimeField(null=True)

    class Meta:
        table = "code_batch"

    def __str__(self) -> str:
        return str(self.name)


class Code(Model):
    """A sign with a token. The token says nothing of the place; replacing it makes a new row."""

    id = IdField(primary_key=True)
    token = fields.CharField(27, unique=True)
    short = fields.CharField(9, null=True, unique=True)  # to type; none at home and on badges
    kind = fields.CharField(10)  # outdoor household merchant vendor station staff
    place_id = IdField(db_index=True)  # of a staff code the area its post serves
    post_id = IdField(null=True, db_index=True)  # staff codes only
    status = fields.CharField(8)  # active retired
    batch_id = IdField(null=True)
    issued_at = fields.DatetimeField()
    retired_at = fields.DatetimeField(null=True)
    successor_id = IdField(null=True)
    ended_for = fields.CharField(12, default="")  # one of rules.ENDED_FOR, once retired
    mounted_at = fields.DatetimeField(null=True)  # when it was last put on its wall

    class Meta:
        table = "code"
        indexes = (("batch_id",),)

    def __str__(self) -> str:
        return str(self.short or self.id)


class Scan(Model):
    """How often a code was opened in an hour. No person, no address."""

    id = fields.BigIntField(primary_key=True, generated=True)
    code_id = IdField()
    hour = fields.DatetimeField()
    count = fields.IntField()

    class Meta:
        table = "scan"
        unique_together = (("code_id", "hour"),)

    def __str__(self) -> str:
        return f"{self.code_id} {self.hour} {self.count}"


class PrintRun(Model):
    """A batch being printed, or printed: how far it is, and under whose lease."""

    id = IdField(primary_key=True)
    batch_id = IdField(db_index=True)
    layout = fields.CharField(8)  # sheet single
    state = fields.CharField(8)  # waiting drawing ready failed
    total = fields.IntField()
    drawn = fields.IntField(default=0)
    size = fields.IntField(default=0)  # bytes
    tries = fields.SmallIntField(default=0)
    lease = fields.CharField(36, null=True)
    lease_until = fields.DatetimeField(null=True)
    by_account_id = IdField(null=True)
    asked_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "print_run"

    def __str__(self) -> str:
        return f"{self.batch_id} {self.layout} {self.state}"


class PlaqueArt(Model):
    """A drawing of the town's own on every plaque: a line in its second script, or its mark."""

    kind = fields.CharField(8, primary_key=True)  # line logo
    title = fields.CharField(120)  # what the file was called
    drawing: dict[str, Any] = fields.JSONField()  # commands, width, height: as the press takes it
    put_at = fields.DatetimeField()

    class Meta:
        table = "plaque_art"

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"
