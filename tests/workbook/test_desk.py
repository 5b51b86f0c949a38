"""A file sent at the desk: checked beside the loop, written as somebody chose, on record."""

from datetime import timedelta
from uuid import uuid4

import pytest

from server import org, people, trust, workbook
from server.base import clock, database
from server.base.errors import Invalid
from server.base.unit import unit_of_work
from server.base.viewer import Viewer
from server.trust import ReplayKey
from server.workbook import ImportGoesOn, NoSuchImport
from server.workbook.models import TownImport
from tests.workbook.files import BUILDINGS, GROUND, a_workbook, changed

HALF = GROUND | {"楼栋": changed(BUILDINGS, 2, 4, "十一")}
BUILT = "SELECT count(*) AS n FROM building"


async def an_administrator() -> Viewer:
    account = await people.add_staff("admin", None, "王敏")
    roster = org.Roster(since=clock.now() - timedelta(days=1))
    post = roster.post("sys_admin", roster.unit("platform", "本平台"), "")
    roster.held_by(post, account)
    await org.enrol(roster)
    return Viewer(account, name="王敏", posts=await org.posts_of(account, clock.now()))


async def sent(content: bytes, by: Viewer, key: str = ""):
    asked = ReplayKey("post_town", str(by.account_id), key or uuid4().hex, b"")
    return await workbook.send(content, "城镇.xlsx", "wgs84", by=by, asked=asked)


async def actions() -> list[str]:
    return [row["action"] for row in await database.fetch("SELECT action FROM audit_record")]


async def test_nothing_is_written_before_somebody_has_chosen(db):
    admin = await an_administrator()
    key = await sent(a_workbook(HALF), admin)
    assert await workbook.carry_on()
    found = await workbook.find_import(key)
    assert (found.state, found.told["wrong"], found.expected) == ("checked", 1, 6)
    assert found.told["findings"] == ["“楼栋”第3行E列（层数）：“十一”不是数字。"]
    assert await database.fetch_value("SELECT count(*) AS n FROM place") == 0
    assert not await workbook.carry_on()


@pytest.mark.parametrize(("good_rows", "buildings"), [(False, 0), (True, 1)])
async def test_it_is_written_as_was_chosen_and_on_record(sqlite_db, good_rows, buildings):
    admin = await an_administrator()
    key = await sent(a_workbook(HALF), admin)
    await workbook.carry_on()
    await workbook.choose(key, good_rows=good_rows, by=admin)
    await workbook.choose(key, good_rows=not good_rows, by=admin)
    await workbook.carry_on()
    found = await workbook.find_import(key)
    assert (found.state, found.lease_at) == ("done", None)
    assert await database.fetch_value(BUILT) == buildings
    assert await actions() == ["town.import"]


async def test_the_wrong_rows_are_taken_away_on_record(sqlite_db):
    admin = await an_administrator()
    key = await sent(a_workbook(HALF), admin)
    with pytest.raises(NoSuchImport):
        await workbook.take_wrong_rows(key, by=admin)
    await workbook.carry_on()
    content, name = await workbook.take_wrong_rows(key, by=admin)
    assert (content[:2], name) == (b"PK", "城镇-没写入的行.xlsx")
    assert await actions() == ["town.wrong"]


async def test_a_file_nobody_can_read_says_so(sqlite_db):
    admin = await an_administrator()
    key = await sent(b"no workbook", admin)
    with pytest.raises(ImportGoesOn):
        await workbook.choose(key, good_rows=True, by=admin)
    await workbook.carry_on()
    found = await workbook.find_import(key)
    assert (found.state, found.told["sentence"][:6]) == ("failed", "这不是能读的")


async def test_what_nobody_foresaw_ends_an_import_and_not_the_worker(sqlite_db, monkeypatch):
    async def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    admin = await an_administrator()
    key = await sent(a_workbook(GROUND), admin)
    await workbook.carry_on()
    await workbook.choose(key, good_rows=True, by=admin)
    monkeypatch.setattr("server.workbook.desk.write", breaks)
    await workbook.carry_on()
    found = await workbook.find_import(key)
    assert (found.state, found.told["sentence"][:4]) == ("failed", "没有办完")


async def test_an_empty_file_is_refused_at_once(sqlite_db):
    with pytest.raises(Invalid):
        await sent(b"", await an_administrator())


async def test_the_same_request_twice_is_one_import(sqlite_db):
    admin = await an_administrator()
    first, again = [await sent(a_workbook(HALF), admin, "once") for _ in range(2)]
    assert first == again
    assert len((await workbook.latest_imports())[0]) == 1


async def test_another_worker_goes_on_when_one_died(sqlite_db):
    admin = await an_administrator()
    key = await sent(a_workbook(GROUND), admin)
    await _leased(key, clock.now() + timedelta(seconds=30))
    assert not await workbook.carry_on()
    await _leased(key, clock.now() - timedelta(seconds=1))
    assert await workbook.carry_on()
    assert (await workbook.find_import(key)).state == "checked"


async def test_files_are_let_go_of(sqlite_db):
    admin = await an_administrator()
    key = await sent(a_workbook(GROUND), admin)
    await workbook.forget_imports(clock.now() - workbook.KEPT)
    assert await workbook.find_import(key)
    await workbook.forget_imports(clock.now() + timedelta(seconds=1))
    assert await workbook.latest_imports() == ([], None)


async def _leased(key, until) -> None:
    async with unit_of_work() as unit:
        unit.update(TownImport, where={"id": key}, set={"lease_at": until})


def test_what_is_done_with_a_town_is_named_for_auditors():
    assert {"town.import", "town.export", "town.wrong"} <= trust.ACTIONS.keys()
