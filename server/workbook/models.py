"""The table of imports from the desk: the file as it was sent, how far it is, what came of it."""

from typing import Any

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class TownImport(Model):
    """One file sent at the desk. It is let go of after a week, whatever became of it."""

    id = IdField(primary_key=True)
    account_id = IdField()
    title = fields.CharField(120)  # what the file was called
    state = fields.CharField(8)  # waiting checked ready done failed
    crs = fields.CharField(6)
    good_rows = fields.BooleanField(default=False)
    sent = fields.BinaryField()
    wrong = fields.BinaryField(null=True)  # the wrong rows as a workbook
    told: dict[str, Any] = fields.JSONField()  # what a person reads of it
    expected = fields.IntField(default=0)
    written = fields.IntField(default=0)
    made_at = fields.DatetimeField(db_index=True)
    lease_at = fields.DatetimeField(null=True)  # until then a worker has it

    class Meta:
        table = "town_import"

    def __str__(self) -> str:
        return f"{self.title} {self.state}"
