"""The ways a claim to a home can be turned down. None of them says anything about the home."""

from server.base.errors import Conflict, NotAllowed, NotFound, TooMany


class NotAHome(NotFound):
    code = "not-a-home"
    sentence = "这块牌子不是户内码。请扫家里的那一张。"


class NotAResident(NotAllowed):
    """An account made by an administrator is for work."""

    code = "not-a-resident"
    sentence = "工作账号不能绑定住处，请用您本人的居民账号登录。"


class ClaimedEnough(TooMany):
    code = "claimed-enough"
    sentence = "您申请绑定的次数多了，先等网格员核实前面的，或者明天再来。"


class BindingUnknown(NotFound):
    """No such row, or one of another person or another grid."""

    code = "binding-unknown"
    sentence = "没找到这条绑定，可能已经删掉，也可能不归您管。"


class AlreadyDecided(Conflict):
    """Of two who decide at once one wins; the other is told what became of it."""

    code = "binding-decided"
    sentence = "这条绑定{state}，不用再看了。"
