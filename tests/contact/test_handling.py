"""Ending, handing over, making a case of a message, taking no more, and an answer to that."""

from datetime import timedelta

import pytest

from server import cases, contact, rosters, views
from server.base import clock, database
from server.base.errors import Invalid
from server.base.viewer import Viewer
from tests.access.knocking import knock, open_doors
from tests.contact.conftest import guest_of, viewer
from tests.desk import a_photo, asked, notices_of_post


@pytest.fixture
def db(sqlite_db: str) -> str:
    """What of this is no matter of the database is asked on one."""
    return sqlite_db


REASON = "一直发广告"


async def test_what_is_ended_takes_no_more(talk, desk):
    begun = await talk.begin()
    await talk.act(begun, "end", desk.grid_worker)
    with pytest.raises(contact.ConversationEnded):
        await talk.say(begun, "还有", guest_of(begun))
    assert (await talk.begin()).id != begun.id


async def test_a_colleague_it_is_handed_to_reads_it_and_who_had_it_no_more(talk, desk):
    begun = await talk.begin(post="property_manager")
    colleague = desk.town.posts["property_staff"]
    await talk.act(begun, "hand_over", desk.property_manager, post_id=colleague)
    await talk.say(begun, "我来", desk.property_staff)
    assert "contact.handed" in await notices_of_post(colleague)
    with pytest.raises(contact.ConversationUnknown):
        await contact.find_conversation(begun.id, desk.property_manager)


async def test_handed_over_by_two_taps_it_is_handed_over_once_and_who_did_is_answered(talk, desk):
    begun, once = await talk.begin(post="property_manager"), asked("hand_over")
    given = contact.Given(post_id=desk.town.posts["property_staff"])
    how = {"by": desk.property_manager, "asked": once}
    done = [await contact.act(begun.id, "hand_over", given, **how) for _ in range(2)]
    answered = await views.conversation_shape(done[1], desk.property_manager)
    assert (answered.me, answered.may) == ("", [])
    assert len(await notices_of_post(desk.town.posts["property_staff"])) == 1


async def test_what_was_answered_already_is_handed_on_without_a_deadline(talk, desk):
    begun = await talk.begin(post="property_manager")
    await talk.say(begun, "您好", desk.property_manager)
    colleague = desk.town.posts["property_staff"]
    await talk.act(begun, "hand_over", desk.property_manager, post_id=colleague)
    told = """SELECT "values" AS told FROM notice WHERE text_key = 'contact.handed'"""
    assert (await database.fetch_one(told))["told"]["due"] == "在方便的时候"


async def test_it_is_not_handed_to_another_unit(talk, desk):
    begun = await talk.begin(post="property_manager")
    with pytest.raises(Invalid):
        await talk.act(
            begun, "hand_over", desk.property_manager, post_id=desk.town.posts["grid_worker"]
        )


async def test_one_tap_makes_a_case_that_is_hers(talk, desk, resident):
    photo = await a_photo(resident)
    begun = await talk.begin(resident, "井盖没了", photos=(photo,))
    await talk.act(begun, "case", desk.grid_worker, seq=1)
    (line,) = [one for one in await contact.read_messages(begun.id) if one.kind == "case"]
    case = await cases.find_case(line.case_number, resident)
    assert (case.text, case.channel, cases.photo_count(case)) == ("井盖没了", "contact", 1)
    assert cases.is_raiser(case, resident)


async def test_a_guest_gets_the_key_to_the_case_in_her_own_view_alone(talk, desk):
    begun = await talk.begin()
    await talk.act(begun, "case", desk.grid_worker, seq=1)
    line = (await contact.read_messages(begun.id))[-1]
    key = await cases.key_of_guest(line.case_number)
    holder = Viewer(keys=frozenset({key}))
    assert (await cases.find_case(line.case_number, holder)).number == line.case_number


async def test_two_who_make_a_case_of_one_message_make_one(talk, desk):
    begun = await talk.begin()
    for _ in range(2):
        await talk.act(begun, "case", desk.grid_worker, seq=1)
    found = [one.case_number for one in await contact.read_messages(begun.id) if one.case_number]
    assert len(found) == 1


