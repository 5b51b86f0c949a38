"""What office staff work with: usable by everyone, a bell for who wants one, one page of paper."""

import asyncio
import re
from contextlib import suppress
from uuid import uuid4

import pytest
from playwright.async_api import Error, Page, Route, expect

from tests.browser.accessible import assert_accessible
from tests.browser.people import Person
from tests.browser.walking import SIZES, become, read_in

LONG = "楼道里的灯坏了好几天，晚上老人上下楼看不见，上周还有人在拐角摔了一跤。" * 40
COUNTS_NOTES = """
window.notes = 0;
const begin = AudioContext.prototype.createOscillator;
AudioContext.prototype.createOscillator = function () {
  window.notes += 1;
  return begin.call(this);
};
"""
SMALLEST_AND_LARGEST = (SIZES[0], SIZES[-1])


async def filed(page: Page, text: str = "楼道灯不亮") -> str:
    """A clerk files for a resident; the number on the receipt."""
    await page.goto("/file?find=3号楼 2单元")
    await page.locator("main a.cell").first.click()
    await page.locator("[name=name]").fill("演示-王奶奶")
    return await sent(page, text)


async def sent(page: Page, text: str) -> str:
    """What is filled in goes, with these words; the number on the receipt."""
    await page.locator("[name=text]").fill(text)
    await page.locator("label[for=channel-1]").click()
    await page.get_by_role("button", name="提交").click()
    await page.wait_for_url("**/receipt")
    return re.search(r"/cases/(\d+)/", page.url)[1]


@pytest.mark.parametrize("size", SMALLEST_AND_LARGEST)
@pytest.mark.parametrize("path", ["/file?find=云锦苑", "/callbacks", "/desk/outages"])
async def test_a_page_of_the_office_fits_a_narrow_phone(open_page, base_url, path, size):
    narrow = await open_page("phone", viewport={"width": 320, "height": 640})
    await become(narrow, "community_worker")
    await read_in(narrow, base_url, size)
    await narrow.goto(path)
    await assert_accessible(narrow)
    assert await narrow.evaluate("document.documentElement.scrollWidth") <= 320


async def test_filing_and_both_papers_are_accessible(phone):
    await become(phone, "community_worker")
    await phone.goto("/file?find=3号楼 2单元")
    await phone.locator("main a.cell").first.click()
    await assert_accessible(phone)
    number = await filed(phone)
    await assert_accessible(phone)
    await phone.goto(f"/cases/{number}/sheet")
    await assert_accessible(phone)


async def test_what_was_filed_at_length_is_read_on_a_narrow_phone(open_page, base_url):
    narrow = await open_page("phone", viewport={"width": 320, "height": 640})
    await become(narrow, "grid_worker")
    await narrow.goto("/file?find=3号楼 2单元")
    await narrow.locator("main a.cell").first.click()
    await narrow.locator("[name=spot]").fill("五楼电梯口旁边靠窗户的那个消防栓箱子后面")
    await narrow.locator("[name=name]").fill("阿拉坦其其格" * 3)
    await narrow.locator("summary", has=narrow.get_by_text("其他系统里的编号")).click()
    await narrow.locator("[name=system1]").fill("12345热线")
    await narrow.locator("[name=number1]").fill("YZ-2026-" + str(uuid4().int)[:24])
    number = await sent(narrow, "灯" * 40)
    await read_in(narrow, base_url, "huge")

    for path in (f"/cases/{number}", f"/desk?q={number}&case={number}", f"/cases/{number}/receipt"):
        await narrow.goto(path)
        await narrow.evaluate(
            "document.querySelectorAll('main time').forEach((at) => {"
            " at.textContent = '2027年12月31日23:58前' })"  # as it reads in December
        )
        assert await narrow.evaluate("document.documentElement.scrollWidth") <= 320, path


async def test_a_photo_goes_with_what_is_filed(phone, album):
    await become(phone, "community_worker")
    await phone.goto("/file?find=3号楼 2单元")
    await phone.locator("main a.cell").first.click()
    await phone.locator("input[name=photos]").set_input_files(album["jpeg"])
    await expect(phone.locator(".shots img")).to_have_count(1, timeout=20_000)
    await phone.locator("label[for=channel-2]").click()
    await phone.get_by_role("button", name="提交").click()
    await phone.wait_for_url("**/receipt")
    await phone.get_by_role("link", name="回到这件事").click()
    await expect(phone.locator("main .shot")).to_have_count(1)


