"""Who is responsible here, now: by place, by hour, by who is away."""

from datetime import timedelta

from server import org, people
from server.base import cache, clock, database
from server.base.unit import unit_of_work
from server.org.models import Appointment, Post, Responsibility
from tests.makers import SINCE, a_town, a_viewer

NOW = clock.now()


async def leaves(post_id):
    """Its holder gives the post up."""
    async with unit_of_work() as unit:
        unit.update(Appointment, where={"post_id": post_id}, set={"to_at": NOW - timedelta(days=1)})
    cache.clear()


async def test_the_three_on_the_sign_are_the_grid_worker_the_police_and_the_firm(db):
    town = await a_town()
    shown = await org.contacts(town.entrance, NOW)
    assert [one.name for one in shown] == ["演示-网格员", "演示-网格民警", "演示-物业经理"]
    assert [one.unit_name for one in shown] == ["演示·湖畔社区", "演示·派出所", "演示·安居物业"]


async def test_outside_an_estate_no_firm_is_named(db):
    town = await a_town()
    shown = await org.contacts(town.grid, NOW)
    assert [one.role for one in shown] == ["grid_worker", "grid_police"]


async def test_a_grid_without_a_worker_names_the_community_then_the_street(db):
    town = await a_town()
    found = await org.responsible_for(town.lamp, "grid_worker", NOW)
    assert (found.role, found.unit_id) == ("community", town.units["community"])


async def test_a_vacant_post_passes_the_question_to_the_grid_leader(db):
    town = await a_town()
    await leaves(town.posts["grid_worker"])
    found = await org.responsible_for(town.entrance, "grid_worker", NOW)
    assert found.post_id == town.posts["grid_leader"]


async def test_an_abolished_post_answers_no_longer(db):
    town = await a_town()
    async with unit_of_work() as unit:
        unit.update(Post, where={"id": town.posts["grid_worker"]}, set={"ended_at": NOW})
    cache.clear()
    found = await org.responsible_for(town.entrance, "grid_worker", NOW)
    assert found.post_id == town.posts["grid_leader"]
    before = await org.responsible_for(town.entrance, "grid_worker", NOW - timedelta(days=1))
    assert before.post_id == town.posts["grid_worker"]


async def test_a_deputy_is_named_and_says_for_whom(db):
    town = await a_town()
    deputy = await people.add_staff("deputy", None, "演示-代班")
    await org.appoint(town.posts["grid_worker"], deputy, kind="deputy", until=NOW + timedelta(1))
    found = await org.responsible_for(town.entrance, "grid_worker", clock.now())
    assert (found.name, found.stands_in_for) == ("演示-代班", "演示-网格员")


async def test_when_the_deputy_s_days_are_over_the_holder_is_named_again(db):
    town = await a_town()
    deputy = await people.add_staff("deputy", None, "演示-代班")
    await org.appoint(town.posts["grid_worker"], deputy, kind="deputy", until=NOW + timedelta(1))
    found = await org.responsible_for(town.entrance, "grid_worker", NOW + timedelta(days=2))
    assert (found.name, found.stands_in_for) == ("演示-网格员", None)


async def test_a_house_in_another_grid_still_belongs_to_its_estate_s_firm(db):
    town = await a_town()
    found = await org.responsible_for(town.rooms[-1], "property_firm", NOW)
    assert (found.unit_id, found.post_id) == (town.units["property_firm"], None)


async def test_nobody_answers_for_a_trade_that_is_not_here(db):
    town = await a_town()
    assert await org.responsible_for(town.lamp, "property_firm", NOW) is None


async def test_before_anybody_was_appointed_nobody_answers(db):
    town = await a_town()
    early = SINCE - timedelta(days=1)
    assert await org.responsible_for(town.entrance, "grid_worker", early) is None


async def test_at_night_the_police_are_off_duty_and_say_when_they_are_back(db):
    town = await a_town()
    night = NOW.replace(hour=18, minute=0)  # Two in the morning in Shanghai.
    found = await org.responsible_for(town.entrance, "grid_police", night)
    assert not found.on_duty
    assert found.next_duty > night


async def test_the_duty_post_is_there_day_and_night(db):
    town = await a_town()
    found = await org.responsible_for(town.entrance, "duty_post", NOW.replace(hour=18))
    assert (found.on_duty, found.hours) == (True, "24小时")


async def test_a_number_that_may_not_be_shown_is_the_office_s_instead(db):
    town = await a_town()
    async with unit_of_work() as unit:
        post = town.posts["property_manager"]
        unit.update(Post, where={"id": post}, set={"show_phone": False})
    cache.clear()
    found = await org.responsible_for(town.entrance, "property_manager", NOW)
    assert found.phone == "16000000102"


