"""Many at once: one key makes one case, one version one event, and a lost line loses nothing."""

import asyncio
import json
import random
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.journeys.town_client import API, WAITS_S, Person, Street, a_key
from tests.journeys.towns import OpenTown
from tests.journeys.wholeness import faults_of, faults_of_all, versions_of

ROUNDS = 60
CLIENTS = 8
CUT_OFF = 300
SUBMITS = 50
ANSWERS_WITHIN_S = 5.0
HANGS_UP_WITHIN_S = 0.05
CHANCE = random.Random(4)
LINES = 40  # open at once


async def test_fifty_parallel_submits_with_one_key_make_one_case(made_town: OpenTown) -> None:
    body = {"flow": "report", "code": made_town.code(), "text": "五十个手指一起点"}
    headers = {"idempotency-key": a_key()}

    async with _many_phones(made_town) as http:
        sent = [http.post(f"{API}/cases", json=body, headers=headers) for _ in range(SUBMITS)]
        answers = await asyncio.gather(*sent)

    assert {answer.status_code for answer in answers} == {201}
    assert len({(a.json()["number"], a.json()["key"]) for a in answers}) == 1


async def test_fifty_parallel_moves_with_one_key_are_one_move(street: Street) -> None:
    resident, worker = street.guest(), street.persona("grid_worker")
    number = resident.report("entrance", text="楼道堆物", category="E05")["number"]
    seen = resident.case(number)["version"]
    body = {"seen_version": seen, "given": {}}
    asked = Ask(worker.token, f"/cases/{number}/moves/accept", body, "one-key-accepts-once")

    async with _many_phones(street.town) as http:
        answers = await asyncio.gather(*(asked.send(http) for _ in range(SUBMITS)))

    assert {answer.status_code for answer in answers} == {200}
    assert resident.case(number)["version"] == seen + 1


async def test_eight_clients_racing_on_one_case_leave_one_event_a_version(street: Street) -> None:
    number = _disputed(street)
    racers = Racers(street, number)

    rounds = await _rounds(street.town, racers)

    assert {len(each.won("return", "rule_dispute")) for each in rounds} == {1}
    assert {status for each in rounds for status in each.statuses} <= {200, 409}
    case = street.persona("street_dispatcher").case(number)
    assert case["seconded"] == sum(len(each.won("second")) for each in rounds)
    assert versions_of(street.town, number) == list(range(1, case["version"] + 1))
    assert faults_of(street.town, number) == []


async def test_submits_cut_off_half_way_leave_every_case_whole(street: Street) -> None:
    keys = [a_key() for _ in range(CUT_OFF)]
    body = {"flow": "report", "code": street.town.code("lamp"), "text": "说到一半"}

    await _hang_up_on(street.town, [Ask("", "/cases", body, key) for key in keys])
    again = [street.guest().report("lamp", text="说到一半", key=key) for key in keys[::15]]

    assert len({receipt["number"] for receipt in again}) == len(again)
    assert faults_of_all(street.town) == []


async def test_the_town_answers_at_once_after_hundreds_hung_up(street: Street) -> None:
    body = {"flow": "report", "code": street.town.code("lamp"), "text": "又说到一半"}
    await _hang_up_on(street.town, [Ask("", "/cases", body) for _ in range(CUT_OFF)])

    began = time.monotonic()
    receipt = street.guest().report("lamp", text="还在吗")

    assert receipt["number"]
    assert time.monotonic() - began < ANSWERS_WITHIN_S


async def test_moves_cut_off_half_way_leave_the_case_whole(street: Street) -> None:
    number = _disputed(street)
    racers = Racers(street, number)

    await _hang_up_on(street.town, [racers.back_and_forth(n) for n in range(CUT_OFF)])

    assert faults_of(street.town, number) == []
    assert racers.dispatcher.case(number)["number"] == number


def _many_phones(town: OpenTown) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=town.base_url, timeout=WAITS_S, trust_env=False, verify=False)


def _disputed(street: Street) -> str:
    """A case that goes back and forth between the street and the firm as often as they like."""
    worker, manager = street.persona("grid_worker"), street.persona("property_manager")
    number = str(street.guest().report("entrance", category="E05", text="楼道堆物")["number"])
    worker.move(number, "accept")
    worker.move(number, "dispatch", unit=worker.town.unit("property_firm"))
    manager.move(number, "return", reason="不归我们。")
    return number


