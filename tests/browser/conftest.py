"""A real Chromium, held like a phone or standing on a desk, that tolerates nothing strange.

A test fails if a page logs a console error, throws, or asks any other host for anything.
"""

import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.browser.watch import Watch
from tests.photos import samples

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
DEVICES = {
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": {"width": 1366, "height": 768}},
}
# The first is the same Chromium without windows, menus and the pages behind these.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
OpenPage = Callable[..., Awaitable[Page]]
BROWSER_TESTS = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share one loop, because they share one browser."""
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if pytest_asyncio.is_async_test(item):
                item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def _chromium() -> str:
    named = os.environ.get("MASHANG_TEST_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if not found:
        pytest.skip("no Chromium: on Debian, apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def chinese_font() -> str:
    """Without one every Chinese word is an empty box, and a picture of it proves nothing."""
    listed = subprocess.run(
        ["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False
    )
    if not listed.stdout.strip():
        pytest.skip("no Chinese font: on Debian, apt-get install fontconfig fonts-wqy-microhei")
    return listed.stdout


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chinese_font: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, base_url: str) -> AsyncIterator[OpenPage]:
    """Open a page as another person with another device: `await open_page("desktop")`.

    Each person has an own context: own cookies, own storage. `javascript=False` for a browser
    without it; anything else goes to Playwright's `new_context`. `page.watch` is the Watch.
    """
    opened: list[tuple[BrowserContext, Watch]] = []

    async def open_(device: str = "phone", *, javascript: bool = True, **options: object) -> Page:
        context = await browser.new_context(
            **DEVICES[device] | {"base_url": base_url} | options,
            java_script_enabled=javascript,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(10_000)
        watch = Watch(own=str(options.get("base_url", base_url)))
        opened.append((context, watch))
        watch.over(context)
        page = await context.new_page()
        page.watch = watch
        return page

    yield open_
    for context, _ in opened:
        await context.close()
    strange = [line for _, watch in opened for line in watch.strange]
    assert not strange, "\n".join(strange)


@pytest_asyncio.fixture(loop_scope="session")
async def phone(open_page: OpenPage) -> Page:
    """A resident's phone, 390×844."""
    return await open_page("phone")


@pytest_asyncio.fixture(loop_scope="session")
async def plain_phone(open_page: OpenPage) -> Page:
    """The same with JavaScript off."""
    return await open_page("phone", javascript=False)


@pytest_asyncio.fixture(loop_scope="session")
async def desktop(open_page: OpenPage) -> Page:
    """A desk, 1366×768."""
    return await open_page("desktop")


@pytest.fixture(scope="session")
def album(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Photos as files, by kind. `jpeg`: twelve megapixels lying on their side, with GPS."""
    folder = tmp_path_factory.mktemp("album")
    taken = {
        "jpeg": ("IMG_2031.jpg", samples.rotated_jpeg_with_gps()),
        "heic": ("IMG_2032.HEIC", samples.heic()),
        "png": ("截图.png", samples.png()),
        "webp": ("😀 微信图片.webp", samples.webp()),
        "evidence": ("办结.jpg", samples.jpeg()),
        "text": ("其实是文字.jpg", samples.text_file()),
    }
    for name, content in taken.values():
        (folder / name).write_bytes(content)
    return {kind: folder / name for kind, (name, _) in taken.items()}
