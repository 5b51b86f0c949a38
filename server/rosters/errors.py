"""The ways a roster can say no."""

from server.base.errors import Conflict, NotAllowed, NotFound


class PostUnknown(NotFound):
    """There is no such post, or it is not under the viewer's."""

    code = "post-unknown"
    sentence = "没找到这个岗位，可能已经撤销，也可能不归您管。"


class UnitUnknown(NotFound):
    """There is no such unit, or the viewer has nothing to do with it."""

    code = "unit-unknown"
    sentence = "没找到这个单位的排班，可能不归您管。"


class NotYourPost(NotAllowed):
    """They see the post, and only somebody above it sets it up."""

    code = "not-your-post"
    sentence = "这个岗位的排班由上一级来改。"


class LeaveUnknown(NotFound):
    """There is no such leave, or it is over, or somebody else's."""

    code = "leave-unknown"
    sentence = "没找到这次请假，可能已经结束或取消了。"


class RosterMovedOn(Conflict):
    """Somebody else changed the same line first."""

    code = "roster-moved-on"
    sentence = "这一条刚刚有人改过了，请看看最新的再改。"
