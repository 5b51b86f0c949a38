"""Tables that exist only to try the ground floor: shelves, and toys that stand on them."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Shelf(Model):
    id = IdField(primary_key=True)
    name = fields.CharField(20, unique=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "shelf"


class Toy(Model):
    id = fields.BigIntField(primary_key=True, generated=True)
    shelf = fields.ForeignKeyField("models.Shelf", related_name="toys")
    no = fields.SmallIntField()
    kind = fields.CharField(10, default="ball")
    notes: fields.Field[object] = fields.JSONField(default=dict)
    whole = fields.BooleanField(default=True)
    weight = fields.FloatField(null=True)
    mark = fields.BinaryField(null=True)
    made_on = fields.DateField(null=True)
    seen_at = fields.DatetimeField(null=True)
    owner_id = IdField(null=True)

    class Meta:
        table = "toy"
        unique_together = (("shelf", "no"),)
