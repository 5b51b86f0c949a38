"""When a post is on duty: its weekly hours, and turns by the day or in a circle."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from server import org
from server.base import clock
from server.base.errors import FieldError, Invalid, wrong
from server.base.unit import Unit
from server.base.viewer import HeldPost, Viewer
from server.org import DutyHours, PostOnRoster, Shift
from server.rosters.checking import oddities
from server.rosters.recording import record_change, record_once
from server.rosters.standing import post_to_set_up
from server.trust import Act, ReplayKey

MOST_HOURS, MOST_SHIFTS, MOST_PEOPLE = 14, 200, 12
LONGEST_CIRCLE = 60
FARTHEST = timedelta(days=370)


async def set_hours(
    post_id: UUID, hours: Sequence[DutyHours], *, by: Viewer, asked: ReplayKey
) -> list[str]:
    """These are the post's weekly hours now; what is odd about its roster then. On record.

    Raises PostUnknown, NotYourPost, Invalid.
    """
    post, under = await post_to_set_up(post_id, by)
    faults = org.week.wrong_hours(hours)
    if len(hours) > MOST_HOURS:
        faults.append(FieldError("", "too-many", f"最多写{MOST_HOURS}段时间。"))
    if faults:
        raise Invalid(*faults)
    told = org.duty.told(tuple(hours))
    act = _act("post.hours", by, under, post, {"hours": told})
    await record_once(act, asked, lambda unit: org.put_hours(unit, post_id, hours))
    return await oddities_of(post_id)


async def add_shift(post_id: UUID, shift: Shift, *, by: Viewer, asked: ReplayKey) -> list[str]:
    """One more turn on the post's roster; what is odd about it then. On record.

    Raises PostUnknown, NotYourPost, Invalid naming every wrong field.
    """
    post, under = await post_to_set_up(post_id, by)
    faults = _wrong_shift(post, shift)
    if faults:
        raise Invalid(*faults)
    return await _added(post, under, [shift], by, asked)


async def rotate(
    post_id: UUID,
    people: Sequence[UUID],
    kinds: Sequence[tuple[str, str, str]],
    first_on: date,
    until: date | None,
    *,
    by: Viewer,
    asked: ReplayKey,
) -> list[str]:
    """These people take turns: each day the next of them has the first kind of shift, and so on.

    `kinds` are title, start and end. Answers and raises as `add_shift` does.
    """
    post, under = await post_to_set_up(post_id, by)
    if len(people) < 2 or len(set(people)) != len(people) or len(people) > MOST_PEOPLE:
        raise wrong("people", "not-a-circle", f"请选两个到{MOST_PEOPLE}个人，每人一次。")
    if not kinds or len(kinds) > len(people):
        raise wrong("starts", "not-a-circle", "班次至少一个，不能比人还多。")
    shifts = circle(people, kinds, first_on, until)
    faults = {fault.field: fault for each in shifts for fault in _wrong_shift(post, each)}
    if faults:
        raise Invalid(*faults.values())
    return await _added(post, under, shifts, by, asked)


def circle(
    people: Sequence[UUID],
    kinds: Sequence[tuple[str, str, str]],
    first_on: date,
    until: date | None,
) -> list[Shift]:
    """A circle of as many days as people: on day d the k-th shift is the (d + k)-th person's."""
    return [
        Shift(
            account_id=people[(nth + at) % len(people)],
            title=title,
            starts=starts,
            ends=ends,
            on_day=first_on + timedelta(days=nth),
            every=len(people),
            until=until,
        )
        for nth in range(len(people))
        for at, (title, starts, ends) in enumerate(kinds)
    ]


async def drop_shift(post_id: UUID, shift_id: int, *, by: Viewer) -> None:
    """The turn is off the roster; nothing happens where it is not on it. On record."""
    post, under = await post_to_set_up(post_id, by)
    shift = post.shifts.get(shift_id)
    if shift is not None:
        act = _act("post.shifts", by, under, post, {"dropped": [_said(post, shift)]})
        await record_change(act, lambda unit: org.drop_shift(unit, post_id, shift_id))


async def drop_shifts(post_id: UUID, *, by: Viewer) -> None:
    """Nobody has turns at this post any more: its hours alone say when it is on duty. On record."""
    post, under = await post_to_set_up(post_id, by)
    if not post.shifts:
        return

    def drop(unit: Unit) -> None:
        for shift_id in post.shifts:
            org.drop_shift(unit, post_id, shift_id)

    await record_change(_act("post.shifts", by, under, post, {"dropped": "all"}), drop)


async def oddities_of(post_id: UUID) -> list[str]:
    """What is odd about a post's roster from today on."""
    post, days = await org.post_on_roster(post_id), await org.calendar()
    return oddities(post, days.day_of(clock.now()), days) if post else []


async def _added(
    post: PostOnRoster, under: HeldPost, shifts: list[Shift], by: Viewer, asked: ReplayKey
) -> list[str]:
    if len(post.shifts) + len(shifts) > MOST_SHIFTS:
        raise wrong("", "too-many", f"一个岗位最多排{MOST_SHIFTS}条，请先删掉旧的。")
    act = _act("post.shifts", by, under, post, {"added": [_said(post, one) for one in shifts]})
    await record_once(act, asked, lambda unit: org.put_shifts(unit, post.id, shifts))
    return await oddities_of(post.id)


def _act(
    action: str, by: Viewer, under: HeldPost, post: PostOnRoster, detail: dict[str, object]
) -> Act:
    return Act(action=action, by=by, post=under, target=str(post.id), detail=detail)


def _said(post: PostOnRoster, shift: Shift) -> str:
    who = post.names().get(shift.account_id, "")
    again = f" +{shift.every}d" if shift.every else ""
    return f"{who} {shift.on_day.isoformat()} {shift.starts}-{shift.ends}{again}"


def _wrong_shift(post: PostOnRoster, shift: Shift) -> list[FieldError]:
    faults, today = [], clock.now().date() - timedelta(days=1)
    holds = {one.account_id for one in post.appointed if one.kind != "away"}
    if shift.account_id not in holds:
        faults.append(FieldError("who", "not-appointed", "先任命到这个岗位，再排班。"))
    if not org.duty.is_stretch(shift.starts, shift.ends):
        faults.append(FieldError("starts", "not-a-time", "写清几点到几点，比如08:30到12:00。"))
    if not today <= shift.on_day <= today + FARTHEST:
        faults.append(FieldError("on_day", "not-a-day", "从哪天起，请写今天到一年之内的日子。"))
    if not 0 <= shift.every <= LONGEST_CIRCLE:
        faults.append(FieldError("every", "not-a-number", "几天轮一次，请写0到60。"))
    if shift.until is not None and shift.until < shift.on_day:
        faults.append(FieldError("until", "ends-before", "到哪天为止，不能早于从哪天起。"))
    return faults
