"""The code of a home tells whoever holds it nothing of the home; those who handle it are told."""

from dataclasses import replace

import msgspec
import pytest

from server import cases, codes, contact, views
from server.base import clock, database
from server.base.viewer import GUEST
from server.contact import Said
from tests import makers
from tests.desk import Desk, asked, guest


@pytest.fixture
def db(sqlite_db: str) -> str:
    """What is told is decided in the code, and the same on both databases."""
    return sqlite_db


async def a_second_home(desk: Desk) -> str:
    """The token of a home behind the other entrance of the same house."""
    batch = codes.Batch("户内", clock.now())
    token = batch.code(desk.town.rooms[3].id, "household")
    await codes.make_batch(batch)
    return token


def tells_of_a_door(desk: Desk, said: str) -> list[str]:
    """Which names of doors and entrances stand in it."""
    town = desk.town
    names = [room.name for room in town.rooms] + [town.entrance.name, town.other_entrance.name]
    return [name for name in names if name in said]


async def listed_on_signs(desk: Desk) -> list[list[str]]:
    """The numbers that stand on either entrance's sign, and on that of the home."""
    signs = [desk.town.codes[name] for name in ("entrance", "other_entrance", "room")]
    cards = [await views.scan_card(token, GUEST) for token in signs]
    return [[one.number for one in card.open_cases] for card in cards]


async def test_two_homes_of_a_house_answer_alike_to_the_byte(desk: Desk) -> None:
    other, one = await a_second_home(desk), desk.town.codes["room"]
    await desk.report(code="room", category="N01", text="楼上吵")
    await desk.report(code="room", category="P04", text="漏水")

    first, second = [msgspec.json.encode(await views.scan_card(t, GUEST)) for t in (one, other)]

    assert first.replace(one.encode(), other.encode()) == second
    assert tells_of_a_door(desk, first.decode()) == []


async def test_stations_and_the_board_found_from_a_home_tell_no_door(desk: Desk) -> None:
    other, one = await a_second_home(desk), desk.town.codes["room"]
    told = []
    for token in (one, other):
        near = await views.stations_near(token, "")
        board = await views.community_board(desk.town.community.id, token)
        told.append((msgspec.json.encode(near) + msgspec.json.encode(board)).decode())
    assert told[0].replace(one, other) == told[1]
    assert tells_of_a_door(desk, told[0]) == []
    assert [(await views.board(token)).shown for token in (one, other)] == [desk.town.building] * 2


async def test_the_page_names_the_house_its_contacts_and_what_is_open_in_all_of_it(
    desk: Desk,
) -> None:
    await desk.report(code="room", category="F02", text="我家的灯")
    heating = await desk.report(category="P03", text="停水了")

    card = await views.scan_card(desk.town.codes["room"], GUEST)

    assert card.place.name == desk.town.building.full_name
    assert len(card.contacts) == 3
    assert card.actions == ["report", "praise", "contact"]
    assert [one.number for one in card.open_cases] == [heating.number]
    assert card.code.short is msgspec.UNSET


async def test_a_report_from_home_names_the_door_to_who_handles_it_and_to_nobody_else(
    desk: Desk,
) -> None:
    opened = await desk.report(code="room", category="P04", text="漏水")
    raiser = guest(opened)

    told = await views.case_page(opened.number, raiser)
    handled = await views.case_page(opened.number, desk.property_manager)
    listed = (await views.my_cases(raiser)).items[0]
    at_work = (await views.todo(desk.property_manager)).items[0]

    assert told.place.name == f"{desk.town.building.full_name}（户内）"
    assert told.place.id == desk.town.building.id
    assert tells_of_a_door(desk, msgspec.json.encode([told, listed]).decode()) == []
    assert handled.place.name == at_work.place == desk.town.rooms[0].full_name


async def test_no_message_names_the_door(desk: Desk) -> None:
    await desk.report(code="room", category="P04", text="漏水")

    rows = await database.fetch("SELECT * FROM notice")

    assert rows
    assert tells_of_a_door(desk, str([row["values"] for row in rows])) == []


async def test_ones_own_report_stands_first_where_one_scans_again(desk: Desk) -> None:
    opened = await desk.report(code="room", category="F02", text="我家的灯")

    card = await views.scan_card(desk.town.codes["room"], guest(opened))

    assert [one.number for one in card.mine] == [opened.number]


async def test_ones_own_report_at_an_entrance_does_not_tell_behind_which_the_home_lies(
    desk: Desk,
) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")

    card = await views.scan_card(desk.town.codes["room"], guest(opened))

    assert card.mine == []


async def test_a_lift_reported_from_home_stands_on_no_sign_and_who_handles_it_knows_which(
    desk: Desk,
) -> None:
    opened = await desk.report(code="room", category="P02", text="电梯坏了")

    assert await listed_on_signs(desk) == [[], [], []]
    handled = await views.case_page(opened.number, desk.property_manager)
    assert handled.place.name == desk.town.rooms[0].full_name


async def test_what_turns_out_to_be_the_lift_stands_on_no_sign_either(desk: Desk) -> None:
    opened = await desk.report(code="room", category="F02", text="电梯坏了")
    await desk.move(opened, "classify", desk.grid_worker, category="P02")

    assert await listed_on_signs(desk) == [[], [], []]


async def test_nobody_joins_what_happens_behind_a_door(desk: Desk) -> None:
    opened = await desk.report(code="room", category="F02", text="我家的灯")

    with pytest.raises(cases.CaseUnknown):
        await cases.second(opened.number, desk.town.codes["room"], by=GUEST)


async def test_a_home_code_taken_down_names_the_house_and_whom_to_ask(desk: Desk) -> None:
    await codes.retire(desk.town.codes["room"], "closed", doer=codes.Doer(operator="root"))

    with pytest.raises(codes.CodeRetired) as refused:
        await codes.read(desk.town.codes["room"])

    assert refused.value.values["place"] == desk.town.building.full_name
    assert refused.value.values["name"] == "演示-网格员"


async def test_whoever_writes_from_home_says_themselves_which_home_it_is(desk: Desk) -> None:
    post_id = desk.town.posts["grid_worker"]

    begun = await contact.begin(
        desk.town.codes["room"], post_id, Said(text="您好"), by=GUEST, asked=asked()
    )

    assert begun.place_name == desk.town.building.full_name


async def test_thanks_from_home_are_given_to_the_house_and_its_people(desk: Desk) -> None:
    card = await views.praise_card(desk.town.codes["room"], await makers.a_resident(), "")

    (place,) = [one.name for one in card.targets if one.kind == "place"]
    assert place == desk.town.building.full_name


async def test_staff_file_at_a_home_by_its_door_only_where_they_serve(
    desk: Desk,
) -> None:
    token = desk.town.codes["room"]
    firm_elsewhere = replace(desk.property_manager, posts=())

    near = await views.filing_card_of_code(token, desk.property_manager)
    far = await views.filing_card_of_code(token, firm_elsewhere)

    assert near.place.name == desk.town.rooms[0].full_name
    assert far.place.name == desk.town.building.full_name


async def test_scans_of_a_home_are_not_counted(desk: Desk) -> None:
    (await views.board(desk.town.codes["room"])).count()
    (await views.board(desk.town.token)).count()

    await codes.flush_scans()

    rows = await database.fetch("SELECT c.kind FROM scan s JOIN code c ON c.id = s.code_id")
    assert [row["kind"] for row in rows] == ["outdoor"]
