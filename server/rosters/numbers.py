"""A number of one's own on the sign: only by the person's own word, and off at any time."""

from uuid import UUID

from server import org, people
from server.base import clock
from server.base.errors import Invalid, wrong
from server.base.unit import Unit
from server.base.viewer import Viewer
from server.rosters.recording import record_change
from server.trust import Act


async def show_number(raw: str, agreed: bool, *, by: Viewer) -> None:
    """From now on this number stands on the signs of whatever the viewer is on duty for.

    The consent is kept and the act recorded, without the number. Raises Invalid.
    """
    account_id = _account(by)
    if not agreed:
        raise wrong("agreed", "required", "要您本人同意，才会把手机号放到码牌页面上。")
    try:
        phone = people.clean_mobile(raw)
    except Invalid:
        raise wrong("phone", "not-a-mobile", "请写11位手机号。") from None
    known, now = await org.has_shown_number(account_id), clock.now()

    def put(unit: Unit) -> None:
        org.put_number(unit, account_id, phone, known=known, at=now)

    await record_change(_act("post.show_phone", by), put)


async def hide_number(*, by: Viewer) -> None:
    """The office's number stands there again, one's own is destroyed. Twice is as good as once."""
    account_id, now = _account(by), clock.now()
    if await org.shown_number(account_id) is not None:
        act = _act("post.hide_phone", by)
        await record_change(act, lambda unit: org.destroy_number(unit, account_id, now))


async def own_number(viewer: Viewer) -> str | None:
    """The number that stands on the viewer's signs by their own word."""
    row = await org.shown_number(_account(viewer))
    return org.own_number(_account(viewer), row["phone_sealed"]) if row else None


def _account(viewer: Viewer) -> UUID:
    assert viewer.account_id is not None, "whoever holds a post has an account"
    return viewer.account_id


def _act(action: str, by: Viewer) -> Act:
    return Act(action=action, by=by, post=by.posts[0] if by.posts else None, target=by.name)
