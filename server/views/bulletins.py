"""Bulletins as each reader sees them: on a sign, one of them whole, and for those who write."""

from uuid import UUID

from msgspec import UNSET

from server import bulletins, photos
from server.base import clock
from server.base.viewer import Viewer
from server.bulletins import AUDIENCES, KINDS, STATES, Bulletin, Line, Lines, Posted
from server.photos import KeptPhoto
from server.views.bulletin_shapes import (
    BulletinCard,
    BulletinLine,
    BulletinList,
    BulletinShape,
    FigureShape,
    MindedBulletin,
    MindedLine,
    MindedList,
)
from server.views.choosing import place_choice
from server.views.shapes import OptionShape, PhotoShape

PLACES = ("division", "grid", "estate")


def first_bulletins(posted: Posted, limit: int) -> BulletinList:
    """The first of what hangs somewhere, for its board."""
    items = [_line(line) for line in posted.lines[:limit]]
    more = len(posted.lines) > limit
    return BulletinList(items=items, next=str(items[-1].id) if more else UNSET)


def bulletin_list(found: Lines) -> BulletinList:
    """A page of a list."""
    items = [_line(line) for line in found.lines]
    return BulletinList(items=items, next=str(found.next) if found.next else UNSET)


def _line(line: Line) -> BulletinLine:
    """One that is out, in a list."""
    return BulletinLine(
        id=line.id,
        kind_title=KINDS[line.kind],
        title=line.title,
        unit=line.unit_name,
        at=line.out_at or line.changed_at,
        pinned=line.pinned,
    )


async def bulletin_shape(found: Bulletin) -> BulletinShape:
    """One whole, with its photos."""
    return BulletinShape(
        kind_title=KINDS[found.kind],
        title=found.title,
        unit=found.unit_name,
        place=found.place_name,
        html=found.html,
        photos=await _photos(found),
        at=found.out_at or UNSET,
        until=found.until_at or UNSET,
    )


async def _photos(found: Bulletin) -> list[PhotoShape]:
    """Its photos in their order, at addresses of the bulletin."""
    kept = await photos.find_photos(found.photo_ids)
    return [_photo(found.id, kept[one]) for one in found.photo_ids if one in kept]


async def minded_bulletins(viewer: Viewer, tab: str, *, after: UUID | None = None) -> MindedList:
    """What the viewer looks after, the youngest first."""
    lines, following = await bulletins.list_minded(viewer, tab, after=after)
    items = [_minded(line) for line in lines]
    return MindedList(items=items, next=str(following) if following else UNSET)


async def minded_bulletin(bulletin_id: UUID, viewer: Viewer) -> MindedBulletin:
    """One of them. Raises BulletinUnknown."""
    found = await bulletins.find_minded(bulletin_id, viewer)
    figures = await bulletins.figures(bulletin_id)
    return MindedBulletin(
        line=_minded(found),
        shown=await bulletin_shape(found),
        source=found.source,
        place_id=found.place_id,
        audience_keys=list(found.audiences),
        version=found.version,
        usual_until=bulletins.usual_until(clock.now()),
        figures=[FigureShape(times=one.times, community=one.community or UNSET) for one in figures],
        opened=sum(one.times for one in figures),
        worded_here=bulletins.speaks_for(viewer, found.kind, found.unit_id),
        reason=found.reason or UNSET,
        withdrawn_at=found.withdrawn_at or UNSET,
    )


async def bulletin_card(viewer: Viewer, *, near: str = "", chosen: str = "") -> BulletinCard:
    """For which places the viewer writes, the widest first, and for whom one may write."""
    areas = bulletins.writing_areas(viewer)
    return BulletinCard(
        places=await place_choice(areas, PLACES, near=near, chosen=chosen),
        audiences=[OptionShape(value=key, title=title) for key, title in AUDIENCES.items()],
    )


def _minded(line: Line) -> MindedLine:
    state = line.standing(clock.now())
    return MindedLine(
        id=line.id,
        kind_title=KINDS[line.kind],
        title=line.title,
        place=line.place_name,
        unit=line.unit_name,
        state=state,
        state_title=STATES[state],
        audiences="、".join(AUDIENCES[one] for one in line.audiences),
        pinned=line.pinned,
        changed_at=line.changed_at,
        out_at=line.out_at or UNSET,
        until_at=line.until_at or UNSET,
    )


def _photo(bulletin_id: UUID, photo: KeptPhoto) -> PhotoShape:
    address = f"/bulletins/{bulletin_id}/photos/{photo.id}"
    return PhotoShape(
        id=photo.id,
        url=address,
        thumb_url=f"{address}?size=thumb",
        width=photo.width,
        height=photo.height,
    )
