"""What a message names: number, place, times as people read them, who spoke, and what was said."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from server import catalogue, flows, notices, org
from server.base import clock, dates
from server.base.viewer import Viewer
from server.cases.record.deadlines import next_deadline
from server.cases.record.files import CaseFile, ClockFile
from server.places import Ground

HOW = {
    "fixed": "已办好",
    "explained": "办不了，只能说明情况",
    "planned": "排了计划，还没有办",
    "not_ours": "不归自己管",
}  # what a unit says of what it resolves
# Texts in which the unit named is the one that spoke, not the one that has the case afterwards.
SAID_BY_THE_MOVER = frozenset({"returned", "resolved", "helped"})
_OF_THE_MOVE = frozenset({"role_title", "name", "unit", "reason", "text", "clock", "due"})


class Occasion(Struct, frozen=True):
    """What happened, for the words that tell of it."""

    case: CaseFile  # as it stands afterwards
    ground: Ground
    by: Viewer | None  # None: the flow or a clock
    now: datetime
    events: tuple[flows.Event, ...] = ()

    def given(self, tell: flows.Tell) -> Mapping[str, Any]:
        """What was given with the move that tells this."""
        found = (event.given for event in self.events if event.version == tell.version)
        return next(found, {})


async def values_of(tell: flows.Tell, occasion: Occasion, text_key: str) -> dict[str, str]:
    """What this text names, and nothing else: most name five things of seventeen."""
    named = notices.names_in(text_key)
    found = {name: _PLAIN[name](occasion.case) for name in named if name in _PLAIN}
    if "number" in named:
        into = occasion.given(tell).get("into") if tell.text == "merged" else None
        found["number"] = str(into or occasion.case.number)
    if "category" in named:
        found["category"] = await subject(occasion.case)
    if "phone" in named:
        found["phone"] = await org.duty_phone(occasion.ground)
    if not named.isdisjoint(_OF_THE_MOVE):
        of_the_move = await _of_the_move(tell, occasion)
        found |= {name: of_the_move[name] for name in named if name in of_the_move}
    return found


async def subject(case: CaseFile) -> str:
    """What a case is about: its category; of a kind that has none, its own title."""
    if own := case.facts.get("title"):
        return str(own)
    kind = (await catalogue.categories()).get(case.category)
    return kind.title if kind else ""


async def _of_the_move(tell: flows.Tell, occasion: Occasion) -> dict[str, str]:
    """What a message says of who moved, with which words, and of the clock that rang."""
    case, given = occasion.case, occasion.given(tell)
    rang = _rang(tell, occasion)
    name, role_title, movers_unit = await _mover(occasion)
    holders_unit = await org.unit_name(case.main.unit_id) if case.main.unit_id else ""
    own = movers_unit and tell.text in SAID_BY_THE_MOVER
    return {
        "role_title": role_title,
        "name": name,
        "unit": movers_unit if own else holders_unit or movers_unit,
        "reason": str(given.get("reason") or given.get("text") or ""),
        "text": _said(given),
        "clock": flows.FLOWS[case.flow].clock_title(rang.key) if rang else "",
        "due": before(rang.due_at) if rang else "",
    }


def when(at: datetime | None) -> str:
    """An instant as people read it in a message: 11月26日11:40."""
    if at is None:
        return ""
    local = clock.shown(at)
    return dates.said(local) + dates.hour(local)


def before(by: datetime | None) -> str:
    """A time to be met, as a message says it with 前: 11月30日24:00. See `clock.before`."""
    if by is None:
        return ""
    on, at = clock.before(clock.shown(by))
    return dates.said(on) + at


def day(text: object) -> str:
    """A date of the case's facts as people read it: 12月31日; with its year if that is another."""
    if not isinstance(text, str):
        return ""
    return dates.said_in(clock.shown(clock.now()).year, date.fromisoformat(text))


def _said(given: Mapping[str, Any]) -> str:
    """The words given with a move, whatever they were asked for as."""
    return str(given.get("text") or given.get("question") or given.get("reason") or "")


def _rang(tell: flows.Tell, occasion: Occasion) -> ClockFile | None:
    """The clock that rang; for other moves the one that is due next."""
    case = occasion.case
    for event in occasion.events:
        if event.version != tell.version or event.by != flows.CLOCK:
            continue
        turned = (one.key for one in event.clocks)
        found = flows.FLOWS[case.flow].rang(event.move, event.given, turned)
        for one in case.clocks:
            if found and (one.no, one.key) == (tell.row, found[0].key):
                return one
    return next_deadline(case, tell.row)


async def _mover(occasion: Occasion) -> tuple[str, str, str]:
    """Name, role and unit of the staff who moved; residents are never named in a message."""
    viewer, case = occasion.by, occasion.case
    if viewer is None or not viewer.posts:
        return "", "", ""
    post = next((one for one in viewer.posts if one.id == case.main.post_id), viewer.posts[0])
    return viewer.name, post.role_title, post.unit_name


def _due(case: CaseFile, clock: str) -> datetime | None:
    found = (one for one in case.clocks if one.no == 0 and one.key == clock)
    return next((one.due_at for one in found), None)


_PLAIN: dict[str, Callable[[CaseFile], str]] = {
    "place": lambda case: case.place_name,
    "respond_by": lambda case: before(case.respond_by),
    "resolve_by": lambda case: before(case.resolve_by),
    "rule_by": lambda case: before(_due(case, "rule_dispute")),
    "how": lambda case: HOW.get(case.outcome or "", HOW["fixed"]),
    "confirm_by": lambda case: before(_due(case, "confirm")),
    "count": lambda case: str(case.seconded + 1),
    "opened_on": lambda case: when(case.opened_at),
    "until": lambda case: day(case.facts.get("hung_until")),
    "points": lambda case: str(case.facts.get("points") or ""),
}