async def test_of_what_staff_said_no_case_is_made(talk, desk):
    begun = await talk.begin()
    await talk.say(begun, "在", desk.grid_worker)
    with pytest.raises(Invalid):
        await talk.act(begun, "case", desk.grid_worker, seq=2)


async def test_who_is_blocked_reads_why_and_may_answer_once(talk, desk):
    begun = await talk.begin()
    mine = guest_of(begun)
    await talk.act(begun, "block", desk.grid_worker, text=REASON)
    assert REASON in (await talk.lines(begun))[-1]
    with pytest.raises(contact.Blocked):
        await talk.say(begun, "为什么", mine)
    await talk.act(begun, "appeal", mine, text="我只发过一次")
    with pytest.raises(contact.ActNotOffered):
        await talk.act(begun, "appeal", mine, text="再说一次")
    assert await notices_of_post(desk.town.posts["grid_leader"]) == ["contact.appealed"]


async def test_a_block_needs_a_reason(talk, desk):
    begun = await talk.begin()
    with pytest.raises(Invalid):
        await talk.act(begun, "block", desk.grid_worker, text=" ")


async def test_who_stands_above_may_lift_it(talk, desk):
    begun = await talk.begin()
    await talk.act(begun, "block", desk.grid_worker, text=REASON)
    await talk.act(begun, "appeal", guest_of(begun), text="我没有")
    await talk.act(begun, "lift", desk.grid_leader)
    await talk.say(begun, "谢谢", guest_of(begun))


async def test_or_uphold_it_and_then_it_is_over(talk, desk, resident):
    begun = await talk.begin(resident)
    await talk.act(begun, "block", desk.grid_worker, text=REASON)
    await talk.act(begun, "appeal", resident, text="我没有")
    upheld = await talk.act(begun, "uphold", desk.grid_leader)
    assert upheld.state == "ended"
    with pytest.raises(contact.Blocked):
        await talk.begin(resident, code="estate")


async def test_an_act_sent_twice_is_done_once(talk, desk):
    begun, once = await talk.begin(), asked("end")
    for _ in range(2):
        await contact.act(begun.id, "end", contact.Given(), by=desk.grid_worker, asked=once)
    assert len(await talk.lines(begun)) == 2


@pytest.mark.parametrize("act", ["hand_over", "case", "block", "lift", "uphold", "no-such-act"])
async def test_a_resident_does_nothing_that_is_for_staff(talk, act):
    begun = await talk.begin()
    with pytest.raises(contact.ActNotOffered):
        await talk.act(begun, act, guest_of(begun), text=REASON, seq=1)


async def test_the_duty_post_may_only_speak_and_make_a_case(talk, desk):
    begun = await talk.begin(text="着火了")
    duty = await viewer(desk, "duty_post")
    found = await contact.find_conversation(begun.id, duty)
    assert contact.may(found, duty) == ("say", "case")


async def test_whoever_stands_in_answers_and_the_conversation_stays_with_the_post(
    talk, desk, hands
):
    begun = await talk.begin()
    deputy, back = desk.town.accounts["community_worker"], clock.now() + timedelta(days=2)
    away = await viewer(desk, "grid_worker")
    await rosters.take_leave(None, back, deputy, by=away, asked=asked("leave"))

    await talk.say(begun, "我代几天班，这就去看", await viewer(desk, "community_worker"))
    hands.move(timedelta(days=3))

    with pytest.raises(contact.ConversationUnknown):
        await contact.find_conversation(begun.id, await viewer(desk, "community_worker"))
    await talk.say(begun, "我回来了，灯修好了", await viewer(desk, "grid_worker"))
    assert len(await talk.lines(begun)) == 3


async def test_what_was_written_into_an_ended_conversation_comes_back_with_the_reason(talk, desk):
    open_doors()
    begun = await talk.begin()
    await talk.act(begun, "end", desk.grid_worker)
    mine = {"bearer": False, "query": {"key": contact.key_of(begun.id)}}
    path, form = f"/conversations/{begun.id}", {"text": "还有一句"}
    said = await knock("POST", path, form=form, key="1" * 16, **mine)
    assert said.status == 409
    assert "还有一句" in said.text
    assert "这段留言已经结束" in said.text
    again = await knock("POST", f"{path}/acts/end", form={"text": ""}, key="2" * 16, **mine)
    assert "现在不能这样做" in again.text
