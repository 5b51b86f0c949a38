"""Other people's cases and photos are not there."""

import pytest

from tests.hostile.problems import problem
from tests.journeys.town_client import Person, Street, a_key


@pytest.fixture
def resident(street: Street) -> Person:
    return street.guest()


@pytest.fixture
def stranger(street: Street) -> Person:
    return street.guest()


@pytest.fixture
def manager(street: Street) -> Person:
    """The manager of an estate, where the lamp in the street does not stand."""
    return street.persona("property_manager")


def _at_the_lamp(resident: Person) -> str:
    photos = [resident.photo()]
    said = {"category": "F02", "text": "灯不亮", "photos": photos}
    return str(resident.report("lamp", **said)["number"])


def test_a_strangers_case_is_not_there(resident: Person, stranger: Person) -> None:
    problem(stranger.ask(f"/cases/{_at_the_lamp(resident)}"), 404)


def test_an_invented_key_opens_nothing(resident: Person, stranger: Person) -> None:
    number = _at_the_lamp(resident)

    problem(stranger.ask(f"/cases/{number}", key=a_key()), 404)


def test_the_key_of_another_case_opens_nothing(resident: Person, stranger: Person) -> None:
    number, own = _at_the_lamp(resident), stranger.report(text="门坏了")

    problem(stranger.ask(f"/cases/{number}", key=own["key"]), 404)


def test_a_number_with_something_behind_it_is_another_number(resident: Person) -> None:
    number = _at_the_lamp(resident)

    problem(resident.ask(f"/cases/{number}0", key=resident.keys[number]), 404)


@pytest.mark.parametrize("move", ["withdraw", "confirm", "reopen", "accept", "no_such_move"])
def test_a_stranger_can_make_no_move(resident: Person, stranger: Person, move: str) -> None:
    number = _at_the_lamp(resident)

    problem(stranger.try_move(number, move, {"solved": "yes"}, seen_version=1), 404)


def test_staff_of_another_place_cannot_see_it(resident: Person, manager: Person) -> None:
    number = _at_the_lamp(resident)

    problem(manager.ask(f"/cases/{number}"), 404)
    problem(manager.try_move(number, "accept", seen_version=1), 404)


def test_a_photo_of_a_strangers_case_is_not_there(
    resident: Person, stranger: Person, manager: Person
) -> None:
    number = _at_the_lamp(resident)
    photo = resident.case(number)["photos"][0]["id"]

    problem(stranger.ask(f"/photos/{photo}"), 404)
    problem(stranger.ask(f"/photos/{photo}/thumb"), 404)
    problem(manager.ask(f"/photos/{photo}"), 404)


def test_a_neighbour_who_joined_cannot_fetch_the_raisers_photo(
    resident: Person, stranger: Person
) -> None:
    number = _at_the_lamp(resident)
    photo = resident.case(number)["photos"][0]["id"]
    stranger.second(number, "lamp")

    problem(stranger.ask(f"/photos/{photo}", key=stranger.keys[number]), 404)


def test_staffs_photo_cannot_be_taken_by_another(stranger: Person, manager: Person) -> None:
    photo = manager.photo()
    body = {"flow": "report", "code": stranger.town.code(), "photos": [photo]}

    problem(stranger.ask(f"/photos/{photo}"), 404)
    problem(stranger.send("/cases", body), 422)


def test_the_to_do_list_is_for_staff(resident: Person) -> None:
    problem(resident.ask("/cases", list="todo"), 401)


def test_my_list_holds_nobody_elses_cases(resident: Person, stranger: Person) -> None:
    number = _at_the_lamp(resident)
    stranger.report(text="门坏了")

    assert not stranger.has("mine", number)


def test_a_concealed_complaint_is_not_offered_to_neighbours(
    resident: Person, stranger: Person
) -> None:
    number = resident.report("entrance", category="N01", text="楼上吵")["number"]

    card = stranger.scan("entrance")
    body = {"code": stranger.town.code("entrance")}

    assert number not in {one["number"] for one in card["open_cases"]}
    problem(stranger.send(f"/cases/{number}/second", body), 404)


def test_whoever_was_signed_out_meanwhile_is_asked_to_sign_in_again(
    resident: Person, stranger: Person
) -> None:
    """The case is not said to be missing, and what was written is not lost."""
    number = _at_the_lamp(resident)
    ended = {"cookie": "__Host-mashang=" + "a" * 43, "origin": stranger.town.base_url}

    answered = stranger.http.post(
        f"/cases/{number}/moves/resolve",
        data={"seen_version": "1", "text": "换好了灯泡", "idempotency_key": a_key()},
        headers=ended,
    )

    assert answered.status_code == 401
    assert "换好了灯泡" in answered.text
    assert "/signin/staff" in answered.text
