"""No signal on the stairs: what was written stays on the phone and is sent once, later."""

import asyncio

import pytest_asyncio
from playwright.async_api import BrowserContext, Page, Route, expect

from tests.browser.people import Person

WAITING = "有1件还没发出去"
SENT = "现在已经发出"


@pytest_asyncio.fixture(loop_scope="session")
async def resident(phone: Page, base_url: str) -> Person:
    phone.watch.expect("net::ERR_", "Failed to fetch")
    return Person(phone, base_url)


async def filled_in(resident: Person) -> None:
    await resident.scan()
    await resident.page.get_by_role("link", name="我要上报").click()
    await resident.page.locator("[name=text]").fill("楼道灯不亮了")


async def send(resident: Person) -> None:
    await resident.page.wait_for_load_state()  # without its scripts the form is a plain one
    await resident.page.get_by_role("button", name="提交上报").click()


async def reopened(resident: Person) -> Person:
    """The page is killed; with a signal again the person scans once more."""
    context = resident.page.context
    await resident.page.unroute_all(behavior="wait")
    await resident.page.close()
    await context.set_offline(False)
    page = await context.new_page()
    page.watch = resident.page.watch
    again = Person(page, resident.base_url)
    await again.scan()
    return again


def cut_after(context: BrowserContext):
    """A way to lose the answer: the first request arrives, then the network is gone for all."""
    gone = asyncio.Event()

    async def cut(route: Route) -> None:
        if not gone.is_set():
            gone.set()
            await route.fetch()
            await context.set_offline(True)
        await route.abort()

    return cut


async def test_a_report_cut_off_during_its_photo_is_sent_once(resident, album):
    await filled_in(resident)
    context = resident.page.context
    await resident.page.route("**/m/v1/photos", cut_after(context))
    await resident.page.locator("#report input[name=photos]").set_input_files(album["jpeg"])
    await expect(resident.page.locator("#report .shots img")).to_have_count(1)
    await send(resident)
    await resident.says(WAITING)

    again = await reopened(resident)
    await again.says(SENT)
    await again.page.get_by_role("link", name="看进展").click()
    await again.says("楼道灯不亮了")
    await expect(again.page.locator("section[aria-labelledby=told] .shots img")).to_have_count(1)
    assert await again.mine() == 1


async def test_a_photo_chosen_before_the_scripts_arrived_is_sent_with_the_report(resident, album):
    arrives = asyncio.Event()

    async def late(route: Route) -> None:
        await arrives.wait()
        await route.continue_()

    await resident.page.route("**/photos.js*", late)
    await filled_in(resident)
    await resident.page.locator("#report input[name=photos]").set_input_files(album["jpeg"])
    arrives.set()
    await expect(resident.page.locator("#report .shots img")).to_have_count(1)
    await send(resident)
    await resident.says("收到了，谢谢您")
    await expect(resident.page.locator("section[aria-labelledby=told] .shots img")).to_have_count(1)


async def test_a_report_whose_answer_was_lost_is_the_same_report_the_second_time(resident):
    await filled_in(resident)
    await resident.page.route("**/m/v1/cases", cut_after(resident.page.context))
    await send(resident)
    await resident.says(WAITING)

    again = await reopened(resident)
    await again.says(SENT)
    await again.page.get_by_role("link", name="看进展").click()
    await again.says("楼道灯不亮了")
    assert await again.mine() == 1


async def test_a_page_killed_while_writing_gives_back_words_and_photo(resident, album):
    await filled_in(resident)
    await resident.page.locator("#report input[name=photos]").set_input_files(album["jpeg"])
    await expect(resident.page.locator("#report .shots img")).to_have_count(1)
    await resident.page.wait_for_timeout(700)  # a draft is kept 0.4 s after the last change
    again = await reopened(resident)
    await again.page.get_by_role("link", name="我要上报").click()
    await again.says("上次没写完的，替您留着")
    await expect(again.page.locator("[name=text]")).to_have_value("楼道灯不亮了")
    await expect(again.page.locator("#report .shots img")).to_have_count(1)
