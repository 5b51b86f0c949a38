"""Leave and 代班, from the phone: from when to when, who stands in; it ends by itself.

Whoever stands in holds the posts meanwhile, and is told.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from server import notices, org, trust
from server.base import clock
from server.base.errors import FieldError, Invalid
from server.base.ids import new_id
from server.base.unit import Unit
from server.base.viewer import Viewer
from server.org import LeaveTaken, PostOnRoster
from server.rosters.errors import LeaveUnknown
from server.rosters.posts import colleagues_of, holders
from server.rosters.recording import record_change, record_once
from server.rosters.standing import above_post
from server.rosters.words import said_at
from server.trust import Act, ReplayKey

LONGEST = timedelta(days=180)
FARTHEST = timedelta(days=370)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the same unit who may stand in."""

    account_id: UUID
    name: str


async def take_leave(
    since: datetime | None,
    until: datetime | None,
    deputy_id: UUID | None,
    *,
    by: Viewer,
    asked: ReplayKey,
) -> None:
    """The viewer is away from all their posts in that time; the deputy holds those of their unit.

    `since` None: from now on. On record, and the deputy is told. Raises Invalid with every wrong
    field.
    """
    assert by.account_id is not None, "whoever holds a post has an account"
    if await trust.find_replay(asked) is not None:
        return
    now = clock.now()
    begins = max(since or now, now)
    posts, held = await _posts_of(by, begins)
    faults = [*_wrong_times(since, begins, until, now), *await _taken(by.account_id, begins, until)]
    deputy = await _deputy(by, deputy_id, begins, until, faults)
    if faults or until is None:
        if await trust.find_replay(asked) is not None:  # sent twice at once, and taken meanwhile
            return
        raise Invalid(*faults)
    leave_id, account_id, ends = new_id(), by.account_id, until
    stood_in = [post for post in held if deputy and post.unit_id in deputy[1]]

    def put(unit: Unit) -> None:
        org.put_leave(
            unit,
            leave_id,
            account_id,
            since=begins,
            until=ends,
            deputy_id=deputy_id if stood_in else None,
            away_from=[post.id for post in posts],
            stood_in_at=[post.id for post in stood_in],
            at=now,
        )
        if deputy_id and stood_in:
            taken = LeaveTaken(leave_id, account_id, by.name, begins, ends, deputy_id, "")
            _tell(unit, "deputy.asked", taken, stood_in, at=now)

    act = _act("post.leave", by, begins, ends, deputy[0] if deputy and stood_in else "")
    sure = partial(_still_free, by, account_id, deputy_id, (begins, ends))
    await record_once(act, asked, put, sure=sure)


async def take_back(leave_id: UUID, *, by: Viewer) -> None:
    """Whoever is on leave is back, or does not go; the deputy is told. Twice is as good as once.

    For oneself, and for whoever stands above. On record. Raises LeaveUnknown.
    """
    now = clock.now()
    taken = await org.leave(leave_id, now)
    if taken is None or not await _may_take_back(taken, by):
        raise LeaveUnknown
    posts = await _posts_stood_in(taken)

    def put(unit: Unit) -> None:
        org.end_leave(unit, leave_id, begun=taken.from_at <= now, at=now)
        if taken.deputy_id:
            _tell(unit, "deputy.over", taken, posts, at=now)

    act = _act("post.back", by, taken.from_at, taken.to_at, taken.deputy_name, whose=taken.name)
    await record_change(act, put)


async def who_may_stand_in(viewer: Viewer) -> list[Colleague]:
    """Everybody who holds a post in one of the viewer's units, but the viewer."""
    found: dict[UUID, Colleague] = {}
    for unit_id in sorted(viewer.unit_ids):
        for one in await colleagues_of(unit_id, clock.now()):
            if one.account_id != viewer.account_id:
                found.setdefault(one.account_id, Colleague(one.account_id, one.name))
    return sorted(found.values(), key=lambda one: one.name)


async def leaves_around(viewer: Viewer) -> list[LeaveTaken]:
    """The leaves the viewer takes or stands in for, now or later."""
    return await org.leaves_of({viewer.account_id} if viewer.account_id else set(), clock.now())


