"""Thousands of guesses: told to stop in a clear sentence, and nobody else waits for them."""

import asyncio
import re
import secrets
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from server.codes.tokens import short_of, token_of
from tests.faults.conftest import mortal
from tests.faults.line import PATIENCE_S, Answer, Line
from tests.faults.mortal import MortalTown
from tests.journeys.town_client import API, a_key
from tests.makers import LOGIN, PASSWORD, a_staff_login

GUESSES = (2_000, 10_000)  # in the short form and in the long
LINES = 8
GUESSER, NEIGHBOUR = "127.0.7.1", "127.0.8.1"  # failures count by blocks of addresses
WAITS_S = (PATIENCE_S, 2.0)  # the longest a neighbour waits, beside other tests and alone
TOLD = re.compile("太频繁了，请[0-9]+分钟后再试。")
Guess = Callable[[Line], Coroutine[Any, Any, Answer]]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MortalTown]:
    """A town that counts how often one asks, as every real one does."""
    folder = tmp_path_factory.mktemp("guessed") / "data"
    with mortal(folder, f"sqlite://{folder / 'town.db'}", limits="1") as made:
        made.look(a_staff_login)
        yield made


@dataclass(slots=True)
class Heard:
    """What the guesser and the neighbour were answered, and how long the neighbour waited."""

    guesses: Counter[int] = field(default_factory=Counter)
    last: Answer | None = None
    neighbour: Counter[int] = field(default_factory=Counter)
    longest_s: float = 0.0


async def _guessed(town: MortalTown, guess: Guess, times: int) -> Heard:
    """So many guesses on a few lines, while a neighbour scans and reports."""
    heard, left = Heard(), iter(range(times))
    async with asyncio.TaskGroup() as group:
        guessing = [group.create_task(_guesses(town, guess, left, heard)) for _ in range(LINES)]
        group.create_task(_lives_next_door(town, guessing, heard))
    return heard


async def _guesses(town: MortalTown, guess: Guess, left: Iterator[int], heard: Heard) -> None:
    with Line(town.port, source=GUESSER) as line:
        for _ in left:
            answer = await guess(line)
            heard.guesses[answer.status] += 1
            if answer.status == 429:
                heard.last = answer


async def _lives_next_door(
    town: MortalTown, guessing: list[asyncio.Task[None]], heard: Heard
) -> None:
    report = {"flow": "report", "code": town.code(), "text": "路灯不亮"}
    with Line(town.port, source=NEIGHBOUR) as line:
        while not all(task.done() for task in guessing):
            began = time.monotonic()
            scanned = await line.get(f"{API}/codes/{town.code()}")
            heard.neighbour[scanned.status] += 1
            if not heard.neighbour[201]:
                sent = await line.post(f"{API}/cases", report, idempotency_key=a_key())
                heard.neighbour[sent.status] += 1
            heard.longest_s = max(heard.longest_s, time.monotonic() - began)
            await asyncio.sleep(0.1)


def _a_short_number(line: Line) -> Coroutine[Any, Any, Answer]:
    typed = short_of(secrets.randbelow(100_000_000))
    return line.get(f"/?short={typed}", accept="text/html")


def _a_token(line: Line) -> Coroutine[Any, Any, Answer]:
    return line.get(f"{API}/codes/{token_of(secrets.randbits(128))}")


def _a_password(line: Line) -> Coroutine[Any, Any, Answer]:
    said = {"login": LOGIN, "password": secrets.token_hex(4)}
    return line.post(f"{API}/session/staff", said)


@pytest.mark.parametrize(
    ("guess", "wrong", "looked_at"),
    [(_a_short_number, 404, 20), (_a_token, 404, 1200), (_a_password, 401, 30)],
    ids=["short numbers", "tokens", "passwords"],
)
async def test_who_guesses_thousands_of_times_is_told_to_stop_and_nobody_else_waits(
    town: MortalTown, guess: Guess, wrong: int, looked_at: int, long_form: bool
) -> None:
    heard = await _guessed(town, guess, GUESSES[long_form])

    assert heard.guesses.keys() == {wrong, 429}
    assert heard.guesses[wrong] <= looked_at
    assert heard.last is not None
    assert TOLD.search(heard.last.body.decode())
    assert int(heard.last.headers["retry-after"]) > 0
    assert heard.neighbour.keys() == {200, 201}
    assert heard.longest_s < WAITS_S[long_form]


async def test_whose_password_is_guessed_signs_in_from_her_own_address(town: MortalTown) -> None:
    with Line(town.port, source=GUESSER) as line:
        guesses = [(await _a_password(line)).status for _ in range(40)]
    with Line(town.port, source=NEIGHBOUR) as line:
        said = {"login": LOGIN, "password": PASSWORD}
        hers = await line.post(f"{API}/session/staff", said)

    assert guesses[-1] == 429
    assert hers.status == 200
