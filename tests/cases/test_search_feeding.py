"""The search learns of whatever happens, forgets with the case, and loses nothing to a crash."""

from typing import Any

import pytest

from server import cases, catalogue
from server.base import clock, database
from server.base.unit import unit_of_work
from server.cases import DeskFilter
from server.cases.desk import finding
from server.cases.search import feeding
from tests.desk import Desk
from tests.makers import a_resident


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is so few that all of it is looked at: words are found by the index alone."""
    monkeypatch.setattr(finding, "FEW", -1)


async def test_what_was_reported_is_found_once_it_is_fed(desk: Desk) -> None:
    opened = await desk.report(category="P02", text="三楼电梯怪响")
    before = await found(desk, "电梯怪")
    await fed()

    assert before == []
    assert await found(desk, "电梯怪") == [opened.number]
    assert await found(desk, "云锦苑") == [opened.number]


@pytest.mark.parametrize("few", [-1, 2000])
async def test_a_case_at_a_home_is_found_by_its_door_by_who_handles_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(finding, "FEW", few)
    opened = await desk.report(code="room", category="P04", text="漏水")
    await fed()
    door = desk.town.rooms[0]

    assert await found(desk, door.name) == [opened.number]
    assert await found(desk, door.full_name) == [opened.number]
    assert await found(desk, desk.town.rooms[1].name) == []
    assert await found(desk, door.name, who="municipal") == []


@pytest.mark.parametrize("few", [-1, 2000])
async def test_words_between_blanks_are_each_looked_for_in_any_order(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(finding, "FEW", few)
    opened = await desk.report(text="三楼电梯怪响")
    await fed()

    assert await found(desk, "云锦苑 1号楼 电梯") == [opened.number]
    assert await found(desk, "怪响　云锦苑") == [opened.number]
    assert await found(desk, "云锦苑 路灯") == []


@pytest.mark.parametrize("few", [-1, 2000])
async def test_a_case_is_found_by_its_kind_as_it_is_now(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(finding, "FEW", few)
    kind = await catalogue.category("P04")
    opened = await desk.report(category="P04", text="三楼")
    await fed()

    assert await found(desk, kind.title) == [opened.number]
    assert await found(desk, f"{kind.title[:2]} 云锦苑 三楼") == [opened.number]

    await desk.move(opened, "classify", desk.grid_worker, category="P02")
    await fed()

    assert await found(desk, kind.title) == []


async def test_whoever_is_given_a_case_finds_it(desk: Desk) -> None:
    opened = await desk.report(text="路灯不亮")
    await fed()
    await desk.move(opened, "accept", desk.grid_worker)
    await desk.move(opened, "dispatch", desk.grid_worker, unit=str(desk.town.units["municipal"]))
    await fed()

    assert await found(desk, "路灯", who="municipal") == [opened.number]


async def test_an_ended_case_is_found_among_the_ended(desk: Desk) -> None:
    opened = await desk.report(text="路灯不亮")
    await desk.move(opened, "decline", desk.grid_worker, reason="不归我们")
    await fed()

    assert await found(desk, "路灯", tab="closed") == [opened.number]
    assert await found(desk, "路灯") == []
    assert await database.fetch("SELECT 1 AS one FROM case_party p WHERE NOT p.ended") == []


async def test_a_case_that_is_open_again_is_met_among_the_open_at_once(desk: Desk) -> None:
    raiser = await a_resident()
    opened = await desk.report(by=raiser, text="路灯不亮", category="F02")
    await desk.move(opened, "decline", desk.grid_worker, reason="不归我们")
    await fed()
    await desk.move(opened, "appeal", raiser, reason="就在小区里")

    assert await database.fetch("SELECT 1 AS one FROM case_party p WHERE p.ended") == []


async def test_a_forgotten_case_is_found_by_its_place_and_kind_alone(desk: Desk) -> None:
    opened = await desk.report(text="灯泡不亮", category="F02")
    await desk.move(opened, "decline", desk.grid_worker, reason="不归我们")
    await fed()
    async with unit_of_work() as unit:
        cases.forget(unit, opened.case.id, at=clock.now())
    await fed()

    kept = await database.fetch_one("SELECT words, place FROM case_search")
    assert kept is not None
    assert kept["words"] == ""
    assert "灯泡" not in kept["place"]
    assert await _rows_with("灯泡") == []
    assert await found(desk, "云锦苑", tab="closed") == [opened.number]


async def test_who_read_a_case_before_it_was_forgotten_does_not_write_its_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = await desk.report(text="路灯不亮", category="F02")
    await desk.move(opened, "decline", desk.grid_worker, reason="不归我们")
    read = feeding._hands

    async def forgotten_meanwhile(ids: Any) -> Any:
        async with unit_of_work() as unit:
            cases.forget(unit, opened.case.id, at=clock.now())
        return await read(ids)

    monkeypatch.setattr(feeding, "_hands", forgotten_meanwhile)
    assert await cases.feed()
    monkeypatch.undo()
    assert await database.fetch("SELECT id FROM case_search") == []
    await fed()

    assert [row["words"] for row in await database.fetch("SELECT words FROM case_search")] == [""]


async def test_a_feeder_that_dies_leaves_nothing_half_and_the_next_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = [await desk.report(text="路灯不亮") for _ in range(3)]
    monkeypatch.setattr(feeding, "BATCH", 1)
    assert await cases.feed()
    apply = database.engine().apply

    async def dies(write_set: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(database.engine(), "apply", dies)
    with pytest.raises(ConnectionError):
        await cases.feed()
    monkeypatch.setattr(database.engine(), "apply", apply)
    half = await database.fetch_value("SELECT count(*) AS n FROM case_search")
    await fed()

    assert half == 1
    assert set(await found(desk, "路灯")) == {one.number for one in opened}


async def test_of_two_feeders_one_writes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.report(text="路灯不亮")
    read = feeding._cases

    async def while_another_feeds(ids: Any) -> Any:
        monkeypatch.setattr(feeding, "_cases", read)
        await cases.feed()
        return await read(ids)

    monkeypatch.setattr(feeding, "_cases", while_another_feeds)
    assert await cases.feed()

    assert await database.fetch_value("SELECT count(*) AS n FROM case_search") == 1


async def fed() -> None:
    while await cases.feed():
        pass


async def found(
    desk: Desk, q: str, *, who: str = "street_dispatcher", tab: str = "open"
) -> list[str]:
    listed = await cases.list_desk(getattr(desk, who), DeskFilter(tab=tab, q=q), now=clock.now())
    return [case.number for case in listed.items]


async def _rows_with(piece: str) -> list[dict[str, Any]]:
    """The rows the database's own index still has for a piece."""
    if database.dialect() == "sqlite":
        match = f"SELECT rowid FROM case_search_index WHERE case_search_index MATCH '\"{piece}\"'"
    else:
        match = f"SELECT id FROM case_search WHERE words LIKE '%{piece}%'"
    return await database.fetch(match)
