"""A bulletin from the draft to its end: who writes it, changes it, takes it down, sees its photos.

The tables are the same on both databases.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from server import bulletins, photos
from server.base import clock, database
from server.base.errors import Invalid
from server.base.viewer import GUEST
from server.bulletins import BulletinMovedOn, BulletinOver, BulletinUnknown, NotADraft
from server.bulletins.rules import wrong_times
from server.places import NoSuchPlace
from tests import makers
from tests.bulletins.conftest import DAY
from tests.desk import a_photo, asked

HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def db(sqlite_db):
    return sqlite_db


async def actions() -> list[str]:
    rows = await database.fetch(
        "SELECT action, target, reason FROM audit_record WHERE stream = 'bulletin' ORDER BY id"
    )
    return [f"{row['action']} {row['target']} {row['reason']}".strip() for row in rows]


async def test_a_draft_is_read_by_nobody_until_it_is_published(boards):
    bulletin_id = await boards.draft()
    assert await boards.read_at(boards.town.entrance) == []
    await boards.publish(bulletin_id)
    assert await boards.read_at(boards.town.entrance) == ["停水通知"]


async def test_pinned_ones_come_first_then_the_newest(boards, hands):
    for title in ("甲", "乙", "丙"):
        last = await boards.out(title=title)
        if title == "甲":
            await bulletins.pin(last, True, by=boards.writer)
        hands.move(HOUR)
    assert await boards.read_at(boards.town.community) == ["甲", "丙", "乙"]


async def test_it_is_read_under_its_place_and_nowhere_else(boards):
    await boards.out(boards.desk.property_manager, place_id=boards.town.estate.id, title="车库清洗")
    building = await bulletins.posted_at(boards.town.entrance, ("residents",))
    street = await bulletins.posted_at(boards.town.lamp, ("residents",))
    assert [(one.title, one.kind) for one in building.lines] == [("车库清洗", "firm")]
    assert street.lines == ()


async def test_each_audience_reads_its_own(boards, hands):
    for audience in bulletins.AUDIENCES:
        await boards.out(title=audience, audiences=(audience,))
    assert [await boards.read_at(boards.town.shop, one) for one in bulletins.AUDIENCES] == [
        [one] for one in bulletins.AUDIENCES
    ]
    at_a_shop = await bulletins.posted_at(boards.town.shop, bulletins.audiences_of("merchant"))
    assert {one.title for one in at_a_shop.lines} == {"residents", "merchants"}
    assert bulletins.audiences_of("outdoor") == ("residents",)


async def test_what_is_withdrawn_is_gone_at_once_for_good_and_on_record(boards):
    bulletin_id = await boards.out()
    await bulletins.withdraw(bulletin_id, "时间写错了", by=boards.writer, asked=asked("withdraw"))
    assert await boards.read_at(boards.town.entrance) == []
    with pytest.raises(BulletinOver):
        await boards.publish(bulletin_id)
    assert await actions() == [
        "bulletin.publish 停水通知",
        "bulletin.withdraw 停水通知 时间写错了",
    ]


async def test_a_change_of_what_is_out_is_read_at_once_and_on_record(boards):
    bulletin_id = await boards.out()
    await boards.change(bulletin_id, version=2, title="停水改期")
    assert await boards.read_at(boards.town.entrance) == ["停水改期"]
    assert (await actions())[-1] == "bulletin.change 停水通知"


async def test_of_two_colleagues_who_change_it_the_second_is_told(boards):
    bulletin_id = await boards.draft()
    await boards.change(bulletin_id, version=1, title="先改的")
    with pytest.raises(BulletinMovedOn):
        await boards.change(bulletin_id, version=1, title="后改的")
    assert (await bulletins.find_minded(bulletin_id, boards.writer)).title == "先改的"


async def test_what_a_colleague_wrote_meanwhile_is_neither_published_unread_nor_lost(boards):
    bulletin_id = await boards.draft()
    await boards.change(bulletin_id, version=1, title="后改的")
    with pytest.raises(BulletinMovedOn):
        await boards.publish(bulletin_id, version=1)
    with pytest.raises(BulletinMovedOn):
        how = {"seen_version": 1, "by": boards.writer, "asked": asked("throw")}
        await bulletins.throw_away(bulletin_id, **how)
    assert await boards.standing(bulletin_id) == "draft"


async def test_a_draft_thrown_away_by_two_taps_is_gone_without_a_complaint(boards):
    bulletin_id, once = await boards.draft(), asked("throw")
    for _ in range(2):
        await bulletins.throw_away(bulletin_id, seen_version=1, by=boards.writer, asked=once)
    with pytest.raises(BulletinUnknown):
        await bulletins.find_minded(bulletin_id, boards.writer)


async def test_the_same_request_again_does_it_once(boards):
    once = asked("draft")
    first = await bulletins.draft(boards.words(), by=boards.writer, asked=once)
    again = await bulletins.draft(boards.words(), by=boards.writer, asked=once)
    assert first == again
    until, twice = clock.now() + DAY, asked("publish")
    when = {"out_at": None, "until_at": until, "seen_version": 1}
    for _ in range(2):
        await bulletins.publish(first, **when, by=boards.writer, asked=twice)
    assert await actions() == ["bulletin.publish 停水通知"]


async def test_everything_that_is_wrong_with_one_is_said_at_once(boards):
    with pytest.raises(Invalid) as no:
        await boards.draft(title=" ", text="", place_id=None, audiences=("cats",))
    assert [one.field for one in no.value.fields] == ["title", "text", "place", "audiences"]
    with pytest.raises(NoSuchPlace):
        await boards.draft(place_id=UUID(int=1))


async def test_one_writes_for_what_one_answers_for(boards):
    firm, worker = boards.desk.property_manager, boards.desk.grid_worker
    for by in (firm, worker):
        with pytest.raises(Invalid) as no:
            await boards.draft(by)
        assert [one.code for one in no.value.fields] == ["not-your-area"]


async def test_photos_belong_to_it_in_their_order_and_go_when_they_are_taken_out(boards):
    first, second, third = [await a_photo(boards.writer) for _ in range(3)]
    bulletin_id = await boards.draft(photo_ids=(second, first))
    await boards.change(bulletin_id, version=1, photo_ids=(first, third))
    found = await bulletins.find_minded(bulletin_id, boards.writer)
    assert found.photo_ids == (first, third)
    assert await photos.find_photo(second) is None
    with pytest.raises(photos.PhotoNotTheirs):
        await boards.draft(photo_ids=(first,))


async def test_one_photo_in_two_drafts_at_once_is_in_one_and_the_other_says_so(boards):
    photo = await a_photo(boards.writer)
    made = await asyncio.gather(
        *(boards.draft(photo_ids=(photo,)) for _ in range(2)), return_exceptions=True
    )
    assert [type(one) for one in made].count(photos.PhotoNotTheirs) == 1


async def test_a_photo_is_seen_by_whoever_may_read_the_bulletin(boards, clerk):
    photo = await a_photo(boards.writer)
    bulletin_id = await boards.draft(photo_ids=(photo,))
    resident = await makers.a_resident()
    assert await bulletins.find_with_photo(bulletin_id, photo, clerk)
    with pytest.raises(BulletinUnknown):
        await bulletins.find_with_photo(bulletin_id, photo, resident)
    await boards.publish(bulletin_id)
    assert await bulletins.find_with_photo(bulletin_id, photo, GUEST)
    with pytest.raises(BulletinUnknown):
        await bulletins.find_with_photo(bulletin_id, UUID(int=5), GUEST)


async def test_a_photo_for_staff_is_seen_by_staff_alone(boards):
    photo = await a_photo(boards.writer)
    bulletin_id = await boards.out(audiences=("staff",), photo_ids=(photo,))
    assert await bulletins.find_with_photo(bulletin_id, photo, boards.desk.grid_worker)
    with pytest.raises(BulletinUnknown):
        await bulletins.find_with_photo(bulletin_id, photo, GUEST)


async def test_a_draft_is_thrown_away_with_its_photos_and_what_came_out_is_not(boards):
    photo = await a_photo(boards.writer)
    bulletin_id, other = await boards.draft(photo_ids=(photo,)), await boards.out()
    how = {"by": boards.writer, "asked": asked("throw")}
    await bulletins.throw_away(bulletin_id, seen_version=1, **how)
    assert await photos.find_photo(photo) is None
    with pytest.raises(BulletinUnknown):
        await boards.standing(bulletin_id)
    with pytest.raises(NotADraft):
        await bulletins.throw_away(other, seen_version=2, by=boards.writer, asked=asked("throw"))


@pytest.mark.parametrize(
    ("at", "until", "wrong"),
    [
        (None, None, ["until"]),
        (None, -HOUR, ["until"]),
        (2 * HOUR, HOUR, ["until"]),
        (None, 400 * DAY, ["until"]),
        (400 * DAY, 401 * DAY, ["out"]),
        (HOUR, DAY, []),
    ],
)
def test_the_times_make_sense(at, until, wrong):
    begins = NOW + at if at else NOW
    found = wrong_times(begins, NOW + until if until else None, NOW)
    assert [one.field for one in found] == wrong


async def test_a_time_long_over_lets_nothing_out(boards):
    bulletin_id, now = await boards.draft(), clock.now()
    with pytest.raises(Invalid) as wrong:
        await boards.publish(bulletin_id, at=now - HOUR, until=now + DAY)
    assert ([one.field for one in wrong.value.fields], await boards.standing(bulletin_id)) == (
        ["out"],
        "draft",
    )
    await boards.publish(bulletin_id, at=now - timedelta(minutes=5), until=now + DAY)
    assert await boards.standing(bulletin_id) == "out"
