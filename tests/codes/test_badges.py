"""The code on a badge: whose post it is, whom it serves, and its end with the post."""

import asyncio

import pytest

from server import cases, codes, contact, org, praise, views
from server.base import cache, clock, database
from server.base.errors import Invalid
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.base.viewer import GUEST
from server.cases import NewCase
from server.contact import Said
from server.org.models import Post
from server.praise import NewPraise, Wanted
from tests import makers
from tests.cases.conftest import desk, hands
from tests.desk import Desk, asked

__all__ = ["desk", "hands"]


@pytest.fixture
def db(sqlite_db):
    return sqlite_db


@pytest.fixture
async def secretary(desk):
    return await makers.a_viewer(desk.town, "community_secretary")


async def a_badge(desk: Desk, by, role: str = "grid_worker") -> str:
    """The token on the badge of this role."""
    code_id = await codes.make_badge(desk.town.posts[role], by=by)
    return str(await database.fetch_value("SELECT token FROM code WHERE id = $1", code_id))


async def test_a_badge_says_whose_post_it_is_and_whether_they_are_on_duty(desk, secretary):
    card = await views.scan_card(await a_badge(desk, secretary), GUEST)

    (post,) = card.contacts
    assert (post.role_title, post.name, post.unit) == ("网格员", "演示-网格员", "演示·湖畔社区")
    assert post.on_duty
    assert card.place.name == desk.town.grid.full_name
    assert card.actions == ["praise", "contact"]
    assert (card.categories, card.open_cases, card.phones) == ([], [], [])


async def test_nothing_stands_on_it_that_no_sign_in_the_grid_says(desk, secretary):
    (post,) = (await views.scan_card(await a_badge(desk, secretary), GUEST)).contacts
    sign = await views.scan_card(desk.town.token, GUEST)

    assert post in sign.contacts


async def test_a_post_has_one_badge_however_often_it_is_made(desk, secretary):
    post_id = desk.town.posts["grid_worker"]
    made = await asyncio.gather(*(codes.make_badge(post_id, by=secretary) for _ in range(4)))

    assert len(set(made)) == 1
    assert await database.fetch_value("SELECT count(*) FROM code WHERE kind = 'staff'") == 1
    assert await database.fetch_value("SELECT short FROM code WHERE kind = 'staff'") is None


async def test_who_makes_no_codes_where_it_serves_makes_no_badge(desk, secretary):
    with pytest.raises(codes.BadgeRefused):
        await codes.make_badge(desk.town.posts["grid_worker"], by=desk.grid_worker)
    with pytest.raises(codes.BadgeRefused):
        await codes.make_badge(desk.town.posts["street_dispatcher"], by=secretary)
    with pytest.raises(codes.BadgeRefused):
        await codes.make_badge(new_id(), by=secretary)


async def test_thanks_and_words_go_to_the_post(desk, secretary):
    token, post_id = await a_badge(desk, secretary), desk.town.posts["grid_worker"]
    resident = await makers.a_resident()

    begun = await contact.begin(token, post_id, Said(text="您好"), by=resident, asked=asked())
    new = NewPraise(wanted=Wanted(code=token, post_id=post_id), tag="kind")
    await praise.give(new, by=resident, asked=asked())

    assert begun.post_id == post_id
    assert [one.tag for one in (await views.scan_card(token, GUEST)).praises.items] == ["kind"]
    assert len((await views.wall(token)).items) == 1
    with pytest.raises(contact.NotAnswering):
        other = desk.town.posts["property_manager"]
        await contact.begin(token, other, Said(text="您好"), by=resident, asked=asked())
    with pytest.raises(praise.NotHere):
        place = NewPraise(wanted=Wanted(code=token), tag="clean")
        await praise.give(place, by=resident, asked=asked())


async def test_a_post_that_talks_with_nobody_is_reached_by_phone(desk, secretary):
    token = await a_badge(desk, secretary, "community_worker")

    card = await views.scan_card(token, GUEST)

    assert card.actions == ["praise"]
    assert card.contacts[0].phone == "16000000105"


async def test_nothing_is_reported_at_a_badge(desk, secretary):
    token = await a_badge(desk, secretary)
    with pytest.raises(Invalid) as refused:
        await cases.open_case(NewCase(code=token, text="灯不亮"), by=GUEST)
    assert [one.code for one in refused.value.fields] == ["not-a-place"]


async def test_whoever_takes_the_post_over_stands_on_the_badge(desk, secretary):
    token, post_id = await a_badge(desk, secretary), desk.town.posts["grid_worker"]
    async with unit_of_work() as unit:
        held = await database.fetch_one("SELECT id FROM appointment WHERE post_id = $1", post_id)
        org.end_appointment(unit, held["id"], clock.now())
        heir = desk.town.accounts["grid_leader"]
        org.put_appointment(unit, post_id, heir, kind="holder", since=clock.now())
    cache.clear()

    assert (await views.scan_card(token, GUEST)).contacts[0].name == "演示-网格长"


async def test_the_badge_of_a_post_that_is_no_more_says_whom_to_ask(desk, secretary):
    token = await a_badge(desk, secretary, "community_worker")
    async with unit_of_work() as unit:
        where = {"id": desk.town.posts["community_worker"]}
        unit.update(Post, where=where, set={"ended_at": clock.now()})
    cache.clear()

    with pytest.raises(codes.CodeRetired) as refused:
        await codes.read(token)

    assert refused.value.values["place"] == desk.town.community.full_name
    assert refused.value.values["phone"]


async def test_a_lost_badge_is_replaced_by_one_of_the_same_post(desk, secretary):
    token = await a_badge(desk, secretary)
    new = await codes.replace_code(token, "missing", doer=codes.Doer(by=secretary))

    assert (await codes.read(new)).post_id == desk.town.posts["grid_worker"]
    code_id = await codes.badge_of(desk.town.posts["grid_worker"])
    page = await views.code_page(code_id, secretary)
    assert len(page.past) == 1
    assert page.place.startswith("演示·湖畔社区网格员")
