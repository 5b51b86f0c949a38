"""A bulletin as it was typed, checked whole: every wrong field, and under which post it is said."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from server import photos, places
from server.base.errors import FieldError, Invalid
from server.base.fields import clean_text
from server.base.viewer import HeldPost, Viewer
from server.bulletins.queries import find_minded
from server.bulletins.rules import (
    AUDIENCES,
    MOST_PHOTOS,
    TEXT_LIMIT,
    TITLE_LIMIT,
    kind_of,
    writing_post,
)
from server.bulletins.wording import written


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A bulletin as it was typed: what, for which place, for whom, with which photos."""

    title: str = ""
    text: str = ""
    place_id: UUID | None = None
    audiences: tuple[str, ...] = ()
    photo_ids: tuple[UUID, ...] = ()


async def checked(wording: Wording, by: Viewer) -> tuple[dict[str, Any], HeldPost]:
    """The columns of what was typed, and the post it is said under. Raises Invalid with all that is
    wrong."""
    wrong: list[FieldError] = []
    title = _words(wording.title, TITLE_LIMIT, "title", "写一个标题。", wrong).replace("\n", " ")
    text = _words(wording.text, TEXT_LIMIT, "text", "写一写要告诉大家什么。", wrong)
    ground = await places.find(wording.place_id) if wording.place_id else None
    post = writing_post(by, ground.path) if ground else None
    if ground is None:
        wrong.append(FieldError("place", "required", "请选发给哪里的人看。"))
    elif post is None:
        wrong.append(FieldError("place", "not-your-area", "这里不归您管，请从列出的里面选。"))
    if not wording.audiences or set(wording.audiences) - AUDIENCES.keys():
        wrong.append(FieldError("audiences", "required", "请选发给谁看，可以选几个。"))
    if len(wording.photo_ids) > MOST_PHOTOS:
        wrong.append(FieldError("photos", "photo-too-many", f"照片最多{MOST_PHOTOS}张。"))
    if wrong or ground is None or post is None:
        raise Invalid(*wrong)
    return {
        "title": title,
        "source": text,
        "html": written(text),
        "photo_ids": [str(one) for one in wording.photo_ids],
        "place_id": ground.id,
        "place_name": ground.full_name[:160],
        "path": ground.path,
        **{f"for_{one}": one in wording.audiences for one in AUDIENCES},
    }, post


async def copied(photo_ids: tuple[UUID, ...], like: UUID | None, by: Viewer) -> list[UUID]:
    """These photos, with a copy in the place of each that belongs to that bulletin."""
    old = await find_minded(like, by) if like else None
    theirs = await photos.find_photos([one for one in photo_ids if old and one in old.photo_ids])
    copies = dict(zip(theirs, await photos.copies(list(theirs)), strict=True)) if theirs else {}
    return [copies.get(one, one) for one in photo_ids]


def _words(text: str, limit: int, field: str, missing: str, wrong: list[FieldError]) -> str:
    try:
        words = clean_text(text, limit, field=field)
    except Invalid as error:
        wrong += error.fields
        return ""
    if not words:
        wrong.append(FieldError(field, "required", missing))
    return words


def signed_by(post: HeldPost) -> dict[str, Any]:
    return {
        "kind": kind_of(post),
        "by_post_id": post.id,
        "by_area": post.area,
        "unit_id": post.unit_id,
        "unit_name": post.unit_name[:80],
    }
