"""Erasures outlive the database: a backup of before is told again, and the file names nobody."""

from pathlib import Path
from uuid import uuid4

import pytest

from server import people, privacy
from server.base import cache, database
from server.base.unit import unit_of_work
from server.base.viewer import Viewer
from server.org.models import Town
from server.privacy import outside
from tests.privacy.conftest import NAME, PHONE


@pytest.fixture
async def file(desk, tmp_path: Path):
    """Where this town, which is none of a demo, notes erasures outside the database."""
    async with unit_of_work() as unit:
        unit.update(Town, where={"demo": True}, set={"demo": False})
    cache.clear()
    file = tmp_path / "elsewhere" / "erasures.log"
    privacy.keep_erasures_in(file)
    yield file
    privacy.keep_erasures_in(None)


def _as_of_the_backup(account_id, file: Path) -> None:
    """The account is here again, for a database of before was put back; the file was not."""
    file.parent.mkdir()
    file.write_text(f'{{"account":"{account_id}","at":"2026-11-23T01:00:00Z"}}\n')


async def test_who_is_erased_is_noted_by_number_alone(resident, file):
    await privacy.erase(resident)
    assert str(resident.account_id) in file.read_text()
    assert PHONE not in file.read_text()
    assert NAME not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0


async def test_the_same_is_noted_once_however_often_it_is_gone_through(resident, file):
    await privacy.erase(resident)
    await privacy.finish_erasures()
    await privacy.erase_again()
    assert file.read_text().count("\n") == 1


async def test_whoever_comes_back_with_a_backup_is_erased_again(desk, resident, file):
    await desk.report(resident, category="F02", text="路灯不亮", phone=PHONE)
    _as_of_the_backup(resident.account_id, file)

    assert await privacy.erase_again() == 1

    kept = await database.fetch_one("SELECT * FROM account WHERE id = $1", resident.account_id)
    assert (kept["name_sealed"], kept["phone_sealed"]) == (None, None)
    assert await database.fetch_value("SELECT count(*) FROM cases WHERE NOT raiser_gone") == 0
    assert await people.find_by_phone(PHONE) is None
    assert await privacy.erase_again() == 0


async def test_whom_the_file_does_not_name_stays(resident, file):
    _as_of_the_backup(uuid4(), file)
    assert await privacy.erase_again() == 0
    assert await people.find_by_phone(PHONE)


async def test_staff_are_never_erased_by_the_file(desk, file):
    _as_of_the_backup(desk.grid_worker.account_id, file)
    assert await privacy.erase_again() == 0


async def test_a_line_that_a_crash_cut_short_spoils_no_other(resident, file):
    _as_of_the_backup(resident.account_id, file)
    file.write_text('{"account":"01a2\n[1]\n{"account":7}\n' + file.read_text() + '{"acc')
    other = await people.add_resident_account("演示-李先生", phone="16000001002")
    assert await privacy.erase_again() == 1
    await privacy.erase(Viewer(other))
    assert await outside.noted() == {resident.account_id, other}


async def test_what_could_not_be_noted_is_erased_and_noted_at_the_next_start(resident, file):
    file.parent.mkdir()
    file.mkdir()
    await privacy.erase(resident)
    assert await people.find_by_phone(PHONE) is None
    file.rmdir()
    await privacy.erase_again()
    assert str(resident.account_id) in file.read_text()
