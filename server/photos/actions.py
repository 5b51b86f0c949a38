"""Keep a photo, mark it as evidence, attach it, sweep what nobody attached."""

from collections.abc import AsyncIterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID, uuid4

from server import trust
from server.base import clock
from server.base.errors import FieldError
from server.base.unit import AnyOf, Unit, unit_of_work
from server.base.viewer import Viewer
from server.base.write_set import Duplicate
from server.photos.darkroom.terms import MAX_BYTES
from server.photos.errors import PhotoNotTheirs, PhotoTooLarge, TooManyPhotos
from server.photos.models import Photo
from server.photos.queries import KeptPhoto, find_photo, find_photos, hashes_in_use
from server.photos.studio import studio
from server.photos.workers import Rendering

MAX_PHOTOS = 9


async def keep(
    source: bytes | AsyncIterable[bytes],
    *,
    uploader: Viewer,
    asked: trust.ReplayKey | None = None,
) -> KeptPhoto:
    """Take a photo in: upright, clean, in two sizes, durable before its row is.

    Asked again with the same key, it answers with the photo it made the first time. Raises
    PhotoTooLarge, PhotoTypeUnknown, PhotoUnreadable, NoRoomForPhotos, or Unavailable when too many
    wait.
    """
    taken = await _taken_in(source)
    if asked is not None and (made := await trust.find_replay(asked)) is not None:
        return await _made_before(made)
    await studio().store.refuse_when_full()
    columns = await _shelved(await studio().darkroom.develop(taken))
    # Its id opens an unattached photo for a guest, so all of it is random.
    photo = KeptPhoto(
        id=uuid4(), uploader_id=uploader.account_id, uploaded_at=clock.now(), **columns
    )
    try:
        async with unit_of_work() as unit:
            unit.insert(Photo, **asdict(photo))
            if asked is not None:
                trust.remember(unit, asked, {"photo": str(photo.id)}, at=photo.uploaded_at)
    except Duplicate:
        made = None if asked is None else await trust.find_replay(asked)
        if made is None:
            raise
        return await _made_before(made)
    return photo


async def claim(photo_ids: Sequence[UUID], *, by: Viewer) -> list[KeptPhoto]:
    """The photos to attach, in the order given: theirs, and not attached yet.

    Raises TooManyPhotos or PhotoNotTheirs. Nothing is written; `attach` does that.
    """
    wanted = list(dict.fromkeys(photo_ids))
    if len(wanted) > MAX_PHOTOS:
        problem = FieldError("photos", TooManyPhotos.code, f"照片最多{MAX_PHOTOS}张。")
        raise TooManyPhotos(problem, limit=MAX_PHOTOS)
    found = await find_photos(wanted)
    usable = [found[key] for key in wanted if key in found and found[key].is_usable_by(by)]
    if len(usable) < len(wanted):
        raise PhotoNotTheirs(FieldError("photos", PhotoNotTheirs.code, PhotoNotTheirs.sentence))
    return usable


async def stamp(photo: KeptPhoto, lines: Sequence[str]) -> KeptPhoto:
    """The photo as evidence: the lines are in the picture, and only this picture will be served.

    The new bytes are durable when this returns; the row follows with `attach`.
    """
    plain = await studio().store.get(photo.hash)
    columns = await _shelved(await studio().darkroom.stamp(plain, lines))
    return replace(photo, stamped=True, **columns)


async def blotted(
    photo: KeptPhoto, areas: Sequence[Sequence[int]], lines: Sequence[str]
) -> KeptPhoto:
    """Another photo: the same with these areas (x, y, width, height in thousandths) blotted out
    beyond recovery, and the lines in the picture. The one it is made of stays as it is.

    Its bytes are durable when this returns; the row follows with `put_copy`.
    """
    plain = await studio().store.get(photo.hash)
    columns = await _shelved(await studio().darkroom.blot(plain, areas, lines))
    return replace(photo, id=uuid4(), uploader_id=None, uploaded_at=clock.now(), **columns)


def put_copy(unit: Unit, copy: KeptPhoto, *, case_id: UUID) -> None:
    """Put such a photo into the unit: it belongs to the case, and goes with the case's photos."""
    unit.insert(Photo, **asdict(replace(copy, case_id=case_id, conversation_id=None)))


def drop_copy(unit: Unit, photo_id: UUID) -> None:
    """Give such a photo up; nobody is shown it any more."""
    unit.delete(Photo, where={"id": photo_id})


def copy_lines(*, at: datetime, place: str) -> tuple[str, ...]:
    """What a copy for everybody says that has no evidence mark: the day, the place."""
    local = clock.local(at)
    return (f"{local:%Y年%m月%d日}", place)


