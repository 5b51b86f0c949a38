"""An inspection on two phones, the shop's without a script: found, put right, costly, undone."""

from playwright.async_api import Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.walking import SIZES, become, read_in
from tests.photos.samples import jpeg

PHOTO = {"name": "门前.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}


async def test_a_finding_goes_from_the_door_to_the_street_and_its_points_come_back(
    open_page, plain_phone, base_url
):
    keeper, worker = plain_phone, await open_page("phone", viewport={"width": 320, "height": 640})
    await become(keeper, "merchant")
    await expect(keeper.get_by_role("heading", name="我的店")).to_be_visible()
    door = await keeper.get_by_role("link", name="看门口的码").first.get_attribute("href")
    await _found(worker, base_url, door)
    case = await _put_right(keeper)
    await _looked_at_again(worker, case)

    await keeper.goto("/shop")
    await expect(keeper.get_by_text("还有10分")).to_be_visible()
    await keeper.get_by_role("link", name="请街道复核").click()
    await keeper.get_by_label("哪里不同意").fill("那是隔壁的桌子。")
    await keeper.get_by_role("button", name="请街道复核").click()
    street = await open_page("desktop")
    await become(street, "street_dispatcher")
    await street.goto(case)
    await assert_accessible(street)
    await street.locator("#fold-reverse summary").click()
    await street.get_by_label("为什么撤销").fill("照片上是隔壁的桌子。")
    await street.get_by_role("button", name="撤销扣分，把分还回去").click()

    reader = await open_page("phone")
    await become(reader, "merchant")
    await expect(reader.get_by_text("还有12分")).to_be_visible()
    await read_in(reader, base_url, SIZES[-1])
    await reader.reload()
    await assert_accessible(reader)


async def _found(worker: Page, base_url: str, door: str) -> None:
    """At the door, on a narrow phone in the largest letters."""
    await become(worker, "grid_worker")
    await worker.goto(door)
    await worker.get_by_role("link", name="检查这家店").click()
    await read_in(worker, base_url, SIZES[-1])
    await worker.reload()
    await assert_accessible(worker)
    assert await worker.evaluate("document.documentElement.scrollWidth") <= 320
    await worker.get_by_text("损坏花草树木").click()
    await worker.set_input_files("input[type=file]", PHOTO)
    await worker.get_by_role("button", name="记下，告诉店主").click()
    await expect(worker.get_by_role("status").first).to_contain_text("店主现在就能看到")
    await worker.goto("/work/inspections")
    await assert_accessible(worker)


async def _put_right(keeper: Page) -> str:
    """From the page of the shop; the address of the case."""
    await keeper.goto("/shop")
    await keeper.get_by_role("link", name="改好了，请来复查").first.click()
    asked = keeper.locator("#move-rectify")
    await asked.get_by_label("改了什么").fill("桌子搬进来了。")
    await asked.locator("input[type=file]").set_input_files(PHOTO)
    await asked.get_by_role("button").last.click()
    return keeper.url.partition("?")[0]


async def _looked_at_again(worker: Page, case: str) -> None:
    await worker.goto(case)
    await worker.locator("#fold-deduct summary").click()
    again = worker.locator("#move-deduct")
    await again.get_by_label("现在还是什么样").fill("桌子还在外面。")
    await again.locator("input[type=file]").set_input_files(PHOTO)
    await again.get_by_role("button", name="没改好，扣分").click()
    await expect(worker.get_by_role("status").first).to_contain_text("已扣分")
