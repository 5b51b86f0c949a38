"""更多类型 on the report form: tapped, walked through by keys, and given back after a lost page."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.walking import demo_sign, read_in

PLAIN = "更多类型"


def line(page: Page):
    return page.locator("#category summary")


def kind(page: Page, title: str):
    return page.locator("#category details label").filter(has_text=title)


async def is_open(page: Page) -> bool:
    return await page.locator("#category details").evaluate("fold => fold.open")


async def opened(page: Page, base_url: str) -> None:
    await page.goto(demo_sign(base_url) + "/report")
    await page.wait_for_load_state()
    await line(page).click()
    await expect(page.locator("#category > [aria-live]")).to_be_attached()  # its script is there


@pytest.mark.parametrize("size", ["standard", "huge"])
async def test_a_tapped_kind_folds_the_list_and_the_line_says_it(phone, base_url, size):
    await read_in(phone, base_url, size)
    await opened(phone, base_url)
    await kind(phone, "公共道路违停").tap()
    await expect(line(phone)).to_have_text("已选：公共道路违停。点这里可以换")
    await expect(kind(phone, "公共道路违停")).to_be_hidden()
    await expect(line(phone)).to_be_focused()
    await expect(line(phone)).to_be_in_viewport(ratio=1)
    assert await phone.locator("#k-K02").is_checked()
    await assert_accessible(phone)

    await line(phone).tap()
    await kind(phone, "公共道路违停").tap()  # the same again
    await expect(kind(phone, "公共道路违停")).to_be_hidden()
    await phone.locator("#category > .picks label").first.tap()
    await expect(line(phone)).to_contain_text(PLAIN)


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


async def test_a_second_tap_finds_nothing_else_under_the_finger(phone, base_url):
    await opened(phone, base_url)
    await kind(phone, "公共道路违停").dblclick()
    await expect(line(phone)).to_contain_text("公共道路违停")
    assert await phone.locator("[name=category]:checked").count() == 1
    await expect(line(phone)).to_be_focused()


async def test_whoever_walks_by_keys_keeps_the_list_until_tab_leads_on(desktop, base_url):
    await opened(desktop, base_url)
    await desktop.locator("#category details .pick").first.focus()
    for _ in range(3):
        await desktop.keyboard.press("ArrowDown")
        await desktop.wait_for_timeout(400)
        assert await is_open(desktop)
    chosen = desktop.locator("[name=category]:checked")
    await expect(chosen).to_be_focused()
    title = await desktop.locator(".pick:checked + label > span").inner_text()

    await desktop.keyboard.press("Tab")
    await expect(desktop.locator("#photos")).to_be_focused()
    assert not await is_open(desktop)
    await expect(line(desktop)).to_contain_text(title)
    await expect(desktop.locator("label[for=photos]")).to_be_in_viewport()


async def test_what_to_do_at_once_is_not_folded_away(phone, base_url):
    await opened(phone, base_url)
    await kind(phone, "电信诈骗").tap()
    await expect(line(phone)).to_contain_text("电信诈骗线索")
    await expect(phone.locator("#category .band.bad:visible")).to_have_count(1)
    await expect(phone.locator("#category [aria-live] .band")).to_be_in_viewport()
    await assert_accessible(phone)


async def test_a_draft_comes_back_folded_with_its_kind(phone, base_url):
    await opened(phone, base_url)
    await kind(phone, "公共道路违停").tap()
    await phone.wait_for_timeout(700)  # a draft is kept 0.4 s after the last change
    await phone.goto(demo_sign(base_url))
    await phone.goto(demo_sign(base_url) + "/report")
    await expect(line(phone)).to_contain_text("已选：公共道路违停")
    assert not await is_open(phone)


async def test_without_scripts_the_list_stays_as_it_was_left(plain_phone, base_url):
    await plain_phone.goto(demo_sign(base_url) + "/report")
    await line(plain_phone).click()
    await kind(plain_phone, "公共道路违停").click()
    await expect(kind(plain_phone, "公共道路违停")).to_be_visible()
    await expect(line(plain_phone)).to_contain_text(PLAIN)


async def test_an_opinion_asks_whom_it_concerns_and_the_list_stays_for_the_answer(phone, base_url):
    await opened(phone, base_url)
    whom = phone.locator("#about")
    await expect(whom).to_be_hidden()
    await kind(phone, "对工作人员或单位的意见").tap()
    await expect(whom).to_be_visible()
    await phone.wait_for_timeout(500)
    assert await is_open(phone)
    await assert_accessible(phone)

    chosen = phone.locator("#about option").nth(1)
    await whom.select_option(await chosen.get_attribute("value"))
    await phone.locator("#text").fill("态度不好")
    async with phone.expect_request("**/m/v1/cases") as sent:
        await phone.get_by_role("button", name="提交上报").tap()
    body = (await sent.value).post_data_json
    assert list(body["about"]) == ["post_id"]
    await phone.wait_for_url("**/cases/*")
