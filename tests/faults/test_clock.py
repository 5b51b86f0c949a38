"""The server's clock jumps: days ahead, days back. Order is kept, and nobody gets in for longer."""

import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.faults.conftest import mortal
from tests.faults.mortal import MOVABLE, MortalTown
from tests.faults.movable_clock import Hands
from tests.faults.records import OpenTally, Tally
from tests.hostile.problems import problem
from tests.journeys.town_client import Person, Street
from tests.journeys.wholeness import faults_of, faults_of_all

RINGS_WITHIN_S = 30.0
LOOKS_EVERY_S = 0.2
MADE = ["open", "accept", "self_handle", "resolve"]


@pytest.fixture(scope="module")
def clockwork(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[MortalTown, Hands]]:
    folder = tmp_path_factory.mktemp("clockwork") / "data"
    folder.mkdir()
    hands = Hands(folder)
    with mortal(folder, f"sqlite://{folder / 'town.db'}", program=MOVABLE) as town:
        yield town, hands


@pytest.fixture
def town(clockwork: tuple[MortalTown, Hands]) -> MortalTown:
    return clockwork[0]


@pytest.fixture
def hands(clockwork: tuple[MortalTown, Hands]) -> Iterator[Hands]:
    """The hands of the server's clock; right again when the test ends."""
    yield clockwork[1]
    clockwork[1].move()


@pytest.fixture
def street(town: MortalTown) -> Iterator[Street]:
    with ExitStack() as phones:
        yield Street(town.open, phones)


def _moves(person: Person, number: str) -> list[str]:
    return [line["move"] for line in person.case(number)["timeline"]]


def _resolved(resident: Person, worker: Person) -> str:
    number = str(resident.report("entrance", category="E05", text="楼道堆物")["number"])
    worker.move(number, "accept")
    worker.move(number, "self_handle")
    worker.move(number, "resolve", outcome="fixed", text="清走了。", photos=[worker.photo()])
    return number


def _closed(resident: Person, number: str) -> bool:
    give_up_at = time.monotonic() + RINGS_WITHIN_S
    while resident.case(number)["state"] != "closed" and time.monotonic() < give_up_at:
        time.sleep(LOOKS_EVERY_S)
    return bool(resident.case(number)["state"] == "closed")


def _jumped(
    street: Street, resident: Person, hands: Hands, tally: Tally, *, cycles: int
) -> list[str]:
    """Cases nobody judged, over which three days pass in a moment, and go back, and pass again."""
    numbers = []
    for _ in range(cycles):
        number = _resolved(resident, street.persona("grid_worker"))
        began = time.monotonic()
        hands.move(days=4)
        tally.lost += not _closed(resident, number)
        tally.took(time.monotonic() - began)
        hands.move(days=-2)
        resident.report("entrance", text="钟倒着走")
        hands.move()
        numbers.append(number)
    tally.acknowledged = len(numbers)
    return numbers


def test_a_clock_that_jumps_ahead_back_and_ahead_rings_every_deadline_once(
    town: MortalTown, street: Street, hands: Hands, cycles: int, tally: OpenTally
) -> None:
    counted, resident = tally("clock jump", "sqlite"), street.guest()

    numbers = _jumped(street, resident, hands, counted, cycles=cycles)

    made = [_moves(resident, number) for number in numbers]
    counted.doubled = sum(len(each) - len(set(each)) for each in made)
    assert made == [[*MADE, "close_unrated"]] * cycles
    assert faults_of_all(town.open) == []


def test_what_is_done_while_the_clock_is_two_days_behind_stays_in_order(
    town: MortalTown, street: Street, hands: Hands
) -> None:
    resident, worker = street.guest(), street.persona("grid_worker")
    number = str(resident.report("entrance", category="E05", text="楼道堆物")["number"])
    worker.move(number, "accept")
    hands.move(days=-2)
    street.persona("grid_worker").move(number, "self_handle")
    hands.move()
    worker = street.persona("grid_worker")

    worker.move(number, "resolve", outcome="fixed", text="清走了。", photos=[worker.photo()])

    assert _moves(resident, number) == MADE
    assert resident.case(number)["resolve_by"] > resident.case(number)["opened_at"]
    assert faults_of(town.open, number) == []


def test_a_clock_set_back_lengthens_no_session(street: Street, hands: Hands) -> None:
    worker = street.persona("grid_worker")
    hands.move(days=-2)
    ended = problem(worker.ask("/cases", list="todo"), 401)

    hands.move()

    assert ended["code"] == "session-ended"
    problem(worker.ask("/cases", list="todo"), 401)


def test_a_session_made_while_the_clock_is_behind_does_not_outlive_a_true_one(
    street: Street, hands: Hands
) -> None:
    true = street.persona("grid_worker")
    hands.move(days=-2)
    false = street.persona("grid_worker")
    false.list("todo")

    hands.move()

    problem(false.ask("/cases", list="todo"), 401)
    assert true.ask("/cases", list="todo").status_code == 200


def test_a_session_that_ended_stays_ended_when_the_clock_is_set_back(
    street: Street, hands: Hands
) -> None:
    worker = street.persona("grid_worker")
    hands.move(days=40)
    ended = problem(worker.ask("/cases", list="todo"), 401)

    hands.move(days=-2)

    assert ended["code"] == "session-ended"
    problem(worker.ask("/cases", list="todo"), 401)
    assert street.persona("grid_worker").ask("/cases", list="todo").status_code == 200
