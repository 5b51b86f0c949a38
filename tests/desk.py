"""The small town with its case desk open: reporting, moving, looking, in a test's short words."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from server import cases, notices
from server.base import cache, clock, database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.base.viewer import GUEST, Viewer
from server.cases import CaseFile, NewCase, Opened
from server.photos.models import Photo
from server.trust import ReplayKey
from tests import makers
from tests.makers import SmallTown


@dataclass(frozen=True, slots=True)
class Desk:
    """A town, and everyone who does something in it."""

    town: SmallTown
    grid_worker: Viewer
    grid_leader: Viewer
    property_manager: Viewer
    property_staff: Viewer
    street_dispatcher: Viewer
    community_secretary: Viewer
    municipal: Viewer

    async def report(self, by: Viewer = GUEST, *, code: str = "entrance", **sent: Any) -> Opened:
        """Scan the code of that name and report; by default a lamp that does not burn."""
        sent = sent or {"category": "F02", "text": "路灯不亮"}
        return await cases.open_case(NewCase(code=self.town.codes[code], **sent), by=by)

    async def move(self, case: CaseFile | Opened, move: str, by: Viewer, **given: Any) -> CaseFile:
        """Make a move having seen the newest state of things."""
        moved = await cases.make_move(case.number, move, by=by, given=given, seen_version=None)
        return moved.case


async def a_desk() -> Desk:
    """The small town with all its posts held and the names in the flows wired."""
    cache.clear()
    town = await makers.a_town()
    held = {
        role: await makers.a_viewer(town, role) for role in Desk.__annotations__ if role != "town"
    }
    return Desk(town, **held)


def guest(opened: Opened) -> Viewer:
    """Whoever holds the key that was given on sending."""
    assert opened.key is not None
    return replace(GUEST, keys=frozenset({opened.key}))


def asked(route: str = "cases", body: bytes = b"body", key: str | None = None) -> ReplayKey:
    """A request with an idempotency key."""
    return ReplayKey("guest", route, key or uuid4().hex, body)


async def a_photo(by: Viewer = GUEST) -> UUID:
    """A photo put up and not attached yet; its bytes matter to nobody here."""
    photo_id = new_id()
    async with unit_of_work() as unit:
        unit.insert(
            Photo,
            id=photo_id,
            hash="0" * 64,
            thumb_hash="1" * 64,
            width=40,
            height=30,
            size=1000,
            uploader_id=by.account_id,
            uploaded_at=clock.now(),
        )
    return photo_id


async def inbox(viewer: Viewer, case: CaseFile | Opened) -> list[str]:
    """The titles this viewer finds unread in a case, after everything due was delivered."""
    while await notices.deliver_due():
        pass
    found = await cases.find_case(case.number, viewer)
    unread = await notices.unread_for_cases(viewer, [found.id], cases.key_hashes(viewer.keys))
    return unread.get(found.id, [])


async def notices_of_post(post_id: UUID) -> list[str]:
    """The texts put into the outbox for a post, oldest first."""
    rows = await database.fetch(
        "SELECT text_key FROM notice WHERE post_id = $1 ORDER BY id", post_id
    )
    return [row["text_key"] for row in rows]
