"""Whoever is not answered is not left alone: the leader, then a case; idle talk ends by itself."""

from datetime import timedelta

import pytest

from server import cases, contact, org, rosters
from server.base import clock, database
from server.base.unit import unit_of_work
from tests.contact.conftest import guest_of
from tests.desk import Desk, asked, notices_of_post

HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def db(sqlite_db: str) -> str:
    """What of this is no matter of the database is asked on one."""
    return sqlite_db


async def _ended(desk: Desk) -> None:
    post = await org.post_on_roster(desk.town.posts["grid_worker"])
    await rosters.end(post.id, post.appointed[0].id, by=desk.community_secretary)


async def _away(desk: Desk) -> None:
    until = clock.now() + timedelta(days=7)
    await rosters.take_leave(None, until, None, by=desk.grid_worker, asked=asked("leave"))


async def _abolished(desk: Desk) -> None:
    async with unit_of_work() as unit:
        org.end_post(unit, desk.town.posts["grid_worker"], clock.now())


GONE = {"ended": _ended, "away": _away, "abolished": _abolished}


async def ring() -> int:
    return await contact.ring_due(clock.now())


async def the_case():
    row = await database.fetch_one("SELECT number, text, channel, place_name FROM cases")
    return row or {}


async def test_before_half_an_hour_nothing_happens(talk, hands):
    begun = await talk.begin()
    hands.move(HALF_HOUR - timedelta(seconds=1))
    assert await ring() == 0
    assert len(await talk.lines(begun)) == 1


async def test_after_half_an_hour_the_leader_is_told_and_may_answer(talk, desk, hands):
    begun = await talk.begin()
    hands.move(HALF_HOUR)
    assert await ring() == 1
    assert await notices_of_post(desk.town.posts["grid_leader"]) == ["contact.unanswered"]
    assert "已转告网格长" in (await talk.lines(begun))[-1]
    await talk.say(begun, "我是网格长，您说", desk.grid_leader)
    hands.move(HALF_HOUR)
    assert await ring() == 0
    assert (await talk.now(begun)).state == "answered"


@pytest.mark.parametrize("gone", ["ended", "away", "abolished"])
async def test_where_nobody_is_left_at_the_post_the_leader_is_told_at_once(talk, desk, gone):
    begun = await talk.begin()
    await talk.say(begun, "我去看看", desk.grid_worker)
    await GONE[gone](desk)
    await talk.say(begun, "您来了吗", guest_of(begun))
    assert await ring() == 1
    assert await notices_of_post(desk.town.posts["grid_leader"]) == ["contact.unanswered"]
    assert await contact.find_conversation(begun.id, desk.grid_leader)


async def test_after_another_it_is_a_case_with_place_and_role_and_no_words(talk, hands):
    begun = await talk.begin(text="我家的私事")
    for _ in range(2):
        hands.move(HALF_HOUR)
        assert await ring() == 1
    case = await the_case()
    assert case["channel"] == "contact"
    assert case["place_name"] == begun.place_name
    assert "网格员" in case["text"]
    assert "私事" not in case["text"]
    assert case["number"] in (await talk.lines(begun))[-1]


async def test_her_words_go_with_it_if_she_agreed(talk, hands, resident):
    begun = await talk.begin(resident, "楼道灯坏了", agrees=True)
    await talk.say(begun, "老人看不见路", resident)
    hands.move(2 * HALF_HOUR)
    while await ring():
        pass
    case = await the_case()
    assert "楼道灯坏了\n老人看不见路" in case["text"]
    assert cases.is_raiser(await cases.find_case(case["number"], resident), resident)


async def test_what_became_due_in_the_night_of_the_worker_is_rung_once_each(talk, hands, desk):
    begun = await talk.begin()
    hands.move(timedelta(days=1))
    assert [await ring() for _ in range(3)] == [1, 1, 0]
    found = [one.kind for one in await contact.read_messages(begun.id)]
    assert found == ["said", "rung", "case"]
    assert await notices_of_post(desk.town.posts["grid_leader"]) == ["contact.unanswered"]


async def test_only_working_time_counts(talk, hands):
    hands.move(timedelta(hours=1, minutes=50))  # 11:50, noon is at 12:00, work goes on at 14:30
    begun = await talk.begin()
    hands.move(timedelta(hours=2, minutes=59))
    assert await ring() == 0
    hands.move(timedelta(minutes=1))  # 14:50: twenty minutes after the ten before noon
    assert await ring() == 1
    assert (await talk.now(begun)).rung == 1


async def test_after_three_days_of_silence_it_ends(talk, desk, hands):
    begun = await talk.begin()
    await talk.say(begun, "好了", desk.grid_worker)
    hands.move(timedelta(hours=72))
    assert await ring() == 1
    assert (await talk.now(begun)).state == "ended"
    assert await ring() == 0


async def test_what_she_writes_after_it_became_a_case_waits_anew(talk, desk, hands, resident):
    begun = await talk.begin(resident, "楼道灯坏了", agrees=True)
    hands.move(2 * HALF_HOUR)
    while await ring():
        pass
    await talk.say(begun, "门也关不上了", resident)
    hands.move(HALF_HOUR)
    assert await ring() == 1
    hands.move(HALF_HOUR)
    assert await ring() == 1
    rows = await database.fetch("SELECT text FROM cases")
    told = sorted("门也关不上了" in row["text"] for row in rows)
    assert told == [False, True]


async def test_what_became_a_case_ends_after_three_days_if_nobody_says_more(talk, hands):
    begun = await talk.begin()
    hands.move(2 * HALF_HOUR)
    while await ring():
        pass
    hands.move(timedelta(hours=72))
    assert await ring() == 1
    assert (await talk.now(begun)).state == "ended"


async def test_one_that_cannot_be_rung_does_not_keep_the_others_waiting(
    talk, hands, monkeypatch, resident
):
    await talk.begin(resident)
    other = await talk.begin()
    hands.move(HALF_HOUR)
    tell = contact.ringing.scene_of

    async def fails(conversation, now):
        if conversation.account_id == resident.account_id:
            raise ConnectionError
        return await tell(conversation, now)

    monkeypatch.setattr("server.contact.ringing.scene_of", fails)
    await ring()
    assert (await talk.now(other)).rung == 1


async def test_how_long_they_wait_is_told_by_role_and_of_few_answers_not_at_all(talk, desk, hands):
    for code in ("entrance", "other_entrance", "estate"):
        begun = await talk.begin(code=code)
        assert await contact.reply_times(desk.community_secretary) == []
        hands.move(timedelta(minutes=12))
        await talk.say(begun, "在", desk.grid_worker)
    (waits,) = await contact.reply_times(desk.community_secretary)
    assert (waits.role, waits.answers, waits.half_within_s) == ("grid_worker", 3, 720)
    assert await contact.reply_times(desk.grid_worker) == []


async def test_a_year_after_the_last_word_nothing_is_left(talk, hands):
    begun = await talk.begin()
    hands.move(timedelta(days=1))
    await talk.say(begun, "还在吗", guest_of(begun))
    before = clock.now()
    assert await contact.forget_conversations(before) == 0
    hands.move(timedelta(seconds=1))
    assert await contact.old_conversations(clock.now()) == 1
    assert await contact.forget_conversations(clock.now()) == 1
    assert await database.fetch_value("SELECT count(*) FROM message") == 0
