"""Two people write to each other; the network drops and returns; nothing is lost or doubled."""

from playwright.async_api import Locator, Page, Route, expect

from tests.browser.accessible import assert_accessible
from tests.browser.walking import SIZES, become, demo_sign, read_in

HERS = [f"三楼的灯第{n}次坏了" for n in range(1, 4)]
TYPED, PRESSED = "收到。", "您好，我现在过来看看。"
HIS = [f"{TYPED} {PRESSED}", "您在家吗", "换好了"]


async def say(page: Page, words: str) -> None:
    await page.locator("#speak [name=text]").fill(words)
    await page.get_by_role("button", name="发送").click()


async def press(page: Page) -> None:
    """A canned reply goes below what was typed."""
    await page.locator("#speak [name=text]").fill(TYPED)
    await page.locator("#speak").get_by_text("常用回复").click()
    await page.get_by_role("button", name=PRESSED).click()
    await page.get_by_role("button", name="发送").click()


async def say_and_write_on(page: Page, words: str) -> None:
    """The next words are begun while these are on their way, and are not wiped away with them."""
    field = page.locator("#speak [name=text]")

    async def slow(route: Route) -> None:
        await field.fill("还有")
        await route.continue_()

    await page.route("**/messages", slow)
    await say(page, words)
    await expect(said(page).last).to_have_text(words)
    await expect(field).to_have_value("还有")
    await page.unroute("**/messages")


def said(page: Page) -> Locator:
    """What stands on the page, in order, but for what the town says by itself."""
    return page.locator("#talk > :not(.town) .said")


async def two_who_talk(open_page, base_url) -> tuple[Page, Page]:
    """A resident wrote by the sign's page, and the grid worker has opened it."""
    resident, worker = await open_page("phone"), await open_page("phone")
    resident.watch.expect("net::ERR_INTERNET_DISCONNECTED")
    await resident.goto(demo_sign(base_url))
    await resident.get_by_role("link", name="我要联系").click()
    await assert_accessible(resident)
    await resident.locator("[name=text]").fill(HERS[0])
    await resident.context.set_offline(True)
    await resident.get_by_role("button", name="发送").click()
    await expect(resident.locator("#unsent")).to_contain_text("有1件还没发出去")
    await resident.context.set_offline(False)
    await resident.get_by_role("link", name="看进展").click()
    await expect(said(resident)).to_have_text(HERS[:1])
    await become(worker, "grid_worker")
    await worker.goto(resident.url)
    await assert_accessible(worker)
    return resident, worker


async def looked_at(open_page, base_url, resident: Page) -> None:
    """At 320 pixels in the largest letters, and at the desk."""
    narrow = await open_page("phone", viewport={"width": 320, "height": 640})
    await narrow.context.add_cookies(await resident.context.cookies())
    await read_in(narrow, base_url, SIZES[-1])
    for address in (resident.url, "/mine/conversations"):
        await narrow.goto(address)
        await assert_accessible(narrow)
        assert await narrow.evaluate("document.documentElement.scrollWidth") <= 320
    desk = await open_page("desktop")
    await become(desk, "grid_worker")
    await desk.goto(f"/desk/conversations?conversation={resident.url.rsplit('/', 1)[1]}")
    await assert_accessible(desk)


async def test_two_people_talk_while_the_network_comes_and_goes(open_page, base_url):
    resident, worker = await two_who_talk(open_page, base_url)
    resident.watch.expect("net::ERR_INTERNET_DISCONNECTED")
    await expect(resident.locator("#newest")).to_have_text("对方已读")
    await press(worker)
    await expect(said(resident)).to_have_text([HERS[0], HIS[0]])

    await resident.context.set_offline(True)
    await say(resident, HERS[1])
    await expect(resident.locator("#unsent")).to_contain_text("有1件还没发出去")
    await say(worker, HIS[1])
    await expect(said(worker)).to_have_text([HERS[0], HIS[0], HIS[1]])
    await resident.context.set_offline(False)

    whole = [HERS[0], HIS[0], HIS[1], HERS[1]]
    for page in (resident, worker):
        await expect(said(page)).to_have_text(whole, timeout=15_000)
    await say(resident, HERS[2])
    await say_and_write_on(worker, HIS[2])
    for page in (resident, worker):
        await expect(said(page)).to_have_count(6)
    both = [await said(page).all_inner_texts() for page in (resident, worker)]
    assert both[0] == both[1]
    await resident.reload()
    await expect(said(resident)).to_have_text(both[0])
    await looked_at(open_page, base_url, resident)


async def test_what_changes_while_they_talk_is_seen_by_both(open_page, base_url):
    resident, worker = await two_who_talk(open_page, base_url)
    list_of_work = await open_page("desktop")
    await become(list_of_work, "grid_worker")
    await list_of_work.clock.install()
    await list_of_work.goto("/desk")
    await say(worker, HIS[1])
    await expect(resident.locator("#stand")).to_have_text("已回复")
    await expect(resident.locator("#alarm a")).to_have_count(0)
    await say(resident, "楼道着火了，救命")
    await expect(resident.locator("#alarm").get_by_role("link", name="火警119")).to_be_visible()
    await expect(worker.get_by_role("alert")).to_contain_text("像是急事")
    await expect(worker.locator("#stand")).to_have_text("等着回复")
    await list_of_work.clock.fast_forward(20_000)
    await expect(list_of_work.locator("#inbox")).to_contain_text("等您回复")
    await worker.get_by_role("button", name="结束这段留言").click()
    await expect(resident.get_by_role("link", name="再联系")).to_be_visible()
    await expect(resident.locator("#speak")).to_be_hidden()


async def test_who_wrote_too_much_reads_why_it_waits(open_page, base_url):
    resident, _ = await two_who_talk(open_page, base_url)
    resident.watch.expect("429 (Too Many Requests)")
    for nth in range(29):
        await resident.request.post(
            resident.url.replace("/conversations/", "/m/v1/conversations/") + "/messages",
            data={"text": f"第{nth}遍"},
            headers={"Idempotency-Key": f"{nth}-{resident.url[-36:]}", "Origin": base_url},
        )
    await say(resident, "再说一遍")
    await expect(resident.locator("#wire")).to_contain_text("您已经写了30条，都收到了")
    await expect(resident.locator("#unsent")).to_contain_text("有1件还没发出去")


async def test_who_has_it_no_more_is_told_so(open_page, base_url):
    _, worker = await two_who_talk(open_page, base_url)
    other = await open_page("phone")
    await become(other, "grid_worker")
    await other.goto(worker.url)
    other.watch.expect("404 (Not Found)")
    await worker.locator("summary").filter(has_text="转给同事").click()
    await worker.locator("[name=post_id]").select_option(index=1)
    await worker.get_by_role("button", name="转过去").click()
    await expect(other.locator("#wire")).to_contain_text("也可能不由您查看", timeout=15_000)
