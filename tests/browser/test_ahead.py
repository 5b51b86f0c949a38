"""Photos of what staff find and put up: neither a lost network nor a refusal takes them away."""

import pytest_asyncio
from playwright.async_api import Page, Route, expect

from tests.browser.accessible import assert_accessible
from tests.browser.walking import SIZES, become, demo_sign, read_in

LOST = "没有网络，没有发出去"
SHOTS = "form .shots img"


@pytest_asyncio.fixture(loop_scope="session")
async def worker(phone: Page) -> Page:
    """A grid worker's phone. `sent`: what has gone to the server, by the end of its address."""
    phone.watch.expect("net::ERR_", "Failed to fetch", "status of 409")
    phone.sent = []
    await become(phone, "grid_worker")
    phone.on(
        "request",
        lambda one: phone.sent.append(one.url.rpartition("/")[2]) if one.method == "POST" else None,
    )
    return phone


@pytest_asyncio.fixture(loop_scope="session")
async def door(open_page) -> str:
    """The sign at a shop's door."""
    keeper = await open_page("phone")
    await become(keeper, "merchant")
    return await keeper.get_by_role("link", name="看门口的码").first.get_attribute("href") or ""


async def dead(route: Route) -> None:
    if route.request.method == "POST":
        await route.abort()
    else:
        await route.continue_()


async def takes_photo(page: Page, album) -> None:
    await page.wait_for_load_state()
    await page.set_input_files("input[type=file]", album["jpeg"])
    await expect(page.locator(SHOTS)).to_have_count(1)


async def test_a_finding_is_sent_by_the_second_press_when_the_network_was_gone(worker, door, album):
    await worker.goto(f"{door}/inspect")
    await worker.get_by_text("堵塞消防通道").click()
    await worker.route("**/m/v1/photos", dead)
    await takes_photo(worker, album)
    go = worker.get_by_role("button", name="记下，告诉店主")
    await go.click()
    await expect(worker.locator("[data-told]")).to_contain_text("照片还没传完")

    await worker.unroute("**/m/v1/photos")
    await worker.route("**/inspect", dead)
    await go.click()
    await expect(worker.locator("[data-told]")).to_contain_text(LOST)
    told, bar = [await worker.locator(one).bounding_box() for one in ("[data-told]", ".bar")]
    assert bar["y"] <= told["y"] < told["y"] + told["height"] <= 844  # not behind the button
    await expect(worker.locator(SHOTS)).to_have_count(1)
    await assert_accessible(worker)

    await worker.unroute("**/inspect")
    await go.dblclick(no_wait_after=True)
    await expect(worker.get_by_role("status").first).to_contain_text("店主现在就能看到")
    await expect(worker.locator("main .shots img")).to_have_count(1)


async def test_a_finding_that_is_refused_comes_back_with_its_photo(worker, door, album):
    for outcome in ("[role=status]:visible >> text=店主现在就能看到", "[role=alert]:focus"):
        await worker.goto(f"{door}/inspect")
        await worker.get_by_text("门前积雪").click()
        await takes_photo(worker, album)
        await worker.get_by_role("button", name="记下，告诉店主").click()
        await expect(worker.locator(outcome)).to_be_visible()
    await expect(worker.locator(SHOTS)).to_have_count(1)
    uploads = worker.sent.count("photos")

    await worker.get_by_text("没有亮照经营").click()
    await worker.get_by_role("button", name="记下，告诉店主").click()
    await expect(worker.get_by_role("status").first).to_contain_text("店主现在就能看到")
    await expect(worker.locator("main .shots img")).to_have_count(1)
    assert worker.sent.count("photos") == uploads


async def test_a_plaque_waits_for_its_place_and_keeps_its_photo(worker, base_url, album):
    await read_in(worker, base_url, SIZES[-1])
    await worker.add_init_script(
        "navigator.geolocation.getCurrentPosition = (found) => {"
        " window.found = () => found({ coords: { longitude: 109.8, latitude: 39.6 } }); }"
    )
    await worker.goto(f"{demo_sign(base_url)}/mount")
    await takes_photo(worker, album)
    await assert_accessible(worker)
    await worker.route("**/mount", dead)
    await worker.get_by_role("button", name="用手机定位核对").click()
    go = worker.get_by_role("button", name="挂好了")
    await go.click()
    await expect(worker.get_by_text("最多再等5秒就提交")).to_be_visible()
    await worker.evaluate("found()")
    await expect(worker.locator("[data-told]")).to_contain_text(LOST)
    await expect(worker.locator(SHOTS)).to_have_count(1)

    await worker.unroute("**/mount")
    await go.click()
    await worker.wait_for_url("**/work/plaques?done=mounted")
    assert [worker.sent.count(one) for one in ("photos", "mount")] == [1, 2]
