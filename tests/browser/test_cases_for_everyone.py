"""Pages with a case on them can be used by everyone: in every text size, on any width, by ear."""

import re

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.browser.accessible import assert_accessible
from tests.browser.people import Person
from tests.browser.walking import SIZES, demo_sign, read_in

STRICT = ("default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'")
MAIN_TARGETS = ".way.first, .button.main, .go, .sos .button, .picks .pick + label, .do .button"
SMALLER_THAN_60 = """targets => targets.filter(one => one.offsetParent)
    .filter(one => one.getBoundingClientRect().height < 60).map(one => one.textContent.trim())"""


@pytest_asyncio.fixture(loop_scope="session")
async def guest(phone, base_url) -> Person:
    return Person(phone, base_url)


async def handled(resident: Person, open_page, base_url) -> str:
    """A report that the grid worker says is mended, in a browser of his own."""
    number = await resident.report("路灯不亮")
    worker = Person(await open_page("phone"), base_url)
    await worker.be("grid_worker")
    await worker.case(number)
    await worker.move("accept")
    await worker.move("self_handle")
    await worker.move("resolve", outcome="fixed", text="换了灯泡。")
    return number


async def sound(page: Page, base_url: str, path: str) -> None:
    """No finding and no sideways scrolling, in all three text sizes."""
    for size in SIZES:
        await read_in(page, base_url, size)
        await page.goto(path)
        await assert_accessible(page)
        width = page.viewport_size["width"]
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, size


async def test_a_receipt_is_for_everyone(guest, base_url):
    number = await guest.report("路灯不亮")
    await sound(guest.page, base_url, f"/cases/{number}?sent=1")


async def test_the_question_to_the_resident_is_for_everyone(open_page, base_url):
    narrow = await open_page("phone", viewport={"width": 320, "height": 640})
    number = await handled(Person(narrow, base_url), open_page, base_url)
    await sound(narrow, base_url, f"/cases/{number}")


async def test_a_case_in_a_grid_workers_hand_is_for_everyone(guest, open_page, base_url):
    number = await guest.report("路灯不亮")
    narrow = await open_page("phone", viewport={"width": 320, "height": 640})
    worker = Person(narrow, base_url)
    await worker.be("grid_worker")
    await sound(narrow, base_url, "/work")
    await sound(narrow, base_url, f"/cases/{number}")


async def show_a_code(page):
    """Raise the session by the code that a demo shows, having looked whether all can read it."""
    await page.locator("[name=step_up_code]").wait_for()
    await assert_accessible(page)
    shown = re.search(r"\d{6}", await page.locator("main .band p").first.inner_text())
    await page.locator("[name=step_up_code]").fill(shown[0])
    await page.locator("main button.main").click()


async def test_seeing_what_a_raiser_left_is_for_everyone(guest, open_page, base_url):
    number = await guest.report("路灯不亮", phone="16000005678")
    narrow = await open_page("phone", viewport={"width": 320, "height": 640})
    await Person(narrow, base_url).be("grid_worker")
    await narrow.goto(f"/step-up?back=/cases/{number}")
    await show_a_code(narrow)
    for size in SIZES:
        await read_in(narrow, base_url, size)
        await narrow.goto(f"/cases/{number}")
        await narrow.locator("#unmask summary").click()
        await narrow.locator("#unmask-reason").fill("约上门时间")
        await narrow.locator("#unmask button.go").click()
        await narrow.locator("a[href='tel:16000005678']").wait_for()
        await narrow.locator("#unmask summary").click()
        await assert_accessible(narrow)
        assert await narrow.evaluate("document.documentElement.scrollWidth") <= 320, size


async def test_a_case_open_on_the_desk_is_for_everyone(guest, desktop, base_url):
    number = await guest.report("路灯不亮")
    await Person(desktop, base_url).be("street_dispatcher")
    await sound(desktop, base_url, f"/desk?case={number}")


async def test_the_desk_fits_a_narrow_window(open_page, base_url):
    narrow = await open_page("phone", viewport={"width": 320, "height": 640})
    await Person(narrow, base_url).be("property_manager")
    await sound(narrow, base_url, "/desk")


async def test_a_page_that_failed_is_for_everyone(guest, base_url):
    guest.page.watch.expect("status of 404")
    await sound(guest.page, base_url, "/cases/261123000001")


@pytest.mark.parametrize("size", ["large", "huge"])
@pytest.mark.parametrize("path", ["{sign}", "{sign}/report"])
async def test_a_resident_in_large_letters_has_large_targets(phone, base_url, path, size):
    await read_in(phone, base_url, size)
    await phone.goto(path.format(sign=demo_sign(base_url)))
    assert await phone.locator(MAIN_TARGETS).evaluate_all(SMALLER_THAN_60) == []


async def test_a_grid_worker_always_has_large_targets(guest, open_page, base_url):
    await guest.report("路灯不亮")
    worker = Person(await open_page("phone"), base_url)
    await worker.be("grid_worker")
    assert await worker.page.locator(MAIN_TARGETS).count() > 0
    assert await worker.page.locator(MAIN_TARGETS).evaluate_all(SMALLER_THAN_60) == []


@pytest.mark.parametrize("path", ["/", "{sign}", "{sign}/report", "/mine", "/signin/staff"])
async def test_a_page_runs_nothing_but_its_own(phone, base_url, path):
    answer = await phone.goto(path.format(sign=demo_sign(base_url)))
    policy = answer.headers["content-security-policy"]
    assert all(rule in policy for rule in STRICT)
    assert "unsafe" not in policy
