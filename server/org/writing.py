"""Putting a change of who answers for what into a unit of work; every server then reads it anew."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from server.base import changes, seal
from server.base.ids import new_id
from server.base.unit import Unit
from server.org.answering import AWAY, cell
from server.org.duty import DutyHours, Shift
from server.org.models import Appointment, Duty, Leave, Post, Responsibility, ShownPhone
from server.org.models import Unit as UnitRow


def put_hours(unit: Unit, post_id: UUID, hours: Iterable[DutyHours]) -> None:
    """These are the weekly hours of a post now, and no others."""
    unit.delete(Duty, where={"post_id": post_id, "account_id": None})
    for each in hours:
        unit.insert(Duty, post_id=post_id, days=each.days, starts=each.starts, ends=each.ends)
    unit.after_commit(changes.everything_changed)


def put_shifts(unit: Unit, post_id: UUID, shifts: Iterable[Shift]) -> None:
    """These turns are added to a post's roster."""
    for each in shifts:
        unit.insert(Duty, post_id=post_id, **shift_columns(each))
    unit.after_commit(changes.everything_changed)


def shift_columns(shift: Shift) -> dict[str, Any]:
    """A shift as a row of `duty`."""
    return {
        "days": "",
        "starts": shift.starts,
        "ends": shift.ends,
        "account_id": shift.account_id,
        "title": shift.title,
        "on_day": shift.on_day,
        "every_days": shift.every,
        "until_on": shift.until,
    }


def drop_shift(unit: Unit, post_id: UUID, shift_id: int) -> None:
    """This turn is off the roster; twice is as good as once."""
    unit.delete(Duty, where={"id": shift_id, "post_id": post_id})
    unit.after_commit(changes.everything_changed)


def put_appointment(
    unit: Unit,
    post_id: UUID,
    account_id: UUID,
    *,
    kind: str,
    since: datetime,
    until: datetime | None = None,
    stands_for: UUID | None = None,
    leave_id: UUID | None = None,
) -> None:
    """From then on somebody holds a post, stands in for a holder, or is away."""
    unit.insert(
        Appointment,
        id=new_id(),
        post_id=post_id,
        account_id=account_id,
        kind=kind,
        from_at=since,
        to_at=until,
        for_account_id=stands_for,
        leave_id=leave_id,
    )
    unit.after_commit(changes.everything_changed)


def end_appointment(unit: Unit, appointment_id: UUID, at: datetime) -> None:
    """Somebody holds a post until then. LostRace where that is over already."""
    unit.update(Appointment, where={"id": appointment_id, "to_at": None}, set={"to_at": at})
    unit.after_commit(changes.everything_changed)


def end_standing_in(
    unit: Unit, appointment_id: UUID, *, leave_id: UUID | None, begun: bool, at: datetime
) -> None:
    """Nobody stands in at this post any more, whatever becomes of the leave; with `leave_id` that
    was all the deputy did."""
    if begun:
        ended = {"to_at": at, "leave_id": None}
        unit.update(Appointment, where={"id": appointment_id}, set=ended)
    else:
        unit.delete(Appointment, where={"id": appointment_id})
    if leave_id is not None:
        unit.update(Leave, where={"id": leave_id}, set={"deputy_id": None}, expecting=None)
    unit.after_commit(changes.everything_changed)


def end_appointments_of(unit: Unit, account_id: UUID, at: datetime) -> None:
    """Somebody holds nothing any more."""
    held = {"account_id": account_id, "to_at": None}
    unit.update(Appointment, where=held, set={"to_at": at}, expecting=None)
    unit.after_commit(changes.everything_changed)


def put_leave(
    unit: Unit,
    leave_id: UUID,
    account_id: UUID,
    *,
    since: datetime,
    until: datetime,
    deputy_id: UUID | None,
    away_from: Iterable[UUID],
    stood_in_at: Iterable[UUID],
    at: datetime,
) -> None:
    """Somebody is away from these posts, and the deputy stands in at those of them."""
    unit.insert(
        Leave,
        id=leave_id,
        account_id=account_id,
        from_at=since,
        to_at=until,
        deputy_id=deputy_id,
        entered_at=at,
    )
    span: dict[str, Any] = {"since": since, "until": until, "leave_id": leave_id}
    for post_id in away_from:
        put_appointment(unit, post_id, account_id, kind=AWAY, **span)
    if deputy_id is None:
        return
    for post_id in stood_in_at:
        put_appointment(unit, post_id, deputy_id, kind="deputy", stands_for=account_id, **span)


