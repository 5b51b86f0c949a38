"""The table of photos of cases that everybody may see: copies, made and published by hand."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class PublicPhoto(Model):
    """One photo of a case on its way to everybody: drawn over, then published, perhaps withdrawn.

    The copy is a photo of its own; the one it was made of is never touched. `source_taken` is the
    source's id until the copy is withdrawn, so that one photo has one copy.
    """

    id = IdField(primary_key=True)
    case_id = IdField(db_index=True)
    source_id = IdField()
    source_taken = IdField(null=True, unique=True)
    copy_id = IdField(null=True)  # none once withdrawn
    side = fields.CharField(6)  # before after
    state = fields.CharField(9)  # draft public withdrawn
    areas = fields.SmallIntField()  # how many were blotted out
    made_at = fields.DatetimeField()
    made_by_id = IdField()  # account
    published_at = fields.DatetimeField(null=True)
    withdrawn_at = fields.DatetimeField(null=True)

    class Meta:
        table = "public_photo"

    def __str__(self) -> str:
        return f"{self.case_id} {self.side} {self.state}"
