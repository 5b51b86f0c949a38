"""常用回复: the answers a unit keeps to be pressed; the town's own for one that keeps none."""

from server.contact.canned.actions import add_reply, change_reply
from server.contact.canned.queries import (
    CannedList,
    canned_list,
    offered_replies,
    words_of,
)
from server.contact.canned.rules import (
    EDITING_ROLES,
    MOST_REPLIES,
    REPLY_LIMIT,
    Reply,
    edited_units,
)

__all__ = [
    "EDITING_ROLES",
    "MOST_REPLIES",
    "REPLY_LIMIT",
    "CannedList",
    "Reply",
    "add_reply",
    "canned_list",
    "change_reply",
    "edited_units",
    "offered_replies",
    "words_of",
]
