"""What a unit begins with, how its list of replies changes, and whose it is to change."""

from dataclasses import dataclass
from uuid import UUID

from server.base.viewer import Viewer

MOST_REPLIES, REPLY_LIMIT = 20, 200


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer to press. The key is of these very words: reworded, it has another."""

    key: str
    words: str


Replies = tuple[Reply, ...]

# What a unit begins with, and has while it keeps none of its own.
TOWNS_OWN = (
    Reply("seen", "您好，收到了，我看一下，稍后回您。"),
    Reply("coming", "您好，我现在过来看看。"),
    Reply("where", "请问具体在哪个位置？方便的话拍张照片发来。"),
    Reply("phone", "这件事电话里说更清楚，请您方便时打我的办公电话。"),
    Reply("done", "已经处理好了，您看看还有没有问题。"),
    Reply("thanks", "好的，谢谢您告诉我们。"),
)

# What the unit of their post has to press; everybody else who answers there presses it.
EDITING_ROLES = (
    "grid_leader",
    "grid_police",
    "property_manager",
    "community_worker",
    "community_secretary",
    "street_dispatcher",
    "street_leader",
    "dept_leader",
)

STEPS = {"keep": 0, "up": -1, "down": 1}
REMOVE = "remove"


def edited_units(viewer: Viewer) -> dict[UUID, str]:
    """The units whose list the viewer keeps, with their names."""
    return {post.unit_id: post.unit_name for post in viewer.posts if post.role in EDITING_ROLES}


def reworded(replies: Replies, key: str, fresh: Reply, step: int) -> Replies:
    """With these words instead of those of the key, so many places further down."""
    at = [one.key for one in replies].index(key)
    others = [*replies[:at], *replies[at + 1 :]]
    there = max(0, min(at + step, len(others)))
    return (*others[:there], fresh, *others[there:])


def without(replies: Replies, key: str) -> Replies:
    """The others, in their order."""
    return tuple(one for one in replies if one.key != key)
