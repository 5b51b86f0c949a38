"""What goes on when nobody asks goes on through failures, and stops when told."""

import asyncio

import pytest

from server import worker
from server.base.errors import Unavailable
from server.worker import Duty


class Chore:
    """Counts how often it was done; fails the first times, if told to."""

    def __init__(self, failures: int = 0) -> None:
        self.done, self.failures = 0, failures

    async def __call__(self) -> None:
        self.done += 1
        if self.done <= self.failures:
            raise RuntimeError("not today")


@pytest.fixture
async def at_work():
    """Starts duties; they are stopped when the test is over."""
    tasks = []

    def start(*duties: Duty) -> asyncio.Task:
        tasks.append(asyncio.create_task(worker.work(duties)))
        return tasks[-1]

    yield start
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


async def test_a_duty_is_done_again_and_again(at_work):
    chore = Chore()
    at_work(Duty("chore", chore, every_s=0.01))
    await asyncio.sleep(0.3)
    assert chore.done > 5


async def test_a_duty_that_failed_is_tried_again(at_work):
    chore = Chore(failures=2)
    at_work(Duty("chore", chore, every_s=0.01))
    await asyncio.sleep(0.5)
    assert chore.done > 3


async def test_a_failing_duty_does_not_hold_up_the_others(at_work):
    good = Chore()
    at_work(Duty("bad", Chore(failures=1000), every_s=0.01), Duty("good", good, every_s=0.01))
    await asyncio.sleep(0.3)
    assert good.done > 5


async def test_a_duty_that_goes_on_failing_is_tried_less_and_less(at_work):
    chore = Chore(failures=1000)
    at_work(Duty("chore", chore, every_s=0.01))
    await asyncio.sleep(0.5)
    assert 3 <= chore.done <= 7


async def test_the_whole_story_of_a_failure_is_logged_once(at_work, caplog):
    at_work(Duty("chore", Chore(failures=1000), every_s=0.01))
    await asyncio.sleep(0.3)
    assert caplog.text.count("Traceback") == 1
    assert caplog.text.count("chore failed") > 1


async def test_work_stops_when_told(at_work):
    task = at_work(Duty("chore", Chore(), every_s=100))
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.wait({task}, timeout=1)
    assert task.cancelled()


async def test_a_database_that_is_away_is_one_line_of_each_duty(at_work, caplog):
    async def ask():
        raise Unavailable from ConnectionRefusedError("no PostgreSQL here")

    at_work(Duty("asking", ask, every_s=10))
    await asyncio.sleep(0.1)
    (line,) = [record for record in caplog.records if record.name == "mashang.worker"]
    assert "asking failed (1): ConnectionRefusedError('no PostgreSQL here')" in line.getMessage()
    assert not line.exc_info