def end_leave(unit: Unit, leave_id: UUID, *, begun: bool, at: datetime) -> None:
    """Somebody is back, or does not go. LostRace where it was taken back already."""
    unit.update(Leave, where={"id": leave_id, "taken_back_at": None}, set={"taken_back_at": at})
    if begun:
        unit.update(Appointment, where={"leave_id": leave_id}, set={"to_at": at}, expecting=None)
    else:
        unit.delete(Appointment, where={"leave_id": leave_id})
    unit.after_commit(changes.everything_changed)


def put_number(unit: Unit, account_id: UUID, phone: str, *, known: bool, at: datetime) -> None:
    """This number of one's own stands on one's signs, as agreed. `known`: there is a row."""
    sealed = seal.seal(phone, aad=cell(account_id))
    columns: dict[str, Any] = {"phone_sealed": sealed, "agreed_at": at, "withdrawn_at": None}
    if known:
        unit.update(ShownPhone, where={"account_id": account_id}, set=columns)
    else:
        unit.insert(ShownPhone, account_id=account_id, **columns)
    unit.after_commit(changes.everything_changed)


def destroy_number(unit: Unit, account_id: UUID, at: datetime) -> None:
    """It stands there no longer, and is destroyed; that it was agreed to and taken back is kept."""
    unit.update(
        ShownPhone,
        where={"account_id": account_id, "withdrawn_at": None},
        set={"phone_sealed": None, "withdrawn_at": at},
        expecting=None,
    )
    unit.after_commit(changes.everything_changed)


def end_post(unit: Unit, post_id: UUID, at: datetime) -> None:
    """The post exists until then."""
    unit.update(Post, where={"id": post_id, "ended_at": None}, set={"ended_at": at})
    unit.after_commit(changes.everything_changed)


def put_post(unit: Unit, role: str, unit_id: UUID, area: str, *, since: datetime) -> UUID:
    """A post nobody holds yet, which from then on answers for its area; its id."""
    post_id = new_id()
    unit.insert(Post, id=post_id, unit_id=unit_id, role=role, area=area)
    put_responsibility(unit, area, role, since=since, unit_id=None, post_id=post_id)
    return post_id


def end_whole_post(unit: Unit, post_id: UUID, at: datetime) -> None:
    """The post exists until then, and answers for nothing after. LostRace where it ended before."""
    end_post(unit, post_id, at)
    open_now = {"post_id": post_id, "to_at": None}
    unit.update(Responsibility, where=open_now, set={"to_at": at}, expecting=None)


def put_unit(unit: Unit, kind: str, name: str, area: str) -> UUID:
    """One more office or firm; its id."""
    unit_id = new_id()
    unit.insert(UnitRow, id=unit_id, kind=kind, name=name, parent_id=None, area=area, phone=None)
    return unit_id


def rename_unit(unit: Unit, unit_id: UUID, name: str) -> None:
    """What an office or firm is called from now on."""
    unit.update(UnitRow, where={"id": unit_id}, set={"name": name})
    unit.after_commit(changes.everything_changed)


def end_responsibility(unit: Unit, responsibility_id: UUID, at: datetime) -> None:
    """What was answered for is answered for until then. LostRace where an end was set already."""
    unit.update(Responsibility, where={"id": responsibility_id, "to_at": None}, set={"to_at": at})
    unit.after_commit(changes.everything_changed)


def put_responsibility(
    unit: Unit, path: str, role: str, *, since: datetime, unit_id: UUID | None, post_id: UUID | None
) -> None:
    """From then on a post, or a whole unit, answers for everything under the path in this role."""
    unit.insert(
        Responsibility,
        id=new_id(),
        path=path,
        role=role,
        post_id=post_id,
        unit_id=unit_id,
        from_at=since,
        to_at=None,
    )
    unit.after_commit(changes.everything_changed)
