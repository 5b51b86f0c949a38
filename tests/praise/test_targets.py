"""Who may be thanked by a sign, and by whom. The tables are the same on both databases."""

import pytest

from server import cases, praise
from server.base.errors import Invalid
from server.praise import NewPraise, Wanted
from tests import makers
from tests.desk import asked


@pytest.fixture
def db(sqlite_db):
    return sqlite_db


async def test_people_and_firms_are_praised_on_every_sign_of_their_estate(thanks, resident):
    await thanks.give(resident)
    assert await thanks.wall("other_entrance") == ["网格员演示-网格员 kind"]
    assert await thanks.wall("lamp") == []


async def test_a_place_is_praised_on_its_own_sign(thanks, resident, desk):
    wanted = Wanted(code=desk.town.token)
    await thanks.give(resident, wanted=wanted, tag="clean")
    assert await thanks.wall() == [f"{desk.town.entrance.full_name} clean"]
    assert await thanks.wall("other_entrance") == []


async def test_another_target_may_be_thanked_on_the_same_day(thanks, resident):
    await thanks.give(resident)
    await thanks.give(resident, post="property_manager")
    assert len(await thanks.wall()) == 2


async def test_eleven_in_a_day_are_too_many(thanks, resident, desk):
    units = [unit_id for name, unit_id in desk.town.units.items() if name != "police"][:10]
    for unit_id in units:
        wanted = Wanted(code=desk.town.token, unit_id=unit_id)
        await thanks.give(resident, wanted=wanted, tag="quick")
    with pytest.raises(praise.PraisedEnough) as enough:
        await thanks.give(resident)
    assert enough.value.retry_after_s == 14 * 3600


@pytest.mark.parametrize("who", ["grid_worker", "grid_leader", "community_secretary"])
async def test_nobody_praises_themselves_or_their_own_unit(thanks, desk, who):
    with pytest.raises(praise.OwnUnit):
        await thanks.give(await makers.a_viewer(desk.town, who))


async def test_the_firm_does_not_praise_the_place_it_keeps(thanks, desk):
    with pytest.raises(praise.OwnUnit):
        await thanks.give(desk.property_manager, wanted=Wanted(code=desk.town.token), tag="clean")


async def test_staff_of_another_unit_may_thank(thanks, desk):
    assert (await thanks.give(desk.property_manager)).state == "accepted"


async def test_whoever_does_not_answer_here_is_not_praised_here(thanks, resident, desk):
    with pytest.raises(praise.NotHere):
        await thanks.give(resident, post="property_manager", code="lamp")


async def test_two_targets_at_once_are_none(thanks, resident, desk):
    both = Wanted(
        code=desk.town.token,
        post_id=desk.town.posts["grid_worker"],
        unit_id=desk.town.units["property_firm"],
    )
    with pytest.raises(praise.TargetMissing):
        await thanks.give(resident, wanted=both)


async def test_a_case_that_ended_well_is_praised_by_who_raised_it(thanks, resident):
    case = await thanks.ended_case(resident)
    await thanks.give(resident, wanted=Wanted(case=case.number), tag="quick")
    assert await thanks.wall() == ["办理“电梯故障停运”的人 quick"]
    found = await praise.of_target("case", case.id)
    assert [one.tag for one in found.items] == ["quick"]


async def test_a_neighbour_who_joined_may_thank_as_well_and_a_stranger_may_not(
    thanks, resident, desk
):
    neighbour, stranger = await makers.a_resident("演示-邻居"), await makers.a_resident("演示-路人")
    opened = await desk.report(resident, category="P02", text="电梯不动了")
    await cases.second(opened.number, desk.town.token, by=neighbour, asked=asked("second"))
    with pytest.raises(praise.CaseNotOver):
        await thanks.give(neighbour, wanted=Wanted(case=opened.number), tag="quick")
    await desk.move(opened, "sign", desk.property_manager)
    await desk.move(opened, "resolve", desk.property_manager, outcome="fixed", text="好了")
    await desk.move(opened, "confirm", resident, solved="yes")
    await thanks.give(neighbour, wanted=Wanted(case=opened.number), tag="quick")
    for somebody in (stranger, desk.grid_worker):
        with pytest.raises(cases.CaseUnknown):
            await thanks.give(somebody, wanted=Wanted(case=opened.number), tag="quick")


async def test_of_a_concealed_case_nothing_stands_on_a_sign_and_nobody_is_named(thanks, resident):
    case = await thanks.ended_case(resident, conceal=True)
    await thanks.give(resident, wanted=Wanted(case=case.number), tag="quick")
    assert await thanks.wall() == []
    assert [one.nameless for one in (await praise.of_target("case", case.id)).items] == [True]


async def test_everything_that_is_wrong_is_said_at_once(thanks, resident):
    with pytest.raises(Invalid) as wrong:
        await thanks.give(resident, tag="clean", text="好" * 201)
    assert [error.field for error in wrong.value.fields] == ["tag", "text"]


async def test_nobody_takes_back_what_another_gave(thanks, resident):
    given = await thanks.give(resident)
    with pytest.raises(praise.PraiseUnknown):
        await praise.withdraw(given.id, by=await makers.a_resident("演示-别人"))


async def test_a_praise_needs_a_sign_or_a_case(thanks, resident):
    new = NewPraise(wanted=Wanted(), tag="kind")
    with pytest.raises(praise.TargetMissing):
        await praise.give(new, by=resident, asked=asked("praises"))
