"""A darkroom for tests that look at no photo: nothing is drawn, no child is started."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from server import photos
from server.photos import studio as studios
from server.photos.store import Store
from server.photos.studio import Studio
from server.photos.workers import Rendering

JPEG = b"\xff\xd8 a photo that nobody looks at"


class PlainDarkroom:
    """Draws nothing into a photo: nobody looks at it here."""

    async def stamp(self, photo: bytes, lines: Sequence[str]) -> Rendering:
        return Rendering(photo, photo, 40, 30)

    async def close(self) -> None:
        """No child is to be sent home."""


@asynccontextmanager
async def plain_studio() -> AsyncIterator[Store]:
    """Photos are kept in memory and stamped by nobody, until the block ends."""
    store = Store("memory://")
    studios._open[:] = [Studio(store, PlainDarkroom())]  # type: ignore[arg-type]
    try:
        yield store
    finally:
        await photos.close_studio()
