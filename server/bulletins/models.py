"""The tables of bulletins: what an office or a firm tells everybody, how often it was opened."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Bulletin(Model):
    """A 公告, from the first draft on. Where it stands at an instant, `rules.state_at` says.

    `html` is what was made of `source` and cleaned: nothing else is ever shown. `by_area` is how
    far its writer's post reached, so that nobody below changes what somebody above has said.
    """

    id = IdField(primary_key=True)
    kind = fields.CharField(8)  # office firm
    title = fields.CharField(60)
    source = fields.TextField()  # as it was typed
    html = fields.TextField()
    photo_ids: list[str] = fields.JSONField()  # in the order they are shown
    place_id = IdField()
    place_name = fields.CharField(160)
    path = fields.CharField(120)  # of that place: for everybody at and under it
    for_residents = fields.BooleanField()
    for_merchants = fields.BooleanField()
    for_staff = fields.BooleanField()
    by_account_id = IdField()
    by_post_id = IdField()
    by_area = fields.CharField(120)
    unit_id = IdField()
    unit_name = fields.CharField(80)
    state = fields.CharField(10)  # draft published withdrawn
    pinned = fields.BooleanField(default=False)
    version = fields.IntField(default=1)
    changed_at = fields.DatetimeField()
    out_at = fields.DatetimeField(null=True)
    until_at = fields.DatetimeField(null=True)
    withdrawn_at = fields.DatetimeField(null=True)
    reason = fields.CharField(200, default="")  # why it was withdrawn

    class Meta:
        table = "bulletin"
        indexes = (("path", "until_at"),)

    def __str__(self) -> str:
        return str(self.title)


class BulletinRead(Model):
    """How often a bulletin was opened in a community. No person, no time."""

    id = fields.BigIntField(primary_key=True, generated=True)
    bulletin_id = IdField()
    path = fields.CharField(120)  # of the community; "" where none is known
    count = fields.IntField()

    class Meta:
        table = "bulletin_read"
        unique_together = (("bulletin_id", "path"),)

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.path} {self.count}"
