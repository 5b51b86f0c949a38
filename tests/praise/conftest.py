"""The case desk in a small town, on both databases, in working hours; and thanking in few words."""

from typing import Any
from uuid import UUID

import pytest

from server import cases, notices, praise
from server.base import database
from server.base.viewer import Viewer
from server.praise import Given, NewPraise, Wanted
from server.trust import ReplayKey
from tests import makers
from tests.cases.conftest import desk, hands
from tests.desk import Desk, asked

__all__ = ["desk", "hands"]

REASON = "写的是别人家的事，请只写要谢的人。"


class Thanks:
    """Thanks given in the small town, by default to the grid worker at 1号楼1单元, in a word."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def give(
        self,
        by: Viewer,
        *,
        post: str = "grid_worker",
        code: str = "entrance",
        once: ReplayKey | None = None,
        **said: Any,
    ) -> Given:
        wanted = said.pop("wanted", None) or Wanted(
            code=self.desk.town.codes[code], post_id=self.desk.town.posts[post]
        )
        new = NewPraise(wanted=wanted, **{"tag": "kind"} | said)
        return await praise.give(new, by=by, asked=once or asked("praises"))

    async def waiting(self, by: Viewer | None = None, text: str = "谢谢您帮我妈提菜") -> Given:
        return await self.give(by or await makers.a_resident(), text=text)

    async def wall(self, code: str = "entrance") -> list[str]:
        """What is read on a sign: whom for what."""
        ground = getattr(self.desk.town, code)
        return [f"{one.target_name} {one.tag}" for one in (await praise.wall(ground)).items]

    async def ended_case(self, by: Viewer, **sent: Any) -> cases.CaseFile:
        """A case of this resident, solved by the property firm, and she said so."""
        opened = await self.desk.report(by, **{"category": "P02", "text": "电梯不动了"} | sent)
        for move, who, given in (
            ("sign", self.desk.property_manager, {}),
            ("resolve", self.desk.property_manager, {"outcome": "fixed", "text": "修好了"}),
            ("confirm", by, {"solved": "yes"}),
        ):
            await self.desk.move(opened, move, who, **given)
        return await cases.find_case(opened.number, by)


@pytest.fixture
def thanks(desk: Desk) -> Thanks:
    return Thanks(desk)


@pytest.fixture
async def resident(desk: Desk) -> Viewer:
    return await makers.a_resident()


@pytest.fixture
async def clerk(desk: Desk) -> Viewer:
    """Who reads what was written."""
    return await makers.a_viewer(desk.town, "community_worker")


async def inbox(account_id: UUID) -> list[str]:
    """Everything this account was told, oldest first."""
    while await notices.deliver_due():
        pass
    rows = await database.fetch(
        "SELECT title, body FROM inbox_item WHERE account_id = $1 ORDER BY id", account_id
    )
    return [f"{row['title']} {row['body']}" for row in rows]
