"""Rosters as staff see them: a unit's, one post's, one's own duty, and the first day of a town."""

from datetime import date, timedelta
from uuid import UUID

from msgspec import UNSET

from server import codes, org, rosters
from server.base import clock, dates
from server.base.viewer import Viewer
from server.org import LeaveTaken, PostOnRoster, Shift
from server.rosters import Step, UnitUnknown
from server.views.choosing import place_choice
from server.views.roster_shapes import (
    DutyCard,
    FirmCard,
    FirmShape,
    HoursShape,
    LeaveShape,
    OnPost,
    OwnDuty,
    PostCardShape,
    RosterCard,
    RosterPost,
    ShiftShape,
    StepShape,
)
from server.views.shapes import OptionShape


async def roster_card(viewer: Viewer, unit_id: UUID | None) -> RosterCard:
    """The roster of a unit, by default of one's own. Raises UnitUnknown where it is not theirs."""
    units = await _units(viewer)
    chosen = unit_id or (viewer.posts[0].unit_id if viewer.posts else None)
    if chosen is None or chosen not in units:
        raise UnitUnknown
    posts = [one for one in await org.posts_of_unit(chosen) if rosters.may_look(viewer, one)]
    people = {one.account_id for post in posts for one in post.appointed}
    set_up = (post for post in posts if rosters.above_post(viewer, post) is not None)
    below = {one.leave_id for post in set_up for one in post.appointed}
    return RosterCard(
        unit_id=chosen,
        unit=units[chosen],
        units=[OptionShape(value=str(key), title=name) for key, name in units.items()],
        posts=[await _post(post, viewer) for post in posts],
        leaves=[
            _leave(one, viewer, below=one.id in below)
            for one in await org.leaves_of(people, clock.now())
        ],
    )


async def post_card(viewer: Viewer, post_id: UUID) -> PostCardShape:
    """One post to be set up. Raises PostUnknown, NotYourPost."""
    post, _ = await rosters.post_to_set_up(post_id, viewer)
    now = clock.now()
    held = {
        one.account_id: one.name
        for one in post.appointed
        if one.kind != "away" and (one.to_at is None or one.to_at > now)
    }
    colleagues = await rosters.colleagues_of(post.unit_id, now)
    return PostCardShape(
        unit_id=post.unit_id,
        unit=post.unit_name,
        post=await _post(post, viewer),
        hours=[HoursShape(days=one.days, starts=one.starts, ends=one.ends) for one in post.hours],
        holders=[OptionShape(value=str(key), title=name) for key, name in held.items()],
        colleagues=[OptionShape(value=str(one.account_id), title=one.name) for one in colleagues],
        may_badge=codes.is_inside(codes.making_areas(viewer), post.area),
        badge=await codes.badge_of(post.id) or UNSET,
    )


async def duty_card(viewer: Viewer) -> DutyCard:
    """The viewer's own duty: posts, leave, whom they stand in for, the number on the sign."""
    posts = [found for post in viewer.post_ids if (found := await org.post_on_roster(post))]
    return DutyCard(
        posts=[await _own(post, viewer) for post in posts],
        leaves=[_leave(one, viewer) for one in await rosters.leaves_around(viewer)],
        colleagues=[
            OptionShape(value=str(one.account_id), title=one.name)
            for one in await rosters.who_may_stand_in(viewer)
        ],
        own_phone=await rosters.own_number(viewer) or UNSET,
    )


async def first_day(viewer: Viewer) -> list[StepShape]:
    """What is still missing before residents can scan, within what the viewer sets up."""
    return [_step(step) for step in await rosters.first_day(viewer)]


async def first_day_step(viewer: Viewer, key: str, *, skip: int = 0) -> StepShape | None:
    """One step with everything that lacks, a stretch at a time; None for a step that is none."""
    step = await rosters.first_day_step(viewer, key, skip=skip)
    return _step(step) if step else None


async def firm_card(
    viewer: Viewer, *, near: str = "", chosen: str = "", after: UUID | None = None
) -> FirmCard:
    """Which firm is where in the viewer's areas, and what there is to choose from."""
    here = await rosters.firms_here(viewer, after=after)
    areas = rosters.firm_areas(viewer)
    return FirmCard(
        estates=await place_choice(areas, ("estate",), near=near, chosen=chosen),
        firms=[
            OptionShape(value=str(key), title=name)
            for key, name in (await rosters.firms_to_choose()).items()
        ],
        here=[
            FirmShape(
                estate=one.estate.full_name,
                firm=one.firm,
                comes=one.comes or UNSET,
                comes_at=one.comes_at or UNSET,
            )
            for one in here.items
        ],
        next=str(here.next) if here.next else UNSET,
    )


