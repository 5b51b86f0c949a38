"""A resident's rights by plain forms: sign in, take guest cases along, see, copy, leave."""

import csv
import io
import re
from itertools import count

import pyotp
import pytest

from server import people
from server.base.unit import unit_of_work
from server.people.models import Consent, Tally
from tests.journeys.plain_browser import Counter, Page, PlainBrowser
from tests.journeys.wholeness import faults_of

_numbers = count(16_000_002_001)


@pytest.fixture
def phone_number() -> str:
    """A number nobody in the town has used."""
    return str(next(_numbers))


async def _forget_counts() -> None:
    async with unit_of_work().models():
        await Tally.all().delete()


async def _as_if_agreed_to_an_older_notice() -> None:
    async with unit_of_work().models():
        await Consent.all().update(version=people.NOTICE - 1)


def _ask_for_code(who: PlainBrowser, number: str, back: str = "") -> Page:
    who.town.look(_forget_counts)  # as if nobody here had asked for a code in the last hour
    form = who.open(f"/signin?back={back}").form("/signin/code")
    return who.submit(form, phone=number)


def _signed_in(who: PlainBrowser, number: str, back: str = "") -> Page:
    form = _ask_for_code(who, number, back).form("/signin")
    return who.submit(form, code=who.town.code_sent(), agree="1")


def _reported(who: PlainBrowser) -> str:
    """The number of a case just reported at the entrance."""
    token = who.town.code("entrance")
    form = who.open(f"/c/{token}/report").form(f"/c/{token}/report")
    page = who.submit(form, category="F02", text="路灯不亮", phone="16000001999")
    found = re.search(r"/cases/(\d{12})", page.path)
    assert found, page.text[:2_000]
    return found[1]


def test_a_resident_signs_in_by_phone_and_goes_on_where_she_was(
    counter: Counter, phone_number: str
) -> None:
    page = _signed_in(counter.browser(), phone_number, back="/me")
    assert page.path == "/me"
    assert f"{phone_number[:3]}****{phone_number[-4:]}" in page.text


def test_a_wrong_code_leaves_what_was_typed(sqlite_counter: Counter, phone_number: str) -> None:
    resident = sqlite_counter.browser()
    form = _ask_for_code(resident, phone_number).form("/signin")
    page = resident.submit(form, code="12", agree="1")
    assert page.status == 401
    again = page.form("/signin")
    assert (again.first("phone"), again.first("code"), again.first("ask")) == (
        phone_number,
        "12",
        form.first("ask"),
    )


def test_nobody_is_signed_in_who_did_not_agree(sqlite_counter: Counter, phone_number: str) -> None:
    resident = sqlite_counter.browser()
    form = _ask_for_code(resident, phone_number).form("/signin")
    page = resident.submit(form, code=sqlite_counter.town.code_sent())
    assert page.status == 422
    assert "请先看一看" in page.text


def test_a_number_that_is_none_stands_in_the_form_again(sqlite_counter: Counter) -> None:
    page = _ask_for_code(sqlite_counter.browser(), "1381234")
    assert page.status == 422
    assert page.form("/signin/code").first("phone") == "1381234"


def test_what_a_phone_holds_is_offered_and_becomes_hers(
    counter: Counter, phone_number: str
) -> None:
    resident, elsewhere = counter.browser(), counter.browser()
    number = _reported(resident)
    offered = _signed_in(resident, phone_number)
    assert offered.path.startswith("/mine/claim")
    assert number in offered.text
    resident.submit(offered.form("/mine/claim"))
    _signed_in(elsewhere, phone_number)
    assert elsewhere.finds(number, "/mine")
    assert faults_of(counter.town, number) == []


def test_she_erases_herself_with_an_open_case_and_staff_see_that_she_did(
    counter: Counter, phone_number: str
) -> None:
    resident, worker = counter.browser(), counter.browser("grid_worker")
    _signed_in(resident, phone_number)
    number = _reported(resident)
    page = resident.submit(resident.open("/me/erase").form("/me/erase"), sure="1")
    assert "账号注销了" in page.text
    assert resident.open("/me").path.startswith("/signin")
    seen = worker.open(f"/cases/{number}")
    assert "已注销" in seen.text
    assert "160****1999" not in seen.text
    worker.submit(seen.form("/moves/accept"))
    assert faults_of(counter.town, number) == []


