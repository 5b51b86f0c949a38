"""Whatever happens at once: messages are numbered 1, 2, 3 … without a gap, each once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from server import contact
from server.base import clock, database
from server.base.viewer import GUEST
from server.contact.rules import MOST_OPEN
from tests.contact.conftest import guest_of, seqs
from tests.desk import asked


async def test_many_at_once_are_numbered_without_a_gap(talk, desk):
    begun = await talk.begin(text="第0条")
    mine = guest_of(begun)
    sent = [talk.say(begun, f"第{n}条", mine) for n in range(1, 13)]
    sent += [talk.say(begun, f"回{n}", desk.grid_worker) for n in range(8)]
    await asyncio.gather(*sent)
    found = await contact.read_messages(begun.id)
    assert seqs(found) == list(range(1, 22))
    assert len({one.text for one in found}) == 21


async def test_the_same_request_again_is_one_message(talk, desk):
    begun, once = await talk.begin(), asked("say")
    sent = [talk.say(begun, "在吗", guest_of(begun), once=once) for _ in range(5)]
    assert {one.seq for one in await asyncio.gather(*sent)} == {2}
    assert seqs(await contact.read_messages(begun.id)) == [1, 2]


async def test_the_same_request_to_begin_makes_one(talk):
    once = asked("conversations")
    sent = [talk.begin(once=once) for _ in range(4)]
    assert len({one.id for one in await asyncio.gather(*sent)}) == 1


DOORS = [
    ("entrance", "grid_worker"),
    ("entrance", "property_manager"),
    ("other_entrance", "grid_worker"),
    ("estate", "grid_worker"),
    ("estate", "property_manager"),
    ("playground", "grid_worker"),
    ("room", "grid_worker"),
]


async def test_first_words_sent_at_once_by_many_requests_are_one_conversation(
    talk, resident, apart
):
    sent = [talk.begin(resident, f"第{n}句") for n in range(6)]
    begun = await asyncio.gather(*sent)
    assert len({one.id for one in begun}) == 1
    said = await contact.read_messages(begun[0].id)
    assert {one.text for one in said} == {f"第{n}句" for n in range(6)}
    assert seqs(said) == [1, 2, 3, 4, 5, 6]


async def test_of_a_guest_one_begins_it_and_the_others_are_told_where_it_is(talk, apart):
    ended = await talk.begin(text="以前的", post="property_manager")
    guest = guest_of(ended)
    sent = [talk.begin(guest, f"第{n}句") for n in range(4)]
    begun = await asyncio.gather(*sent, return_exceptions=True)
    assert [type(one) for one in begun].count(contact.BegunJustNow) == 3
    assert await database.fetch_value("SELECT count(*) FROM conversation") == 2


async def test_a_guest_who_never_got_the_answer_begins_another_a_minute_later(talk, hands):
    guest = replace(GUEST, keys=frozenset({"k" * 43}))
    lost = await talk.begin(guest)
    with pytest.raises(contact.BegunJustNow):
        await talk.begin(guest, "在吗")
    hands.move(timedelta(minutes=1))
    assert (await talk.begin(guest, "在吗")).id != lost.id


@pytest.mark.parametrize("who", ["resident", "guest"])
async def test_however_many_are_begun_at_once_no_more_than_five_are_open(
    talk, resident, apart, who
):
    key = frozenset({"k" * 43})
    by = {"resident": resident, "guest": replace(GUEST, keys=key)}[who]
    sent = [talk.begin(by, code=code, post=post) for code, post in DOORS]
    begun = await asyncio.gather(*sent, return_exceptions=True)
    refused = [one for one in begun if isinstance(one, contact.TooManyConversations)]
    assert len(refused) == len(DOORS) - MOST_OPEN
    assert await database.fetch_value("SELECT count(*) FROM conversation") == MOST_OPEN


async def test_what_one_began_is_listed_and_what_came_to_ones_post(talk, desk, resident):
    mine, others = await talk.begin(resident), await talk.begin(post="property_manager")
    both = replace(resident, keys=guest_of(others).keys)
    found = [one.id for one in (await contact.own_conversations(both)).items]
    assert set(found) == {mine.id, others.id}
    work = (await contact.conversations_of_posts(desk.grid_worker)).items
    assert [one.id for one in work] == [mine.id]
    assert await contact.waiting_for(desk.grid_worker) == 1


async def test_what_is_due_is_rung_once_and_what_is_old_is_deleted(talk, hands):
    await talk.begin()
    hands.move(timedelta(days=1))
    rang = await asyncio.gather(*(contact.ring_due(clock.now()) for _ in range(3)))
    assert sum(rang) >= 1
    while await contact.ring_due(clock.now()):
        pass
    kinds = [row["kind"] for row in await database.fetch("SELECT kind FROM message ORDER BY seq")]
    assert kinds == ["said", "rung", "case"]
    hands.move(timedelta(days=366))
    assert await contact.forget_conversations(clock.now()) == 1
