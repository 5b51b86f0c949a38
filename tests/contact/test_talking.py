"""A conversation with whoever answers for a place: in order, once each, for its two sides alone."""

import asyncio
from datetime import timedelta

import pytest

from server import contact, photos
from server.base import database
from server.base.errors import Invalid
from server.base.viewer import GUEST
from server.contact.queries import PAGE
from server.contact.rules import MOST_UNANSWERED
from tests.contact.conftest import NOBODY, guest_of, viewer
from tests.desk import a_photo, asked, notices_of_post


@pytest.fixture
def db(sqlite_db: str) -> str:
    """What of this is no matter of the database is asked on one."""
    return sqlite_db


async def test_a_guest_writes_and_the_grid_worker_answers(talk, desk):
    begun = await talk.begin()
    await talk.say(begun, "您好，马上来", desk.grid_worker)
    assert await talk.lines(begun) == ["resident：楼道灯坏了", "staff：您好，马上来"]
    assert (await talk.now(begun)).state == "answered"


async def test_nobody_else_finds_it(talk, desk, resident):
    begun = await talk.begin()
    for other in (GUEST, resident, desk.property_manager, desk.grid_leader):
        with pytest.raises(contact.ConversationUnknown):
            await contact.find_conversation(begun.id, other)


async def test_the_key_of_another_conversation_opens_nothing(talk):
    one, other = await talk.begin(), await talk.begin()
    with pytest.raises(contact.ConversationUnknown):
        await contact.find_conversation(one.id, guest_of(other))


async def test_to_begin_twice_is_to_go_on(talk, resident):
    begun = await talk.begin(resident)
    again = await talk.begin(resident, "再补一句")
    assert again.id == begun.id
    assert await talk.lines(begun) == ["resident：楼道灯坏了", "resident：再补一句"]


async def test_words_are_sealed_in_the_table(talk):
    await talk.begin(text="我家三楼漏水")
    row = await database.fetch_one("SELECT * FROM message")
    assert row is not None
    assert "三楼".encode() not in bytes(row["text_sealed"])


async def test_only_who_answers_here_can_be_written_to(talk):
    with pytest.raises(contact.NotAnswering):
        await talk.begin(post="municipal")
    with pytest.raises(contact.NotAnswering):
        await contact.begin(
            talk.desk.town.token, NOBODY, contact.Said(text="x"), by=GUEST, asked=asked("c")
        )


async def test_nobody_writes_to_his_own_post(talk, desk):
    with pytest.raises(contact.OwnPost):
        await talk.begin(desk.grid_worker)


@pytest.mark.parametrize("text", ["", " \n", "好" * 2001])
async def test_what_cannot_be_said_is_refused(talk, text):
    begun = await talk.begin()
    with pytest.raises(Invalid):
        await talk.say(begun, text, guest_of(begun))


async def test_a_photo_is_seen_by_both_sides_and_by_nobody_else(talk, desk):
    photo = await a_photo()
    begun = await talk.begin(photos=(photo,))
    (message,) = await contact.read_messages(begun.id)
    assert message.photos == (photo,)
    seen = [await contact.may_see_photo(begun.id, one) for one in (guest_of(begun), GUEST)]
    assert seen == [True, False]


async def test_what_was_read_is_told_to_the_other_side(talk, desk):
    begun = await talk.begin()
    await contact.mark_read(begun.id, 9, by=desk.grid_worker)
    assert (await talk.now(begun)).seen_by_staff == 1


async def test_the_post_is_told_once_until_it_answers(talk, desk):
    begun = await talk.begin()
    await talk.say(begun, "在吗", guest_of(begun))
    assert await notices_of_post(begun.post_id) == ["contact.new"]
    await talk.say(begun, "在", desk.grid_worker)
    await talk.say(begun, "谢谢", guest_of(begun))
    assert await notices_of_post(begun.post_id) == ["contact.new", "contact.new"]


async def test_out_of_hours_the_answer_names_the_next_duty_and_whom_to_call(talk, hands):
    hands.move(timedelta(hours=11))  # 21:00 in town, duty ends at 20:00
    begun = await talk.begin()
    (_, answer) = await talk.lines(begun)
    assert "11月24日8:00上班后回您" in answer
    assert "16000000110" in answer
    assert "110、119、120" in answer
    await talk.say(begun, "还有一件", guest_of(begun))
    assert len(await talk.lines(begun)) == 3


async def test_danger_rings_the_duty_post_who_may_read_it(talk, desk):
    begun = await talk.begin(text="楼道里有煤气味")
    (message, line) = await contact.read_messages(begun.id)
    assert message.danger
    assert "110、119或120" in line.text
    duty = await viewer(desk, "duty_post")
    assert await notices_of_post(desk.town.posts["duty_post"]) == ["contact.danger"]
    assert contact.stands(await contact.find_conversation(begun.id, duty), duty) == "duty"


async def test_who_writes_on_and_on_is_asked_to_wait(talk):
    begun = await talk.begin(text="第1条")
    mine = guest_of(begun)
    for n in range(2, MOST_UNANSWERED + 1):
        await talk.say(begun, f"第{n}条", mine)
    with pytest.raises(contact.WrittenEnough):
        await talk.say(begun, "还有", mine)


async def test_the_same_words_again_at_once_are_refused(talk, hands):
    begun = await talk.begin()
    with pytest.raises(contact.SaidAlready):
        await talk.say(begun, "楼道灯坏了", guest_of(begun))
    hands.move(timedelta(minutes=2))
    await talk.say(begun, "楼道灯坏了", guest_of(begun))


async def test_who_writes_again_by_the_form_agrees_or_not_as_the_form_says(talk, resident):
    begun = await talk.begin(resident, agrees=True)
    assert (await talk.begin(resident, "还有一句", agrees=False)).id == begun.id
    assert not (await talk.now(begun)).agrees


async def test_sent_twice_at_once_with_a_photo_it_is_one_conversation(talk, resident):
    once, photo = asked("conversations"), await a_photo(resident)
    begun = await asyncio.gather(
        *(talk.begin(resident, photos=(photo,), once=once) for _ in range(3))
    )
    assert len({one.id for one in begun}) == 1


async def test_one_photo_sent_to_two_at_once_reaches_one_and_the_other_says_so(talk, resident):
    photo = await a_photo(resident)
    begun = await asyncio.gather(
        talk.begin(resident, photos=(photo,)),
        talk.begin(resident, photos=(photo,), post="property_manager"),
        return_exceptions=True,
    )
    assert [type(one) for one in begun].count(photos.PhotoNotTheirs) == 1


async def test_nobody_is_heard_again_by_talking_with_many_others(talk, resident, desk):
    begun = await talk.begin(resident)
    await talk.act(begun, "block", desk.grid_worker, text="一直发广告")
    for _ in range(PAGE):
        other = await talk.begin(resident, post="property_manager")
        await talk.act(other, "end", resident)
    with pytest.raises(contact.Blocked):
        await talk.begin(resident, "又来了", code="estate")


async def test_one_resident_talks_with_so_many_at_once(talk, resident):
    for code in ("entrance", "other_entrance", "estate", "playground", "room"):
        await talk.begin(resident, code=code)
    with pytest.raises(contact.TooManyConversations):
        await talk.begin(resident, code="estate", post="property_manager")
