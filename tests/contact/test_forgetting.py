"""What is forgotten stays forgotten, whoever writes at the very moment."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from server import contact
from server.base import clock, database
from server.base.unit import Unit, unit_of_work
from server.contact import forgetting
from server.contact.talking import saying

Deed = Callable[[], Awaitable[object]]


@pytest.fixture
def meanwhile(monkeypatch):
    """Somebody does something between what another has read and what he writes, once."""

    def between_reading_and_saying(deed: Deed) -> None:
        left, scene_of = [deed], saying.scene_of

        async def late(*given: Any) -> Any:
            while left:
                await left.pop()()
            return await scene_of(*given)

        monkeypatch.setattr(saying, "scene_of", late)

    def between_reading_and_forgetting(deed: Deed) -> None:
        left = [deed]

        @asynccontextmanager
        async def late() -> AsyncIterator[Unit]:
            while left:
                await left.pop()()
            async with unit_of_work() as unit:
                yield unit

        monkeypatch.setattr(forgetting, "unit_of_work", late)

    return {"saying": between_reading_and_saying, "forgetting": between_reading_and_forgetting}


async def test_a_reply_written_while_she_erases_her_account_revives_nothing(
    talk, desk, resident, meanwhile
):
    begun = await talk.begin(resident)
    meanwhile["saying"](lambda: contact.forget_account(resident.account_id))
    with pytest.raises(contact.ConversationEnded):
        await talk.say(begun, "我来看看", desk.grid_worker)
    assert (await contact.find_conversation(begun.id, desk.grid_worker)).state == "ended"
    assert await sealed() == 0


async def test_a_reply_that_came_just_before_is_forgotten_with_the_rest(
    talk, desk, resident, meanwhile
):
    begun = await talk.begin(resident)
    meanwhile["forgetting"](lambda: talk.say(begun, "我来看看", desk.grid_worker))
    assert await contact.forget_account(resident.account_id) == 1
    assert len(await contact.read_messages(begun.id)) == 2
    assert await sealed() == 0


async def test_an_old_conversation_that_goes_on_at_that_moment_is_kept(
    talk, desk, hands, meanwhile
):
    begun = await talk.begin()
    hands.move(timedelta(days=366))
    meanwhile["forgetting"](lambda: talk.say(begun, "我来看看", desk.grid_worker))
    assert await contact.forget_conversations(clock.now() - timedelta(days=365)) == 0
    assert len(await contact.read_messages(begun.id)) == 2


async def test_a_reply_to_a_guest_who_takes_it_into_her_account_meanwhile_is_told_there(
    talk, desk, resident, meanwhile
):
    begun = await talk.begin()
    keys = frozenset({contact.key_of(begun.id)})
    claiming = contact.claim(by=type(resident)(resident.account_id, keys=keys))
    meanwhile["saying"](lambda: claiming)
    await talk.say(begun, "我来看看", desk.grid_worker)
    told = await database.fetch("SELECT account_id FROM notice WHERE text_key = 'contact.reply'")
    assert [row["account_id"] for row in told] == [resident.account_id]


async def sealed() -> int:
    """How many messages still hold words."""
    found = await database.fetch_value(
        "SELECT count(*) AS n FROM message WHERE text_sealed IS NOT NULL"
    )
    return int(found)
