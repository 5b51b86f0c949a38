"""Photos as they are shown: where to fetch them, and how large they are."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from server import photos
from server.views.shapes import PhotoShape


def photo_shape(photo: photos.KeptPhoto) -> PhotoShape:
    return PhotoShape(
        id=photo.id,
        url=f"/m/v1/photos/{photo.id}",
        thumb_url=f"/m/v1/photos/{photo.id}/thumb",
        width=photo.width,
        height=photo.height,
    )


async def photo_shapes(ids: Iterable[UUID]) -> dict[UUID, PhotoShape]:
    """The photos that are still there, by id."""
    found = await photos.find_photos(list(ids))
    return {key: photo_shape(photo) for key, photo in found.items()}


def pick(ids: Iterable[UUID], shapes: Mapping[UUID, PhotoShape]) -> list[PhotoShape]:
    """Those with these ids, in this order."""
    return [shapes[key] for key in ids if key in shapes]
