"""How long what is kept: one table, from which residents' page, operator's book and worker read.

Words for residents are `privacy.rule.<key>` among the words of pages.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from server import (
    bindings,
    bulletins,
    cases,
    contact,
    notices,
    people,
    photos,
    plaques,
    praise,
    trust,
)

ANSWERED_WITHIN_DAYS = 15  # whoever asks what is kept of them
Unit = Literal["年", "天", "小时", "分钟"]


LENGTHS = {
    "天": timedelta(days=1),
    "小时": timedelta(hours=1),
    "分钟": timedelta(minutes=1),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """How long: three years, thirty days."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.number}{self.unit}"

    def before(self, now: datetime) -> datetime:
        """What began before this instant is over."""
        if self.unit != "年":
            return now - self.number * LENGTHS[self.unit]
        leap_day = (now.month, now.day) == (2, 29)
        return now.replace(year=now.year - self.number, day=28 if leap_day else now.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: of what, how long, from when, and what happens then.

    `due` counts what is over, `act` does what the rule says and counts what it did; both are told
    before which instant. `hourly` rules are too short to wait for the night.
    """

    key: str
    what: str
    kept: Kept
    since: str
    then: str
    due: Callable[[datetime], Awaitable[int]]
    act: Callable[[datetime], Awaitable[int]]
    hourly: bool = False


RULES = (
    Rule(
        key="cases",
        what="who raised or joined a case, their words, where they pointed, their photos",
        kept=Kept(3, "年"),
        since="the case ended, unless it is on legal hold",
        then="destroyed; category, place, times and what the staff did stay",
        due=cases.old_cases,
        act=cases.forget_old_cases,
    ),
    Rule(
        key="praises",
        what="who gave a praise and what they wrote",
        kept=Kept(1, "年"),
        since="it was given",
        then="destroyed; whom, the word that was pressed, place and day stay",
        due=praise.old_praises,
        act=praise.forget_praises,
    ),
    Rule(
        key="conversations",
        what="what residents and those who answer here wrote to each other, their photos",
        kept=Kept(1, "年"),
        since="the last word",
        then="deleted",
        due=contact.old_conversations,
        act=contact.forget_conversations,
    ),
    Rule(
        key="bindings",
        what="who said they live where, once refused or over",
        kept=Kept(90, "天"),
        since="it was refused or ended",
        then="deleted",
        due=bindings.old_bindings,
        act=bindings.forget_bindings,
    ),
    Rule(
        key="bulletins",
        what="bulletins, their photos and how often they were opened",
        kept=Kept(3, "年"),
        since="it expired or was withdrawn; a draft, since it was last changed",
        then="deleted",
        due=bulletins.old_bulletins,
        act=bulletins.forget_bulletins,
    ),
    Rule(
        key="inbox",
        what="messages in an inbox",
        kept=Kept(1, "年"),
        since="it was delivered",
        then="deleted",
        due=notices.old_inbox,
        act=notices.forget_inbox,
    ),
    Rule(
        key="notices",
        what="messages of the outbox, once delivered or given up",
        kept=Kept(90, "天"),
        since="it was written",
        then="deleted",
        due=notices.old_notices,
        act=notices.forget_notices,
    ),
    Rule(
        key="sessions",
        what="sign-ins",
        kept=Kept(30, "天"),
        since="it ended",
        then="deleted",
        due=people.old_sessions,
        act=people.forget_sessions,
    ),
    Rule(
        key="codes",
        what="codes sent to a phone",
        kept=Kept(5, "分钟"),
        since="it was sent",
        then="opens nothing; deleted within the hour",
        due=people.old_codes,
        act=people.forget_codes,
        hourly=True,
    ),
    Rule(
        key="tallies",
        what="what is counted at the door: codes asked for, wrong passwords",
        kept=Kept(24, "小时"),
        since="the last of them",
        then="deleted",
        due=people.old_tallies,
        act=people.forget_tallies,
        hourly=True,
    ),
    Rule(
        key="audit",
        what="audit records and how often somebody looked",
        kept=Kept(1, "年"),
        since="it was written",
        then="deleted, and on record up to where",
        due=trust.old_records,
        act=trust.forget_records,
    ),
    Rule(
        key="photos",
        what="photos nobody attached to a case or a message",
        kept=Kept(24, "小时"),
        since="it was put up",
        then="deleted, with the bytes of every photo no row names",
        due=photos.unattached,
        act=photos.sweep,
        hourly=True,
    ),
    Rule(
        key="plaques",
        what="photos of plaques on their walls",
        kept=Kept(1, "年"),
        since="it was put up",
        then="deleted; when it was put up, and under which post, stays",
        due=plaques.old_photos,
        act=plaques.forget_photos,
    ),
    Rule(
        key="replays",
        what="the memory of a repeated request",
        kept=Kept(7, "天"),
        since="it was made",
        then="deleted",
        due=trust.old_replays,
        act=trust.forget_replays,
        hourly=True,
    ),
)
