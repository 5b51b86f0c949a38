"""Sessions in the table: seen, used, ended one by one, never opened again by a clock set back."""

from datetime import timedelta

import pytest

from server import people
from server.base import cache, clock, database
from server.base.viewer import Viewer
from tests.makers import SINCE, a_staff_login, a_town, sign_in

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def login(db):
    return await a_staff_login()


def _viewer(entered: people.SignIn) -> Viewer:
    return Viewer(entered.account_id, session_id=entered.session_id)


async def test_a_desk_session_left_alone_for_half_an_hour_is_over(login):
    with clock.stopped_at(SINCE) as hands:
        entered = await sign_in()
        hands.move(31 * MINUTE)
        assert await people.session_of(entered.token) is None


async def test_a_desk_session_in_use_goes_on_until_twelve_hours_are_over(login):
    with clock.stopped_at(SINCE) as hands:
        entered = await sign_in()
        for _ in range(23):
            hands.move(30 * MINUTE - MINUTE)
            assert await people.session_of(entered.token)
        hands.move(29 * MINUTE + 23 * MINUTE)
        assert await people.session_of(entered.token) is None


async def test_a_list_that_refreshes_itself_keeps_no_desk_session_open(login):
    with clock.stopped_at(SINCE) as hands:
        entered = await sign_in()
        for _ in range(6):
            hands.move(5 * MINUTE)
            await people.session_of(entered.token, using=False)
        assert await people.session_of(entered.token) is None


async def test_a_session_of_the_field_lasts_a_shift_unused(login):
    with clock.stopped_at(SINCE) as hands:
        entered = await sign_in(lifetime="field")
        hands.move(12 * HOUR - MINUTE)
        assert await people.session_of(entered.token)
        hands.move(MINUTE)
        assert await people.session_of(entered.token) is None


async def test_another_server_hears_of_a_use_when_it_was_written_down(login):
    with clock.stopped_at(SINCE) as hands:
        entered = await sign_in()
        hands.move(20 * MINUTE)
        await people.session_of(entered.token)
        await people.write_down_uses()
        cache.clear()  # as another server, which has seen nothing yet
        hands.move(20 * MINUTE)
        assert await people.session_of(entered.token)


async def test_using_a_session_writes_nothing_by_itself(login):
    with clock.stopped_at(SINCE) as hands:
        entered = await sign_in()
        hands.move(20 * MINUTE)
        await people.session_of(entered.token)
        assert await database.fetch_value("SELECT used_at FROM session") == SINCE


async def test_a_clock_set_back_two_days_ends_a_session_instead_of_widening_it(login):
    with clock.stopped_at(SINCE) as hands:
        entered = await sign_in()
        hands.move(-2 * DAY)
        assert await people.session_of(entered.token) is None


async def test_a_session_that_is_over_is_not_revived_by_a_clock_set_back(login):
    with clock.stopped_at(SINCE) as hands:
        entered = await sign_in()
        hands.move(13 * HOUR)
        assert await people.session_of(entered.token) is None
        await people.write_down_uses()
        cache.clear()
        hands.move(-13 * HOUR)
        assert await people.session_of(entered.token) is None


async def test_a_session_nobody_asked_for_again_is_swept_when_it_is_over(login):
    with clock.stopped_at(SINCE) as hands:
        entered = await sign_in()
        hands.move(31 * MINUTE)
        await people.close_over(clock.now())
        hands.move(-31 * MINUTE)
        assert await people.session_of(entered.token) is None


async def test_the_sweep_leaves_what_is_still_open(login):
    entered = await sign_in()
    await people.close_over(clock.now())
    cache.clear()
    assert await people.session_of(entered.token)


async def test_a_person_sees_where_they_are_signed_in_the_one_they_look_from_first(login):
    first, second = await sign_in(), await sign_in()
    seen = await people.list_sessions(_viewer(first))
    assert [one.id for one in seen] == [first.session_id, second.session_id]
    assert [one.me for one in seen] == [True, False]


async def test_a_session_ended_elsewhere_is_over_at_once(login):
    mine, other = await sign_in(), await sign_in()
    await people.session_of(other.token)
    await people.end_own_session(other.session_id, _viewer(mine))
    assert await people.session_of(other.token) is None
    assert await people.session_of(mine.token)


async def test_nobody_ends_the_session_of_another(login):
    await a_town()
    stranger = await people.sign_in_demo("grid_worker")
    mine = await sign_in()
    with pytest.raises(people.NoSuchSession):
        await people.end_own_session(mine.session_id, _viewer(stranger))
    assert await people.session_of(mine.token)


async def test_all_but_this_one_can_be_ended(login):
    mine, *others = [await sign_in() for _ in range(3)]
    assert await people.end_other_sessions(_viewer(mine)) == 2
    assert [await people.session_of(one.token) for one in others] == [None, None]
    assert await people.session_of(mine.token)


async def test_a_device_is_kept_in_words_alone(login):
    account = await people.prove_staff("wangge", "a long demo password")
    knock = people.Knock("192.0.2.0/24", "微信（安卓手机）")
    await people.begin_staff_session(account, "staff", knock=knock)
    row = await database.fetch_one("SELECT * FROM session")
    assert row["device"] == "微信（安卓手机）"
    assert not any("192.0.2" in str(value) for value in row.values())
