"""The tables of what can be reported, who then owns it, and what is known to be out of order."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Category(Model):
    """One kind of report, with everything that differs by city: clocks, evidence, who sees it."""

    key = fields.CharField(8, primary_key=True)
    title = fields.CharField(30)
    icon = fields.CharField(16)
    rank = fields.SmallIntField()  # order of the tiles
    respond = fields.CharField(8)  # span
    resolve = fields.CharField(8)
    direct = fields.BooleanField(default=False)  # straight to the owner
    public = fields.BooleanField(default=True)  # may be listed on a code page
    conceal = fields.BooleanField(default=False)  # preset
    covers = fields.CharField(10, default="spot")  # spot entrance building estate
    evidence = fields.CharField(8, default="photo")  # photo text call
    urgent = fields.BooleanField(default=False)
    advice = fields.CharField(40, null=True)  # key of the words shown when chosen
    escalate = fields.CharField(24, default="street")
    gb_code = fields.CharField(10, null=True)
    retired_at = fields.DatetimeField(null=True)

    class Meta:
        table = "category"

    def __str__(self) -> str:
        return f"{self.key} {self.title}"


class DispatchRule(Model):
    """Place × category × time → the role that owns it. The highest `weight` that fits wins."""

    id = IdField(primary_key=True)
    category_key = fields.CharField(8, db_index=True)
    inside_estate = fields.BooleanField(null=True)  # null: either
    starts = fields.CharField(5, null=True)  # town time; null: always
    ends = fields.CharField(5, null=True)
    owner = fields.CharField(24)  # a responsibility role
    weight = fields.SmallIntField(default=0)

    class Meta:
        table = "dispatch_rule"

    def __str__(self) -> str:
        return f"{self.category_key} → {self.owner}"


class Outage(Model):
    """Something known to be out of order under `path`, shown above the form until it is over."""

    id = IdField(primary_key=True)
    path = fields.CharField(120, db_index=True)
    place_name = fields.CharField(160)
    text = fields.CharField(60)
    until_at = fields.DatetimeField()  # when it is expected to work again
    announced_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)  # over, or taken back
    by_account_id = IdField()
    by_post_id = IdField()
    unit_name = fields.CharField(60)

    class Meta:
        table = "outage"

    def __str__(self) -> str:
        return f"{self.place_name} {self.text}"
