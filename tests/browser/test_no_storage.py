"""A browser that keeps nothing, or whose storage went to sleep with the phone: nothing is lost."""

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.people import Person
from tests.browser.test_lost_network import cut_after, filled_in, send

NONE = "Object.defineProperty(window, 'indexedDB', { value: undefined })"
ASLEEP = """IDBDatabase.prototype.transaction = () => {
  throw new DOMException('the connection is closing', 'InvalidStateError');
}"""


@pytest_asyncio.fixture(loop_scope="session", params=[NONE, ASLEEP], ids=["none", "asleep"])
async def resident(phone: Page, base_url: str, request: pytest.FixtureRequest) -> Person:
    phone.watch.expect("net::ERR_", "Failed to fetch")
    await phone.add_init_script(request.param)
    return Person(phone, base_url)


async def arrived_once(resident: Person) -> None:
    await resident.says("收到了，谢谢您")
    await expect(resident.page.locator("section[aria-labelledby=told] .shots img")).to_have_count(1)
    assert await resident.mine() == 1


async def test_a_report_and_its_photo_are_sent(resident, album):
    await filled_in(resident)
    await resident.page.locator("#report input[name=photos]").set_input_files(album["jpeg"])
    await expect(resident.page.locator("#report .shots img")).to_have_count(1)
    await send(resident)
    await arrived_once(resident)


async def test_a_report_whose_answer_was_lost_stays_in_the_form_and_is_sent_once(resident, album):
    await filled_in(resident)
    context = resident.page.context
    await resident.page.locator("#report input[name=photos]").set_input_files(album["jpeg"])
    await expect(resident.page.locator("#report .shots img")).to_have_count(1)
    await resident.page.route("**/m/v1/cases", cut_after(context))
    await send(resident)
    await resident.says("有了网络再按一次")
    await expect(resident.page.locator("[name=text]")).to_have_value("楼道灯不亮了")

    await resident.page.unroute_all(behavior="wait")
    await context.set_offline(False)
    await send(resident)
    await arrived_once(resident)


async def test_a_message_whose_answer_was_lost_stays_in_the_field_and_is_said_once(resident):
    await resident.scan()
    await resident.page.get_by_role("link", name="我要联系").click()
    await resident.page.locator("[name=text]").fill("垃圾桶满了")
    await resident.page.locator("label.whom").first.click()
    await resident.page.get_by_role("button", name="发送").click()
    await resident.page.locator("#talk").wait_for()
    await resident.page.wait_for_load_state()

    context, field = resident.page.context, resident.page.locator("#speak [name=text]")
    await resident.page.route("**/messages", cut_after(context))
    await field.fill("还没有人来")
    await resident.page.get_by_role("button", name="发送").click()
    await expect(resident.page.locator("#wire")).to_contain_text("有了网络再按一次")
    await expect(field).to_have_value("还没有人来")

    await resident.page.unroute_all(behavior="wait")
    await context.set_offline(False)
    await resident.page.get_by_role("button", name="发送").click()
    await expect(field).to_have_value("")
    await expect(resident.page.locator("#talk .me", has_text="还没有人来")).to_have_count(1)