async def _posts_of(by: Viewer, at: datetime) -> tuple[list[PostOnRoster], list[PostOnRoster]]:
    """The posts the viewer is in now, and those of them that they hold for good."""
    posts = [found for post in by.post_ids if (found := await org.post_on_roster(post))]
    held = [
        post for post in posts if any(one.account_id == by.account_id for one in holders(post, at))
    ]
    return posts, held


def _wrong_times(
    since: datetime | None, begins: datetime, until: datetime | None, now: datetime
) -> list[FieldError]:
    if until is None:
        return [FieldError("until", "required", "写清哪天几点回来。")]
    if until <= now:
        return [FieldError("until", "time-passed", "这个时间已经过了，请写今后的。")]
    if until <= begins:
        return [FieldError("until", "ends-before", "回来的时间要晚于离开的时间。")]
    if until - begins > LONGEST:
        detail = "一次最长180天，再长请和单位商量把岗位交接给同事。"
        return [FieldError("until", "too-long", detail)]
    if since is not None and since - now > FARTHEST:
        return [FieldError("since", "time-too-far", "最早提前一年。")]
    return []


async def _taken(account_id: UUID, begins: datetime, until: datetime | None) -> list[FieldError]:
    if until is None or not await _is_away(account_id, begins, until):
        return []
    detail = "这段时间已经请过假了，要改请先取消原来的。"
    return [FieldError("since", "on-leave", detail)]


async def _still_free(
    by: Viewer, account_id: UUID, deputy_id: UUID | None, span: tuple[datetime, datetime]
) -> None:
    """Raises Invalid where another leave, taken meanwhile, is in the way of one in that time."""
    faults = await _taken(account_id, *span)
    await _deputy(by, deputy_id, *span, faults)
    if faults:
        raise Invalid(*faults)


async def _is_away(account_id: UUID, begins: datetime, until: datetime) -> bool:
    leaves = await org.leaves_of({account_id}, clock.now())
    return any(
        one.account_id == account_id and one.from_at < until and begins < one.to_at
        for one in leaves
    )


async def _deputy(
    by: Viewer,
    deputy_id: UUID | None,
    begins: datetime,
    until: datetime | None,
    faults: list[FieldError],
) -> tuple[str, set[UUID]] | None:
    """The deputy's name and the viewer's units they belong to; what is wrong goes to `faults`."""
    if deputy_id is None:
        return None
    units, name = set(), ""
    for unit_id in by.unit_ids:
        for one in await colleagues_of(unit_id, begins):
            if one.account_id == deputy_id and deputy_id != by.account_id:
                units.add(unit_id)
                name = one.name
    if not units:
        faults.append(FieldError("deputy", "not-a-colleague", "请从本单位的同事里选。"))
    elif until is not None and await _is_away(deputy_id, begins, until):
        detail = f"{name}那几天也请假，请换一位。"
        faults.append(FieldError("deputy", "deputy-away", detail))
    return name, units


async def _may_take_back(taken: LeaveTaken, by: Viewer) -> bool:
    if taken.account_id == by.account_id:
        return True
    posts = await org.posts_with_leave(taken.id)
    return any(above_post(by, post) is not None for post in posts)


async def _posts_stood_in(taken: LeaveTaken) -> list[PostOnRoster]:
    posts = await org.posts_with_leave(taken.id)
    return [
        post
        for post in posts
        if any(one.leave_id == taken.id and one.kind == "deputy" for one in post.appointed)
    ]


def _act(
    action: str, by: Viewer, since: datetime, until: datetime, deputy: str, *, whose: str = ""
) -> Act:
    return Act(
        action=action,
        by=by,
        post=by.posts[0] if by.posts else None,
        target=whose or by.name,
        detail={"from": since.isoformat(), "to": until.isoformat(), "deputy": deputy},
    )


def _tell(
    unit: Unit, text_key: str, taken: LeaveTaken, posts: list[PostOnRoster], *, at: datetime
) -> None:
    titles = dict.fromkeys(org.role_title(post.role) for post in posts)
    notices.tell(
        unit,
        to=notices.Receiver(account_id=taken.deputy_id),
        text_key=text_key,
        values={
            "name": taken.name,
            "since": said_at(taken.from_at),
            "until": said_at(taken.to_at),
            "role_title": "、".join(titles),
        },
        case_id=None,
        occasion=str(taken.id),
        at=at,
    )
