"""The bus: whoever listens is told, in this process or another; nobody waits for who does not."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.base.bus import MOST_WAITING, PAUSE_S, Bus, LocalBus, RedisBus, make_bus

NOBODY = "redis://127.0.0.1:1"


@pytest.fixture
async def two_processes(redis_url: str) -> AsyncIterator[tuple[RedisBus, RedisBus]]:
    one, other = RedisBus(redis_url), RedisBus(redis_url)
    await asyncio.gather(one.listening.wait(), other.listening.wait())
    yield one, other
    await asyncio.gather(one.close(), other.close())


@pytest.fixture(params=["local", pytest.param("redis", marks=pytest.mark.redis)])
async def bus(request: pytest.FixtureRequest) -> AsyncIterator[Bus]:
    url = "" if request.param == "local" else request.getfixturevalue("redis_url")
    made = make_bus(url)
    yield made
    await made.close()


async def test_a_listener_hears_what_is_told_after_it_began(bus: Bus) -> None:
    async with bus.subscribe("session") as messages:
        await bus.publish("session", {"ended": "7"})

        assert await asyncio.wait_for(anext(messages), 2) == {"ended": "7"}


async def test_a_listener_does_not_hear_of_other_topics(bus: Bus) -> None:
    async with bus.subscribe("session") as messages:
        await bus.publish("outbox", {"new": 1})
        await bus.publish("session", {"ended": "7"})

        assert await asyncio.wait_for(anext(messages), 2) == {"ended": "7"}


async def test_everyone_who_listens_is_told(bus: Bus) -> None:
    async with bus.subscribe("session") as one, bus.subscribe("session") as other:
        await bus.publish("session", {"ended": "7"})

        assert await asyncio.wait_for(anext(one), 2) == await asyncio.wait_for(anext(other), 2)


async def test_a_sleeping_listener_loses_the_oldest_and_holds_nobody_up() -> None:
    bus = LocalBus()
    async with bus.subscribe("session") as messages:
        for number in range(MOST_WAITING + 1):
            await bus.publish("session", {"n": number})

        assert await anext(messages) == {"n": 1}


@pytest.mark.redis
async def test_another_process_is_told(two_processes: tuple[RedisBus, RedisBus]) -> None:
    one, other = two_processes
    async with other.subscribe("session") as messages:
        await one.publish("session", {"ended": "7"})

        assert await asyncio.wait_for(anext(messages), 2) == {"ended": "7"}


@pytest.mark.redis
async def test_one_hears_itself_once(two_processes: tuple[RedisBus, RedisBus]) -> None:
    one, other = two_processes
    async with one.subscribe("session") as messages:
        await one.publish("session", {"n": 1})
        await other.publish("session", {"n": 2})

        assert [await asyncio.wait_for(anext(messages), 2) for _ in "12"] == [{"n": 1}, {"n": 2}]


@pytest.mark.redis
@pytest.mark.parametrize("noise", [b"", b"hello", b"[]", b'{"from": 1}', b"\xff"])
async def test_what_somebody_else_says_there_deafens_nobody(
    two_processes: tuple[RedisBus, RedisBus], noise: bytes
) -> None:
    one, other = two_processes
    async with other.subscribe("session") as messages:
        await one._redis.publish("mashang:session", noise)
        await one.publish("session", {"ended": "7"})

        assert await asyncio.wait_for(anext(messages), 2) == {"ended": "7"}


async def test_without_redis_a_process_still_hears_itself() -> None:
    bus = make_bus(NOBODY)
    async with bus.subscribe("session") as messages:
        await bus.publish("session", {"ended": "7"})

        assert await asyncio.wait_for(anext(messages), 2) == {"ended": "7"}
    await bus.close()


@pytest.mark.redis
async def test_redis_away_is_said_once_and_so_is_its_return(
    redis_url: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.base.bus.PAUSE_S", 0.02)
    here = tmp_path / "redis.sock"
    bus = RedisBus(f"unix://{here}")
    await asyncio.sleep(PAUSE_S * 1.5)
    here.symlink_to(redis_url.removeprefix("unix://"))
    await asyncio.wait_for(bus.listening.wait(), 5)
    await bus.close()

    said = [record.getMessage() for record in caplog.records if record.name == "mashang.bus"]
    assert len(said) == 2
    assert said[0].startswith("Redis is away")
    assert said[1] == "Redis is back"
