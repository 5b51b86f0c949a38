"""One move for many cases: to which it is open, and what all of them allow to be chosen."""

from msgspec import UNSET

from server import views
from server.cases import DeskFilter
from server.pages.bulk import BULK_MOVES
from tests.desk import Desk


async def test_the_chosen_are_sorted_by_whether_the_move_is_open(desk: Desk) -> None:
    first, second = [await desk.report(category="F02", text="路灯不亮") for _ in range(2)]
    await desk.move(second, "accept", desk.grid_worker)

    card = await views.bulk_card("accept", [first.number, second.number], desk.grid_worker)

    assert [one.number for one in card.ready] == [first.number]
    assert [(one.number, one.state_title) for one in card.others] == [(second.number, "已受理")]
    assert card.move is not UNSET
    assert card.move.needs == ["text?"]


async def test_only_units_that_may_have_every_one_are_offered(desk: Desk) -> None:
    gas, firm = str(desk.town.units["gas"]), str(desk.town.units["property_firm"])
    plain = await desk.report(category="F02", text="路灯不亮")
    about_gas = await desk.report(
        category="F02", text="路灯不亮", about_unit_id=desk.town.units["gas"]
    )
    for one in (plain, about_gas):
        await desk.move(one, "accept", desk.grid_worker)

    alone = await views.bulk_card("dispatch", [plain.number], desk.grid_worker)
    both = await views.bulk_card("dispatch", [plain.number, about_gas.number], desk.grid_worker)

    assert {gas, firm} <= {option.value for option in alone.move.options["unit"]}
    offered = {option.value for option in both.move.options["unit"]}
    assert (firm in offered, gas in offered) == (True, False)


async def test_what_is_not_theirs_is_not_among_them(desk: Desk) -> None:
    other = await desk.report(code="lamp", category="F02", text="路灯不亮")
    card = await views.bulk_card("accept", [other.number], desk.property_manager)
    assert (card.ready, card.others, card.move) == ([], [], UNSET)


async def test_a_firm_is_offered_for_many_what_it_may_do_and_no_more(desk: Desk) -> None:
    sent = await desk.report(category="F02", text="路灯不亮")
    await desk.move(sent, "accept", desk.grid_worker)
    unit = str(desk.town.units["property_firm"])
    await desk.move(sent, "dispatch", desk.grid_worker, unit=unit)

    firm = await views.desk_list(desk.property_manager, DeskFilter(), moves=BULK_MOVES)
    street = await views.desk_list(desk.street_dispatcher, DeskFilter(), moves=BULK_MOVES)

    assert firm.moves == ["sign", "reassign", "progress"]
    assert street.moves == ["merge"]
