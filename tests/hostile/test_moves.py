"""Moves with everything wrong that can be wrong, on both databases."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.hostile.problems import calm, fields_of, problem
from tests.hostile.words import LONG, NASTY, ODD_NUMBERS, SHORTER, SPACES, WRONG_TYPES
from tests.journeys.town_client import Person, Street

GIVEN = ("text", "reason", "photos", "unit", "post", "category", "until", "into", "outcome")
MORE = ("solved", "rating", "call", "question", "kind", "no_such_field")
RESOLVE = {"outcome": "fixed", "text": "修好了。"}


@pytest.fixture
def worker(street: Street) -> Person:
    return street.persona("grid_worker")


@pytest.fixture
def submitted(street: Street) -> str:
    """A case the grid worker has to take up."""
    return str(street.guest().report("entrance", category="E05", text="楼道堆物")["number"])


@pytest.fixture
def handling(submitted: str, worker: Person) -> str:
    """A case the grid worker is busy with."""
    worker.move(submitted, "accept")
    worker.move(submitted, "self_handle")
    return submitted


@pytest.mark.parametrize("words", NASTY.values(), ids=NASTY)
def test_nasty_words_said_with_a_move_are_taken_or_refused_politely(
    submitted: str, worker: Person, words: str
) -> None:
    calm(worker.try_move(submitted, "accept", {"text": words}))

    assert worker.case(submitted)["number"] == submitted


@pytest.mark.parametrize("words", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("field", GIVEN + MORE)
def test_nasty_words_in_any_field_of_a_move_are_taken_or_refused_politely(
    sqlite_street: Street, field: str, words: str
) -> None:
    number = sqlite_street.guest().report("entrance", category="E05", text="楼道堆物")["number"]
    worker = sqlite_street.persona("grid_worker")

    calm(worker.try_move(number, "decline", {"reason": "不归这里。", field: words}, seen_version=1))


@pytest.mark.parametrize("value", WRONG_TYPES.values(), ids=WRONG_TYPES)
@pytest.mark.parametrize("field", GIVEN + MORE)
def test_a_wrong_type_given_with_a_move_is_taken_or_refused_politely(
    sqlite_street: Street, field: str, value: Any
) -> None:
    number = sqlite_street.guest().report("entrance", category="E05", text="楼道堆物")["number"]
    worker = sqlite_street.persona("grid_worker")

    calm(worker.try_move(number, "decline", {"reason": "不归这里。", field: value}, seen_version=1))


@pytest.mark.parametrize("words", SHORTER.values(), ids=SHORTER)
def test_a_move_nobody_knows_is_refused(submitted: str, worker: Person, words: str) -> None:
    problem(worker.try_move(submitted, quote(words, safe="")), 400, 404)


@pytest.mark.parametrize("move", ["accept", "dispatch", "classify", "decline", "merge"])
def test_a_move_without_what_it_needs_names_the_field(
    submitted: str, worker: Person, move: str
) -> None:
    answer = worker.try_move(submitted, move, {"reason": SPACES, "text": SPACES})

    calm(answer)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": LONG} | {"outcome": "fixed"}, "text"),
        ({"text": SPACES} | {"outcome": "fixed"}, "text"),
        ({"text": "好了。"}, "outcome"),
        ({"text": "好了。", "outcome": "magic"}, "outcome"),
        ({"text": "好了。", "outcome": "planned"}, "until"),
        ({"text": "好了。", "outcome": "planned", "until": "2020-01-01"}, "until"),
        ({"text": "好了。", "outcome": "planned", "until": "2026-02-30"}, "until"),
        ({"text": "好了。", "outcome": "planned", "until": "9999-12-31"}, "until"),
        (RESOLVE | {"photos": ["0197f5a0-0000-7000-8000-000000000000"]}, "photos"),
        (RESOLVE | {"photos": ["0197f5a0-0000-7000-8000-000000000000"] * 10}, "photos"),
        (RESOLVE | {"solved": "yes"}, "solved"),
    ],
)
def test_what_is_wrong_with_a_move_is_told_beside_its_field(
    handling: str, worker: Person, given: dict[str, Any], field: str
) -> None:
    refused = problem(worker.try_move(handling, "resolve", given), 422)

    assert fields_of(refused) == {field}
    assert worker.case(handling)["state"] == "handling"


@pytest.mark.parametrize("into", ["261123000000", "000000000000", "SELF"])
def test_merging_into_nothing_or_itself_is_refused(
    submitted: str, worker: Person, into: str
) -> None:
    answer = worker.try_move(submitted, "merge", {"into": into.replace("SELF", submitted)})

    problem(answer, 404, 409, 422)


@pytest.mark.parametrize("category", ["X99", "p04", "P04 "])
def test_a_category_nobody_knows_is_refused(submitted: str, worker: Person, category: str) -> None:
    refused = problem(worker.try_move(submitted, "classify", {"category": category}), 422)

    assert fields_of(refused) == {"category"}


def test_a_unit_that_is_not_there_is_refused(submitted: str, worker: Person) -> None:
    worker.move(submitted, "accept")
    nobody = {"unit": "0197f5a0-0000-7000-8000-000000000000"}

    refused = problem(worker.try_move(submitted, "dispatch", nobody), 422)

    assert fields_of(refused) == {"unit"}


def test_a_stale_look_is_told_and_given_the_case_as_it_is(submitted: str, worker: Person) -> None:
    seen = worker.case(submitted)["version"]
    worker.move(submitted, "accept")

    refused = problem(
        worker.try_move(submitted, "decline", {"reason": "晚了"}, seen_version=seen), 409
    )

    assert refused["code"] == "case-moved-on"
    assert (refused["case"]["number"], refused["case"]["state"]) == (submitted, "accepted")


def test_a_neighbour_who_joins_does_not_make_a_look_stale(
    submitted: str, worker: Person, street: Street
) -> None:
    seen = worker.case(submitted)["version"]
    street.guest().second(submitted, "entrance")

    assert worker.try_move(submitted, "accept", seen_version=seen).status_code == 200


@pytest.mark.parametrize("seen", [*ODD_NUMBERS, "1", None, 1.5, [], True])
def test_an_odd_version_is_refused_politely(submitted: str, worker: Person, seen: Any) -> None:
    body = {"seen_version": seen, "given": {}}

    calm(worker.send(f"/cases/{submitted}/moves/accept", body))


@pytest.mark.parametrize("row", [*ODD_NUMBERS, "0", 1.5, [], True])
def test_an_odd_row_is_refused_politely(submitted: str, worker: Person, row: Any) -> None:
    body = {"seen_version": 1, "row": row, "given": {}}

    calm(worker.send(f"/cases/{submitted}/moves/accept", body))


def test_a_third_reopening_is_refused_with_its_reason(street: Street, handling: str) -> None:
    """Reopened twice, it can only be answered."""
    resident, worker = street.guest(), street.persona("grid_worker")
    number = resident.report("entrance", category="E05", text="又堆了")["number"]
    dispatcher = street.persona("street_dispatcher")
    worker.move(number, "accept")
    worker.move(number, "self_handle")
    worker.move(number, "resolve", **RESOLVE)
    resident.move(number, "reopen", reason="没有。")
    dispatcher.move(number, "resolve", **RESOLVE)
    resident.move(number, "reopen", reason="还没有。")
    dispatcher.move(number, "resolve", **RESOLVE)

    refused = problem(resident.try_move(number, "reopen", {"reason": "真没有。"}), 409)

    assert "2次" in refused["detail"]
    assert "reopen" not in resident.may(number)
