"""Whose turn it is: of everybody who holds a post, the one who answers now, or that nobody does."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server.base.spans import Calendar
from server.org import duty
from server.org.answering import Answering, Holding


@dataclass(frozen=True, slots=True)
class InTurn:
    """Who stands for a post: on duty now, or the next to be, and when."""

    first: Holding
    on_duty: bool
    next_duty: datetime | None


def in_turn(one: Answering, at: datetime, days: Calendar) -> InTurn | None:
    """Who answers for this post at this instant; None where somebody above has to.

    None if nobody holds it, everybody is away, or its hours run and the roster names nobody for
    them. A day without any turn is whoever holds it by the hours.
    """
    present = one.holding(at)
    if not present:
        return None
    if not _is_rostered(one, at, days):
        return by_hours(one, present[0], at, days)
    turns = [turn for turn in _around(one, at, days) if turn.starts <= at < turn.ends]
    now = _first_present(turns, present)
    if now is not None:
        return InTurn(now, True, None)
    if duty.is_on(one.hours, at, days):
        return None
    return _next_turn(one, present, at, days) or (
        by_hours(one, present[0], at, days) if one.hours else None
    )


def first_in_turn(one: Answering, at: datetime, days: Calendar) -> Holding | None:
    """Who stands for this post, on duty or not; whoever holds it where the roster names nobody."""
    present = one.holding(at)
    stands = in_turn(one, at, days) if one.shifts else None
    return stands.first if stands else next(iter(present), None)


def phone_of(one: Answering, stands: InTurn | None) -> str | None:
    """The number on the sign: on duty one's own, where one agreed to it; the office's else."""
    own = stands.first.phone if stands is not None and stands.on_duty else None
    return own or one.phone


def by_hours(one: Answering, first: Holding, at: datetime, days: Calendar) -> InTurn:
    """This holder by the weekly hours; a turn may come before they do."""
    if duty.is_on(one.hours, at, days):
        return InTurn(first, True, None)
    by_week = duty.next_on(one.hours, at, days)
    turn = _next_turn(one, one.holding(at), at, days) if one.shifts else None
    if turn is not None and turn.next_duty and (by_week is None or turn.next_duty < by_week):
        return turn
    return InTurn(first, False, by_week)


def present_for(account_id: UUID, present: list[Holding]) -> Holding | None:
    """Whoever comes for this person: they themselves, else whoever stands in for them."""
    return next(
        (held for held in present if held.account_id == account_id),
        next((held for held in present if held.for_account_id == account_id), None),
    )


def _is_rostered(one: Answering, at: datetime, days: Calendar) -> bool:
    """Whether the roster says who is on duty on this day, or a turn of last night still runs."""
    today = days.day_of(at)
    return any(each.spans(today) for each in one.shifts) or any(
        at < turn.ends for turn in duty.turns_on(one.shifts, today - duty.ONE_DAY, days)
    )


def _around(one: Answering, at: datetime, days: Calendar) -> tuple[duty.Turn, ...]:
    today = days.day_of(at)
    return (
        *duty.turns_on(one.shifts, today - duty.ONE_DAY, days),
        *duty.turns_on(one.shifts, today, days),
    )


def _first_present(turns: list[duty.Turn], present: list[Holding]) -> Holding | None:
    found = (present_for(turn.account_id, present) for turn in turns)
    return next((held for held in found if held is not None), None)


def _next_turn(
    one: Answering, present: list[Holding], at: datetime, days: Calendar
) -> InTurn | None:
    day = days.day_of(at)
    for _ in range(duty.FARTHEST_DAYS):
        for turn in duty.turns_on(one.shifts, day, days):
            held = present_for(turn.account_id, present) if turn.starts > at else None
            if held is not None:
                return InTurn(held, False, turn.starts)
        day += duty.ONE_DAY
    return None
