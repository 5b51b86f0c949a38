"""What is read where and when, listed for whom, counted and forgotten: on both databases."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from server import bulletins, photos, views
from server.base import clock, database
from server.base.viewer import GUEST
from server.bulletins import BulletinUnknown, FirmsOwnWords
from tests.bulletins.conftest import DAY
from tests.desk import a_photo, asked

HOUR = timedelta(hours=1)


async def test_it_comes_out_and_expires_by_the_clock_alone(boards, hands):
    at = clock.now() + HOUR
    bulletin_id = await boards.out(at=at, until=at + DAY)
    stood, read = [], []
    for step in (timedelta(), HOUR, DAY):
        hands.move(step)
        stood.append(await boards.standing(bulletin_id))
        read.append(await boards.read_at(boards.town.lamp))
    assert stood == ["scheduled", "out", "expired"]
    assert read == [[], ["停水通知"], []]


async def test_staff_read_what_is_for_staff_above_and_below_them(boards):
    bulletin_id = await boards.out(audiences=("staff",))
    for viewer in (boards.desk.grid_worker, boards.desk.street_dispatcher):
        assert [one.id for one in (await bulletins.list_for_staff(viewer)).lines] == [bulletin_id]
    elsewhere = replace(
        boards.desk.grid_worker,
        posts=(replace(boards.desk.grid_worker.posts[0], area="150600/150604/"),),
    )
    assert (await bulletins.list_for_staff(elsewhere)).lines == ()
    for stranger in (elsewhere, GUEST):
        with pytest.raises(BulletinUnknown):
            await bulletins.find_for_staff(bulletin_id, stranger)


async def test_a_shop_of_ones_own_makes_nobody_staff_of_its_community(boards):
    bulletin_id = await boards.out(audiences=("staff",))
    post = replace(boards.desk.grid_worker.posts[0], area="150600/150604/")
    shop = replace(post, role="merchant", area=boards.town.shop.path)
    elsewhere = replace(boards.desk.grid_worker, posts=(post, shop))
    assert (await bulletins.list_for_staff(elsewhere)).lines == ()
    with pytest.raises(BulletinUnknown):
        await bulletins.find_for_staff(bulletin_id, elsewhere)


async def test_whoever_stands_above_looks_after_it_and_nobody_below(boards, clerk):
    firm, street = boards.desk.property_manager, boards.desk.street_dispatcher
    by_firm = await boards.out(firm, place_id=boards.town.estate.id, title="firm")
    by_community = await boards.out(clerk, place_id=boards.town.estate.id, title="community")
    by_street = await boards.out(street, title="street")
    other_firm = replace(firm, posts=(replace(firm.posts[0], unit_id=UUID(int=9)),))

    seen = {
        name: {one.title for one in (await bulletins.list_minded(viewer, "all"))[0]}
        for name, viewer in (
            ("firm", firm),
            ("other firm", other_firm),
            ("worker", clerk),
            ("secretary", boards.writer),
            ("street", street),
            ("grid", boards.desk.grid_worker),
        )
    }

    assert seen == {
        "firm": {"firm"},
        "other firm": set(),
        "worker": {"firm", "community"},
        "secretary": {"firm", "community"},
        "street": {"firm", "community", "street"},
        "grid": set(),
    }
    for bulletin_id, viewer in (
        (by_community, firm),
        (by_firm, other_firm),
        (by_street, clerk),
        (by_firm, boards.desk.grid_worker),
    ):
        with pytest.raises(BulletinUnknown):
            await bulletins.withdraw(bulletin_id, "不要了", by=viewer, asked=asked())


async def test_nobody_above_a_firm_puts_words_in_its_mouth(boards, clerk):
    firm = boards.desk.property_manager
    draft = await boards.draft(firm, place_id=boards.town.estate.id)
    out = await boards.out(firm, place_id=boards.town.estate.id)
    with pytest.raises(FirmsOwnWords):
        await boards.change(out, version=2, title="物业费涨价")
    with pytest.raises(FirmsOwnWords):
        await boards.publish(draft, clerk)
    with pytest.raises(FirmsOwnWords):
        how = {"seen_version": 1, "by": clerk, "asked": asked()}
        await bulletins.throw_away(draft, **how)
    assert not (await views.minded_bulletin(out, clerk)).worded_here
    await bulletins.withdraw(out, "和社区公告不一致", by=clerk, asked=asked())
    await boards.publish(draft, firm)


async def test_the_list_has_tabs_and_goes_on(boards, hands):
    await boards.draft(title="draft")
    await boards.out(title="scheduled", at=clock.now() + 9 * DAY)
    await boards.out(title="expired", until=clock.now() + HOUR)
    gone = await boards.out(title="withdrawn")
    await bulletins.withdraw(gone, "写错了", by=boards.writer, asked=asked())
    hands.move(2 * HOUR)
    for nth in range(21):
        await boards.out(title=f"out {nth}")

    listed = {tab: await bulletins.list_minded(boards.writer, tab) for tab in bulletins.TABS}

    titles = {tab: [one.title for one in lines] for tab, (lines, _) in listed.items()}
    assert titles["draft"] == ["draft"]
    assert titles["scheduled"] == ["scheduled"]
    assert titles["over"] == ["withdrawn", "expired"]
    assert titles["out"] == [f"out {nth}" for nth in range(20, 0, -1)]
    rest, following = await bulletins.list_minded(boards.writer, "out", after=listed["out"][1])
    assert ([one.title for one in rest], following) == (["out 0"], None)
    assert len(titles["all"]) == 20


async def test_openings_are_counted_by_community_and_added_up(boards):
    bulletin_id, town = await boards.out(), boards.town
    for ground in (town.entrance, town.lamp, town.shop):
        bulletins.count_read(bulletin_id, ground)
    assert await bulletins.flush_reads() == 3
    bulletins.count_read(bulletin_id, town.entrance)
    await bulletins.flush_reads()
    figures = await bulletins.figures(bulletin_id)
    assert [(one.community, one.times) for one in figures] == [(town.community.full_name, 4)]
    columns = set((await database.fetch("SELECT * FROM bulletin_read"))[0])
    assert columns == {"id", "bulletin_id", "path", "count"}


async def test_three_years_after_its_end_nothing_is_left_of_it(boards, hands):
    photo = await a_photo(boards.writer)
    bulletin_id = await boards.out(photo_ids=(photo,), until=clock.now() + DAY)
    bulletins.count_read(bulletin_id, boards.town.entrance)
    await bulletins.flush_reads()
    await boards.draft()
    end = clock.now() + DAY
    hands.move(2 * DAY)
    young = await boards.out()
    assert await bulletins.old_bulletins(end) == 1
    assert await bulletins.old_bulletins(end + HOUR) == 2
    assert await bulletins.forget_bulletins(end + HOUR) == 2
    assert await boards.standing(young) == "out"
    assert await photos.find_photo(photo) is None
    assert await bulletins.figures(bulletin_id) == []
