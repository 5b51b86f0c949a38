"""A clerk reads what was written and passes it on, or says why not. On record; the first wins."""

from datetime import datetime
from typing import Any
from uuid import UUID

from server import notices, trust
from server.base import clock, database, fields
from server.base.errors import FieldError, Invalid
from server.base.unit import Duplicate, LostRace, Unit
from server.base.viewer import HeldPost, Viewer
from server.praise.actions import told
from server.praise.errors import AlreadyDecided, OwnPraise, PraiseUnknown
from server.praise.models import Praise
from server.praise.rules import REASON_LIMIT, SCREENING_ROLES, STATES, TAGS
from server.trust import Act, ReplayKey


async def accept(praise_id: UUID, *, by: Viewer, asked: ReplayKey) -> None:
    """Pass it on: it stands on the wall, and whoever is praised and whoever praised are told.

    The same request again changes nothing. Raises PraiseUnknown beyond the viewer's area,
    OwnPraise, AlreadyDecided.
    """
    await _decide(praise_id, by, asked, state="accepted")


async def refuse(praise_id: UUID, reason: str, *, by: Viewer, asked: ReplayKey) -> None:
    """Keep it back; the giver is told why. Raises as `accept`, and Invalid without a reason."""
    words = fields.clean_text(reason, REASON_LIMIT, field="reason")
    if not words:
        raise Invalid(FieldError("reason", "required", "请写明原因，会原样告诉点赞的人。"))
    await _decide(praise_id, by, asked, state="refused", reason=words)


def screening_posts(viewer: Viewer) -> list[HeldPost]:
    """The posts under which the viewer reads what waits; each within its area."""
    return [post for post in viewer.posts if post.role in SCREENING_ROLES and post.area]


async def _decide(
    praise_id: UUID, by: Viewer, asked: ReplayKey, *, state: str, reason: str = ""
) -> None:
    if await trust.find_replay(asked) is not None:
        return
    row, post = await _waiting(praise_id, by)
    now = clock.now()

    def decide(unit: Unit) -> None:
        unit.update(
            Praise,
            where={"id": praise_id, "state": "waiting"},
            set={"state": state, "reason": reason, "decided_at": now},
        )
        trust.remember(unit, asked, {"id": str(praise_id)}, at=now)
        _tell_giver(unit, row, state, reason, at=now)
        if state == "accepted":
            told(unit, row, at=now)

    act = Act(
        action=f"praise.{'accept' if state == 'accepted' else 'refuse'}",
        by=by,
        post=post,
        target=str(praise_id),
        reason=reason,
    )
    try:
        await trust.record(act, also=decide)
    except LostRace:
        raise AlreadyDecided(state=await _state_of(praise_id)) from None
    except Duplicate:
        if await trust.find_replay(asked) is None:
            raise


async def _waiting(praise_id: UUID, by: Viewer) -> tuple[dict[str, Any], HeldPost]:
    """The row that waits in the viewer's area, and the post that reads it."""
    row = await database.fetch_one(
        "SELECT id, account_id, target_kind, target_name, post_id, unit_id, place_name, path,"
        " covers_path, tag, state FROM praise WHERE id = $1",
        praise_id,
    )
    posts = screening_posts(by)
    post = next((one for one in posts if row and row["path"].startswith(one.area)), None)
    if row is None or post is None:
        raise PraiseUnknown
    if row["state"] != "waiting":
        raise AlreadyDecided(state=STATES[row["state"]])
    if row["post_id"] in by.post_ids or row["account_id"] == by.account_id:
        raise OwnPraise
    return row, post


async def _state_of(praise_id: UUID) -> str:
    state = await database.fetch_value("SELECT state FROM praise WHERE id = $1", praise_id)
    return STATES[str(state)]


def _tell_giver(unit: Unit, row: dict[str, Any], state: str, reason: str, *, at: datetime) -> None:
    if row["account_id"] is None:
        return
    notices.tell(
        unit,
        to=notices.Receiver(account_id=row["account_id"]),
        text_key=f"praiser.{state}",
        values={
            "name": row["target_name"],
            "tag": TAGS[row["target_kind"]][row["tag"]],
            "reason": reason,
        },
        case_id=None,
        occasion=str(row["id"]),
        at=at,
    )
