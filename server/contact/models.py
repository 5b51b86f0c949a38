"""The tables of talking: conversations, what was said in them, in order, and canned replies."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Conversation(Model):
    """Somebody who scanned a sign and the post that answers there. It belongs to the post.

    `last_seq` is the number of its last message and guards every change. `ring_at` is when
    something follows by itself: nobody answered, decided, or said anything any more. Its
    number among its writer's is unique, so that of two begun at once one is first.
    """

    id = IdField(primary_key=True)
    post_id = IdField()
    unit_id = IdField()
    role = fields.CharField(24)  # of the post
    account_id = IdField(null=True)  # of the resident; a guest has a key
    key_hash = fields.BinaryField(null=True)
    writer = fields.BinaryField(null=True)  # whose beginnings are counted: see `talking.writers`
    nth = fields.IntField(null=True)  # which of them this is
    place_id = IdField()
    place_name = fields.CharField(160)
    path = fields.CharField(120)  # of that place
    state = fields.CharField(8)  # waiting answered ended
    last_seq = fields.IntField(default=0)
    seen_by_resident = fields.IntField(default=0)
    seen_by_staff = fields.IntField(default=0)
    unanswered = fields.SmallIntField(default=0)  # messages of hers since the last answer
    agrees = fields.BooleanField(default=False)  # her words may go with a case nobody answered
    opened_at = fields.DatetimeField()
    last_at = fields.DatetimeField()
    waiting_since = fields.DatetimeField(null=True)
    rung = fields.SmallIntField(default=0)  # 1: the leader was told, 2: a case, or gone up
    ring_at = fields.DatetimeField(null=True)
    leader_post_id = IdField(null=True)  # who was told that nobody answers, and may answer
    leader_unit_id = IdField(null=True)  # the same where a whole unit was told
    duty_post_id = IdField(null=True)  # who was rung because it sounded like danger
    blocked = fields.BooleanField(default=False)
    appealed = fields.BooleanField(default=False)

    class Meta:
        table = "conversation"
        unique_together = (("writer", "nth"),)
        indexes = (
            ("ring_at",),
            ("post_id", "last_at"),
            ("leader_post_id",),
            ("leader_unit_id",),
            ("duty_post_id",),
            ("account_id", "last_at"),
            ("key_hash",),
            ("last_at",),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.place_name}"


class Message(Model):
    """One thing said, or one line of the town itself. Its `seq` counts from 1 without a gap."""

    id = IdField(primary_key=True)
    conversation_id = IdField()
    seq = fields.IntField()
    at = fields.DatetimeField()
    side = fields.CharField(8)  # resident staff town
    kind = fields.CharField(8)  # said auto rung case handed ended blocked appeal lifted upheld
    post_id = IdField(null=True)  # under which staff said it
    role = fields.CharField(24, default="")
    by_name = fields.CharField(40, default="")  # of staff, as on the plate
    text_sealed = fields.BinaryField(null=True)
    photos: list[str] = fields.JSONField()
    danger = fields.BooleanField(default=False)
    waited_s = fields.IntField(null=True)  # working time the resident had waited for this answer
    case_number = fields.CharField(12, null=True)

    class Meta:
        table = "message"
        unique_together = (("conversation_id", "seq"),)
        indexes = (("at",),)

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.seq}"


class CannedReplies(Model):
    """What a unit keeps to be pressed. `version` guards every change, so that the list is one."""

    id = IdField(primary_key=True)
    unit_id = IdField(unique=True)
    replies: list[list[str]] = fields.JSONField()  # key and words of each, in their order
    version = fields.IntField()
    changed_at = fields.DatetimeField()

    class Meta:
        table = "canned_replies"

    def __str__(self) -> str:
        return f"{self.unit_id} {self.version}"
