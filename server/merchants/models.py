"""The tables of shops and vendors: who trades where, and the points they have lost."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Merchant(Model):
    """A shop, or a vendor with a stall: who trades at a place of kind premises.

    `unit_id` is a unit of its own, `post_id` the post of role `merchant` over the premises: whoever
    holds that post is its owner here. `trading_at` and `trading_as` repeat place and credit code as
    long as it trades, so that a door has one shop and a code one merchant; both are empty after.
    """

    id = IdField(primary_key=True)
    kind = fields.CharField(8)  # one of rules.KINDS
    name = fields.CharField(60)
    place_id = IdField(db_index=True)
    path = fields.CharField(120, db_index=True)  # of that place
    uscc = fields.CharField(18, null=True)  # unified social credit code; a vendor may have none
    license_short = fields.CharField(20, default="")  # of the licence, for everybody to read
    trade = fields.CharField(12)  # one of rules.TRADES
    phone = fields.CharField(20, null=True)  # the shop's own, for everybody
    duties: list[str] = fields.JSONField()  # 门前三包, of rules.DUTIES
    duties_signed_on = fields.DateField(null=True)
    unit_id = IdField(unique=True)
    post_id = IdField(unique=True)
    registered_at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)
    renamed_at = fields.DatetimeField(null=True)  # since when these premises bear another name
    trading_at = IdField(null=True, unique=True)
    trading_as = fields.CharField(18, null=True, unique=True)
    version = fields.IntField(default=1)  # counts corrections
    owners_version = fields.IntField(db_default=1)  # counts who became its owner or is none now

    class Meta:
        table = "merchant"

    def __str__(self) -> str:
        return str(self.name)


class Deduction(Model):
    """Points a merchant lost by one verified finding, and when they come back.

    Only the deed of an inspection writes one. It counts from `decided_at` until the town's day
    `returns_on` begins, unless it was reversed.
    """

    id = IdField(primary_key=True)
    merchant_id = IdField(db_index=True)
    case_id = IdField(unique=True)
    points = fields.SmallIntField()
    decided_at = fields.DatetimeField()
    returns_on = fields.DateField()
    reversed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "deduction"

    def __str__(self) -> str:
        return f"{self.merchant_id} {self.points}"
