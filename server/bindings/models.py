"""The table of homes: which account says, or was found, to live behind which door."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Binding(Model):
    """One person and one home. Several persons may be bound to a home, each by a row of their own.

    `open_key` is taken as long as the row is claimed or bound, so that one person is bound to one
    home once. The row goes with the account, and some time after it is over.
    """

    id = IdField(primary_key=True)
    account_id = IdField(db_index=True)
    room_id = IdField(db_index=True)
    path = fields.CharField(120)  # of the room
    kin = fields.CharField(8)  # one of rules.KIN
    state = fields.CharField(8)  # claimed bound refused ended
    reason = fields.CharField(200, default="")  # why it was refused, as the person is told
    ended_for = fields.CharField(10, default="")  # one of rules.ENDED_FOR
    claimed_at = fields.DatetimeField()
    due_at = fields.DatetimeField()  # by then somebody should have verified it
    decided_at = fields.DatetimeField(null=True)
    over_at = fields.DatetimeField(null=True, db_index=True)
    by_post_id = IdField(null=True)  # under which it was decided
    ring_at = fields.DatetimeField(null=True, db_index=True)
    open_key = fields.CharField(73, null=True, unique=True)

    class Meta:
        table = "binding"
        indexes = (("path", "claimed_at"),)

    def __str__(self) -> str:
        return f"{self.kin} {self.state}"