@dataclass(frozen=True, slots=True)
class Ask:
    """One request somebody is about to make."""

    token: str
    path: str
    body: dict[str, Any]
    key: str = field(default_factory=a_key)

    @property
    def headers(self) -> dict[str, str]:
        headers = {"idempotency-key": self.key}
        return headers | ({"authorization": f"Bearer {self.token}"} if self.token else {})

    @property
    def move(self) -> str:
        return self.path.rpartition("/")[2]

    def send(self, http: httpx.AsyncClient) -> Coroutine[Any, Any, httpx.Response]:
        return http.post(API + self.path, json=self.body, headers=self.headers)


@dataclass(frozen=True, slots=True)
class Round:
    """What eight clients asked at once, and what they were answered."""

    asked: list[Ask]
    statuses: list[int]

    def won(self, *moves: str) -> list[str]:
        pairs = zip(self.asked, self.statuses, strict=True)
        return [ask.move for ask, status in pairs if ask.move in moves and status == 200]


class Racers:
    """Eight people who all look at the same case and do what they may, at the same moment."""

    def __init__(self, street: Street, number: str) -> None:
        self.number, self.town = number, street.town
        self.dispatcher = street.persona("street_dispatcher")
        self.worker = street.persona("grid_worker")
        self.firm = [street.persona("property_manager"), street.persona("property_staff")]

    def ask(self, case: dict[str, Any], turn: int) -> list[Ask]:
        """All want to move it on; now and then one corrects its category, and a neighbour joins."""
        on = [self._on(case, n) for n in range(CLIENTS)]
        if turn % 5:
            return on
        category = {"category": ("E05", "F03")[turn % 2]}
        return [*on[:-2], self._move(self.worker, case, "classify", category), self._joins()]

    def _on(self, case: dict[str, Any], n: int) -> Ask:
        if case["state"] == "dispatched":
            return self._move(self.firm[n % 2], case, "return", {"reason": f"不归我们 {n}"})
        given = {"unit": self.town.unit("property_firm"), "text": f"归你们 {n}"}
        return self._move(self.dispatcher, case, "rule_dispute", given)

    def _move(self, who: Person, case: dict[str, Any], move: str, given: dict[str, Any]) -> Ask:
        body = {"seen_version": case["version"], "given": given}
        return Ask(who.token, f"/cases/{self.number}/moves/{move}", body)

    def back_and_forth(self, n: int) -> Ask:
        """Half of these are possible at any moment."""
        state = ("dispatched", "dispute")[n % 2]
        return self._on({"state": state, "version": 10_000}, n)

    def _joins(self) -> Ask:
        return Ask("", f"/cases/{self.number}/second", {"code": self.town.code("entrance")})


async def _rounds(town: OpenTown, racers: Racers) -> list[Round]:
    found = []
    async with _many_phones(town) as http:
        for turn in range(ROUNDS):
            asked = racers.ask(racers.dispatcher.case(racers.number), turn)
            answers = await asyncio.gather(*(ask.send(http) for ask in asked))
            found.append(Round(asked, [answer.status_code for answer in answers]))
    return found


async def _hang_up_on(town: OpenTown, asks: list[Ask]) -> None:
    """Send every one of these, and hang up before most are answered."""
    lines = asyncio.Semaphore(LINES)

    async def hang_up(ask: Ask) -> None:
        async with lines:
            await _say_and_hang_up(town, ask)

    await asyncio.gather(*(hang_up(ask) for ask in asks))


async def _say_and_hang_up(town: OpenTown, ask: Ask) -> None:
    """Send a whole request and hang up at some moment before its answer."""
    said = json.dumps(ask.body, ensure_ascii=False, separators=(",", ":")).encode()
    told = {"host": "town", "content-type": "application/json", "content-length": str(len(said))}
    heads = [f"{name}: {value}" for name, value in (told | ask.headers).items()]
    where = httpx.URL(town.base_url)
    _, phone = await asyncio.open_connection(where.host, where.port)
    phone.write("\r\n".join([f"POST {API}{ask.path} HTTP/1.1", *heads, "", ""]).encode() + said)
    await phone.drain()
    await asyncio.sleep(CHANCE.uniform(0, HANGS_UP_WITHIN_S))
    phone.transport.abort()
