"""Every page can be used by everyone: by ear, in every text size, on a narrow phone, scriptless."""

import pytest

from tests.browser.accessible import assert_accessible
from tests.browser.walking import SIZES, become, demo_sign, read_in

FOR_ALL = [
    "/",
    "{sign}",
    "{sign}/report",
    "/mine",
    "/signin/staff",
    "/privacy",
    "/help",
    "/feedback",
]
UNKNOWN_SIGN = "/c/0123456789ABCDEFGHJKMNPQRST"

every_size = pytest.mark.parametrize("size", SIZES)


@every_size
@pytest.mark.parametrize("path", FOR_ALL)
async def test_a_page_for_all_is_accessible(phone, base_url, path, size):
    await read_in(phone, base_url, size)
    await phone.goto(path.format(sign=demo_sign(base_url)))
    await assert_accessible(phone)


@every_size
async def test_the_grid_workers_list_is_accessible(phone, base_url, size):
    await become(phone, "grid_worker")
    await read_in(phone, base_url, size)
    await phone.goto("/work")
    await assert_accessible(phone)


@every_size
async def test_the_desk_is_accessible(desktop, base_url, size):
    await become(desktop, "property_manager")
    await read_in(desktop, base_url, size)
    await desktop.goto("/desk")
    await assert_accessible(desktop)


@pytest.mark.parametrize("path", ["/desk/first-day", "/desk/first-day?step=hours", "/desk/firms"])
async def test_what_a_town_begins_with_is_accessible(desktop, base_url, path):
    await become(desktop, "street_dispatcher")
    await read_in(desktop, base_url, "huge")
    await desktop.goto(path)
    await assert_accessible(desktop)


async def test_a_page_about_an_unknown_sign_is_accessible(phone):
    phone.watch.expect("status of 404")
    await phone.goto(UNKNOWN_SIGN)
    await assert_accessible(phone)


@every_size
@pytest.mark.parametrize("path", FOR_ALL)
async def test_nothing_hangs_over_the_edge_of_a_narrow_phone(open_page, base_url, path, size):
    narrow = await open_page("phone", viewport={"width": 320, "height": 640})
    await read_in(narrow, base_url, size)
    await narrow.goto(path.format(sign=demo_sign(base_url)))
    assert await narrow.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", FOR_ALL)
async def test_a_page_for_all_is_whole_without_javascript(plain_phone, base_url, path):
    await plain_phone.goto(path.format(sign=demo_sign(base_url)))
    assert await plain_phone.locator("h1").is_visible()


@pytest.mark.parametrize("path", ["/me", "/me/erase"])
async def test_a_residents_own_pages_are_accessible(phone, base_url, path):
    await become(phone, "neighbour")
    await read_in(phone, base_url, "huge")
    await phone.goto(path)
    await assert_accessible(phone)


@pytest.mark.parametrize("path", ["/me", "/me/otp", "/me/password", "/step-up"])
async def test_the_staffs_own_pages_are_accessible(desktop, path):
    await become(desktop, "street_dispatcher")
    await desktop.goto(path)
    await assert_accessible(desktop)


async def test_signing_in_by_phone_is_accessible_and_fits_a_narrow_phone(open_page, sqlite_town):
    town = sqlite_town.base_url
    narrow = await open_page("phone", base_url=town, viewport={"width": 320, "height": 640})
    await read_in(narrow, town, "huge")
    await narrow.goto("/signin")
    await assert_accessible(narrow)
    await narrow.fill("[name=phone]", "16000004001")
    await narrow.locator("form[action='/signin/code'] button").click()
    await narrow.wait_for_selector("[name=code]")
    await assert_accessible(narrow)
    assert await narrow.evaluate("document.documentElement.scrollWidth") <= 320
