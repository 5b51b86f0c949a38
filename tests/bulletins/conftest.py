"""The small town with people who write bulletins, in few words."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from server import bulletins
from server.base import clock
from server.base.viewer import Viewer
from server.bulletins import Wording
from server.places import Ground
from tests import makers
from tests.cases.conftest import desk, hands
from tests.desk import Desk, asked

__all__ = ["desk", "hands"]
DAY = timedelta(days=1)


class Boards:
    """Bulletins of the small town, by default the secretary's for residents of the community."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.town = desk, desk.town
        self.writer = desk.community_secretary

    def words(self, **said: Any) -> Wording:
        usual: dict[str, Any] = {
            "title": "停水通知",
            "text": "明天停水。",
            "place_id": self.town.community.id,
            "audiences": ("residents",),
        }
        return Wording(**usual | said)

    async def draft(self, by: Viewer | None = None, **said: Any) -> UUID:
        return await bulletins.draft(self.words(**said), by=by or self.writer, asked=asked("draft"))

    async def out(
        self,
        by: Viewer | None = None,
        *,
        at: datetime | None = None,
        until: datetime | None = None,
        **said: Any,
    ) -> UUID:
        """Written and published."""
        bulletin_id = await self.draft(by, **said)
        await self.publish(bulletin_id, by, at=at, until=until)
        return bulletin_id

    async def publish(
        self,
        bulletin_id: UUID,
        by: Viewer | None = None,
        *,
        at: datetime | None = None,
        until: datetime | None = None,
        version: int | None = None,
    ) -> None:
        """Let it out, having seen its newest wording unless a `version` says which."""
        by = by or self.writer
        await bulletins.publish(
            bulletin_id,
            out_at=at,
            until_at=until or (at or clock.now()) + DAY,
            seen_version=version or (await bulletins.find_minded(bulletin_id, by)).version,
            by=by,
            asked=asked("publish"),
        )

    async def change(self, bulletin_id: UUID, *, version: int, **said: Any) -> None:
        await bulletins.change(
            bulletin_id,
            self.words(**said),
            seen_version=version,
            by=self.writer,
            asked=asked("change"),
        )

    async def read_at(self, ground: Ground, audience: str = "residents") -> list[str]:
        """The titles somebody at this place finds."""
        return [one.title for one in (await bulletins.posted_at(ground, (audience,))).lines]

    async def standing(self, bulletin_id: UUID) -> str:
        found = await bulletins.find_minded(bulletin_id, self.writer)
        return found.standing(clock.now())


@pytest.fixture
def boards(desk: Desk) -> Boards:
    return Boards(desk)


@pytest.fixture
async def clerk(desk: Desk) -> Viewer:
    return await makers.a_viewer(desk.town, "community_worker")
