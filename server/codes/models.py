"""The tables of the signs on the wall: codes, their batches, and how often they are scanned."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class CodeBatch(Model):
    id = IdField(primary_key=True)
    name = fields.CharField(60)
    made_at = fields.DatetimeField()

    class Meta:
        table = "code_batch"

    def __str__(self) -> str:
        return str(self.name)


class Code(Model):
    """A sign with a token. The token says nothing of the place; replacing it makes a new row."""

    id = IdField(primary_key=True)
    token = fields.CharField(27, unique=True)
    short = fields.CharField(9, null=True, unique=True)  # to type; none on household codes
    kind = fields.CharField(10)  # outdoor household merchant vendor station staff
    place_id = IdField(db_index=True)
    status = fields.CharField(8)  # active retired
    batch_id = IdField(null=True)
    issued_at = fields.DatetimeField()
    retired_at = fields.DatetimeField(null=True)
    successor_id = IdField(null=True)

    class Meta:
        table = "code"

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
