"""Photos on their way: sent whole, or cut at any byte; and what the shelves hold of them."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

from server import photos
from server.base import clock, database
from tests.faults.line import Answer, Line, request
from tests.faults.mortal import MortalTown
from tests.journeys.town_client import API, a_key
from tests.photos import samples

BOUNDARY = "tear-here"
_widths = count(400)


@dataclass(slots=True)
class Shot:
    """One photo, unlike any other, and the key it is sent with."""

    key: str
    said: bytes
    photo_id: str = ""


def shot() -> Shot:
    """A new one, with half a megabyte of nothing behind it, so that it takes a while to send."""
    picture = samples.jpeg(next(_widths), 300) + b"\0" * 500_000
    head = (
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=photo; filename=a.jpg\r\n"
        "Content-Type: image/jpeg\r\n\r\n"
    )
    body = head.encode() + picture + f"\r\n--{BOUNDARY}--\r\n".encode()
    key = a_key()
    headers = {
        "content_type": f"multipart/form-data; boundary={BOUNDARY}",
        "idempotency_key": key,
    }
    return Shot(key, request("POST", f"{API}/photos", body, headers))


async def send(line: Line, photo: Shot) -> Answer:
    answer = await line.ask(photo.said)
    if answer.status == 201:
        photo.photo_id = str(answer.json()["id"])
    return answer


async def begin(line: Line, photo: Shot, chance: random.Random) -> None:
    """Send it up to some byte: anything from nothing to all."""
    await line.say(photo.said[: chance.randint(1, len(photo.said))])


def rows(town: MortalTown) -> int:
    """How many photos the table knows."""
    return int(town.look(lambda: database.fetch_value("SELECT count(*) FROM photo")))


def missing(town: MortalTown, shots: Sequence[Shot]) -> int:
    """How many were acknowledged and are not in the table."""
    there = {row["id"] for row in town.look(lambda: database.fetch("SELECT id FROM photo"))}
    return sum(bool(each.photo_id) and UUID(each.photo_id) not in there for each in shots)


def unreadable(town: MortalTown) -> list[str]:
    """Pictures the table names that are not there, or not what their name says."""
    kept = town.look(lambda: database.fetch("SELECT hash, thumb_hash FROM photo"))
    names = [each[name] for each in kept for name in ("hash", "thumb_hash")]
    return [name for name in names if not _is_whole(town.folder / "photos", name)]


def _is_whole(folder: Path, name: str) -> bool:
    path = folder / name[:2] / f"{name}.jpg"
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == name


def left_after_a_day(town: MortalTown) -> list[str]:
    """Files still on the shelves when a day has passed and nobody attached a photo."""

    async def swept() -> None:
        photos.open_studio(f"file://{town.folder / 'photos'}")
        try:
            await photos.sweep(clock.now() + timedelta(hours=25))
        finally:
            await photos.close_studio()

    town.look(swept)
    return [str(path) for path in (town.folder / "photos").rglob("*") if path.is_file()]
