"""Who reads what waits, and who hears of it. The tables are the same on both databases."""

import pytest

from server import praise
from server.base import changes, clock
from server.base.errors import Invalid
from server.praise import PastPraise, Target
from tests import makers
from tests.desk import asked, notices_of_post
from tests.praise.conftest import REASON, inbox


@pytest.fixture
def db(sqlite_db):
    return sqlite_db


async def test_what_is_refused_is_told_to_the_giver_with_the_reason_and_to_nobody_else(
    thanks, resident, clerk
):
    given = await thanks.waiting(resident)
    await praise.refuse(given.id, REASON, by=clerk, asked=asked("refuse"))
    assert await thanks.wall() == []
    assert await notices_of_post(thanks.desk.town.posts["grid_worker"]) == []
    (told,) = await inbox(resident.account_id)
    assert REASON in told
    (mine,) = (await praise.given_by(resident)).items
    assert (mine.state, mine.reason) == ("refused", REASON)


async def test_a_refusal_says_why(thanks, clerk):
    given = await thanks.waiting()
    with pytest.raises(Invalid):
        await praise.refuse(given.id, " ", by=clerk, asked=asked("refuse"))


async def test_nobody_decides_about_praise_of_themselves(desk, resident, clerk):
    own = Target(
        kind="case",
        id=desk.town.entrance.id,
        name="纠纷",
        ground=desk.town.entrance,
        covers_path="",
        post_id=desk.town.posts["community_worker"],
    )
    past = PastPraise(
        target=own,
        account_id=resident.account_id,
        tag="quick",
        text="谢谢",
        state="waiting",
        given_at=clock.now(),
    )
    await praise.bring_in([past])
    (one,) = (await praise.waiting(clerk)).items
    with pytest.raises(praise.OwnPraise):
        await praise.accept(one.id, by=clerk, asked=asked("accept"))


@pytest.mark.parametrize("who", ["grid_worker", "property_manager", "heating"])
async def test_only_the_community_and_the_street_read_what_waits(thanks, desk, who):
    given, somebody = await thanks.waiting(), await makers.a_viewer(desk.town, who)
    assert (await praise.waiting(somebody)).items == ()
    with pytest.raises(praise.PraiseUnknown):
        await praise.accept(given.id, by=somebody, asked=asked("accept"))


async def test_what_waits_longest_is_read_first(thanks, clerk):
    ids = [(await thanks.waiting()).id for _ in range(3)]
    assert [one.id for one in (await praise.waiting(clerk)).items] == ids


async def test_the_praised_find_what_was_passed_on_to_their_post_or_unit(thanks, desk, resident):
    await thanks.give(resident)
    await thanks.waiting(await makers.a_resident("演示-另一位"))
    assert len((await praise.received_by(desk.grid_worker)).items) == 1
    assert (await praise.received_by(desk.property_manager)).items == ()


async def test_the_signs_are_made_anew_when_the_wall_changes_and_only_then(
    thanks, desk, resident, clerk, monkeypatch
):
    told: list[str] = []
    monkeypatch.setattr(changes, "_droppers", [told.append])
    given = await thanks.waiting(resident)
    assert told == []
    await praise.accept(given.id, by=clerk, asked=asked("accept"))
    await praise.withdraw(given.id, by=resident)
    assert told == [desk.town.estate.path] * 2
    refused = await thanks.waiting()
    await praise.refuse(refused.id, REASON, by=clerk, asked=asked("refuse"))
    assert len(told) == 2
