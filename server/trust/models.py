"""The tables of trust: what a key was answered before, so that a replay changes nothing."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Replay(Model):
    """One create or move made with an idempotency key. Written in the same unit as what it made.

    `actor` is the session, or for a guest nothing but the key itself, which is 128 random bits
    made by the phone. Kept seven days.
    """

    id = IdField(primary_key=True)
    actor = fields.CharField(40)
    route = fields.CharField(80)
    key = fields.CharField(80)
    body_hash = fields.BinaryField()
    made: dict[str, str] = fields.JSONField()  # what to answer from: {"number": …} or {"photo": …}
    at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "replay"
        unique_together = (("actor", "route", "key"),)

    def __str__(self) -> str:
        return f"{self.route} {self.key}"
