"""代居民上报 without a script: found by name or number, refused kindly, printed."""

import re

import pytest

from server import codes
from tests.journeys.plain_browser import Counter, Files, Page, PlainBrowser
from tests.pages.reading_qr import read_qr
from tests.photos import samples

PHOTO: Files = [("photos", ("IMG_0002.jpg", samples.jpeg(640, 480), "image/jpeg"))]
RESIDENT = {"name": "演示-王奶奶", "phone": "16000001003"}


@pytest.fixture
def clerk(sqlite_counter: Counter) -> PlainBrowser:
    return sqlite_counter.browser("community_worker")


def _form(clerk: PlainBrowser, words: str = "云锦苑 1号楼 1单元") -> Page:
    """Look for a place and choose the first."""
    found = clerk.open(f"/file?find={words}")
    return clerk.open(re.search(r'href="(/file\?place=[^"]+)"', found.text)[1])


def _filed(clerk: PlainBrowser, files: Files | None = None, **typed: str) -> Page:
    said = {"category": "P02", "text": "电梯不动了", "channel": "counter"} | RESIDENT
    return clerk.submit(_form(clerk).form("/file"), files, **said | typed)


def _number(receipt: Page) -> str:
    found = re.search(r"/cases/(\d{12})/receipt", receipt.path)
    assert found, receipt.text[:2000]
    return found[1]


def test_the_paper_takes_the_resident_back_to_her_own_case(sqlite_counter, clerk):
    receipt = _filed(clerk, PHOTO)
    number, link = _number(receipt), read_qr(receipt.text)
    assert f"/cases/{number}?key=" in link
    hers = sqlite_counter.browser().open(link.removeprefix(clerk.town.base_url))
    assert "电梯不动了" in hers.text
    assert hers.offers(f"/cases/{number}/moves/withdraw")


def test_the_clerks_browser_does_not_keep_the_key(clerk):
    number = _number(_filed(clerk))
    assert not clerk.open(f"/cases/{number}").offers("/moves/withdraw")
    assert "演示-王奶奶" not in clerk.open(f"/cases/{number}").text


def test_nobody_else_prints_the_receipt(sqlite_counter, clerk):
    number = _number(_filed(clerk))
    colleague = sqlite_counter.browser("community_secretary")
    assert colleague.open(f"/cases/{number}/receipt").status == 404
    assert colleague.open(f"/cases/{number}/sheet").status == 200


def test_the_sheet_leads_to_the_sign_of_the_place_which_opens_for_everybody(sqlite_counter, clerk):
    number = _number(_filed(clerk))
    link = read_qr(clerk.open(f"/cases/{number}/sheet").text)
    scanned = sqlite_counter.browser().open(link.removeprefix(clerk.town.base_url))
    assert (scanned.status, number in link) == (200, False)
    assert clerk.town.code("entrance") in link


def test_where_no_sign_hangs_the_sheet_has_no_code_to_scan(sqlite_counter):
    resident = sqlite_counter.browser()
    address = f"/c/{resident.town.code('room')}/report"
    sent = resident.submit(resident.open(address).form(address), category="F01", text="水管裂了")
    number = re.search(r"/cases/(\d{12})", sent.path)[1]
    sheet = sqlite_counter.browser("grid_worker").open(f"/cases/{number}/sheet")
    assert sheet.status == 200
    assert 'class="qr"' not in sheet.text
    assert "扫码打开" not in sheet.text


def test_the_sheet_shows_what_its_reader_may_see(clerk):
    number = _number(_filed(clerk, system1="12345", number1="PAPER-1"))
    sheet = clerk.open(f"/cases/{number}/sheet")
    assert "160****1003" in sheet.text
    assert "16000001003" not in sheet.text
    assert "12345 PAPER-1" in sheet.text


def test_a_short_number_finds_any_sign(clerk):
    sign = clerk.town.look(lambda: codes.read(clerk.town.code("lamp")))
    short = sign.short or ""
    page = clerk.open(f"/file?find={short[:4]} {short[4:]}")
    assert "乌兰木伦街12号路灯" in page.text
    assert page.offers("/file")


def test_a_name_out_of_reach_is_not_found(sqlite_counter):
    manager = sqlite_counter.browser("property_manager")
    assert "没找到“路灯”" in manager.open("/file?find=路灯").text
    lamp = manager.town.town.lamp.id
    assert manager.open(f"/file?place={lamp}").status == 404


def test_everything_wrong_is_said_at_once_and_everything_typed_is_there(clerk):
    page = _filed(clerk, phone="12", channel="", system2="12345", category="XX", text="还在吗")
    assert page.status == 422
    form = page.form("/file")
    assert (form.first("text"), form.first("name"), form.first("system2")) == (
        "还在吗", "演示-王奶奶", "12345",
    )  # fmt: skip
    for told in ("电话号码不对", "请选居民是怎么反映的", "没有这个类型"):
        assert told in page.text


def test_half_a_reference_is_wrong_beside_its_field(clerk):
    page = _filed(clerk, system2="12345")
    assert page.status == 422
    assert 'id="number2-error"' in page.text


def test_a_known_reference_leads_to_its_case(clerk):
    first = _number(_filed(clerk, system1="12345", number1="TWICE-1"))
    again = _filed(clerk, system1="12345", number1="twice-1")
    assert again.status == 409
    assert f'href="/cases/{first}"' in again.text


def test_a_resident_does_not_get_in(sqlite_counter):
    resident = sqlite_counter.browser()
    assert resident.open("/file").path == "/signin?back=/file"
