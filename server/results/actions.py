"""Draw over a photo of a case, publish the copy, withdraw it. The photo itself is never touched."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from server import photos, trust
from server.base import clock
from server.base.errors import FieldError, Invalid
from server.base.ids import new_id
from server.base.unit import Duplicate, LostRace, Unit, unit_of_work
from server.base.viewer import Viewer
from server.results.errors import PhotoMovedOn, PublicPhotoUnknown, PublishedAlready
from server.results.models import PublicPhoto
from server.results.queries import Candidate, Publishing, publishing
from server.results.rules import Area
from server.trust import Act, ReplayKey


async def draw(
    number: str,
    photo_id: UUID,
    areas: Sequence[Area],
    *,
    plain: bool = False,
    by: Viewer,
    asked: ReplayKey,
) -> None:
    """Make the copy with these areas blotted out, for staff to look at; an earlier one goes.

    `plain` says that nothing in the photo needs it. The same request again does nothing. Raises
    what `publishing` raises, PublicPhotoUnknown, PublishedAlready, Invalid without an area,
    PhotoMovedOn.
    """
    found = await publishing(number, by)
    one = found.photo(photo_id)
    if await trust.find_replay(asked) is not None:
        return
    if one.state == "public":
        raise PublishedAlready
    if not areas and not plain:
        detail = "请画出要打码的人脸、车牌；照片里没有，就勾“没有要打码的”。"
        raise Invalid(FieldError("areas", "required", detail))
    source = await photos.find_photo(photo_id)
    if source is None:
        raise PublicPhotoUnknown
    marked = () if source.stamped else photos.copy_lines(at=source.uploaded_at, place=found.place)
    copy = await photos.blotted(source, areas, marked)
    drawn = {
        "copy_id": copy.id,
        "areas": len(areas),
        "made_at": clock.now(),
        "made_by_id": by.account_id,
    }
    try:
        async with unit_of_work() as unit:
            photos.put_copy(unit, copy, case_id=found.case.id)
            _put_draft(unit, found, one, drawn)
            trust.remember(unit, asked, {"copy": str(copy.id)}, at=clock.now())
    except (LostRace, Duplicate):
        if await trust.find_replay(asked) is None:
            raise PhotoMovedOn from None


async def publish(number: str, photo_id: UUID, *, seen: UUID | None, by: Viewer) -> None:
    """Everybody may see the copy from now on; published already, nothing happens. On record.

    `seen` is the copy that was looked at. Raises what `publishing` raises, PublicPhotoUnknown
    without a copy, PhotoMovedOn where it is no longer that one.
    """
    found = await publishing(number, by)
    one = found.photo(photo_id)
    if one.public_id is None:
        raise PublicPhotoUnknown
    if one.copy_id != seen:
        raise PhotoMovedOn
    if one.state == "public":
        return

    def also(unit: Unit) -> None:
        unit.update(
            PublicPhoto,
            where={"id": one.public_id, "state": "draft", "copy_id": one.copy_id},
            set={"state": "public", "published_at": clock.now()},
        )

    await _on_record("photo.publish", found, one, by, also)


async def withdraw(number: str, photo_id: UUID, *, by: Viewer) -> None:
    """Nobody is shown the copy any more, and it is given up; twice is as good as once. On record.

    Raises what `publishing` raises, PublicPhotoUnknown, PhotoMovedOn.
    """
    found = await publishing(number, by)
    one = found.photo(photo_id)
    if one.public_id is None or one.copy_id is None:
        return

    copy_id = one.copy_id

    def also(unit: Unit) -> None:
        unit.update(
            PublicPhoto,
            where={"id": one.public_id, "copy_id": copy_id},
            set={
                "state": "withdrawn",
                "source_taken": None,
                "copy_id": None,
                "withdrawn_at": clock.now(),
            },
        )
        photos.drop_copy(unit, copy_id)

    await _on_record("photo.withdraw", found, one, by, also)


def _put_draft(unit: Unit, found: Publishing, one: Candidate, drawn: dict[str, Any]) -> None:
    """A new draft, or another copy in the place of the one there was."""
    if one.public_id is not None and one.copy_id is not None:
        where = {"id": one.public_id, "state": "draft", "copy_id": one.copy_id}
        unit.update(PublicPhoto, where=where, set=drawn)
        photos.drop_copy(unit, one.copy_id)
        return
    unit.insert(
        PublicPhoto,
        id=new_id(),
        case_id=found.case.id,
        source_id=one.photo_id,
        source_taken=one.photo_id,
        side=one.side,
        state="draft",
        **drawn,
    )


async def _on_record(
    action: str, found: Publishing, one: Candidate, by: Viewer, also: Callable[[Unit], None]
) -> None:
    detail = {"photo": str(one.photo_id), "copy": str(one.copy_id), "side": one.side}
    act = Act(action=action, by=by, post=found.post, target=found.case.number, detail=detail)
    try:
        await trust.record(act, also=also)
    except LostRace:
        raise PhotoMovedOn from None