def test_she_takes_a_copy_and_finds_what_she_wrote(counter: Counter, phone_number: str) -> None:
    resident = counter.browser()
    _signed_in(resident, phone_number)
    _reported(resident)
    answer = resident.open("/me/export?format=csv").answer
    assert answer.headers["content-disposition"].startswith("attachment;")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert any("路灯不亮" in row for row in rows)


def test_she_signs_out_the_phone_she_lost(counter: Counter, phone_number: str) -> None:
    lost, kept = counter.browser(), counter.browser()
    _signed_in(lost, phone_number)
    _signed_in(kept, phone_number)
    kept.submit(kept.open("/me").form("/end"))
    assert lost.open("/me").path.startswith("/signin")
    assert kept.open("/me").status == 200


def test_a_page_bears_the_mark_of_whose_it_is(sqlite_counter: Counter, phone_number: str) -> None:
    def mark(of: PlainBrowser) -> list[str]:
        return re.findall(r'<html[^>]* data-who="(\w+)"', of.open("/help").text)

    hers, her_other_phone, another = (sqlite_counter.browser() for _ in range(3))
    assert mark(hers) == []
    _signed_in(hers, phone_number)
    _signed_in(her_other_phone, phone_number)
    _signed_in(another, str(next(_numbers)))
    assert mark(hers) == mark(her_other_phone)
    assert mark(hers) != mark(another)


def test_she_takes_her_consent_back_and_is_asked_again(counter: Counter, phone_number: str) -> None:
    resident = counter.browser()
    _signed_in(resident, phone_number)
    page = resident.submit(resident.open("/me").form("/me/consent/withdraw"))
    assert "同意已经撤回" in page.text
    assert resident.open("/me").path.startswith("/signin")


def test_a_new_notice_is_agreed_to_on_the_way_and_what_was_typed_goes_on(
    counter: Counter, phone_number: str
) -> None:
    resident = counter.browser()
    page = _signed_in(resident, phone_number, back="/me")
    counter.town.look(_as_if_agreed_to_an_older_notice)
    asked = resident.submit(page.form("/me/name"), name="演示-王女士")
    assert asked.status == 403
    assert "请看一看我们怎么用您的信息" in asked.text
    assert "演示-王女士" not in resident.open("/me").text
    done = resident.submit(asked.form("/me/name"))
    assert done.path.startswith("/me?done=name")
    assert "演示-王女士" in done.text


def test_a_resident_cannot_have_what_only_staff_set_up(sqlite_counter: Counter) -> None:
    resident = sqlite_counter.browser()
    _signed_in(resident, str(next(_numbers)))
    assert {resident.open(path).status for path in ("/me/otp", "/me/password", "/step-up")} == {403}


def test_what_asks_for_a_second_factor_asks_and_goes_on(counter: Counter) -> None:
    worker = counter.browser("community_worker")
    asked = worker.submit(_has_otp(worker).form("/me/otp/paper"))
    assert asked.status == 403
    assert "请验证动态码" in asked.text
    wrong = worker.submit(asked.form("/me/otp/paper"), step_up_code="000000")
    assert "动态码不对" in wrong.text
    page = worker.submit(wrong.form("/me/otp/paper"), step_up_code=_shown(wrong))
    assert len(re.findall(r"[0-9A-Z]{5}-[0-9A-Z]{5}", page.text)) == 10
    again = worker.submit(_has_otp(worker).form("/me/otp/paper"))
    assert "记下备用码" in again.text


def test_a_second_factor_is_set_up_from_a_qr_or_by_hand(sqlite_counter: Counter) -> None:
    worker = sqlite_counter.browser("property_staff")
    begun = worker.submit(worker.open("/me/otp").form("/me/otp"))
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', begun.text)
    assert secret
    code = pyotp.TOTP(secret[1].replace(" ", "")).now()
    done = worker.submit(begun.form("/me/otp/confirm"), otp=code)
    assert "记下备用码" in done.text


def _has_otp(worker: PlainBrowser) -> Page:
    """The page of the second factor; asking for a code gives a persona one."""
    worker.open("/step-up")
    return worker.open("/me/otp")


def _shown(page: Page) -> str:
    """The code a demo shows."""
    found = re.search(r"现在的动态码是 (\d{6})", page.text)
    assert found, page.text[:2_000]
    return found[1]
