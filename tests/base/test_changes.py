"""What changed in one process is dropped in the others, when the bus tells them."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from server.base import cache, changes
from server.base.bus import LocalBus

kept = cache.shelf()


class OtherProcesses(LocalBus):
    reaches_others = True


@asynccontextmanager
async def carried(bus=None):
    bus = bus or OtherProcesses()
    task = asyncio.create_task(changes.carry(bus))
    await asyncio.sleep(0)
    yield bus
    task.cancel()
    await asyncio.wait([task])


@pytest.fixture
def dropped(monkeypatch):
    paths: list[str] = []
    monkeypatch.setattr(changes, "_droppers", [paths.append])
    return paths


async def test_a_path_that_changed_elsewhere_is_dropped_here(dropped):
    async with carried() as bus:
        await bus.publish(changes.TOPIC, {"path": "/a/b/"})
        await asyncio.sleep(0)
    assert dropped == ["/a/b/"]


async def test_when_everything_changed_elsewhere_nothing_is_kept_here(dropped):
    kept["answer"] = 42
    async with carried() as bus:
        await bus.publish(changes.TOPIC, {"everything": True})
        await asyncio.sleep(0)
    assert (kept, dropped) == ({}, [])


async def test_who_is_alone_hears_himself_once(dropped):
    async with carried(LocalBus()) as bus, bus.subscribe(changes.TOPIC) as heard:
        changes.changed("/a/")
        await asyncio.sleep(0.01)
        assert dropped == ["/a/"]
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(heard), 0.01)


async def test_what_changes_here_is_told_to_the_others(dropped):
    kept["answer"] = 42
    async with carried() as bus, bus.subscribe(changes.TOPIC) as heard:
        changes.changed("/a/")
        changes.everything_changed()
        assert (kept, dropped) == ({}, ["/a/"])
        told = [await anext(heard), await anext(heard)]
    assert told == [{"path": "/a/"}, {"everything": True}]
