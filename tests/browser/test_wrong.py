"""A form sent with something missing, as a plain form: the page begins with what is wrong."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.walking import become, demo_sign, read_in

REFUSED = "status of 422"


async def sent_empty(page: Page, path: str, button: str) -> None:
    """Open a form and send it as it is, past what the browser itself would ask for."""
    page.watch.expect(REFUSED)
    await page.goto(path)
    await page.get_by_role("button", name=button, exact=True).click()
    await page.wait_for_load_state()


async def begins_with(page: Page, text: str) -> None:
    """The error comes first in the page, has the focus, and stands in the title."""
    wrong = page.locator("main [role=alert]").first
    await expect(wrong).to_contain_text(text)
    await expect(wrong).to_be_focused()
    await expect(wrong).to_be_in_viewport(ratio=1)
    await expect(page).to_have_title(re.compile("^有错误："))
    above = await page.locator("main").evaluate("main => main.firstElementChild.id")
    assert above == "errors"


@pytest.mark.parametrize("size", ["standard", "huge"])
async def test_an_empty_message_is_answered_on_top_of_the_page(plain_phone, base_url, size):
    await read_in(plain_phone, base_url, size)
    await sent_empty(plain_phone, f"{demo_sign(base_url)}/contact", "发送")
    await begins_with(plain_phone, "有地方要改一下，您写的都还在。")


async def test_an_empty_message_is_answered_so_with_scripts_too(phone, base_url):
    await sent_empty(phone, f"{demo_sign(base_url)}/contact", "发送")
    await begins_with(phone, "有地方要改一下，您写的都还在。")


async def test_an_empty_report_is_answered_on_top_of_the_page(plain_phone, base_url):
    await sent_empty(plain_phone, f"{demo_sign(base_url)}/report", "提交上报")
    await begins_with(plain_phone, "有地方要改一下，您写的都还在。")


async def test_the_error_leads_to_its_field(plain_phone, base_url):
    await sent_empty(plain_phone, f"{demo_sign(base_url)}/contact", "发送")
    await plain_phone.locator("#errors a").click()
    await expect(plain_phone.locator("#text")).to_be_in_viewport()


async def test_a_move_refused_at_the_desk_says_so_above_the_case(open_page):
    desk = await open_page("desktop", javascript=False)
    desk.watch.expect(REFUSED)
    await become(desk, "street_dispatcher")
    await desk.goto("/desk?tab=open")
    await desk.locator("#inbox td a").first.click()
    await desk.locator("#fold-supervise summary").click()
    form = desk.locator("#move-supervise")
    await form.evaluate("form => form.noValidate = true")
    await form.locator(".go").click()
    wrong = desk.locator("main [role=alert]").first
    await expect(wrong).to_be_focused()
    await expect(wrong).to_be_in_viewport(ratio=1)
    await expect(desk).to_have_title(re.compile("^有错误："))