async def test_the_units_to_dispatch_to_begin_with_the_firm(db):
    town = await a_town()
    listed = await org.units_for_dispatch(town.entrance)
    assert listed[0] == (town.units["property_firm"], "演示·安居物业（物业公司）")
    assert (town.units["municipal"], "演示·市政所（市政）") in listed


async def test_outside_an_estate_the_firm_is_not_offered(db):
    town = await a_town()
    assert town.units["property_firm"] not in dict(await org.units_for_dispatch(town.lamp))


async def test_the_units_to_dispatch_to_change_at_the_instant_they_change(db):
    town = await a_town()
    firm, ends = town.units["property_firm"], NOW + timedelta(hours=1)
    async with unit_of_work() as unit:
        where = {"unit_id": firm, "to_at": None}
        unit.update(Responsibility, where=where, set={"to_at": ends}, expecting=None)
    cache.clear()
    with clock.stopped_at(NOW) as hands:
        listed = await org.units_for_dispatch(town.entrance)
        assert await org.units_for_dispatch(town.entrance) is listed  # kept while it is so
        hands.move(timedelta(minutes=59, seconds=59))
        assert firm in dict(await org.units_for_dispatch(town.entrance))
        hands.move(timedelta(seconds=1))
        assert firm not in dict(await org.units_for_dispatch(town.entrance))
        hands.move(-timedelta(seconds=1))
        assert firm in dict(await org.units_for_dispatch(town.entrance))


async def test_who_answers_is_known_for_one_instant_and_forgotten_with_the_rest(db):
    town = await a_town()
    found = await org.responsible_for(town.entrance, "grid_worker", NOW)
    assert await org.responsible_for(town.entrance, "grid_worker", NOW) is found
    await leaves(town.posts["grid_worker"])
    now_found = await org.responsible_for(town.entrance, "grid_worker", NOW)
    assert now_found.post_id == town.posts["grid_leader"]


async def test_one_level_above_the_firm_is_the_community_and_above_it_the_street(db):
    town = await a_town()
    above = await org.superior(town.entrance, "property_firm", NOW)
    assert above.unit_id == town.units["community"]
    above = await org.superior(town.entrance, above.role, NOW)
    assert above.post_id == town.posts["street_dispatcher"]


async def test_the_numbers_of_a_place_are_the_nearest_of_each_kind(db):
    town = await a_town()
    numbers = {one.kind: one.number for one in await org.phones_for(town.entrance)}
    assert numbers == {"duty": "16000000110", "gas": "16000000119", "elevator": "16000000133"}
    assert await org.duty_phone(town.entrance) == "16000000110"


async def test_somebody_holds_their_post_with_its_reach(db):
    town = await a_town()
    viewer = await a_viewer(town, "grid_worker")
    assert [(post.role, post.area) for post in viewer.posts] == [("grid_worker", town.grid.path)]


async def test_who_left_holds_nothing(db):
    town = await a_town()
    await leaves(town.posts["grid_worker"])
    assert await org.posts_of(town.accounts["grid_worker"], NOW) == ()


async def test_a_deputy_holds_the_post_he_stands_in_for(db):
    town = await a_town()
    deputy = await people.add_staff("deputy", None, "演示-代班")
    await org.appoint(town.posts["grid_worker"], deputy, kind="deputy")
    held = await org.posts_of(deputy, clock.now())
    assert [post.id for post in held] == [town.posts["grid_worker"]]


async def test_a_vacant_post_still_has_a_card_with_its_unit(db):
    town = await a_town()
    await leaves(town.posts["grid_worker"])
    card = await org.post_card(town.posts["grid_worker"], NOW)
    assert (card.name, card.unit_name, card.role_title) == ("", "演示·湖畔社区", "网格员")


async def test_asking_again_asks_the_database_nothing(sqlite_db, monkeypatch):
    town = await a_town()
    await org.contacts(town.entrance, NOW)
    monkeypatch.setattr(database, "fetch", None)
    monkeypatch.setattr(database, "fetch_one", None)
    assert len(await org.contacts(town.entrance, NOW)) == 3


async def test_rooms_of_one_entrance_share_an_answer(sqlite_db, monkeypatch):
    town = await a_town()
    await org.contacts(town.rooms[0], NOW)
    monkeypatch.setattr(database, "fetch", None)
    assert len(await org.contacts(town.rooms[1], NOW)) == 3
