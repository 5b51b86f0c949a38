"""Plaques as those see them who put them up: what waits, what happened, what is used far away."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server import codes, org, plaques
from server.base import clock
from server.base.viewer import Viewer
from server.views.shape import Shape


class FaultShape(Shape, frozen=True, kw_only=True):
    """Something that is wrong with a plaque."""

    id: UUID
    token: str
    place: str
    title: str
    times: int
    far: bool
    at: datetime
    code_id: UUID | UnsetType = UNSET  # for whoever makes codes there


class FaultList(Shape, frozen=True, kw_only=True):
    items: list[FaultShape]  # the longest first
    next: str | UnsetType = UNSET


class FarShape(Shape, frozen=True, kw_only=True):
    """A code that was used several times far from where it hangs."""

    place: str
    times: int
    code_id: UUID | UnsetType = UNSET  # for whoever makes codes there


class PastShape(Shape, frozen=True, kw_only=True):
    """One thing that happened to a plaque."""

    at: datetime
    what: str  # mounted fault closed
    title: str = ""
    times: int = 1
    far: bool = False
    by: str = ""
    photo_of: UUID | UnsetType = UNSET  # the mounting


async def faults(viewer: Viewer, *, after: str | None = None) -> FaultList:
    """What is wrong in the viewer's areas, the longest first."""
    found, makes = await plaques.open_faults(viewer, after=after), codes.makes_codes(viewer)
    items = [
        FaultShape(
            id=one.id,
            token=one.token,
            place=one.place,
            title=plaques.FAULTS[one.kind],
            times=one.times,
            far=bool(one.far),
            at=one.reported_at,
            code_id=one.code_id if makes else UNSET,
        )
        for one in found.items
    ]
    return FaultList(items=items, next=found.next or UNSET)


async def far_plaques(viewer: Viewer) -> list[FarShape]:
    """Codes in the viewer's areas that are used far from where they hang."""
    makes = codes.makes_codes(viewer)
    return [
        FarShape(place=one.place, times=one.times, code_id=one.code_id if makes else UNSET)
        for one in await plaques.far_codes(viewer)
    ]


async def past_of_plaque(code_id: UUID) -> list[PastShape]:
    """What happened to one, the newest first; staff by their post. Whose it is, was asked."""
    return [
        PastShape(
            at=one.at,
            what=one.what,
            title=plaques.OUTCOMES.get(one.outcome) or plaques.FAULTS.get(one.kind, ""),
            times=one.times,
            far=bool(one.far),
            by=await _post(one.post_id),
            photo_of=one.mounting_id or UNSET,
        )
        for one in await plaques.past_of(code_id)
    ]


async def _post(post_id: UUID | None) -> str:
    card = await org.post_card(post_id, clock.now()) if post_id else None
    return f"{card.unit_name}{card.role_title}" if card else ""
