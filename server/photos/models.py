"""The table of photos. The bytes lie in the store under their content hash."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Photo(Model):
    """One photo, upright and without a trace of where it was taken."""

    id = IdField(primary_key=True)
    hash = fields.CharField(64, db_index=True)  # of the full rendering
    thumb_hash = fields.CharField(64, db_index=True)  # asked by the sweep
    width = fields.IntField()
    height = fields.IntField()
    size = fields.IntField()  # bytes of the full rendering
    uploader_id = IdField(null=True)  # account; none for a guest
    uploaded_at = fields.DatetimeField()
    case_id = IdField(null=True, db_index=True)  # what it was attached to
    conversation_id = IdField(null=True, db_index=True)  # the same, where it was sent in one
    stamped = fields.BooleanField(default=False)

    class Meta:
        table = "photo"

    def __str__(self) -> str:
        return str(self.id)
