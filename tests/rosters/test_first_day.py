"""What a town lacks before residents can scan: named, counted, within what one sets up."""

from datetime import UTC, datetime

from server import org, people, rosters
from server.base import clock
from server.base.viewer import GUEST, HeldPost, Viewer
from tests.makers import a_town, a_viewer

SUMMER = datetime(2026, 7, 1, tzinfo=UTC)  # of the next year nobody asks before November


def an_administrator(unit_id) -> Viewer:
    return Viewer(unit_id, "", (HeldPost(unit_id, "sys_admin", "管理员", unit_id, "", ""),))


async def by_key(viewer):
    return {step.key: step for step in await rosters.first_day(viewer)}


async def test_an_empty_town_lacks_everything(db):
    roster = org.Roster(since=clock.now())
    steps = await by_key(an_administrator(roster.unit("platform", "本平台")))
    assert [step.key for step in steps.values() if step.done] == []
    assert len(steps) == 13


async def test_a_whole_town_lacks_what_was_left_out_by_name(db):
    town = await a_town()
    with clock.stopped_at(SUMMER):
        steps = await by_key(an_administrator(town.units["street"]))
    assert {key for key, step in steps.items() if not step.done} == {"workers"}
    assert (steps["workers"].lacking, steps["workers"].have) == (1, 2)
    assert "第二网格" in steps["workers"].named[0]


async def test_a_community_sees_its_own_part(sqlite_db):
    town = await a_town()
    steps = await by_key(await a_viewer(town, "community_secretary"))
    assert "streets" not in steps
    assert steps["codes"].have == 7


async def test_whoever_has_no_password_yet_is_named(db):
    town = await a_town()
    roster = org.Roster(since=clock.now())
    post = roster.post("grid_worker", town.units["community"], town.street_grid.path)
    roster.held_by(post, await people.add_staff("new01", None, "赵新"))
    roster.held_by(post, await people.add_staff("old01", "a good password", "钱老"))
    await org.enrol(roster)
    step = (await by_key(an_administrator(town.units["street"])))["doors"]
    assert (step.named, step.lacking) == (("赵新（new01）",), 1)


async def test_a_vacant_post_and_one_without_hours_are_named(sqlite_db):
    town = await a_town()
    roster = org.Roster(since=clock.now())
    roster.post("grid_worker", town.units["community"], town.street_grid.path)
    await org.enrol(roster)
    steps = await by_key(an_administrator(town.units["street"]))
    assert steps["held"].named == steps["hours"].named
    assert [name.partition("（")[0] for name in steps["held"].named] == ["演示·湖畔社区网格员"]
    assert "第二网格）" in steps["held"].named[0]


async def test_of_very_many_each_that_lacks_is_counted_and_can_be_read(db):
    town = await a_town()
    roster = org.Roster(since=clock.now())
    for _ in range(501):
        roster.post("grid_worker", town.units["community"], town.street_grid.path)
    await org.enrol(roster)
    boss = an_administrator(town.units["street"])
    step = (await by_key(boss))["held"]
    assert (step.lacking, len(step.named), step.next) == (501, 8, 8)
    last = await rosters.first_day_step(boss, "held", skip=500)
    assert (last.lacking, len(last.named), last.next) == (501, 1, None)
    some = await rosters.first_day_step(boss, "held")
    assert (len(some.named), some.next) == (50, 50)


async def test_who_sets_nothing_up_sees_nothing(sqlite_db):
    town = await a_town()
    assert await rosters.first_day(await a_viewer(town, "property_staff")) == []
    assert await rosters.first_day(GUEST) == []
    assert await rosters.first_day_step(GUEST, "held") is None
