"""Whoever listens is asked anew who they are as soon as that may be another answer."""

import asyncio
from dataclasses import replace

import pytest

from server import contact, org, people
from server.base import clock
from server.base.bus import LocalBus
from server.base.unit import unit_of_work
from server.base.viewer import Viewer
from server.contact import ConversationUnknown, Listening
from server.people.models import Session
from tests import makers
from tests.contact.conftest import Talk


class OtherProcesses(LocalBus):
    reaches_others = True


@pytest.fixture
async def entered(talk: Talk) -> people.SignIn:
    return await people.sign_in_demo("grid_worker")


@pytest.fixture
async def worker(talk: Talk, entered: people.SignIn) -> Viewer:
    found = await makers.a_grid_worker(talk.desk.town)
    return replace(found, session_id=entered.session_id)


@pytest.fixture
async def listening(talk: Talk, worker: Viewer) -> Listening:
    one = await talk.begin()
    return await contact.redeem(await contact.make_ticket(one.id, worker))


async def test_a_listener_whose_session_ended_is_woken_and_nobody_any_more(entered, listening):
    with contact.watching(listening.conversation_id, listening.account_id) as event:
        assert (await listening.viewer()).posts
        await people.end_session(entered.token)
        assert event.is_set()
    with pytest.raises(ConversationUnknown):
        await listening.viewer()


async def test_a_listener_whose_session_ends_elsewhere_is_woken(listening):
    bus = OtherProcesses()
    carrying = asyncio.create_task(people.carry(bus))
    await asyncio.sleep(0)
    with contact.watching(listening.conversation_id, listening.account_id) as event:
        assert await people.goes_on(listening.session_id)
        async with unit_of_work() as unit:
            ended = {"ended_at": clock.now()}
            unit.update(Session, where={"id": listening.session_id}, set=ended)
        await bus.publish("session", {"account": str(listening.account_id)})
        await asyncio.wait_for(event.wait(), 1)
        assert not await people.goes_on(listening.session_id)
    carrying.cancel()
    await asyncio.wait([carrying])


async def test_other_servers_are_told_of_a_session_that_ended(entered):
    bus = OtherProcesses()
    carrying = asyncio.create_task(people.carry(bus))
    async with bus.subscribe("session") as heard:
        await asyncio.sleep(0)
        await people.end_session(entered.token)
        told = await asyncio.wait_for(anext(heard), 1)
    carrying.cancel()
    await asyncio.wait([carrying])
    assert told == {"account": str(entered.account_id)}


async def test_who_holds_the_post_no_more_is_woken_and_does_not_stand_in_it(talk, listening):
    one = await contact.find_conversation(listening.conversation_id, await listening.viewer())
    with contact.watching(one.id, listening.account_id) as event:
        async with unit_of_work() as unit:
            org.end_appointments_of(unit, listening.account_id, clock.now())
        assert event.is_set()
    with pytest.raises(ConversationUnknown):
        await listening.check(one)


async def test_a_guest_who_listens_by_a_key_is_not_asked_who_they_are(talk):
    one = await talk.begin()
    with contact.watching(one.id) as event:
        async with unit_of_work() as unit:
            org.end_appointments_of(unit, one.id, clock.now())
        assert not event.is_set()