def evidence_lines(*, at: datetime, place: str, number: str) -> tuple[str, ...]:
    """What an evidence photo says: the town's time, the place, the case."""
    local = clock.local(at)
    return (f"{local:%Y年%m月%d日 %H:%M}", place, f"编号 {number}")


def attach(
    unit: Unit,
    photos: Sequence[KeptPhoto],
    *,
    case_id: UUID | None = None,
    conversation_id: UUID | None = None,
) -> None:
    """Give the photos to a case or a conversation, in the unit that writes it.

    Or to a plaque that was put up, or a bulletin, by the id of that: then whoever asks for it
    there is asked.

    The unit raises LostRace if one of them was attached or swept meanwhile.
    """
    for photo in photos:
        unit.update(
            Photo,
            where={"id": photo.id, "case_id": None, "conversation_id": None},
            set={
                "case_id": case_id,
                "conversation_id": conversation_id,
                "stamped": photo.stamped,
                "hash": photo.hash,
                "thumb_hash": photo.thumb_hash,
                "width": photo.width,
                "height": photo.height,
                "size": photo.size,
            },
            expecting=1,
        )


async def copies(photo_ids: Sequence[UUID]) -> list[UUID]:
    """The same pictures once more, attached to nothing yet: what is attached stays where it is."""
    found = await find_photos(photo_ids)
    now = clock.now()
    again = [
        replace(
            found[one],
            id=uuid4(),
            uploader_id=None,
            uploaded_at=now,
            case_id=None,
            conversation_id=None,
        )
        for one in photo_ids
        if one in found
    ]
    async with unit_of_work() as unit:
        unit.bulk(Photo, [asdict(photo) for photo in again])
    return [photo.id for photo in again]


def forget(unit: Unit, photo_ids: Sequence[UUID]) -> None:
    """Give up these photos."""
    unit.delete(Photo, where={"id": AnyOf(tuple(photo_ids))})


def forget_talked(unit: Unit, conversation_id: UUID) -> None:
    """Give up the photos sent in a conversation."""
    unit.delete(Photo, where={"conversation_id": conversation_id})


def forget_plain(unit: Unit, *, case_id: UUID) -> None:
    """Give up a case's photos without evidence in the picture: those of residents."""
    unit.delete(Photo, where={"case_id": case_id, "stamped": False})


def give_up(unit: Unit, photo_ids: Sequence[UUID], *, case_id: UUID) -> None:
    """Give up these of the photos attached to something."""
    if photo_ids:
        unit.delete(Photo, where={"id": AnyOf(tuple(photo_ids)), "case_id": case_id})


async def sweep(before: datetime) -> int:
    """Drop photos from before then that nobody attached, then bytes no photo needs.

    Younger bytes stay: their row may be about to be written. Returns how many photos were dropped.
    """
    async with unit_of_work().models():
        swept = await Photo.filter(
            case_id__isnull=True, conversation_id__isnull=True, uploaded_at__lt=before
        ).delete()
    await _sweep_bytes(before)
    return int(swept)


async def _sweep_bytes(before: datetime) -> None:
    store = studio().store
    async for names in store.older_than(before):
        used = await hashes_in_use(names) if names else set()
        for name in set(names) - used:
            await store.delete_if_older(name, before)
    await store.drop_unfinished(before)


async def _taken_in(source: bytes | AsyncIterable[bytes]) -> bytes:
    """All bytes, as long as they are not too many."""
    if isinstance(source, bytes):
        _refuse_beyond_limit(len(source))
        return source
    taken = bytearray()
    async for chunk in source:
        taken += chunk
        _refuse_beyond_limit(len(taken))
    return bytes(taken)


def _refuse_beyond_limit(size: int) -> None:
    if size > MAX_BYTES:
        raise PhotoTooLarge(limit=f"{MAX_BYTES // 1_000_000}MB")


async def _shelved(rendering: Rendering) -> dict:
    """Both JPEGs made durable; the columns that describe them."""
    store = studio().store
    return {
        "hash": await store.put(rendering.full),
        "thumb_hash": await store.put(rendering.thumb),
        "width": rendering.width,
        "height": rendering.height,
        "size": len(rendering.full),
    }


async def _made_before(made: dict[str, str]) -> KeptPhoto:
    photo = await find_photo(UUID(made["photo"]))
    if photo is None:  # Swept since; the phone still has the original.
        raise PhotoNotTheirs(FieldError("photo", PhotoNotTheirs.code, PhotoNotTheirs.sentence))
    return photo
