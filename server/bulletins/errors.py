"""The ways a bulletin can say no."""

from server.base.errors import Conflict, NotAllowed, NotFound


class BulletinUnknown(NotFound):
    """No such bulletin, one that is not out, or another area's."""

    code = "bulletin-unknown"
    sentence = "没找到这条公告，可能已经撤下或到期，也可能不是发给这里的。"


class BulletinMovedOn(Conflict):
    """A colleague changed it since it was read."""

    code = "bulletin-moved-on"
    sentence = "同事刚刚改过这条公告。您写的都还在，请对照现在的内容再存一次。"


class BulletinOver(Conflict):
    """Withdrawn or expired: it stays as it was."""

    code = "bulletin-over"
    sentence = "这条公告已经结束，不能再改。要再发，请照着它写一条新的。"


class NotADraft(Conflict):
    """It came out, so it is withdrawn and not thrown away."""

    code = "bulletin-not-a-draft"
    sentence = "这条公告已经发布，只能撤下，不能删掉。"


class FirmsOwnWords(NotAllowed):
    """It is signed by a firm: who stands above may take it down, and not put words in its mouth."""

    code = "bulletin-firms-own-words"
    sentence = "这是物业写的，署的是物业的名，请物业自己改、自己发布。内容不合适，可以撤下。"
