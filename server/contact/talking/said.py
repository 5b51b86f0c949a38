"""What is said, as it was sent and as it may be kept."""

from dataclasses import dataclass
from uuid import UUID

from server import photos
from server.base import fields
from server.base.viewer import HeldPost, Viewer
from server.contact.canned import words_of
from server.contact.errors import nothing_said
from server.contact.rules import TEXT_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message as it was sent: words, photos, or of staff the key of a canned reply, which goes
    below the words."""

    text: str = ""
    photos: tuple[UUID, ...] = ()
    canned: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.photos or self.canned)


async def cleaned(
    said: Said, by: Viewer, *, canned_of: HeldPost | None = None
) -> tuple[str, tuple[photos.KeptPhoto, ...]]:
    """Words and photos as they may be kept; what is pressed is of the unit of a post. Raises
    Invalid and ReplyGone."""
    words = [said.text.strip()]
    if said.canned and canned_of is not None:
        words.append(await words_of(canned_of.unit_id, said.canned))
    text = fields.clean_text("\n".join(filter(None, words)), TEXT_LIMIT)
    pictures = tuple(await photos.claim(said.photos, by=by)) if said.photos else ()
    if not text and not pictures:
        raise nothing_said()
    return text, pictures
