"""The case desk in a small town, on both databases, in working hours; and talking in few words."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from server import contact
from server.base.viewer import GUEST, Viewer
from server.contact import ConversationFile, Given, MessageFile, Said
from server.trust import ReplayKey
from tests import makers
from tests.cases.conftest import desk, hands
from tests.desk import Desk, asked

__all__ = ["desk", "hands"]


class Talk:
    """Conversations in the small town, by default with the grid worker at 1号楼1单元."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def begin(
        self,
        by: Viewer = GUEST,
        text: str = "楼道灯坏了",
        *,
        post: str = "grid_worker",
        **more: Any,
    ) -> ConversationFile:
        said = Said(text=text, photos=more.pop("photos", ()))
        return await contact.begin(
            self.desk.town.codes[more.pop("code", "entrance")],
            self.desk.town.posts[post],
            said,
            agrees=more.pop("agrees", False),
            by=by,
            asked=more.pop("once", None) or asked("conversations"),
        )

    async def say(
        self, where: ConversationFile, text: str, by: Viewer, *, once: ReplayKey | None = None
    ) -> MessageFile:
        return await contact.say(where.id, Said(text=text), by=by, asked=once or asked("say"))

    async def act(
        self, where: ConversationFile, name: str, by: Viewer, **given: Any
    ) -> ConversationFile:
        return await contact.act(where.id, name, Given(**given), by=by, asked=asked(name))

    async def lines(self, where: ConversationFile) -> list[str]:
        """Who said what, in order."""
        found = await contact.read_messages(where.id)
        return [f"{one.side}：{one.text}" for one in found]

    async def now(self, where: ConversationFile) -> ConversationFile:
        found = await contact.find_conversation(where.id, self.holder(where))
        return found

    def holder(self, where: ConversationFile) -> Viewer:
        """Whoever has the key, whatever became of the posts."""
        return guest_of(where) if where.key_hash else Viewer(where.account_id)


def guest_of(where: ConversationFile) -> Viewer:
    """The guest who began it."""
    return replace(GUEST, keys=frozenset({contact.key_of(where.id)}))


async def viewer(desk: Desk, role: str) -> Viewer:
    return await makers.a_viewer(desk.town, role)


def seqs(messages: list[MessageFile]) -> list[int]:
    return [one.seq for one in messages]


@pytest.fixture
def talk(desk: Desk) -> Talk:
    return Talk(desk)


@pytest.fixture
async def resident(desk: Desk) -> Viewer:
    return await makers.a_resident()


NOBODY = UUID(int=1)
