"""Who holds a post: appointed, ended, handed over. Open work stays with the post."""

from datetime import datetime
from uuid import UUID

from server import notices, org, people, trust
from server.base import clock
from server.base.unit import Unit
from server.base.viewer import HeldPost, Viewer
from server.org import Appointed, PostOnRoster
from server.rosters.errors import wrong
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
    """From now on this colleague holds the post, and nobody else; both are told; their name.

    What is open stays with the post. On record. Raises PostUnknown, NotYourPost, Invalid where the
    account is not a colleague of the unit.
    """
    post, under = await post_to_set_up(post_id, by)
    now = clock.now()
    candidates = {one.account_id: one.name for one in await colleagues_of(post.unit_id, now)}
    if account_id not in candidates:
        raise wrong("colleague", "not-a-colleague", "请从本单位在岗的人里选。")
    name, before = candidates[account_id], holders(post, now)

    def put(unit: Unit) -> None:
        for one in before:
            if one.account_id == account_id:
                continue
            org.end_appointment(unit, one.id, now)
            _tell(unit, one.account_id, "post.handed_over", post, {"name": name}, at=now)
        if account_id not in {one.account_id for one in before}:
            org.put_appointment(unit, post_id, account_id, kind="holder", since=now)
            _tell(unit, account_id, "post.given", post, {}, at=now)

    await record_once(_act("post.hand_over", by, under, post, name), asked, put)
    return name


async def end(post_id: UUID, appointment_id: UUID, *, by: Viewer) -> None:
    """This holder holds the post no longer, and is told. Twice is as good as once. On record.

    Raises PostUnknown, NotYourPost.
    """
    post, under = await post_to_set_up(post_id, by)
    now = clock.now()
    held = next((one for one in holders(post, now) if one.id == appointment_id), None)
    if held is None:
        return

    def put(unit: Unit) -> None:
        org.end_appointment(unit, held.id, now)
        _tell(unit, held.account_id, "post.ended", post, {}, at=now)

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
