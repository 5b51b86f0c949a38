"""The ways a conversation can be turned down."""

from server.base.errors import Conflict, FieldError, Invalid, NotAllowed, NotFound, TooMany, wrong


class ConversationUnknown(NotFound):
    code = "conversation-unknown"
    sentence = "没找到这段留言，可能已经满一年删除，也可能不由您查看。"


class ConversationEnded(Conflict):
    code = "conversation-ended"
    sentence = "这段留言已经结束。要再联系，请再扫一扫那块牌子。"


class Blocked(NotAllowed):
    """The other side takes no more; she may say once why that is wrong."""

    code = "conversation-blocked"
    sentence = "对方不再收您的留言，原因写在留言里，您可以说明一次。急事请打电话。"


class ActNotOffered(Conflict):
    code = "act-not-offered"
    sentence = "现在不能这样做，可能刚刚有了变化。请看看最新情况。"


class OwnPost(NotAllowed):
    code = "own-post"
    sentence = "这是您自己的岗位，不用给自己留言。"


class SaidAlready(Conflict):
    """The same words again within a minute."""

    code = "said-already"
    sentence = "刚刚已经发过一样的话，对方收到了。"


class WrittenEnough(TooMany):
    code = "written-enough"
    sentence = "您已经写了{most}条，都收到了，请等一等回复。急事请打电话。"


class TooManyConversations(TooMany):
    code = "conversations-enough"
    sentence = "您已经在和{most}位工作人员留言了，请先在其中接着说。急事请打电话。"


class BegunJustNow(Conflict):
    """Another request of the same phone began it, and this one brought no key to it."""

    code = "begun-just-now"
    sentence = "刚刚已经给这一位留过言了，请在“我的留言”里接着说。那里没有的话，请过一分钟再发。"


class TicketRefused(NotAllowed):
    """It was used before, is too old, or was not made here."""

    code = "ticket-refused"
    sentence = "连接已经过期，请刷新页面。"


class RepliesUnknown(NotFound):
    """No such unit, or one whose list of replies somebody else keeps."""

    code = "replies-unknown"
    sentence = "没找到这个单位的常用回复，可能不归您管。"


class RepliesMovedOn(Conflict):
    """A colleague changed the list since it was read."""

    code = "replies-moved-on"
    sentence = "同事刚刚改过常用回复。您写的还在，请对照现在的再存一次。"


class ReplyGone(Conflict):
    """What was pressed is no longer there in these words."""

    code = "reply-gone"
    sentence = "这条常用回复刚刚改过或者删掉了，请看看现在的再选。"


class NotAnswering(Invalid):
    """Who is written to by a sign answers for its place."""

    code = "not-answering-here"
    sentence = "这一位不在这里负责，请从列出的里面选。"

    def __init__(self) -> None:
        super().__init__(FieldError("post_id", self.code, self.sentence))


def nothing_said() -> Invalid:
    """A message needs words or a photo."""
    return wrong("text", "message-empty", "写一句话，或者拍张照片，再发送。")
