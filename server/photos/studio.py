"""The store and the darkroom of this process, set up once when it starts."""

from dataclasses import dataclass

from server.photos.store import Store
from server.photos.workers import Darkroom, Limits


@dataclass(frozen=True, slots=True)
class Studio:
    store: Store
    darkroom: Darkroom


class StudioClosed(RuntimeError):
    """Photos are asked for before `open_studio` or after `close_studio`: a mistake in our code."""


_open: list[Studio] = []


def open_studio(url: str, limits: Limits | None = None) -> None:
    """Keep photos at this address from now on. No child is started before the first photo."""
    _open[:] = [Studio(Store(url), Darkroom(limits))]


async def close_studio() -> None:
    """Send the children home. Harmless when nothing was opened."""
    while _open:
        await _open.pop().darkroom.close()


def studio() -> Studio:
    if not _open:
        raise StudioClosed
    return _open[0]
