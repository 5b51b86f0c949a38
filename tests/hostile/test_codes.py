"""Signs that are none, are worn, or were taken down."""

from urllib.parse import quote

import pytest

from tests.hostile.problems import calm, problem
from tests.hostile.words import NASTY, SHORTER
from tests.journeys.town_client import Person, Street

UNKNOWN = "0" * 27  # a right check character, nobody's sign
WORN = {
    "short": "ABC",
    "long": "A" * 500,
    "one letter too many": UNKNOWN + "0",
    "wrong check": "1" * 27,
    "not base 32": "U" * 27,
    "full width": "０" * 27,
    "a slash": "AB/CD",
}


@pytest.fixture
def resident(sqlite_street: Street) -> Person:
    return sqlite_street.guest()


def test_an_unknown_code_is_not_found(resident: Person) -> None:
    assert problem(resident.ask(f"/codes/{UNKNOWN}"), 404)["code"] == "code-unknown"


@pytest.mark.parametrize("token", WORN.values(), ids=WORN)
def test_a_malformed_code_is_not_found(resident: Person, token: str) -> None:
    problem(resident.ask(f"/codes/{quote(token)}"), 404)


@pytest.mark.parametrize("token", SHORTER.values(), ids=SHORTER)
def test_nasty_words_for_a_code_are_not_found(resident: Person, token: str) -> None:
    problem(resident.ask(f"/codes/{quote(token, safe='')}"), 404)


@pytest.mark.parametrize("raw", ["%FF%FE", "%00", "%", "%zz", "%C0%AF", "%ED%A0%80"])
def test_what_is_no_text_is_refused_politely(resident: Person, raw: str) -> None:
    problem(resident.ask(f"/codes/{raw}"), 400, 404)


def test_a_retired_code_says_whom_to_ask(resident: Person) -> None:
    refused = problem(resident.ask(f"/codes/{resident.town.code('retired')}"), 410)

    assert "演示-网格员" in refused["detail"]
    assert "电话1600" in refused["detail"]


def test_the_sign_that_hangs_there_now_works(resident: Person) -> None:
    assert resident.scan("successor")["code"]["status"] == "active"


def test_a_report_by_a_retired_code_is_refused_and_says_whom_to_ask(resident: Person) -> None:
    body = {"flow": "report", "code": resident.town.code("retired"), "text": "门坏了"}

    refused = problem(resident.send("/cases", body), 410)

    assert refused["code"] == "code-retired"


def test_a_report_by_an_unknown_code_is_refused(resident: Person) -> None:
    body = {"flow": "report", "code": UNKNOWN, "text": "门坏了"}

    assert problem(resident.send("/cases", body), 404)["code"] == "code-unknown"


@pytest.mark.parametrize("token", [*NASTY.values(), UNKNOWN], ids=[*NASTY, "unknown"])
def test_joining_by_what_is_no_sign_is_refused(resident: Person, token: str) -> None:
    number = resident.report("estate", text="门坏了", category="F01")["number"]

    problem(resident.send(f"/cases/{number}/second", {"code": token}), 404, 422)


@pytest.mark.parametrize("token", [*SHORTER.values(), UNKNOWN, ""])
def test_what_is_open_at_no_sign_is_refused(resident: Person, token: str) -> None:
    problem(calm(resident.ask("/cases", list="here", code=token)), 404, 422)


def test_any_case_and_spelling_of_a_code_is_read(resident: Person) -> None:
    token = resident.town.code()
    typed = token.lower().replace("0", "o").replace("1", "l")

    assert resident.ask(f"/codes/{typed}").json()["code"]["token"] == token
