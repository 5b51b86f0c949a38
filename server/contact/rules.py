"""How long one waits for an answer, what the town says by itself, and what may be done by whom."""

from datetime import datetime, timedelta

from server.base.spans import Calendar, add, used

TEXT_LIMIT = 2000
REASON_LIMIT = 200
MOST_UNANSWERED = 30  # messages in a row that nobody answered
MOST_OPEN = 5  # conversations of one resident
SAME_AGAIN = timedelta(seconds=60)
PATIENCE = timedelta(minutes=30)  # of working time: then the leader, then a case
IDLE = timedelta(hours=72)
TALKING = timedelta(hours=1)  # who has just answered is there, whatever the roster says

STATES = {"waiting": "等着回复", "answered": "已回复", "ended": "已结束"}

# To press instead of typing.
CANNED = {
    "seen": "您好，收到了，我看一下，稍后回您。",
    "coming": "您好，我现在过来看看。",
    "where": "请问具体在哪个位置？方便的话拍张照片发来。",
    "phone": "这件事电话里说更清楚，请您方便时打我的办公电话。",
    "done": "已经处理好了，您看看还有没有问题。",
    "thanks": "好的，谢谢您告诉我们。",
}

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
    "case": "一直没人回您，对不起。已替您记成上报，编号{number}，应在{respond_by}前有人找您。",
    "made_case": "您说的事已记成上报，编号{number}，应在{respond_by}前回应您。",
    "handed": "{name}转给了{other}，接下来由{other}回您。",
    "ended": "这段留言已经结束。",
    "idle": "三天没有新的留言，这段留言自动结束了。",
    "blocked": "{name}不再收您的留言，原因：{reason}。您有不同看法，可以说明一次，由上一级来看。",
    "lifted": "可以接着写了。",
    "upheld": "上一级看过您的说明，仍然不收您的留言。急事请打值班电话{phone}，也可以拨12345。",
}

SAY = "say"
ACTS = ("end", "hand_over", "case", "block", "appeal", "lift", "uphold")


def offered(stands: str, *, state: str, blocked: bool, appealed: bool) -> tuple[str, ...]:
    """What may be done now by whoever stands so: resident holder leader duty."""
    if state == "ended":
        return ()
    if blocked:
        return _while_blocked(stands, appealed)
    return {
        "resident": (SAY, "end"),
        "holder": (SAY, "end", "hand_over", "case", "block"),
        "leader": (SAY, "end", "case"),
        "duty": (SAY, "case"),
    }[stands]


def _while_blocked(stands: str, appealed: bool) -> tuple[str, ...]:
    if stands == "resident":
        return () if appealed else ("appeal",)
    if stands == "leader" and appealed:
        return ("lift", "uphold")
    return ("lift",) if stands == "holder" else ()


def due_after(since: datetime, rungs: int, calendar: Calendar) -> datetime:
    """When the patience of somebody who waits has run out so many times."""
    return add(since, rungs * PATIENCE, "wh", calendar)


def waited_s(since: datetime, until: datetime, calendar: Calendar) -> int:
    """Working time between a question and its answer."""
    return int(used(since, until, "wh", calendar).total_seconds())
