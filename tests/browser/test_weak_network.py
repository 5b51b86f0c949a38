"""A network that is slow, lies or is silent: what was written is sent whole, and once."""

import asyncio
import contextlib

import pytest_asyncio
from playwright.async_api import Error, Page, Route, expect

from tests.browser.people import Person
from tests.browser.test_lost_network import SENT, WAITING, filled_in, reopened, send

PHOTOS = "section[aria-labelledby=told] .shots img"


@pytest_asyncio.fixture(loop_scope="session")
async def resident(phone: Page, base_url: str) -> Person:
    phone.watch.expect("net::ERR_", "Failed to fetch", "status of 502", "Failed to load")
    return Person(phone, base_url)


async def sent_without_a_signal(resident: Person) -> None:
    await filled_in(resident)
    await resident.page.wait_for_load_state()
    await resident.page.context.set_offline(True)
    await send(resident)
    await resident.says(WAITING)


async def test_photos_still_on_their_way_go_with_the_report(resident, album):
    async def slow(route: Route) -> None:
        await asyncio.sleep(2)
        await route.continue_()

    await filled_in(resident)
    await resident.page.route("**/m/v1/photos", slow)
    chosen = [album[kind] for kind in ("jpeg", "png", "webp")]
    await resident.page.locator("#report input[name=photos]").set_input_files(chosen)
    await send(resident)
    await resident.says("收到了，谢谢您")
    await expect(resident.page.locator(PHOTOS)).to_have_count(3)


async def test_the_page_of_a_strange_network_is_no_receipt(resident):
    async def portal(route: Route) -> None:
        await route.fulfill(status=200, content_type="text/html", body="<p>请登录本店无线网络</p>")

    await filled_in(resident)
    await resident.page.route("**/m/v1/cases", portal)
    await send(resident)
    await resident.says(WAITING)
    again = await reopened(resident)
    await again.says(SENT)
    assert await again.mine() == 1  # whether or not the link was followed


async def test_what_one_person_wrote_is_not_sent_as_anothers(resident):
    await resident.be("merchant")
    await sent_without_a_signal(resident)
    await resident.page.context.clear_cookies()
    other = await reopened(resident)
    await other.be("grid_worker")
    await other.says("用另一个登录写的")
    await other.be("merchant")
    await other.says(SENT)
    await other.page.get_by_role("link", name="看进展").click()
    await other.says("楼道灯不亮了")


async def test_what_is_on_its_way_is_no_draft(resident):
    closed = asyncio.Event()

    async def silent(route: Route) -> None:
        await closed.wait()
        with contextlib.suppress(Error):  # nobody waits for it any more
            await route.abort()

    await filled_in(resident)
    await resident.page.route("**/m/v1/cases", silent)
    await send(resident)
    await resident.says("正在发送")
    page = await resident.page.context.new_page()
    page.watch = resident.page.watch
    await resident.page.close()
    closed.set()
    again = Person(page, resident.base_url)
    await again.scan()
    await again.says(SENT)
    await again.page.get_by_role("link", name="我要上报").click()
    await again.page.wait_for_load_state()
    await again.page.wait_for_timeout(300)
    await expect(again.page.locator("[name=text]")).to_have_value("")
    await expect(again.page.locator("#draft")).to_be_hidden()


async def test_another_report_begun_before_the_draft_came_back_stays_as_it_is(resident):
    await resident.scan()
    await resident.page.get_by_role("link", name="我要上报").click()
    await resident.page.wait_for_load_state()
    await resident.page.locator("[name=text]").fill("很久以前写的")
    await resident.page.locator("[name=spot]").fill("老地方")
    await resident.page.wait_for_timeout(700)

    arrives = asyncio.Event()

    async def late(route: Route) -> None:
        await arrives.wait()
        await route.continue_()

    await resident.page.route("**/keep.js*", late)
    await resident.page.reload(wait_until="commit")
    await resident.page.locator("[name=text]").fill("现在的新事")
    arrives.set()
    await resident.page.wait_for_load_state()
    await resident.page.wait_for_timeout(300)
    await expect(resident.page.locator("[name=text]")).to_have_value("现在的新事")
    await expect(resident.page.locator("[name=spot]")).to_have_value("")


async def test_a_list_that_could_not_be_asked_for_says_so(resident):
    async def broken(route: Route) -> None:
        await route.fulfill(status=502, body="")

    await resident.be("grid_worker")
    await resident.open("/work")
    await resident.page.route("**/work?*", broken)
    await resident.page.route("**/work/**", broken)
    await resident.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await resident.says("列表可能不是最新的")


async def test_a_photo_that_was_refused_is_told_of_while_another_goes(resident, album):
    await filled_in(resident)
    await resident.page.wait_for_load_state()
    chooser = resident.page.locator("#report input[name=photos]")
    await chooser.set_input_files([album["text"], album["jpeg"]])
    await expect(resident.page.locator("#report .shots img")).to_have_count(1)
    await expect(resident.page.locator("#report [data-chosen].bad")).to_contain_text("先不带照片")
