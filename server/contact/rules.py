"""How long one waits for an answer, what the town says by itself, and what may be done by whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from server.base.spans import Calendar, add, used

TEXT_LIMIT = 2000
REASON_LIMIT = 200
MOST_UNANSWERED = 30  # messages in a row that nobody answered
MOST_OPEN = 5  # conversations of one resident
SAME_AGAIN = timedelta(seconds=60)
JUST_NOW = timedelta(
    seconds=60
)  # as long as an answer may be under way that brings a guest her key
PATIENCE = timedelta(minutes=30)  # of working time: then the leader, then a case
LAST_RUNG = 2  # a wait that has become a case, or an appeal that has gone up
APPEAL_WAITS = timedelta(days=1)  # of workdays: then the leader is reminded, then it goes up
IDLE = timedelta(hours=72)
TALKING = timedelta(hours=1)  # who has just answered is there, whatever the roster says

STATES = {"waiting": "等着回复", "answered": "已回复", "ended": "已结束"}
NOTHING_SAID = "还没有留言"

# What the town says by itself.
LINES = {
    "auto": (
        "这是自动回复：{name}现在不当班，{next_duty}上班后回您。"
        "急事请打值班电话{phone}，有危险请打110、119、120。"
    ),
    "auto_away": (
        "这是自动回复：{name}现在不当班，看到后回您。"
        "急事请打值班电话{phone}，有危险请打110、119、120。"
    ),
    "danger": "您写的像是急事。请先打110、119或120，我们也已经告诉值班的人。",
    "rung": "{name}还没有回您，已转告{leader}。到{time}仍没人回，会替您记成一件上报。",
    "gone_up": "您的说明还没有人定，已转给{leader}，接下来由这一位来定。",
    "case": "一直没人回您，对不起。已替您记成上报，编号{number}，应在{respond_by}前有人找您。",
    "made_case": "您说的事已记成上报，编号{number}，应在{respond_by}前回应您。",
    "handed": "{name}转给了{other}，接下来由{other}回您。",
    "firm_changed": "这里换了物业，接下来由{other}回您。",
    "ended": "这段留言已经结束。",
    "idle": "三天没有新的留言，这段留言自动结束了。",
    "blocked": "{name}不再收您的留言，原因：{reason}。您有不同看法，可以说明一次，由上一级来看。",
    "lifted": "可以接着写了。",
    "upheld": "上一级看过您的说明，仍然不收您的留言。急事请打值班电话{phone}，也可以拨12345。",
}

SAY = "say"
ACTS = ("end", "hand_over", "case", "block", "appeal", "lift", "uphold")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is given with an act: a reason, a colleague's post, the number of a message."""

    text: str = ""
    post_id: UUID | None = None
    seq: int = 0


def offered(stands: str, *, state: str, blocked: bool, appealed: bool) -> tuple[str, ...]:
    """What may be done now by whoever stands so: resident holder leader duty; by others nothing."""
    if state == "ended":
        return ()
    if blocked:
        return _while_blocked(stands, appealed)
    return {
        "resident": (SAY, "end"),
        "holder": (SAY, "end", "hand_over", "case", "block"),
        "leader": (SAY, "end", "case"),
        "duty": (SAY, "case"),
    }.get(stands, ())


def _while_blocked(stands: str, appealed: bool) -> tuple[str, ...]:
    if stands == "resident":
        return () if appealed else ("appeal",)
    if stands == "leader" and appealed:
        return ("lift", "uphold")
    return ("lift",) if stands == "holder" else ()


def due_after(since: datetime, rungs: int, calendar: Calendar) -> datetime:
    """When the patience of somebody who waits has run out so many times."""
    return add(since, rungs * PATIENCE, "wh", calendar)


def decided_by(since: datetime, calendar: Calendar) -> datetime:
    """When an appeal that has waited since then rings."""
    return add(since, APPEAL_WAITS, "wd", calendar)


def waited_s(since: datetime, until: datetime, calendar: Calendar) -> int:
    """Working time between a question and its answer."""
    return int(used(since, until, "wh", calendar).total_seconds())
