"""Bulletins of earlier days, brought in with a demo's town."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.base.viewer import HeldPost
from server.bulletins.models import Bulletin
from server.bulletins.rules import AUDIENCES, kind_of
from server.bulletins.wording import written
from server.places import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class PastBulletin:
    """One that came out already."""

    ground: Ground
    title: str
    text: str
    audiences: tuple[str, ...]
    account_id: UUID
    post: HeldPost
    out_at: datetime
    until_at: datetime
    pinned: bool = False
    id: UUID = field(default_factory=new_id)


async def bring_in(past: Iterable[PastBulletin]) -> int:
    """Write them; how many."""
    rows = [_row(one) for one in past]
    async with unit_of_work() as unit:
        unit.bulk(Bulletin, rows)
    return len(rows)


def _row(one: PastBulletin) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": kind_of(one.post),
        "title": one.title,
        "source": one.text,
        "html": written(one.text),
        "photo_ids": [],
        "place_id": one.ground.id,
        "place_name": one.ground.full_name,
        "path": one.ground.path,
        **{f"for_{audience}": audience in one.audiences for audience in AUDIENCES},
        "by_account_id": one.account_id,
        "by_post_id": one.post.id,
        "by_area": one.post.area,
        "unit_id": one.post.unit_id,
        "unit_name": one.post.unit_name,
        "state": "published",
        "pinned": one.pinned,
        "changed_at": one.out_at,
        "out_at": one.out_at,
        "until_at": one.until_at,
    }
