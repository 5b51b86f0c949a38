"""A case desk in a small town, and a resident with an account who has reported something there."""

import pytest

from server import contact, people, praise
from server.base import clock
from server.base.viewer import Viewer
from server.praise import NewPraise, Wanted
from tests.cases.conftest import desk
from tests.desk import Desk, asked
from tests.makers import SINCE

__all__ = ["desk"]

PHONE, NAME = "16000001001", "演示-王女士"


@pytest.fixture
def hands():
    with clock.stopped_at(SINCE) as stopped:
        yield stopped


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
