"""Questions about photos. Who may see one is decided by whoever knows the case it belongs to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from server.base import database
from server.base.viewer import Viewer
from server.photos.errors import PhotoGone
from server.photos.studio import studio

Size = Literal["full", "thumb"]
CONTENT_TYPE = "image/jpeg"
_COLUMNS = (
    "id, hash, thumb_hash, width, height, size, uploader_id, uploaded_at, case_id, stamped,"
    " conversation_id"
)


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """One photo as its row says. `hash` is of what is served: of the stamped one, once stamped."""

    id: UUID
    hash: str
    thumb_hash: str
    width: int
    height: int
    size: int
    uploader_id: UUID | None
    uploaded_at: datetime
    case_id: UUID | None = None
    stamped: bool = False
    conversation_id: UUID | None = None

    @property
    def is_attached(self) -> bool:
        return self.case_id is not None or self.conversation_id is not None

    def is_usable_by(self, viewer: Viewer) -> bool:
        """Unattached, and theirs: put up by this account, or by a guest who told them its id."""
        theirs = self.uploader_id is None or self.uploader_id == viewer.account_id
        return theirs and not self.is_attached


@dataclass(frozen=True, slots=True)
class Picture:
    """What to send: the JPEG, its type, and a mark that changes when the picture does."""

    content: bytes
    content_type: str
    etag: str


async def unattached(before: datetime) -> int:
    """How many photos from before then nobody attached."""
    found = await database.fetch_value(
        "SELECT count(*) AS n FROM photo WHERE case_id IS NULL"
        " AND conversation_id IS NULL AND uploaded_at < $1",
        before,
    )
    return int(found)


async def find_photo(photo_id: UUID) -> KeptPhoto | None:
    return (await find_photos([photo_id])).get(photo_id)


async def find_photos(photo_ids: Collection[UUID]) -> dict[UUID, KeptPhoto]:
    """Those that are there, by id."""
    if not photo_ids:
        return {}
    listed, args = database.in_list(list(photo_ids))
    rows = await database.fetch(f"SELECT {_COLUMNS} FROM photo WHERE id IN {listed}", *args)
    return {row["id"]: KeptPhoto(**row) for row in rows}


async def read(photo_id: UUID, size: Size = "full") -> Picture:
    """The JPEG to send. Raises PhotoGone if there is no such photo."""
    photo = await find_photo(photo_id)
    if photo is None:
        raise PhotoGone
    return await picture(photo, size)


async def picture(photo: KeptPhoto, size: Size = "full") -> Picture:
    """The same for a photo already looked up."""
    name = photo.thumb_hash if size == "thumb" else photo.hash
    return Picture(await studio().store.get(name), CONTENT_TYPE, name)


async def hashes_in_use(hashes: Collection[str]) -> set[str]:
    """Which of these some photo still needs."""
    listed, args = database.in_list(list(hashes))
    rows = await database.fetch(
        f"SELECT hash AS name FROM photo WHERE hash IN {listed} "
        f"UNION SELECT thumb_hash FROM photo WHERE thumb_hash IN {listed}",
        *args,
    )
    return {row["name"] for row in rows}