async def _units(viewer: Viewer) -> dict[UUID, str]:
    """One's own units first, then those one of whose posts one may set up."""
    own = {post.unit_id: post.unit_name for post in viewer.posts}
    kinds = await org.posts_by_unit(
        [post.area for post in viewer.posts if post.role in rosters.SETTING_UP],
        everywhere=viewer.holds("sys_admin"),
    )
    below = {
        one.unit_id: one.unit_name
        for one in kinds
        if rosters.above(viewer, one.role, one.unit_id, one.area) is not None
    }
    return own | {key: name for key, name in below.items() if key not in own}


async def _post(post: PostOnRoster, viewer: Viewer) -> RosterPost:
    now, days = clock.now(), await org.calendar()
    stands = org.in_turn(post.answering, now, days)
    names = post.names()
    running = [one for one in post.appointed if one.to_at is None or one.to_at > now]
    held = {one.account_id for one in running if one.kind != "away"}
    return RosterPost(
        id=post.id,
        role_title=org.role_title(post.role),
        place=post.place,
        on_duty=stands is not None and stands.on_duty,
        hours=org.duty.told(post.hours),
        may_set_up=rosters.above_post(viewer, post) is not None,
        now=stands.first.name if stands else UNSET,
        next_duty=(stands.next_duty if stands else None) or UNSET,
        people=[
            OnPost(
                id=one.id,
                name=one.name,
                kind=one.kind,
                since=one.from_at,
                until=one.to_at or UNSET,
                instead_of=names.get(one.for_account_id, UNSET) if one.for_account_id else UNSET,
            )
            for one in running
            if one.account_id in held
        ],
        shifts=[
            _shift(key, one, names)
            for key, one in post.shifts.items()
            if not _is_over(one, days.day_of(now))
        ],
        week=_week(post, days.day_of(now), names),
        oddities=rosters.oddities(post, days.day_of(now), days),
    )


def _week(post: PostOnRoster, first: date, names: dict[UUID, str]) -> list[str]:
    """Whose turns the next seven days are: 11月28日周六：早班演示-甲（7:00–15:00）."""
    lines = []
    for day in (first + timedelta(days=nth) for nth in range(7)):
        of_the_day = [one for one in post.shifts.values() if one.comes_on(day)]
        turns = sorted(of_the_day, key=lambda one: one.starts)
        said = "、".join(
            f"{one.title}{names.get(one.account_id, '')}"
            f"（{org.duty.told_stretch(one.starts, one.ends)}）"
            for one in turns
        )
        if said:
            weekday = org.duty.told_days(str(day.isoweekday()))
            lines.append(f"{dates.said(day)}{weekday}：{said}")
    return lines


def _is_over(shift: Shift, today: date) -> bool:
    last = shift.until if shift.every else shift.on_day
    return last is not None and last < today


def _shift(key: int, shift: Shift, names: dict[UUID, str]) -> ShiftShape:
    return ShiftShape(
        id=key,
        who=names.get(shift.account_id, ""),
        title=shift.title,
        hours=org.duty.told_stretch(shift.starts, shift.ends),
        on_day=shift.on_day,
        every=shift.every,
        until=shift.until or UNSET,
    )


async def _own(post: PostOnRoster, viewer: Viewer) -> OwnDuty:
    now, days = clock.now(), await org.calendar()
    stands = org.in_turn(post.answering, now, days)
    answers = stands is not None and stands.first.account_id == viewer.account_id
    return OwnDuty(
        role_title=org.role_title(post.role),
        unit=post.unit_name,
        place=post.place,
        hours=org.duty.told(post.hours)
        or (org.duty.told_shifts(tuple(post.shifts.values())) if post.shifts else ""),
        on_duty=stands is not None and stands.on_duty,
        answering=answers,
        next_duty=(stands.next_duty if stands else None) or UNSET,
        phone=org.phone_of(post.answering, stands if answers else None) or UNSET,
    )


def _leave(one: LeaveTaken, viewer: Viewer, *, below: bool = False) -> LeaveShape:
    return LeaveShape(
        id=one.id,
        name=one.name,
        since=one.from_at,
        until=one.to_at,
        now=one.from_at <= clock.now(),
        me=one.account_id == viewer.account_id,
        may_end=below or one.account_id == viewer.account_id,
        deputy=one.deputy_name or UNSET,
    )


def _step(step: Step) -> StepShape:
    return StepShape(
        key=step.key,
        done=step.done,
        have=step.have,
        lacking=step.lacking,
        named=list(step.named),
        next=step.next if step.next is not None else UNSET,
    )
