"""A route may ask for a second factor: an API says so, a page asks for the code and goes on."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from msgspec import Struct
from sanic import HTTPResponse, Request

from server import people
from server.web import Routes, answer, html, parse, staff

api, screens = Routes("/m/v1"), Routes(kind="page")
KEY = "k" * 32
RAISED = staff("grid_worker", stepped_up=True)


class Reason(Struct, frozen=True, kw_only=True):
    reason: str = ""


@api.get("/secrets", access=RAISED)
async def get_secrets(request: Request) -> HTTPResponse:
    return answer({"open": True})


@screens.get("/secrets", access=RAISED)
async def get_secrets_page(request: Request) -> HTTPResponse:
    return html("<p>open</p>")


@screens.post("/secrets", access=RAISED, body=Reason, rate="own", keyed=True)
async def post_secrets(request: Request) -> HTTPResponse:
    return html(f"<p>open: {parse(request, Reason).reason}</p>")


@pytest.fixture
async def web(a_web_of) -> AsyncIterator[httpx.AsyncClient]:
    """These routes, the sign-in and the pages, in a demo town."""
    async with a_web_of(api, screens) as client:
        yield client


async def _token(web: httpx.AsyncClient, persona: str = "grid_worker") -> str:
    answered = await web.post("/m/v1/session/demo", json={"persona": persona})
    return str(answered.json()["token"])


async def _code(persona: str = "grid_worker") -> str:
    entered = await people.sign_in_demo(persona)
    return await people.demo_otp(entered.account_id)


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def _browser(web: httpx.AsyncClient, token: str) -> dict[str, str]:
    origin = str(web.base_url).rstrip("/")
    return {"cookie": f"mashang_demo={token}", "origin": origin, "accept": "text/html"}


async def test_an_api_says_that_a_second_factor_is_needed(web):
    answered = await web.get("/m/v1/secrets", headers=_bearer(await _token(web)))
    assert answered.status_code == 403
    assert answered.json()["code"] == "step-up-needed"


async def test_who_may_not_do_it_anyway_is_not_asked_for_a_code(web):
    answered = await web.get("/m/v1/secrets", headers=_bearer(await _token(web, "heating")))
    assert answered.json()["code"] == "not-allowed"


async def test_a_raised_session_may_for_ten_minutes_and_its_old_token_nothing(web, hands):
    old = await _token(web)
    raised = await web.post(
        "/m/v1/session/step-up", json={"otp": await _code()}, headers=_bearer(old)
    )
    fresh = raised.json()["token"]
    assert (await web.get("/m/v1/secrets", headers=_bearer(fresh))).status_code == 200
    assert (await web.get("/m/v1/secrets", headers=_bearer(old))).status_code == 401
    hands.move(timedelta(minutes=10))
    answered = await web.get("/m/v1/secrets", headers=_bearer(fresh))
    assert answered.json()["code"] == "step-up-needed"


async def test_a_wrong_code_raises_nothing_and_signs_nobody_out(web):
    token = await _token(web)
    await _code()
    answered = await web.post(
        "/m/v1/session/step-up", json={"otp": "000000"}, headers=_bearer(token)
    )
    assert (answered.status_code, answered.json()["code"]) == (403, "otp-refused")
    assert (await web.get("/m/v1/secrets", headers=_bearer(token))).status_code == 403


async def test_who_has_no_second_factor_is_told_to_set_one_up(web):
    answered = await web.post(
        "/m/v1/session/step-up", json={"otp": "000000"}, headers=_bearer(await _token(web))
    )
    assert answered.json()["code"] == "otp-missing"


async def test_a_page_leads_to_where_the_code_is_asked_and_back(web):
    answered = await web.get("/secrets", headers=_browser(web, await _token(web)))
    assert answered.status_code == 303
    assert answered.headers["location"] == "/step-up?back=/secrets"


async def test_a_form_is_asked_for_the_code_and_loses_nothing(web):
    browser = _browser(web, await _token(web))
    sent = {"reason": "回访<核实>", "idempotency_key": KEY}
    asked = await web.post("/secrets", data=sent, headers=browser)
    assert asked.status_code == 403
    assert 'action="/secrets"' in asked.text
    assert 'name="reason" value="回访&lt;核实&gt;"' in asked.text
    assert f'name="idempotency_key" value="{KEY}"' in asked.text


async def test_a_form_that_brings_the_code_goes_on_and_the_browser_keeps_its_new_token(web):
    browser = _browser(web, await _token(web))
    sent = {"reason": "回访", "idempotency_key": KEY, "step_up_code": await _code()}
    done = await web.post("/secrets", data=sent, headers=browser)
    assert done.text == "<p>open: 回访</p>"
    cookies = done.headers.get_list("set-cookie")
    token = next(c for c in cookies if c.startswith("mashang_demo=")).split("=")[1].split(";")[0]
    again = await web.get("/secrets", headers=_browser(web, token))
    assert again.text == "<p>open</p>"


async def test_a_form_with_a_wrong_code_asks_again_with_everything_in_it(web):
    browser = _browser(web, await _token(web))
    await _code()
    sent = {"reason": "回访", "idempotency_key": KEY, "step_up_code": "000000"}
    asked = await web.post("/secrets", data=sent, headers=browser)
    assert asked.status_code == 403
    assert "动态码不对" in asked.text
    assert 'name="reason" value="回访"' in asked.text
    assert 'value="000000"' not in asked.text
