"""What may be said in thanks, of whom how often, and what looks as if somebody farmed praise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from server.base import clock

TEXT_LIMIT = 200
REASON_LIMIT = 200
MOST_A_DAY = 10  # of one account, whoever is praised
SCREENED_WITHIN = timedelta(hours=24)
# Whose desk the words wait on: the community's and the street's, within their area.
SCREENING_ROLES = ("community_worker", "community_secretary", "street_dispatcher", "street_leader")

# A few words for each kind of target, to press instead of typing.
TAGS = {
    "post": {
        "kind": "热心",
        "quick": "来得快",
        "clear": "讲得清楚",
        "careful": "认真负责",
    },
    "unit": {
        "quick": "来得快",
        "skilled": "手艺好",
        "polite": "态度好",
        "careful": "认真负责",
    },
    "merchant": {
        "honest": "诚信经营",
        "kind": "热情周到",
        "clean": "干净卫生",
        "tidy": "门前整洁",
    },
    "place": {
        "clean": "干净整洁",
        "safe": "安全放心",
        "handy": "方便",
        "lovely": "好看",
    },
    "case": {
        "quick": "办得快",
        "thorough": "办得好",
        "clear": "说得清楚",
        "polite": "态度好",
    },
}
STATES = {"waiting": "正在看", "accepted": "已转达", "refused": "没有通过", "withdrawn": "已撤回"}
FLAGS = {"abuse": "像是骂人的话", "advertising": "像是广告"}

# What looks odd, in the last week, of one target.
ODD_WITHIN = timedelta(days=7)
MANY_IN_AN_HOUR = 10
MANY_OF_FEW, TIMES_EACH = 9, 3
MANY_OF_NEW, NEW_FOR = 5, timedelta(days=3)
LEAST_ODD = min(MANY_IN_AN_HOUR, MANY_OF_FEW, MANY_OF_NEW)
ODD = {
    "hour": f"一小时内有{MANY_IN_AN_HOUR}个以上",
    "few": f"{MANY_OF_FEW}个以上，平均每个账号点了{TIMES_EACH}次以上",
    "new": f"{MANY_OF_NEW}个以上，全部来自开通不到{NEW_FOR.days}天的账号",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One praise as it is counted: when, by which account, and since when that is there."""

    at: datetime
    account: object
    account_since: datetime


def day_of(at: datetime) -> date:
    """The day of the town an instant lies in."""
    return clock.local(at).date()


def oddities(marks: Sequence[Mark]) -> tuple[str, ...]:
    """Which of the rules in `ODD` the praise of one target meets; none: nothing to look at."""
    met = {
        "hour": _most_in_an_hour(marks) >= MANY_IN_AN_HOUR,
        "few": len(marks) >= MANY_OF_FEW
        and len(marks) >= TIMES_EACH * len({mark.account for mark in marks}),
        "new": len(marks) >= MANY_OF_NEW
        and all(mark.at - mark.account_since < NEW_FOR for mark in marks),
    }
    return tuple(key for key, is_so in met.items() if is_so)


def _most_in_an_hour(marks: Sequence[Mark]) -> int:
    times = sorted(mark.at for mark in marks)
    most = first = 0
    for last, at in enumerate(times):
        while at - times[first] >= timedelta(hours=1):
            first += 1
        most = max(most, last - first + 1)
    return most
