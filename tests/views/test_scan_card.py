"""What a scan shows: who answers here, what can be reported, what is open."""

from datetime import timedelta

import msgspec

from server import cases, views
from server.base import clock
from server.base.viewer import GUEST
from tests.desk import Desk, guest
from tests.makers import a_resident


async def test_a_scan_names_place_contacts_and_kinds_of_report(desk: Desk) -> None:
    card = await views.scan_card(desk.town.token, GUEST)

    assert card.place.name == desk.town.entrance.full_name
    assert [one.role for one in card.contacts] == ["grid_worker", "grid_police", "property_manager"]
    assert card.actions == ["report", "praise", "contact"]
    assert card.categories[0].tile
    assert card.duty_phone == "16000000110"


async def test_the_tile_of_gas_says_whom_to_call(desk: Desk) -> None:
    card = await views.scan_card(desk.town.token, GUEST)

    gas = next(one for one in card.categories if one.key == "P09")
    assert "16000000119" in gas.advice


async def test_an_open_case_is_listed_by_its_kind_and_nobodys_words(desk: Desk) -> None:
    opened = await desk.report(category="P02", text="王女士家的电梯")

    card = await views.scan_card(desk.town.token, GUEST)

    assert [(one.number, one.title) for one in card.open_cases] == [(opened.number, "电梯故障停运")]
    assert "王女士" not in msgspec.json.encode(card).decode()


async def test_ones_own_case_stands_apart_with_its_unread_mark(desk: Desk) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")

    card = await views.scan_card(desk.town.token, guest(opened))

    assert [one.number for one in card.mine] == [opened.number]
    assert card.open_cases == []


async def test_the_receipt_holds_both_promises_and_a_guests_way_back(desk: Desk) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")

    receipt = await views.receipt(opened)

    assert (receipt.number, receipt.state) == (opened.number, "dispatched")
    assert receipt.key == cases.key_of(opened.case.id)
    assert receipt.respond_by < receipt.resolve_by


async def test_a_raiser_with_an_account_needs_no_key(desk: Desk) -> None:
    opened = await desk.report(by=await a_resident())

    assert (await views.receipt(opened)).key is msgspec.UNSET


async def test_out_of_hours_the_receipt_says_when_work_starts_and_whom_to_call(
    desk: Desk, hands: clock.Hands
) -> None:
    hands.move(timedelta(hours=12))  # ten at night
    opened = await desk.report(text="路灯不亮")

    receipt = await views.receipt(opened)

    assert receipt.starts_at > opened.case.opened_at
    assert receipt.duty_phone == "16000000110"


async def test_work_of_the_firm_begins_at_once_while_its_manager_is_on_duty(
    desk: Desk, hands: clock.Hands
) -> None:
    hands.move(timedelta(hours=9))  # seven in the evening: the office is closed, the manager is not
    opened = await desk.report(category="P02", text="电梯不动了")

    assert (await views.receipt(opened)).starts_at is msgspec.UNSET


async def test_in_hours_the_receipt_does_not_send_people_to_the_phone(desk: Desk) -> None:
    receipt = await views.receipt(await desk.report())

    assert receipt.starts_at is msgspec.UNSET
    assert receipt.duty_phone is msgspec.UNSET


async def test_words_of_danger_show_the_emergency_numbers(desk: Desk) -> None:
    receipt = await views.receipt(await desk.report(text="楼上着火了"))

    assert receipt.emergency
