"""A case desk in a small town, and a resident with an account who has reported something there."""

from collections.abc import AsyncIterator

import pytest

from server import contact, people, praise, wiring
from server.base import cache, clock
from server.base.viewer import Viewer
from server.praise import NewPraise, Wanted
from tests.desk import Desk, a_desk, asked
from tests.makers import SINCE

PHONE, NAME = "16000001001", "演示-王女士"


@pytest.fixture
def hands():
    with clock.stopped_at(SINCE) as stopped:
        yield stopped


@pytest.fixture
async def desk(db: str, hands: clock.Hands) -> AsyncIterator[Desk]:
    wiring.wire()
    yield await a_desk()
    cache.clear()


async def a_praise(desk: Desk, resident: Viewer) -> None:
    """Thanks to the grid worker, in words that nobody has read yet."""
    wanted = Wanted(code=desk.town.token, post_id=desk.town.posts["grid_worker"])
    new = NewPraise(wanted=wanted, tag="kind", text="谢谢您")
    await praise.give(new, by=resident, asked=asked("praises"))


async def a_talk(desk: Desk, resident: Viewer) -> contact.ConversationFile:
    """She wrote to the grid worker, and he answered."""
    said, post = contact.Said(text="我家三楼漏水"), desk.town.posts["grid_worker"]
    begun = await contact.begin(desk.town.token, post, said, by=resident, asked=asked("talk"))
    answer = contact.Said(text="我来看看")
    await contact.say(begun.id, answer, by=desk.grid_worker, asked=asked("say"))
    return begun


@pytest.fixture
async def resident(desk: Desk) -> Viewer:
    return Viewer(await people.add_resident_account(NAME, phone=PHONE))
