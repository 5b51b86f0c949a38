"""Sending is sending once, whatever a nervous thumb does."""

import re

import pytest_asyncio
from playwright.async_api import expect

from tests.browser.people import Person
from tests.browser.walking import demo_sign

NAMED = "王小明👨‍👩‍👧和“隔壁”的<李四>都看到了🛗"


@pytest_asyncio.fixture(loop_scope="session", params=[True, False], ids=["scripted", "plain"])
async def resident(open_page, base_url, request) -> Person:
    page = await open_page("phone", javascript=request.param)
    return Person(page, base_url, scripted=request.param)


async def test_two_taps_make_one_case(resident, base_url):
    await resident.open(demo_sign(base_url) + "/report")
    await resident.page.locator("[name=text]").fill("井盖松了")
    await resident.page.get_by_role("button", name="提交上报").dblclick(no_wait_after=True)
    # The second tap may break off the way the first one led: only where one ends counts.
    await expect(resident.page).to_have_url(re.compile(r"/cases/.*sent=1"))
    assert await resident.mine() == 1


async def test_going_back_after_sending_sends_nothing_again(resident):
    await resident.report("井盖松了")
    sent: list[str] = []
    resident.page.on("request", lambda r: sent.append(r.url) if r.method == "POST" else None)
    await resident.page.go_back()
    await resident.page.go_forward()
    await resident.says("收到了，谢谢您")
    assert not sent


async def test_a_second_report_from_the_form_gone_back_to_is_one_of_its_own(resident):
    first = await resident.report("井盖松了")
    await resident.page.go_back()
    words = resident.page.locator("[name=text]")
    await expect(words).to_be_editable()
    await words.fill("路灯也不亮")
    await resident.page.get_by_role("button", name="提交上报").click()
    await expect(resident.page).to_have_url(re.compile(r"/cases/.*sent=1"))
    assert first not in resident.page.url
    assert await resident.mine() == 2


async def test_going_back_to_what_was_refused_shows_the_form_and_sends_nothing(phone, base_url):
    phone.watch.expect("status of 422")
    await phone.goto(f"{demo_sign(base_url)}/fault")
    await phone.locator("main form").evaluate("form => form.noValidate = true")
    await phone.get_by_role("button", name="告诉他们").click()
    await expect(phone.get_by_role("alert")).to_be_focused()
    await phone.get_by_text("掉了").click()
    await phone.get_by_role("button", name="告诉他们").click()
    await phone.wait_for_url("**/fault?done=fault_told")

    sent: list[str] = []
    phone.on("request", lambda r: sent.append(r.url) if r.method == "POST" else None)
    await phone.go_back()
    await expect(phone.get_by_role("button", name="告诉他们")).to_be_visible()
    await expect(phone.get_by_role("alert")).to_have_count(0)
    assert not sent


async def test_emoji_and_brackets_arrive_as_they_were_typed(resident):
    number = await resident.report(NAMED, spot="3楼🚪")
    await resident.case(number)
    await resident.says(NAMED)
    await resident.says("3楼🚪")


async def test_a_wrong_phone_number_is_said_beside_its_field(resident, base_url):
    resident.page.watch.expect("status of 422")
    await resident.open(demo_sign(base_url) + "/report")
    await resident.page.locator("[name=text]").fill("井盖松了")
    await resident.page.locator("[name=phone]").fill("123")
    await resident.page.get_by_role("button", name="提交上报").click()
    field = resident.page.locator(".field", has=resident.page.locator("[name=phone]"))
    await field.locator(".error").wait_for()
    assert await resident.page.locator("[name=text]").input_value() == "井盖松了"


async def test_of_several_wrong_fields_the_first_one_is_gone_to(phone, base_url):
    phone.watch.expect("status of 422")
    wrong = [{"field": name, "code": "wrong", "detail": "请再看看。"} for name in ("text", "phone")]
    answer = {"status": 422, "json": {"detail": "有地方要改。", "errors": wrong}}
    await phone.route("**/m/v1/cases", lambda route: route.fulfill(**answer))
    await phone.goto(f"{demo_sign(base_url)}/report")
    await phone.locator("[name=text]").fill("井盖松了")
    await phone.get_by_role("button", name="提交上报").click()
    await expect(phone.locator("[data-wrong]")).to_have_count(2)
    await expect(phone.locator("[name=text]")).to_be_focused()


async def test_a_photo_there_is_no_room_for_is_taken_off_and_the_words_are_sent(
    phone, base_url, album
):
    resident = Person(phone, base_url)
    phone.watch.expect("status of 507")
    no_room = {"status": 507, "json": {"detail": "存照片的地方快满了。"}}
    await phone.route("**/m/v1/photos", lambda route: route.fulfill(**no_room))
    await resident.open(demo_sign(base_url) + "/report")
    await phone.locator("[name=text]").fill("井盖松了")
    await phone.locator("#report input[name=photos]").set_input_files(album["jpeg"])

    await resident.says("存照片的地方快满了。")
    await phone.get_by_role("button", name="提交上报").click()

    await resident.says("收到了，谢谢您")
