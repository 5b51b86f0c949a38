"""A shop in a browser: registered at the desk, put right where it was wrong, read at its door."""

from playwright.async_api import expect

from tests.browser.accessible import assert_accessible
from tests.browser.walking import SIZES, become, read_in


async def test_a_clerk_registers_a_shop_and_whoever_scans_reads_its_band(open_page, base_url):
    clerk = await open_page("desktop")
    clerk.watch.expect("status of 422")  # a wrong credit code
    await become(clerk, "community_worker")
    await clerk.goto("/desk/merchants")
    await assert_accessible(clerk)
    await clerk.get_by_role("link", name="登记一家商户").click()
    await clerk.get_by_label("在哪儿").fill("云锦苑")
    await clerk.get_by_role("button", name="查找").click()
    await clerk.get_by_role("link", name="在这里新设一个门面").first.click()
    await clerk.get_by_text("店铺", exact=True).click()
    await clerk.get_by_label("店名或摊名").fill("演示·便民店")
    await clerk.get_by_label("行业").select_option("retail")
    await clerk.get_by_label("统一社会信用代码").fill("91330100799655058C")
    await clerk.get_by_role("button", name="登记").click()
    await expect(clerk.get_by_role("alert")).to_contain_text("最后一位对不上")
    await expect(clerk.get_by_label("店名或摊名")).to_have_value("演示·便民店")
    await assert_accessible(clerk)
    await clerk.get_by_label("统一社会信用代码").fill("91330100799655058B")
    await clerk.get_by_role("button", name="登记").click()
    await expect(clerk.get_by_role("status").first).to_contain_text("登记好了")
    await clerk.get_by_label("邀请店主").fill("16000001009")
    await clerk.get_by_role("button", name="邀请").click()
    await expect(clerk.locator("main")).to_contain_text("160****1009")
    await read_in(clerk, base_url, SIZES[-1])
    await assert_accessible(clerk)

    await clerk.goto("/desk/merchants?q=1号店")
    await clerk.locator("main ul.card a.cell").first.click()
    door = await clerk.get_by_role("link", name="看扫码后的页面").get_attribute("href")
    passer_by = await open_page("phone", viewport={"width": 320, "height": 640})
    await read_in(passer_by, base_url, SIZES[-1])
    await passer_by.goto(door)
    await expect(passer_by.get_by_text("创城评级：优")).to_be_visible()
    await assert_accessible(passer_by)
    assert await passer_by.evaluate("document.documentElement.scrollWidth") <= 320
