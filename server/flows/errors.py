"""The ways the law of a case says no."""

from server.base.errors import Conflict, Invalid, NotAllowed, NotFound


class NoSuchMove(NotFound):
    """This kind of case knows no such move, or has no such row."""

    code = "no-such-move"
    sentence = "没有这一步。请刷新后再看看能办哪几步。"


class MoveNotPossible(Conflict):
    """Not now: the state is another, or a condition does not hold; `why` says which."""

    code = "move-not-possible"
    sentence = "{why}"


class NotYours(NotAllowed):
    """Somebody else's step."""

    code = "not-yours"
    sentence = "这一步不由您来办。"


class CaseMovedOn(Conflict):
    """Somebody moved it since the person looked."""

    code = "case-moved-on"
    sentence = "这件事刚刚有了新进展。请先看看最新情况再操作，您写的还在。"


class WrongGiven(Invalid):
    """Something is lacking or cannot be taken; `fields` names each."""

    code = "given-wrong"
    sentence = "有地方要改一下，您写的都还在。"


class Unsound(ValueError):
    """A flow that must not be started: every fault found, one a line."""
