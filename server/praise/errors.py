"""The ways a praise can be turned down."""

from server.base.errors import Conflict, FieldError, Invalid, NotAllowed, NotFound, TooMany


class PraiseUnknown(NotFound):
    code = "praise-unknown"
    sentence = "没找到这条点赞，可能已经撤回，也可能不由您查看。"


class PraisedToday(Conflict):
    """One person, one target, one day of the town."""

    code = "praised-today"
    sentence = "今天已经给{name}点过赞了，心意收到。明天可以再点。"


class PraisedEnough(TooMany):
    code = "praised-enough"
    sentence = "今天已经点了{most}个赞，谢谢您。明天再来吧。"


class OwnUnit(NotAllowed):
    """Nobody praises themselves or those they work with."""

    code = "own-unit"
    sentence = "{name}是您自己或您的单位，不能给自己点赞。"


class CaseNotOver(Conflict):
    """Thanks for a case are given when it has ended well or without a word, and not before."""

    code = "case-not-over"
    sentence = "这件事还没有办完，办完了再点赞。"


class AlreadyDecided(Conflict):
    """Of two who decide at once one wins; the other is told what became of it."""

    code = "praise-decided"
    sentence = "这条点赞{state}，不用再看了。"


class OwnPraise(NotAllowed):
    """Nobody decides about what was said of themselves."""

    code = "own-praise"
    sentence = "这是给您本人的点赞，请同事来看。"


class TargetMissing(Invalid):
    code = "target-missing"
    sentence = "请选一选您要谢谁。"

    def __init__(self) -> None:
        super().__init__(FieldError("target", self.code, self.sentence))


class NotHere(Invalid):
    """Who is praised by a sign answers for its place."""

    code = "not-praised-here"
    sentence = "这一位不在这里负责，请从列出的里面选。"

    def __init__(self) -> None:
        super().__init__(FieldError("target", self.code, self.sentence))
