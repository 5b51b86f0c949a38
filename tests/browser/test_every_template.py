"""Every page there is, in every state the page tests invent, can be used by everyone.

Most of them are walked through elsewhere by somebody who does something there; here are those in
which a town has trouble, lacks something, or has nothing yet.
"""

from functools import cache
from pathlib import Path

import pytest
from playwright.async_api import Page, Route

from server.base import clock
from server.pages.rendering import Face, build_face
from tests.browser.accessible import findings_on
from tests.browser.walking import SIZES
from tests.pages.contexts import PAGES, page
from tests.pages.samples import NOON

HERE = "/a-page-of-the-tests"


@pytest.mark.parametrize(
    ("device", "size", "width"), [("phone", SIZES[-1], 320), ("desktop", SIZES[0], 1366)]
)
async def test_every_page_in_every_state_is_accessible_and_no_wider_than_the_screen(
    open_page, album: dict[str, Path], device: str, size: str, width: int
):
    reader = await open_page(device, viewport={"width": width, "height": 640})
    reader.watch.expect("does not conform to the required format")  # typed wrongly on purpose
    shown = await _shown_to(reader, album["evidence"])
    wrong = [line for name in PAGES for line in await _wrong_with(reader, shown, name, size)]
    assert not wrong, "\n".join(wrong)


async def _shown_to(reader: Page, photo: Path) -> list[str]:
    """Whatever the list holds is the page at `HERE`; its scripts have no town to talk to."""
    shown = [""]

    async def answer(route: Route) -> None:
        await route.fulfill(body=shown[0], content_type="text/html; charset=utf-8")

    async def silence(route: Route) -> None:
        await route.fulfill(body="", content_type="text/javascript")

    async def picture(route: Route) -> None:
        await route.fulfill(path=photo, content_type="image/jpeg")

    await reader.route(f"**{HERE}", answer)
    await reader.route("**/*.js", silence)
    await reader.route("**/photos/**", picture)
    return shown


@cache
def _face() -> Face:
    return build_face()


async def _wrong_with(reader: Page, shown: list[str], name: str, size: str) -> list[str]:
    with clock.stopped_at(NOON):
        shown[0] = page(_face(), name, size)
    await reader.goto(HERE)
    found = [f"{name}: {line}" for line in await findings_on(reader)]
    if await reader.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{name}: wider than the screen")
    return found