async def test_a_photo_whose_answer_is_late_goes_once_all_the_same(phone, album):
    await become(phone, "community_worker")
    await phone.goto("/file?find=3号楼 2单元")
    await phone.locator("main a.cell").first.click()
    first = asyncio.Event()

    async def late(route: Route) -> None:
        if not first.is_set():
            first.set()
            await asyncio.sleep(2)
        with suppress(Error):  # the page is gone by then
            await route.continue_()

    await phone.route("**/m/v1/photos", late)
    await phone.locator("input[name=photos]").set_input_files(album["jpeg"])
    await expect(phone.locator(".shots img")).to_have_count(1, timeout=20_000)
    await phone.locator("label[for=channel-2]").click()
    await phone.get_by_role("button", name="提交").click()
    await phone.wait_for_url("**/receipt")
    await phone.get_by_role("link", name="回到这件事").click()
    await expect(phone.locator("main .shot")).to_have_count(1)


async def test_the_longest_report_is_one_page_of_paper(desktop, base_url):
    await become(desktop, "community_worker")
    await read_in(desktop, base_url, "huge")
    number = await filed(desktop, LONG[:1000])
    assert pages_of(await desktop.pdf(prefer_css_page_size=True)) == 1
    await desktop.goto(f"/cases/{number}/sheet")
    assert pages_of(await desktop.pdf(prefer_css_page_size=True)) == 1


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("path", ["/desk?tab=overdue", "/desk/merchants", "/desk/roster"])
async def test_a_list_on_paper_is_the_list_without_what_one_presses(desktop, path):
    await become(desktop, "community_worker")
    await desktop.goto(path)
    await desktop.emulate_media(media="print")
    await expect(desktop.locator("h1")).to_be_visible()
    pressed = "nav li a, .tabs a:not([aria-current]), .tickbox, main form button, main input"
    assert await desktop.locator(pressed).filter(visible=True).count() == 0
    assert (await desktop.locator("main").bounding_box())["x"] == 0


async def test_a_new_case_is_counted_in_the_title_and_rings_where_it_was_asked_to(
    open_page, desktop, base_url
):
    await desktop.add_init_script(COUNTS_NOTES)
    await become(desktop, "street_dispatcher")
    await desktop.goto("/desk")
    await desktop.get_by_role("button", name="新工单响铃").click()
    await desktop.reload()
    bell = desktop.get_by_role("button", name="新工单响铃")
    await expect(bell).to_have_attribute("aria-pressed", "true")
    await desktop.locator("h1").click()  # a browser lets a page be heard after a press
    assert await desktop.evaluate("notes") == 0

    resident = Person(await open_page("phone"), base_url)
    await resident.report("新的一件")
    await desktop.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    await expect(desktop).to_have_title(re.compile(r"^\(\d+\) 工单"))
    await expect(desktop.locator("#news")).to_contain_text("件新的")
    assert await desktop.evaluate("notes") == 2


async def test_nobody_is_rung_at_who_did_not_ask_for_it(open_page, desktop, base_url):
    await desktop.add_init_script(COUNTS_NOTES)
    await become(desktop, "street_dispatcher")
    await desktop.goto("/desk")
    await desktop.locator("h1").click()
    await Person(await open_page("phone"), base_url).report("又一件")
    await desktop.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(desktop).to_have_title(re.compile(r"^\(\d+\) 工单"))
    assert await desktop.evaluate("notes") == 0


async def test_a_list_with_a_tick_stands_still_and_the_buttons_come_along(desktop, base_url):
    await become(desktop, "street_dispatcher")
    await desktop.goto("/desk")
    await desktop.locator(".choose input").first.check()
    await expect(desktop.locator("#bulk")).to_have_class("bulk floats")
    await desktop.evaluate("document.activeElement.blur()")
    await desktop.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await desktop.wait_for_load_state("networkidle")
    await expect(desktop.locator(".choose input").first).to_be_checked()
    await desktop.locator("#bulk button").first.click()
    await desktop.wait_for_url("**/bulk?*")
    await assert_accessible(desktop)
