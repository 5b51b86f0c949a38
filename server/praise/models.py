"""The table of praise: who thanked whom, where, in which words, and what became of it."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Praise(Model):
    """One word of thanks. One person praises one target once in a day of the town.

    A target is a kind and an id, so that another kind needs no other column. `account_id` is empty
    once the giver has erased the account, or the words are older than they are kept: nobody is
    shown it any more, and it only counts.
    """

    id = IdField(primary_key=True)
    account_id = IdField(null=True)
    target_kind = fields.CharField(10)  # post unit merchant place case
    target_id = IdField()
    target_name = fields.CharField(160)  # as it was called then
    post_id = IdField(null=True)  # who is told, and finds it among what was received
    unit_id = IdField(null=True)
    place_id = IdField()
    place_name = fields.CharField(160)
    path = fields.CharField(120)  # of that place
    covers_path = fields.CharField(120)  # on the signs under it the praise is read; "" on none
    tag = fields.CharField(16)
    text = fields.CharField(200, default="")
    flag = fields.CharField(12, default="")  # what in the words made us look: abuse advertising
    nameless = fields.BooleanField(default=False)  # even the surname is not shown
    state = fields.CharField(10)  # waiting accepted refused withdrawn
    on_day = fields.DateField()  # of the town
    given_at = fields.DatetimeField()
    decided_at = fields.DatetimeField(null=True)
    reason = fields.CharField(200, default="")  # why it was refused, as the giver is told

    class Meta:
        table = "praise"
        unique_together = (("account_id", "target_kind", "target_id", "on_day"),)
        indexes = (
            ("covers_path", "given_at"),
            ("target_id", "given_at"),
            ("account_id", "given_at"),
            ("state", "given_at"),
            ("path", "given_at"),
            ("unit_id", "given_at"),
        )

    def __str__(self) -> str:
        return f"{self.target_name} {self.tag}"
