"""A plaque in a browser: reported by a passer-by, seen to by the grid worker, read at the desk."""

from playwright.async_api import expect

from tests.browser.accessible import assert_accessible
from tests.browser.walking import SIZES, become, demo_sign, read_in
from tests.photos.samples import jpeg


async def test_a_fault_reaches_the_grid_worker_and_is_over_when_the_plaque_hangs_again(
    open_page, base_url
):
    sign = demo_sign(base_url)
    passer_by = await open_page("phone", viewport={"width": 320, "height": 640})
    await read_in(passer_by, base_url, SIZES[-1])
    await passer_by.goto(f"{sign}/fault")
    await assert_accessible(passer_by)
    assert await passer_by.evaluate("document.documentElement.scrollWidth") <= 320
    await passer_by.get_by_text("掉了").click()
    await passer_by.get_by_role("button", name="告诉他们").click()
    await expect(passer_by.get_by_role("status").first).to_contain_text("记下了")

    worker = await open_page("phone")
    await become(worker, "grid_worker")
    await worker.goto("/work/plaques")
    await expect(worker.get_by_text("掉了、不见了").first).to_be_visible()
    await assert_accessible(worker)
    await worker.goto(f"{sign}/mount")
    await assert_accessible(worker)
    await worker.context.grant_permissions(["geolocation"])
    await worker.context.set_geolocation({"longitude": 109.8, "latitude": 39.6})
    await worker.get_by_role("button", name="用手机定位核对").click()
    await expect(worker.get_by_text("离登记的位置约")).to_be_visible()
    photo = {"name": "牌子.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    await worker.set_input_files("input[type=file]", photo)
    await worker.get_by_role("button", name="挂好了").click()
    await expect(worker.get_by_text("现在没有要看的牌子")).to_be_visible()

    clerk = await open_page("desktop")
    await become(clerk, "community_worker")
    await clerk.goto("/desk/codes?q=1号楼1单元")
    await assert_accessible(clerk)
    await clerk.locator("main ul.card a.cell").first.click()
    await expect(clerk.get_by_role("heading", name="挂牌和报损")).to_be_visible()
    await read_in(clerk, base_url, SIZES[-1])
    await assert_accessible(clerk)
