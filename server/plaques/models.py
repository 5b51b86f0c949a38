"""The tables of plaques on their walls: when each was put up, and what was found wrong with it."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Mounting(Model):
    """A plaque was put on its wall, or found hanging there as it should."""

    id = IdField(primary_key=True)
    code_id = IdField(db_index=True)
    path = fields.CharField(120)  # of its place
    mounted_at = fields.DatetimeField()
    by_account_id = IdField()
    by_post_id = IdField()
    photo_id = IdField(null=True)
    far = fields.BooleanField(null=True)  # from the place's point; nothing where the phone was mute

    class Meta:
        table = "mounting"

    def __str__(self) -> str:
        return f"{self.code_id} {self.mounted_at}"


class Fault(Model):
    """Something is wrong with a plaque, as anybody said who stood before it; nobody is kept.

    `open_key` is taken as long as it is open, so that ten who say the same are one fault.
    """

    id = IdField(primary_key=True)
    code_id = IdField(db_index=True)
    path = fields.CharField(120, db_index=True)  # of its place
    kind = fields.CharField(10)  # one of rules.FAULTS
    times = fields.IntField(default=1)  # how often it was said
    far = fields.BooleanField(null=True)  # the first who said so stood far from the place's point
    reported_at = fields.DatetimeField()
    open_key = fields.CharField(50, null=True, unique=True)
    closed_at = fields.DatetimeField(null=True)
    outcome = fields.CharField(10, default="")  # one of rules.OUTCOMES
    by_post_id = IdField(null=True)

    class Meta:
        table = "fault"

    def __str__(self) -> str:
        return f"{self.code_id} {self.kind}"
