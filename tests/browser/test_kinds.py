"""The kinds of report: under a finger, and walked through by keys."""

from playwright.async_api import Page, expect

from tests.browser.walking import demo_sign


def line(page: Page):
    return page.locator("#category summary")


def kind(page: Page, title: str):
    return page.locator("#category details label").filter(has_text=title)


async def test_the_page_stays_where_it_is_under_a_finger_and_follows_the_keys(
    plain_phone, base_url
):
    await plain_phone.goto(demo_sign(base_url) + "/report")
    await line(plain_phone).click()
    low = kind(plain_phone, "公共道路违停")
    await low.scroll_into_view_if_needed()
    before = await plain_phone.evaluate("scrollY")
    await low.click()
    assert await plain_phone.evaluate("scrollY") == before
    for _ in range(12):
        await plain_phone.keyboard.press("ArrowDown")
    await expect(plain_phone.locator(".pick:checked + label")).to_be_in_viewport(ratio=1)
