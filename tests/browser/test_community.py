"""我的社区 in a browser: read aloud, a station found, a photo that a clerk blots out."""

from uuid import uuid4

import httpx
from playwright.async_api import Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.walking import SIZES, become, demo_sign, read_in
from tests.photos.samples import jpeg

# A phone's voice as the browser offers it; headless there is none.
VOICE = """
window.said = [];
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => [{ lang: 'zh-CN', name: 'a voice' }],
  speak: (piece) => window.said.push(piece.text),
  cancel: () => window.said.push('silence'),
} });
"""


def a_mended_lamp(base_url: str) -> str:
    """The number of a case with a photo, solved and confirmed, at the demo's sign."""
    with httpx.Client(base_url=f"{base_url}/m/v1") as guest:
        key = {"idempotency-key": uuid4().hex}
        photo = guest.post(
            "/photos", files={"photo": ("灯.jpg", jpeg(), "image/jpeg")}, headers=key
        )
        body = {"flow": "report", "code": demo_sign(base_url)[3:], "category": "P05"}
        opened = _sent(guest, "/cases", body | {"photos": [photo.json()["id"]]})
        manager = guest.post("/session/demo", json={"persona": "property_manager"}).json()
        token = {"authorization": f"Bearer {manager['token']}"}
        moves = f"/cases/{opened['number']}/moves"
        case = _sent(guest, f"{moves}/sign", {"seen_version": 2, "given": {}}, token)
        given = {"outcome": "fixed", "text": "换了新灯。"}
        seen = {"seen_version": case["version"]}
        case = _sent(guest, f"{moves}/resolve", seen | {"given": given}, token)
        seen = {"seen_version": case["version"], "given": {"solved": "yes"}}
        _sent(guest, f"{moves}/confirm?key={opened['key']}", seen)
    return str(opened["number"])


def _sent(client: httpx.Client, path: str, body: object, more: dict[str, str] | None = None):
    headers = {"idempotency-key": uuid4().hex} | (more or {})
    return client.post(path, json=body, headers=headers).raise_for_status().json()


async def publish(clerk: Page, number: str) -> None:
    """Draw over the photo of a case with the mouse, look at the copy, publish it."""
    await clerk.goto(f"/cases/{number}")
    await clerk.get_by_role("link", name="公开照片").click()
    await assert_accessible(clerk)
    await clerk.get_by_role("link", name="打码").click()
    await assert_accessible(clerk)
    board = clerk.locator(".blot")
    await board.scroll_into_view_if_needed()
    box = await board.bounding_box()
    await clerk.mouse.move(box["x"] + 20, box["y"] + 20)
    await clerk.mouse.down()
    await clerk.mouse.move(box["x"] + 200, box["y"] + 150)
    await clerk.mouse.up()
    await expect(clerk.locator(".area")).to_have_count(1)
    await clerk.get_by_role("button", name="打码，看看效果").click()
    await expect(clerk.get_by_alt_text("打码后的照片")).to_be_visible()
    await assert_accessible(clerk)
    await clerk.get_by_role("button", name="没有漏的，公开").click()
    await expect(clerk.get_by_role("status")).to_contain_text("已公开")
    await assert_accessible(clerk)


async def listen(neighbour: Page) -> None:
    """Have the page read aloud, and be quiet again."""
    await neighbour.get_by_role("button", name="念给我听").click()
    said = await neighbour.evaluate("window.said")
    assert "有事找谁" in said
    assert any("1 1 0" in line for line in said)
    await neighbour.get_by_role("button", name="停下来").click()
    assert (await neighbour.evaluate("window.said"))[-1] == "silence"


async def assert_usable(page: Page) -> None:
    """By ear, and on the narrowest phone in the largest letters."""
    await assert_accessible(page)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320


async def test_a_neighbour_is_read_to_finds_a_station_and_sees_what_was_mended(open_page, base_url):
    clerk = await open_page("desktop")
    await become(clerk, "community_secretary")
    await publish(clerk, a_mended_lamp(base_url))
    await read_in(clerk, base_url, SIZES[-1])
    await clerk.goto("/desk/stations?find=街角")
    await assert_accessible(clerk)
    await clerk.locator("main a.button", has_text="修改").first.click()
    await assert_accessible(clerk)

    neighbour = await open_page("phone", viewport={"width": 320, "height": 640})
    await neighbour.add_init_script(VOICE)
    await read_in(neighbour, base_url, SIZES[-1])
    await neighbour.goto(demo_sign(base_url))
    await neighbour.get_by_role("link", name="我的社区").click()
    await assert_usable(neighbour)
    await listen(neighbour)
    community = neighbour.url
    await neighbour.get_by_role("link", name="找最近的、开着的").click()
    await neighbour.get_by_label("您要用什么").select_option("饮水")
    await neighbour.get_by_role("button", name="找最近的").click()
    await expect(neighbour.get_by_text("暖心驿站").first).to_be_visible()
    await assert_usable(neighbour)
    await neighbour.goto(community.replace("?", "/results?"))
    await expect(neighbour.get_by_alt_text("办之前，门禁").first).to_be_visible()
    await assert_usable(neighbour)
