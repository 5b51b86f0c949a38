"""The tables of who answers for what, and when the town works.

The town, its units and posts, who holds them, duty, responsibility, holidays.
"""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Town(Model):
    """The one row every page's footer and every clock reads."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(40)
    sponsor = fields.CharField(80)
    icp = fields.CharField(60)
    police_record = fields.CharField(60)
    phone = fields.CharField(20)
    work_hours: list[list[str]] = fields.JSONField()  # [["08:30", "12:00"], ["14:30", "18:00"]]
    demo = fields.BooleanField(default=False)

    class Meta:
        table = "town"

    def __str__(self) -> str:
        return str(self.name)


class Unit(Model):
    """An office or firm that can be called on."""

    id = IdField(primary_key=True)
    # street community property_firm police_station department utility merchant platform
    kind = fields.CharField(16)
    name = fields.CharField(60)
    parent_id = IdField(null=True)
    area = fields.CharField(120, default="")  # path of the node it serves; "" where estates say so
    phone = fields.CharField(20, null=True)

    class Meta:
        table = "unit"

    def __str__(self) -> str:
        return str(self.name)


class Post(Model):
    """A role for a unit over an area. Work stays with the post when its holder changes."""

    id = IdField(primary_key=True)
    unit_id = IdField(db_index=True)
    role = fields.CharField(24)
    area = fields.CharField(120)  # path; what its holder reaches
    phone = fields.CharField(20, null=True)  # the office phone
    show_phone = fields.BooleanField(default=True)
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "post"

    def __str__(self) -> str:
        return f"{self.role} {self.area}"


class Appointment(Model):
    """Who holds a post, stands in for a holder, or is away from it, from when to when."""

    id = IdField(primary_key=True)
    post_id = IdField(db_index=True)
    account_id = IdField(db_index=True)
    kind = fields.CharField(8)  # holder deputy away
    from_at = fields.DatetimeField()
    to_at = fields.DatetimeField(null=True)
    for_account_id = IdField(null=True)  # of a deputy: the holder who is away
    leave_id = IdField(null=True, db_index=True)  # the leave that made it

    class Meta:
        table = "appointment"

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind} {self.post_id}"


class Leave(Model):
    """Somebody is away from all their posts; a colleague may stand in. Why is nobody's business."""

    id = IdField(primary_key=True)
    account_id = IdField(db_index=True)
    from_at = fields.DatetimeField()
    to_at = fields.DatetimeField()
    deputy_id = IdField(null=True, db_index=True)
    entered_at = fields.DatetimeField()
    taken_back_at = fields.DatetimeField(null=True)

    class Meta:
        table = "leave"

    def __str__(self) -> str:
        return f"{self.account_id} {self.from_at}"


class ShownPhone(Model):
    """A number of one's own that somebody agreed to have on the sign; destroyed when taken back."""

    account_id = IdField(primary_key=True)
    phone_sealed = fields.BinaryField(null=True)
    agreed_at = fields.DatetimeField()
    withdrawn_at = fields.DatetimeField(null=True)

    class Meta:
        table = "shown_phone"

    def __str__(self) -> str:
        return str(self.account_id)


class Duty(Model):
    """When a post is on duty, one row a stretch: of its week, or of one person's shift.

    Workdays and holidays follow the work calendar.
    """

    id = fields.BigIntField(primary_key=True, generated=True)
    post_id = IdField(db_index=True)
    days = fields.CharField(8)  # workday every off, weekdays by number ("135"); "" of a shift
    starts = fields.CharField(5)  # "08:30", town time
    ends = fields.CharField(5)  # "24:00" allowed; before `starts`: on the next day
    account_id = IdField(null=True)  # whose shift it is
    title = fields.CharField(10, db_default="")  # 早班
    on_day = fields.DateField(null=True)  # of a shift: the first time
    every_days = fields.SmallIntField(db_default=0)  # and again every so many days; 0: once
    until_on = fields.DateField(null=True)

    class Meta:
        table = "duty"

    def __str__(self) -> str:
        return f"{self.days} {self.starts}–{self.ends}"


class Responsibility(Model):
    """Who answers for everything under `path` in this role: a post, or a unit as a whole.

    Post roles: grid_worker grid_leader grid_police property_manager community_secretary
    street_dispatcher duty_post merchant. Unit roles name a trade: property_firm community street
    police heating gas power water sanitation municipal greening traffic urban_management
    market_supervision environment. The longest matching path wins.
    """

    id = IdField(primary_key=True)
    path = fields.CharField(120)
    role = fields.CharField(24)
    post_id = IdField(null=True)
    unit_id = IdField(null=True)
    from_at = fields.DatetimeField()
    to_at = fields.DatetimeField(null=True)

    class Meta:
        table = "responsibility"
        indexes = (("path", "role"),)

    def __str__(self) -> str:
        return f"{self.role} {self.path}"


class PlacePhone(Model):
    """A utility or rescue number that serves everything under `path`."""

    id = IdField(primary_key=True)
    path = fields.CharField(120, db_index=True)
    kind = fields.CharField(16)  # duty gas heating elevator power water police
    title = fields.CharField(40)
    number = fields.CharField(20)

    class Meta:
        table = "place_phone"

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class Holiday(Model):
    """A day that differs from its weekday: a holiday, or a weekend that is worked (调休)."""

    day = fields.DateField(primary_key=True)
    workday = fields.BooleanField()
    name = fields.CharField(30, default="")

    class Meta:
        table = "holiday"

    def __str__(self) -> str:
        return str(self.day)


class CalendarYear(Model):
    """A year whose holidays are known; any other counts weekends only, loudly."""

    year = fields.SmallIntField(primary_key=True)

    class Meta:
        table = "calendar_year"

    def __str__(self) -> str:
        return str(self.year)
