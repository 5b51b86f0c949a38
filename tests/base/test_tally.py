"""Counts kept in memory: added once, never lost to another process, never to another town."""

from collections import Counter

import pytest

from server.base import database, tally
from server.base.tally import Tally
from server.base.write_set import Duplicate, LostRace


class Table:
    """Where counts are written down, until `fails` says otherwise."""

    def __init__(self):
        self.rows, self.fails = Counter(), None

    async def add(self, counted):
        if self.fails is not None:
            raise self.fails
        self.rows.update(counted)


@pytest.fixture
def table():
    yield Table()
    tally.forget_all()


async def test_what_was_counted_is_added_once(table):
    counted = Tally(table.add)
    for key in "aab":
        counted.count(key)
    assert await counted.flush() == 3
    assert await counted.flush() == 0
    assert table.rows == {"a": 2, "b": 1}


@pytest.mark.parametrize("overtaken", [LostRace("scan"), Duplicate("scan", ("hour",))])
async def test_what_another_process_overtook_is_added_the_next_time(table, overtaken):
    counted = Tally(table.add)
    counted.count("a")
    table.fails = overtaken
    assert await counted.flush() == 0
    table.fails = None
    counted.count("a")
    assert await counted.flush() == 2
    assert table.rows == {"a": 2}


async def test_a_table_that_cannot_be_written_loses_no_count(table):
    counted = Tally(table.add)
    counted.count("a")
    table.fails = OSError("disk full")
    with pytest.raises(OSError, match="disk full"):
        await counted.flush()
    table.fails = None
    assert await counted.flush() == 1


async def test_more_keys_than_people_can_make_are_not_kept(table, monkeypatch):
    monkeypatch.setattr(tally, "_MOST_COUNTED", 2)
    counted = Tally(table.add)
    for key in "abca":
        counted.count(key)
    await counted.flush()
    assert table.rows == {"a": 2, "b": 1}


async def test_of_many_lots_only_the_one_that_was_overtaken_is_added_again(table, monkeypatch):
    monkeypatch.setattr(tally, "_LOT", 2)
    added, lots = table.add, []

    async def add(counted):
        lots.append(set(counted))
        if len(lots) == 2:
            raise LostRace("scan")
        await added(counted)

    counted = Tally(add)
    for key in "abcdeab":
        counted.count(key)
    assert await counted.flush() == 7 - sum("abcdeab".count(key) for key in lots[1])
    assert set(map(len, lots)) == {1, 2}
    await counted.flush()
    assert lots[3:] == [lots[1]]
    assert table.rows == Counter("abcdeab")


async def test_what_follows_a_failure_is_counted_still(table, monkeypatch):
    monkeypatch.setattr(tally, "_LOT", 1)
    counted = Tally(table.add)
    for key in "ab":
        counted.count(key)
    table.fails = OSError("disk full")
    with pytest.raises(OSError, match="disk full"):
        await counted.flush()
    table.fails = None
    assert await counted.flush() == 2


async def test_nothing_counted_in_one_town_is_written_into_the_next(table, sqlite_db):
    counted = Tally(table.add)
    counted.count("a")
    await database.close()
    assert await counted.flush() == 0
