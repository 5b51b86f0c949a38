"""A fault is told while the phone still looks for itself: it waits a little, and goes once."""

from urllib.parse import parse_qs

import pytest_asyncio
from playwright.async_api import Page, Request, expect

from tests.browser.accessible import assert_accessible
from tests.browser.walking import demo_sign

# A phone that says where it is when the test says so.
SLOW = """navigator.geolocation.getCurrentPosition = (found, failed) => {
  window.found = () => found({ coords: { longitude: 109.8, latitude: 39.6 } });
  window.failed = () => failed({ code: 1 });
}"""
WAITS = "正在定位，最多再等5秒就提交"


@pytest_asyncio.fixture(loop_scope="session")
async def asking(phone: Page, base_url: str) -> Page:
    """The form filled in, and the phone asked where it is. `sent`: what was posted."""
    phone.sent = []
    phone.on("request", lambda one: phone.sent.append(one) if one.method == "POST" else None)
    await phone.add_init_script(SLOW)
    await phone.goto(f"{demo_sign(base_url)}/fault")
    await phone.get_by_text("掉了").click()
    await phone.get_by_role("button", name="用手机定位核对").click()
    await expect(phone.get_by_text("正在定位…")).to_be_visible()
    return phone


def place_in(request: Request) -> list[str]:
    return parse_qs(request.post_data or "").get("lng", [])


async def told(page: Page) -> None:
    await expect(page.get_by_role("status").first).to_contain_text("记下了", timeout=10_000)


async def test_it_waits_for_the_place_and_goes_once_with_it(asking):
    await asking.get_by_role("button", name="告诉他们").dblclick()
    await expect(asking.get_by_text(WAITS)).to_be_in_viewport()
    await assert_accessible(asking)
    await asking.get_by_role("button", name="告诉他们").click()
    assert not asking.sent

    await asking.evaluate("found()")
    await told(asking)
    assert [place_in(one) for one in asking.sent] == [["109.8"]]


async def test_a_phone_that_may_not_say_lets_it_go_at_once(asking):
    await asking.get_by_role("button", name="告诉他们").click()
    await asking.evaluate("failed()")
    await told(asking)
    assert [place_in(one) for one in asking.sent] == [[]]


async def test_a_phone_that_does_not_find_itself_is_not_waited_for_long(asking):
    await asking.get_by_role("button", name="告诉他们").click()
    await expect(asking.get_by_text(WAITS)).to_be_visible()
    await told(asking)
    assert [place_in(one) for one in asking.sent] == [[]]
