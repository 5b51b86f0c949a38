"""Nobody answers: the leader is told, then it is a report; at night the town says when somebody is
there. The server's clock is moved while both look at their phones."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Page, expect

from server.base import clock
from tests.browser.accessible import assert_accessible
from tests.browser.walking import become
from tests.faults.mortal import MOVABLE, MortalTown
from tests.faults.movable_clock import Hands

TUESDAY_TEN = datetime(2026, 12, 1, 2, tzinfo=UTC)  # ten o'clock in the town
WORDS = "楼道灯坏了，老人看不见路"
LIVE_WITHIN_S = 10
RINGS_WITHIN_MS = 40_000  # the worker looks every ten seconds


class MovedTown(MortalTown):
    """Its clock stands where the test says."""

    def put(self, **after_ten: float) -> None:
        self.hands.move(
            seconds=(TUESDAY_TEN + timedelta(**after_ten) - clock.now()).total_seconds()
        )


@pytest.fixture
def moved(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    town = MovedTown(folder, f"sqlite://{folder}/town.db", program=MOVABLE)
    town.hands = Hands(folder)
    town.put()
    town.start()
    yield town
    town.stop()


@pytest.fixture
def base_url(moved):
    """Where its pages are."""
    return moved.open.server.base_url


def listening(page: Page) -> asyncio.Event:
    """Set once something came over the page's socket: it was let in in time."""
    hears = asyncio.Event()
    page.on("websocket", lambda live: live.on("framereceived", lambda _: hears.set()))
    return hears


async def asks(page: Page, code: str) -> None:
    """Write to the grid worker by the sign's page; her words may go with a report."""
    hears = listening(page)
    await page.goto(f"/c/{code}/contact")
    await page.locator("label.whom").filter(has_text="网格员").click()
    await page.locator("[name=text]").fill(WORDS)
    await page.locator("[name=agrees]").check()
    await page.get_by_role("button", name="发送").click()
    await expect(page.locator("#talk .said").first).to_have_text(WORDS)
    await asyncio.wait_for(hears.wait(), LIVE_WITHIN_S)


async def test_who_is_not_answered_has_a_report_and_knows_when_somebody_is_there(open_page, moved):
    resident, leader = await open_page("phone"), await open_page("phone")
    await asks(resident, moved.code())
    talk = resident.locator("#talk")
    moved.put(minutes=31)
    await expect(talk).to_contain_text("已转告网格长", timeout=RINGS_WITHIN_MS)
    await become(leader, "grid_leader")
    hears = listening(leader)
    await leader.goto(resident.url)
    await expect(leader.locator("#talk")).to_contain_text(WORDS)
    await asyncio.wait_for(hears.wait(), LIVE_WITHIN_S)
    moved.put(minutes=62)
    await expect(talk).to_contain_text("已替您记成上报", timeout=RINGS_WITHIN_MS)
    await assert_accessible(resident)
    await talk.locator("a[href^='/cases/']").click()
    await expect(resident.locator("main")).to_contain_text(WORDS)

    moved.put(hours=11)  # nine in the evening, duty ended at eight
    late = await open_page("phone")
    await asks(late, moved.code("other_entrance"))
    said = late.locator("#talk")
    await expect(said).to_contain_text("这是自动回复")
    await expect(said).to_contain_text("12月2日8:00上班后回您")
    await expect(said).to_contain_text("110、119、120")
