"""The desk on a phone: what was done is said there too, and the work comes before the menu."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.walking import become, read_in


async def opened(page: Page) -> None:
    """Open the first case of the desk."""
    await page.goto("/desk?tab=open")
    await page.locator("#inbox td a").first.click()
    await page.wait_for_url("**case=*")


@pytest.mark.parametrize("width", [390, 1000, 1366])
async def test_what_was_done_is_said_at_every_width(open_page, width):
    desk = await open_page("desktop", viewport={"width": width, "height": 844})
    await become(desk, "property_manager")
    await opened(desk)
    await desk.goto(desk.url.partition("#")[0] + "&done=sign")
    notice = desk.locator("main .band.ok")
    await expect(notice).to_have_text("已签收。")
    await expect(notice).to_be_in_viewport(ratio=1)


async def test_what_waits_on_the_phone_is_told_beside_an_open_case(phone):
    await become(phone, "property_manager")
    await opened(phone)
    band = phone.locator("#unsent")
    await band.evaluate("band => { band.hidden = false; band.lastElementChild.textContent = '1'; }")
    await expect(band).to_be_visible()


@pytest.mark.parametrize("scripted", [True, False])
async def test_on_a_phone_the_menu_is_folded_and_opens(open_page, scripted):
    phone = await open_page("phone", javascript=scripted)
    await become(phone, "street_dispatcher")
    await phone.goto("/desk")
    menu = phone.get_by_role("navigation", name="本站")
    await expect(menu).to_be_hidden()
    await expect(phone.get_by_role("button", name="退出登录")).to_be_hidden()
    await phone.locator("summary", has_text="菜单").click()
    await expect(menu.get_by_role("link", name="排班")).to_be_visible()
    await expect(phone.get_by_role("button", name="退出登录")).to_be_visible()


async def test_beside_a_wide_list_the_menu_stands_open(desktop):
    await become(desktop, "street_dispatcher")
    await desktop.goto("/desk")
    await expect(desktop.locator(".fold")).to_be_hidden()
    await expect(desktop.get_by_role("link", name="排班")).to_be_visible()
    await expect(desktop.get_by_role("button", name="退出登录")).to_be_visible()


async def test_in_the_largest_letters_the_first_case_is_close(phone, base_url):
    await become(phone, "street_dispatcher")
    await read_in(phone, base_url, "huge")
    await phone.goto("/desk")
    await assert_accessible(phone)
    first = await phone.locator("#inbox tbody tr").first.bounding_box()
    assert first["y"] < 1300
    await phone.locator(".fold summary").click()
    await assert_accessible(phone)


@pytest.mark.parametrize("size", ["standard", "huge"])
async def test_a_case_opened_on_a_phone_begins_with_what_it_is(phone, base_url, size):
    await become(phone, "street_dispatcher")
    await read_in(phone, base_url, size)
    await opened(phone)
    await expect(phone.locator("#one")).to_be_in_viewport(ratio=1)
    await phone.go_back()
    await expect(phone.locator("#inbox")).to_be_visible()


async def test_a_case_opened_beside_the_list_leaves_the_page_as_it_is(desktop):
    await become(desktop, "street_dispatcher")
    await opened(desktop)
    await expect(desktop.locator("#one")).to_be_in_viewport(ratio=1)
    await expect(desktop.locator("h1")).to_be_in_viewport(ratio=1)
    assert await desktop.evaluate("document.activeElement.tagName") == "BODY"


async def test_the_count_in_the_folded_menu_is_kept_up_to_date(phone):
    await become(phone, "street_dispatcher")
    await phone.goto("/desk")
    count = phone.locator(".fold [data-count=open]")
    now = await count.inner_text()
    await count.evaluate("place => { place.textContent = '0'; }")
    await phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(count).to_have_text(now)
