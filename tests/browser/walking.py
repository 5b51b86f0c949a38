"""Getting about in the demo town: whose phone it is, which sign is scanned, how large the words."""

import json

import httpx
from playwright.async_api import Page

SIZES = ("standard", "large", "huge")


def demo_sign(base_url: str) -> str:
    """The address of the demo's sign, as the front page offers it."""
    page = httpx.get(base_url).text
    return "/c/" + page.split('href="/c/')[1].split('"')[0]


async def become(page: Page, persona: str) -> None:
    """Press the persona's button on the front page."""
    await page.goto("/")
    await page.locator(f"button[name=persona][value={json.dumps(persona)}]").click()
    await page.wait_for_load_state()


async def read_in(page: Page, base_url: str, size: str) -> None:
    """The reader has chosen this text size before."""
    await page.context.add_cookies([{"name": "mashang-size", "value": size, "url": base_url}])
