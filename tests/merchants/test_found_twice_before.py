"""A town in which an item was open twice at a shop, and homes were fed and listed as before, is
brought over whole; from then on the database refuses a second finding."""

from importlib import import_module
from types import SimpleNamespace

import pytest

from server import cases, merchants
from server.base import clock, database, schema
from server.cases import DeskFilter
from server.cases.desk import finding
from server.cases.intake import offices
from tests.desk import Desk
from tests.merchants.test_inspections import a_street

MIGRATION = import_module("server.migrations.0023_found_once")


@pytest.fixture(params=["sqlite_db", "postgres_db"])
def db(request: pytest.FixtureRequest) -> str:
    """What is written for one database says nothing of the other."""
    return str(request.getfixturevalue(request.param))


def editor() -> SimpleNamespace:
    """What a migration is handed."""
    client = schema.connection()
    dialect = "postgres" if database.dialect() == "postgres" else "sqlite"
    return SimpleNamespace(DIALECT=dialect, client=client)


async def test_what_is_open_twice_stays_and_no_third_is_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await schema.connection().execute_script("DROP INDEX idx_cases_found_once")
    async with a_street(desk) as street:
        with monkeypatch.context() as looking_away:
            looking_away.setattr(offices, "_refuse_second", _looks_away)
            both = [await street.find(), await street.find()]
        await MIGRATION.find_once(None, editor())
        with pytest.raises(merchants.FoundAlready):
            await street.find()
        await street.move(both[0], "pass", street.worker)
        await street.move(both[1], "pass", street.worker)
        await street.find()


async def test_a_home_fed_before_is_found_by_its_door_and_its_lift_leaves_the_sign(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = await desk.report(code="room", category="P02", text="电梯坏了")
    while await cases.feed():
        continue
    entrance, client = desk.town.entrance.path, schema.connection()
    await client.execute_script(f"UPDATE cases SET covers_path = '{entrance}'")
    await client.execute_script("UPDATE case_search SET place = replace(place, '1室', '')")
    await client.execute_script(MIGRATION.OFF_THE_SIGNS)
    await MIGRATION.find_by_door(None, editor())

    monkeypatch.setattr(finding, "FEW", -1)
    asked = DeskFilter(q=desk.town.rooms[0].name)
    listed = await cases.list_desk(desk.street_dispatcher, asked, now=clock.now())
    assert [one.number for one in listed.items] == [opened.number]
    assert await cases.list_here(desk.town.entrance) == ()


async def _looks_away(*_: object) -> None:
    return None
