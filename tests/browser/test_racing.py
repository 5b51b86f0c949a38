"""Two move the same case at the same moment: one does, the other is told and loses no word."""

import asyncio
import time
from dataclasses import dataclass

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.people import PROPERTY, Person
from tests.browser.walking import demo_sign
from tests.faults.records import OpenTally, Tally
from tests.journeys.town_client import API, a_key

MOVED_ON = "刚刚有了新进展"
KINDS = {True: "with a script", False: "without a script"}
WORDS = ("我在路上了，十分钟到。", "请物业看看，像是线路坏了。")


@dataclass(frozen=True, slots=True)
class Office:
    """The grid worker's post, at the server: cases come from here."""

    http: httpx.Client
    base_url: str

    def accepted(self) -> str:
        """A fresh case, taken up by the grid worker."""
        token = demo_sign(self.base_url).removeprefix("/c/")
        number = self._post("/cases", {"flow": "report", "code": token, "text": "路灯不亮"})[
            "number"
        ]
        self._post(f"/cases/{number}/moves/accept", {"seen_version": 1, "given": {}})
        return str(number)

    def moves(self, number: str) -> list[str]:
        case = self.http.get(f"{API}/cases/{number}").raise_for_status().json()
        return [line["move"] for line in case["timeline"]]

    def _post(self, path: str, body: dict) -> dict:
        headers = {"idempotency-key": a_key()}
        return self.http.post(API + path, json=body, headers=headers).raise_for_status().json()


@pytest.fixture
def office(base_url):
    with httpx.Client(base_url=base_url, trust_env=False, verify=False) as http:
        signed_in = http.post(f"{API}/session/demo", json={"persona": "grid_worker"}).json()
        http.headers["authorization"] = f"Bearer {signed_in['token']}"
        yield Office(http, base_url)


@pytest_asyncio.fixture(loop_scope="session", params=[True, False], ids=["scripted", "plain"])
async def rivals(open_page, base_url, request) -> tuple[Person, Person]:
    """The same grid worker on two phones."""
    pages = [await open_page("phone", javascript=request.param) for _ in range(2)]
    both = [Person(page, base_url, scripted=request.param) for page in pages]
    for each in both:
        each.page.watch.expect("status of 409")
        await each.be("grid_worker")
    return both[0], both[1]


async def _filled_in(rivals: tuple[Person, Person], number: str) -> None:
    """One will do it himself, the other hands it on; neither knows of the other."""
    handles, dispatches = rivals
    await handles.case(number)
    await dispatches.case(number)
    form = await handles.unfolded("self_handle")
    await form.locator("[name=text]").fill(WORDS[0])
    form = await dispatches.unfolded("dispatch")
    await form.locator("[name=text]").fill(WORDS[1])
    options = form.locator("select[name=unit] option").filter(has_text=PROPERTY)
    await form.locator("select[name=unit]").select_option(
        await options.first.get_attribute("value")
    )


async def _sent(person: Person, move: str) -> bool:
    """Whether it was taken; who was late has been told so."""
    page = person.page
    await page.locator(f"#move-{move} button.go").click()
    taken = page.locator("main .band.ok")
    await expect(taken.or_(page.get_by_text(MOVED_ON)).first).to_be_visible()
    return f"done={move}" in page.url


async def _still_shows(person: Person, words: str) -> bool:
    typed = await person.page.locator("main textarea").evaluate_all("all => all.map(a => a.value)")
    return words in "\n".join([*typed, await person.page.locator("main").inner_text()])


async def _raced_again_and_again(
    rivals: tuple[Person, Person], office: Office, cycles: int, tally: Tally
) -> None:
    for _ in range(cycles):
        await _raced(rivals, office, tally)


async def _raced(rivals: tuple[Person, Person], office: Office, tally: Tally) -> None:
    """One race, and what came of it, by the case's own timeline."""
    number = office.accepted()
    await _filled_in(rivals, number)
    began = time.monotonic()
    won = await asyncio.gather(_sent(rivals[0], "self_handle"), _sent(rivals[1], "dispatch"))
    made = office.moves(number)[2:]
    tally.took(time.monotonic() - began)
    tally.acknowledged += sum(won)
    tally.doubled += len(made) - 1
    kept = [await _still_shows(rivals[n], WORDS[n]) for n in range(2)]
    tally.lost += sum(not won[n] and not kept[n] for n in range(2))


async def test_of_two_who_move_a_case_at_once_one_wins_and_the_other_keeps_every_word(
    rivals: tuple[Person, Person], office: Office, cycles: int, tally: OpenTally
) -> None:
    counted = tally(f"two browsers on one case, {KINDS[rivals[0].scripted]}", "sqlite")

    await _raced_again_and_again(rivals, office, cycles, counted)

    assert (counted.acknowledged, counted.lost, counted.doubled) == (cycles, 0, 0)
