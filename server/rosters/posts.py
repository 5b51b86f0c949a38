"""Who holds a post: appointed, ended, handed over. Open work stays with the post."""

from datetime import datetime
from uuid import UUID

from server import notices, org, people, trust
from server.base import clock
from server.base.errors import wrong
from server.base.unit import Unit
from server.base.viewer import HeldPost, Viewer
from server.org import Appointed, PostOnRoster
from server.rosters.recording import record_change, record_once
from server.rosters.standing import post_to_set_up
from server.trust import Act, ReplayKey


async def appoint(post_id: UUID, login: str, *, by: Viewer, asked: ReplayKey) -> str:
    """Whoever signs in by this name holds the post too, from now on, and is told; their name.

    On record. Raises PostUnknown, NotYourPost, Invalid.
    """
    post, under = await post_to_set_up(post_id, by)
    account_id, name = await _staff(login)
    if await trust.find_replay(asked) is not None:
        return name
    now = clock.now()
    if account_id in {one.account_id for one in holders(post, now)}:
        raise wrong("login", "holds-it", f"{name}已经在这个岗位上了。")

    def put(unit: Unit) -> None:
        org.put_appointment(unit, post_id, account_id, kind="holder", since=now)
        _tell(unit, account_id, "post.given", post, {}, at=now)

    await record_once(_act("post.appoint", by, under, post, name), asked, put)
    return name


async def hand_over(post_id: UUID, account_id: UUID, *, by: Viewer, asked: ReplayKey) -> str:
    """From now on this colleague holds the post, and nobody else, nor anybody in another's place;
    all are told; their name.

    What is open stays with the post. On record. Raises PostUnknown, NotYourPost, Invalid where the
    account is not a colleague of the unit.
    """
    post, under = await post_to_set_up(post_id, by)
    now = clock.now()
    candidates = {one.account_id: one.name for one in await colleagues_of(post.unit_id, now)}
    if account_id not in candidates:
        raise wrong("colleague", "not-a-colleague", "请从本单位在岗的人里选。")
    name, before = candidates[account_id], holders(post, now)
    leaving = [one for one in before if one.account_id != account_id]
    stood_in = await _stood_in_for(post, leaving, now)

    def put(unit: Unit) -> None:
        for one in leaving:
            org.end_appointment(unit, one.id, now)
            _tell(unit, one.account_id, "post.handed_over", post, {"name": name}, at=now)
        _end_standing_in(unit, post, stood_in, now, but=account_id)
        if account_id not in {one.account_id for one in before}:
            org.put_appointment(unit, post_id, account_id, kind="holder", since=now)
            _tell(unit, account_id, "post.given", post, {}, at=now)

    await record_once(_act("post.hand_over", by, under, post, name), asked, put)
    return name


async def end(post_id: UUID, appointment_id: UUID, *, by: Viewer) -> None:
    """This holder holds the post no longer, nor does who stands in for them; both are told.

    Twice is as good as once. On record. Raises PostUnknown, NotYourPost.
    """
    post, under = await post_to_set_up(post_id, by)
    now = clock.now()
    held = next((one for one in holders(post, now) if one.id == appointment_id), None)
    if held is None:
        return
    stood_in = await _stood_in_for(post, [held], now)

    def put(unit: Unit) -> None:
        org.end_appointment(unit, held.id, now)
        _tell(unit, held.account_id, "post.ended", post, {}, at=now)
        _end_standing_in(unit, post, stood_in, now)

    await record_change(_act("post.end", by, under, post, held.name), put)


def holders(post: PostOnRoster, at: datetime) -> list[Appointed]:
    """Who holds the post for good at that instant, away or not."""
    return [
        one
        for one in post.appointed
        if one.kind == "holder" and org.runs(one.from_at, one.to_at, at)
    ]


async def colleagues_of(unit_id: UUID, at: datetime) -> list[Appointed]:
    """Everybody who holds a post of the unit for good, each once."""
    found = (one for post in await org.posts_of_unit(unit_id) for one in holders(post, at))
    return list({one.account_id: one for one in found}.values())


async def _stood_in_for(
    post: PostOnRoster, gone: list[Appointed], at: datetime
) -> list[tuple[Appointed, bool]]:
    """Who stands in at this post for one of these, now or later; and whether nowhere else."""
    accounts = {one.account_id for one in gone}
    return [
        (one, await _stands_nowhere_else(one, post))
        for one in post.appointed
        if one.kind == "deputy"
        and one.for_account_id in accounts
        and (one.to_at is None or one.to_at > at)
    ]


async def _stands_nowhere_else(deputy: Appointed, post: PostOnRoster) -> bool:
    posts = await org.posts_with_leave(deputy.leave_id) if deputy.leave_id else []
    marks = (deputy.kind, deputy.leave_id)
    others = (each for other in posts if other.id != post.id for each in other.appointed)
    return all((each.kind, each.leave_id) != marks for each in others)


def _end_standing_in(
    unit: Unit,
    post: PostOnRoster,
    found: list[tuple[Appointed, bool]],
    at: datetime,
    *,
    but: UUID | None = None,
) -> None:
    """They stand in no more, and are told; whoever has got the post instead is told that."""
    for one, nowhere_else in found:
        leave_id = one.leave_id if nowhere_else else None
        org.end_standing_in(unit, one.id, leave_id=leave_id, begun=one.from_at <= at, at=at)
        if one.account_id != but:
            _tell(unit, one.account_id, "post.ended", post, {}, at=at)


async def _staff(login: str) -> tuple[UUID, str]:
    row = await people.find_staff_login(login.strip().lower())
    if row is None:
        raise wrong("login", "nobody", "没有这个登录名。新来的人先由管理员开账号。")
    return row["id"], row["name"]


def _act(action: str, by: Viewer, under: HeldPost, post: PostOnRoster, name: str) -> Act:
    return Act(action=action, by=by, post=under, target=str(post.id), detail={"who": name})


def _tell(
    unit: Unit,
    account_id: UUID,
    text_key: str,
    post: PostOnRoster,
    more: dict[str, str],
    *,
    at: datetime,
) -> None:
    notices.tell(
        unit,
        to=notices.Receiver(account_id=account_id),
        text_key=text_key,
        values={
            "role_title": org.role_title(post.role),
            "unit": post.unit_name,
            "place": post.place or post.unit_name,
            **more,
        },
        case_id=None,
        occasion=f"{post.id}:{at.isoformat()}",
        at=at,
    )
