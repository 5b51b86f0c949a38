"""Seeing what a raiser left, over HTTP: by the API, and by a form that needs no script."""

import httpx
import pytest

from server.base import database
from tests.journeys.factors import paper_code
from tests.journeys.plain_browser import Counter
from tests.journeys.town_client import Person, Street, a_key, done

PHONE = "16000004321"


@pytest.fixture
def number(street: Street) -> str:
    """A report of a guest who left a number."""
    return str(street.guest().report(text="灯不亮", phone=PHONE)["number"])


def look(person: Person, number: str, **sent: str) -> httpx.Response:
    return person.send(f"/cases/{number}/unmask", {"field": "phone", "reason": "约上门"} | sent)


def test_the_grid_worker_sees_the_number_and_how_many_looks_are_left(
    street: Street, number: str
) -> None:
    worker = street.raised("grid_worker")

    offered = worker.case(number)
    seen = done(look(worker, number))

    assert (offered["unmask"], offered["raiser"]["phone"]) == (["phone"], "160****4321")
    assert (seen["field"], seen["value"]) == ("phone", PHONE)
    assert 0 <= seen["left_today"] < 20


def test_the_record_bears_the_number_of_the_request(street: Street, number: str) -> None:
    answer = look(street.raised("grid_worker"), number)

    async def recorded() -> str:
        return await database.fetch_value(
            "SELECT request FROM audit_record WHERE target = $1", number
        )

    assert street.town.look(recorded) == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("who", "status"), [("grid_police", 404), ("property_manager", 404), (None, 401)]
)
def test_who_does_not_handle_it_is_told_nothing(
    street: Street, number: str, who: str | None, status: int
) -> None:
    person = street.raised(who) if who else street.guest()

    answer = look(person, number)

    assert answer.status_code == status
    assert PHONE not in answer.text


def test_without_a_second_factor_nothing_is_shown(street: Street, number: str) -> None:
    answer = look(street.persona("grid_worker"), number)

    assert (answer.status_code, answer.json()["code"]) == (403, "step-up-needed")
    assert PHONE not in answer.text


def test_without_a_key_or_with_another_body_nothing_is_shown(street: Street, number: str) -> None:
    worker, key = street.raised("grid_worker"), a_key()
    body = {"field": "phone", "reason": "约上门"}
    done(worker.send(f"/cases/{number}/unmask", body, key=key))

    other = worker.send(f"/cases/{number}/unmask", body | {"reason": "再看"}, key=key)
    keyless = worker.http.post(f"/m/v1/cases/{number}/unmask", json=body)

    assert (other.status_code, keyless.status_code) == (409, 400)


@pytest.mark.parametrize("sent", [{"reason": ""}, {"field": "text"}, {"reason": "x" * 201}])
def test_a_wrong_field_is_named(street: Street, number: str, sent: dict[str, str]) -> None:
    answer = look(street.raised("grid_worker"), number, **sent)

    assert answer.status_code == 422
    assert [wrong["field"] for wrong in answer.json()["errors"]] == list(sent)


def test_a_form_without_script_shows_it_once(street: Street, counter: Counter, number: str) -> None:
    worker = counter.browser("grid_worker")
    page = worker.open(f"/cases/{number}")
    form = page.form("/unmask#unmask")

    asked = worker.submit(form, reason=" ")
    code = paper_code(street.town, "grid_worker")
    unsaid = worker.submit(asked.form("/unmask"), step_up_code=code)
    opened = worker.submit(unsaid.form("/unmask#unmask"), reason="约上门")
    later = worker.open(f"/cases/{number}")

    assert PHONE not in page.text
    assert (asked.status, "动态码" in asked.text) == (403, True)
    assert (unsaid.status, "请写明为什么要看" in unsaid.text) == (422, True)
    assert (opened.status, f"tel:{PHONE}" in opened.text) == (200, True)
    assert PHONE not in later.text


def test_the_page_of_the_raiser_offers_no_such_form(street: Street, counter: Counter) -> None:
    guest = counter.browser()
    token = guest.town.code("estate")
    form = guest.open(f"/c/{token}/report").form(f"/c/{token}/report")
    receipt = guest.submit(form, category="F01", text="井盖没了", phone=PHONE)

    assert not receipt.offers("/unmask#unmask")
