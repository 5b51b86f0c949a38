"""A complaint about the firm: the firm learns nothing of it and has no hand in it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.town_client import Person, Street
from tests.journeys.wholeness import faults_of

WORDS = "物业费收了不干活，经理还骂人。"
NAME = "赵钱孙"
PHONE = "16000009527"
# Whole or masked, with nothing behind; an instant or a number that holds the four goes on.
LAST_FOUR = re.compile(rf"({PHONE[:-4]}|\*){PHONE[-4:]}(?!\d)")


@pytest.fixture
def resident(street: Street) -> Person:
    return street.guest()


@pytest.fixture
def manager(street: Street) -> Person:
    return street.persona("property_manager")


@pytest.fixture
def clerk(street: Street) -> Person:
    """Somebody else of the same firm."""
    return street.persona("property_staff")


@pytest.fixture
def secretary(street: Street) -> Person:
    return street.persona("community_secretary")


Complain = Callable[[], str]
FIRST_HANDS = {"P06": "community_secretary", "C04": "community_secretary"}


@pytest.fixture(params=["P06", "C04"])
def category(request: pytest.FixtureRequest) -> str:
    """Fees of the firm, which is about the firm by itself; manners, which says whose."""
    return str(request.param)


@pytest.fixture
def first(category: str, street: Street) -> Person:
    """Whoever has it first."""
    return street.persona(FIRST_HANDS[category])


@pytest.fixture
def complain(category: str, resident: Person) -> Complain:
    about: dict[str, Any] = {"category": category}
    if category == "C04":
        about["about"] = {"post_id": str(resident.town.town.posts["property_manager"])}

    def complained() -> str:
        photos = [resident.photo()]
        said: dict[str, Any] = {"text": WORDS, "phone": PHONE, "photos": photos} | about
        return str(resident.report("entrance", **said)["number"])

    return complained


def test_the_firm_has_no_such_case(complain: Complain, manager: Person, clerk: Person) -> None:
    number = complain()

    answers = manager.ask(f"/cases/{number}"), clerk.ask(f"/cases/{number}")

    assert [answer.status_code for answer in answers] == [404, 404]
    assert not manager.has("todo", number)
    assert not clerk.has("todo", number)


def test_the_firm_finds_nothing_of_it_on_the_sign(complain: Complain, manager: Person) -> None:
    number = complain()

    card = manager.ask(f"/codes/{manager.town.code('entrance')}")

    assert number not in card.text


def test_the_firm_cannot_fetch_its_photo(
    complain: Complain, resident: Person, manager: Person
) -> None:
    number = complain()
    photo = resident.case(number)["photos"][0]["id"]

    answers = manager.ask(f"/photos/{photo}"), manager.ask(f"/photos/{photo}/thumb")

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("move", ["accept", "sign", "resolve", "return", "self_handle", "decline"])
def test_the_firm_can_make_no_move_in_it(
    complain: Complain, manager: Person, resident: Person, move: str
) -> None:
    number = complain()
    given = {"outcome": "explained", "text": "已沟通。", "reason": "不是我们。"}

    answer = manager.try_move(number, move, given, seen_version=1)

    assert answer.status_code == 404
    assert resident.case(number)["version"] <= 2


def test_whoever_handles_it_cannot_give_it_to_the_firm(
    complain: Complain, first: Person, resident: Person
) -> None:
    number = complain()
    first.move(number, "accept")
    units = {
        unit["value"]
        for move in first.case(number)["moves"]
        for unit in move.get("options", {}).get("unit", [])
    }

    answer = first.try_move(number, "dispatch", {"unit": first.town.unit("property_firm")})

    assert answer.status_code in (403, 422)
    assert answer.json()["detail"].endswith("。")
    assert first.town.unit("property_firm") not in units
    assert resident.case(number)["state"] == "accepted"


def test_it_ends_without_the_firm_ever_hearing_of_it(
    complain: Complain, first: Person, secretary: Person, resident: Person, manager: Person
) -> None:
    number = complain()
    first.move(number, "accept")
    first.move(number, "dispatch", unit=first.town.unit("community"))
    secretary.move(number, "sign")
    secretary.move(number, "resolve", outcome="explained", text="已约谈。", call="电话里说清了。")
    resident.move(number, "confirm", solved="partly", rating="fair")

    assert resident.case(number)["state"] == "closed"
    assert manager.ask(f"/cases/{number}").status_code == 404
    assert faults_of(resident.town, number) == []


def test_whoever_handles_it_does_not_see_who_complained(complain: Complain, street: Street) -> None:
    number = complain()

    case = street.persona("grid_worker").case(number)

    assert case["raiser"] == {"me": False, "concealed": True, "gone": False}
    assert not LAST_FOUR.search(str(case))


def test_a_concealed_raiser_is_hidden_from_the_firm_that_handles_it(
    resident: Person, manager: Person
) -> None:
    said = {"category": "P04", "text": "漏水", "phone": PHONE, "conceal": True}
    number = resident.report("entrance", **said)["number"]

    case = manager.case(number)

    assert case["raiser"] == {"me": False, "concealed": True, "gone": False}
    assert not LAST_FOUR.search(str(case))


def test_an_open_raisers_number_is_masked_for_the_firm(resident: Person, manager: Person) -> None:
    number = resident.report("entrance", category="P04", text="漏水", phone=PHONE)["number"]

    assert manager.case(number)["raiser"]["phone"] == "160****9527"
