"""Photos of a demo: small pictures that lie in the program, as if somebody had taken them there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server.base.unit import unit_of_work
from server.photos.models import Photo
from server.photos.studio import studio


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture in both sizes, upright and clean already, and how large it is."""

    full: bytes
    thumb: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PastPhoto:
    """A photo of earlier days: of staff and shops, so it is evidence and stays with its case."""

    id: UUID
    case_id: UUID
    taken_at: datetime
    sample: Sample


async def bring_in(past: Iterable[PastPhoto]) -> int:
    """Keep the pictures, each of them once, and attach the photos to their cases; how many."""
    photos, hashes = list(past), dict[bytes, str]()
    for picture in {one.sample.full: one.sample for one in photos}.values():
        for jpeg in (picture.full, picture.thumb):
            hashes[jpeg] = await studio().store.put(jpeg)
    async with unit_of_work() as unit:
        for one in photos:
            unit.insert(
                Photo,
                id=one.id,
                hash=hashes[one.sample.full],
                thumb_hash=hashes[one.sample.thumb],
                width=one.sample.width,
                height=one.sample.height,
                size=len(one.sample.full),
                uploaded_at=one.taken_at,
                case_id=one.case_id,
                stamped=True,
            )
    return len(photos)
