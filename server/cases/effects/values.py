"""What a message names: number, place, times as people read them, who spoke, and what was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from server import catalogue, flows, org
from server.base.viewer import Viewer
from server.cases.record.deadlines import next_deadline
from server.cases.record.files import CaseFile, ClockFile
from server.places import Ground

TOWN = ZoneInfo("Asia/Shanghai")
# Texts in which the unit named is the one that spoke, not the one that has the case afterwards.
SAID_BY_THE_MOVER = frozenset({"returned", "resolved", "helped"})


@dataclass(frozen=True, slots=True)
class Occasion:
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


async def values_of(tell: flows.Tell, occasion: Occasion) -> dict[str, str]:
    case, given = occasion.case, occasion.given(tell)
    rang = _rang(case, tell, given)
    name, role_title, movers_unit = await _mover(occasion)
    holders_unit = await org.unit_name(case.main.unit_id) if case.main.unit_id else ""
    own = movers_unit and tell.text in SAID_BY_THE_MOVER
    kind = (await catalogue.categories()).get(case.category)
    return {
        "number": str(given.get("into") or case.number) if tell.text == "merged" else case.number,
        "place": case.place_name,
        "category": kind.title if kind else "",
        "respond_by": when(case.respond_by),
        "resolve_by": when(case.resolve_by),
        "rule_by": when(_due(case, "rule_dispute")),
        "confirm_by": when(_due(case, "confirm")),
        "role_title": role_title,
        "name": name,
        "unit": movers_unit if own else holders_unit or movers_unit,
        "reason": str(given.get("reason") or given.get("text") or ""),
        "text": _said(given),
        "count": str(case.seconded + 1),
        "opened_on": when(case.opened_at),
        "phone": await org.duty_phone(occasion.ground),
        "clock": flows.FLOWS[case.flow].clock_title(rang.key) if rang else "",
        "due": when(rang.due_at) if rang else "",
        "until": day(case.facts.get("hung_until")),
    }


def when(at: datetime | None) -> str:
    """An instant as people read it in a message: 11月26日11:40, town time."""
    if at is None:
        return ""
    local = at.astimezone(TOWN)
    return f"{local.month}月{local.day}日{local.hour}:{local.minute:02}"


def day(text: object) -> str:
    """A date of the case's facts as people read it: 12月31日."""
    if not isinstance(text, str):
        return ""
    on = date.fromisoformat(text)
    return f"{on.month}月{on.day}日"


def _said(given: Mapping[str, Any]) -> str:
    """The words given with a move, whatever they were asked for as."""
    return str(given.get("text") or given.get("question") or given.get("reason") or "")


def _rang(case: CaseFile, tell: flows.Tell, given: Mapping[str, Any]) -> ClockFile | None:
    """The clock that rang; for other moves the one that is due next."""
    for clock in case.clocks:
        if clock.no == tell.row and clock.key == given.get("clock"):
            return clock
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
