"""A resident thanks the grid worker, a clerk reads it, and it stands on the sign."""

from playwright.async_api import expect

from tests.browser.accessible import assert_accessible
from tests.browser.walking import SIZES, become, demo_sign, read_in

WORDS = "下雪天帮我家老人提菜上楼，谢谢您"


async def test_thanks_reach_the_wall_through_a_clerks_hands(open_page, base_url):
    resident, sign = await open_page("phone"), demo_sign(base_url)
    await resident.goto(sign)
    await resident.get_by_role("link", name="我要点赞").click()
    await assert_accessible(resident)
    await resident.locator("main a.cell", has_text="网格员").click()
    await assert_accessible(resident)
    await expect(resident.locator("[name=text]")).to_have_count(0)  # no words that nobody can send
    await resident.get_by_role("link", name="选一位演示的人").click()
    await resident.locator("button[name=persona][value=resident]").click()
    await resident.get_by_text("讲得清楚").click()
    await resident.locator("[name=text]").fill(WORDS)
    await assert_accessible(resident)
    await resident.get_by_role("button", name="送上谢谢").click()
    await expect(resident.get_by_text("正在看").first).to_be_visible()
    await assert_accessible(resident)

    clerk = await open_page("desktop")
    await become(clerk, "community_worker")
    for size in (SIZES[-1], SIZES[0]):
        await read_in(clerk, base_url, size)
        await clerk.goto("/desk/praises")
        await assert_accessible(clerk)
    await clerk.locator("li", has_text=WORDS).get_by_role("button", name="转达").first.click()
    await expect(clerk.get_by_role("status")).to_contain_text("已转达")
    for tab in ("odd", "figures"):
        await clerk.goto(f"/desk/praises/{tab}")
        await assert_accessible(clerk)

    narrow = await open_page("phone", viewport={"width": 320, "height": 640})
    await read_in(narrow, base_url, SIZES[-1])
    for path in (sign, f"{sign}/praise", f"{sign}/praises"):
        await narrow.goto(path)
        await assert_accessible(narrow)
        assert await narrow.evaluate("document.documentElement.scrollWidth") <= 320
    await expect(narrow.get_by_text(WORDS)).to_be_visible()
