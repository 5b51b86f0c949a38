"""The desk on a phone: what was done is said there too."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.walking import become


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
