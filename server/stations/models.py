"""The table of stations: houses of the town that are open to whoever passes."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Station(Model):
    """One station at one place, until it closes for good.

    `place_taken` is the place's id as long as it is there, so that a code there tells of one.
    """

    id = IdField(primary_key=True)
    name = fields.CharField(40)
    kind = fields.CharField(12)  # one of rules.KINDS
    place_id = IdField()
    place_taken = IdField(null=True, unique=True)
    path = fields.CharField(120, db_index=True)  # of its place
    lng = fields.FloatField(null=True)  # WGS-84
    lat = fields.FloatField(null=True)
    phone = fields.CharField(20, default="")
    facilities: list[str] = fields.JSONField()  # keys of rules.FACILITIES
    hours: list[list[str]] = fields.JSONField()  # [[days, starts, ends], …] as in org.DutyHours
    days_off: list[str] = fields.JSONField()  # days on which it stays shut: "2026-12-05"
    closed_at = fields.DatetimeField(null=True)
    version = fields.IntField(db_default=1)  # counts corrections

    class Meta:
        table = "station"

    def __str__(self) -> str:
        return str(self.name)
