"""Two people write to each other; the network drops and returns; nothing is lost or doubled."""

from playwright.async_api import Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.walking import SIZES, become, demo_sign, read_in

HERS = [f"三楼的灯第{n}次坏了" for n in range(1, 4)]
HIS = ["收到，我来看看", "您在家吗", "换好了"]


async def say(page: Page, words: str) -> None:
    await page.locator("#speak [name=text]").fill(words)
    await page.get_by_role("button", name="发送").click()


def said(page: Page):
    """What stands on the page, in order, but for what the town says by itself."""
    return page.locator("#talk > :not(.town) .said")


async def test_two_people_talk_while_the_network_comes_and_goes(open_page, base_url):
    resident, worker = await open_page("phone"), await open_page("phone")
    resident.watch.expect("net::ERR_INTERNET_DISCONNECTED")
    await resident.goto(demo_sign(base_url))
    await resident.get_by_role("link", name="我要联系").click()
    await assert_accessible(resident)
    await resident.locator("[name=text]").fill(HERS[0])
    await resident.get_by_role("button", name="发送").click()
    await expect(said(resident)).to_have_text(HERS[:1])
    address = resident.url

    await become(worker, "grid_worker")
    await worker.goto(address.replace(base_url, ""))
    await assert_accessible(worker)
    await expect(resident.locator("#newest")).to_have_text("对方已读")
    await say(worker, HIS[0])
    await expect(said(resident)).to_have_text([HERS[0], HIS[0]])

    await resident.context.set_offline(True)
    await say(resident, HERS[1])
    await expect(resident.locator("#unsent")).to_contain_text("有1件还没发出去")
    await say(worker, HIS[1])
    await expect(said(worker)).to_have_text([HERS[0], HIS[0], HIS[1]])
    await resident.context.set_offline(False)

    whole = [HERS[0], HIS[0], HIS[1], HERS[1]]
    await expect(said(resident)).to_have_text(whole, timeout=15_000)
    await expect(said(worker)).to_have_text(whole, timeout=15_000)
    await say(resident, HERS[2])
    await say(worker, HIS[2])
    for page in (resident, worker):
        await expect(said(page)).to_contain_text([*whole, HIS[2]][-1:])
        await expect(said(page)).to_have_count(6)
    both = [await said(page).all_inner_texts() for page in (resident, worker)]
    assert both[0] == both[1]

    await resident.reload()
    await expect(said(resident)).to_have_text(both[0])
    narrow = await open_page("phone", viewport={"width": 320, "height": 640})
    await narrow.context.add_cookies(await resident.context.cookies())
    await read_in(narrow, base_url, SIZES[-1])
    for path in (address, address.replace("/conversations/", "/mine/conversations?of="), address):
        await narrow.goto(path.split("?of=")[0])
        await assert_accessible(narrow)
        assert await narrow.evaluate("document.documentElement.scrollWidth") <= 320

    desk = await open_page("desktop")
    await become(desk, "grid_worker")
    await desk.goto(f"/desk/conversations?conversation={address.rsplit('/', 1)[1]}")
    await assert_accessible(desk)
