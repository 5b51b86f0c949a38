"""While the blind key changes, and where that was broken off: everybody is found, nobody twice."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from server import people, privacy
from server.base import clock, database, keyring, seal
from server.base.unit import unit_of_work
from server.base.viewer import Viewer
from server.people.models import Account
from server.people.signing_in import tallies
from server.trust import resealing
from tests.cases.conftest import Desk
from tests.makers import SINCE

PHONE, OTHER = "16000001001", "16000001002"
MINUTE = timedelta(minutes=1)
Step = Callable[[Path], object]


def _prepared(folder: Path) -> None:
    keyring.prepare(folder, "seal")
    keyring.prepare(folder, "blind")


def _half(folder: Path) -> None:
    _prepared(folder)
    keyring.promote(folder, "seal")


def _promoted(folder: Path) -> None:
    _half(folder)
    keyring.promote(folder, "blind")


@pytest.fixture(autouse=True)
def quick(quick_hashes: None) -> None:
    """Nothing here is about how dear a hash is."""


@pytest.fixture
def folder(db: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The secrets of this town, looked at before every use."""
    monkeypatch.setattr(seal, "LOOK_EVERY_S", 0.0)
    return seal.sealer().folder


@pytest.fixture(params=[_prepared, _half, _promoted])
def broken_off(request: pytest.FixtureRequest) -> Step:
    """How far a change of keys came before it was killed."""
    return request.param


async def _sign_in(postbox, phone: str = PHONE) -> UUID:
    asked = await people.ask_code(phone)
    entered = await people.sign_in_phone(phone, postbox.code, asked.ask, agreed_to=people.NOTICE)
    return entered.account_id


async def _rotated_to_the_end(folder: Path) -> None:
    """What was broken off is done again; the old keys go."""
    if len(keyring.read(folder).of("blind")) < 2 or not _all_promoted(folder):
        _promoted(folder)
    done = await resealing.reseal()
    assert (done.faults, done.clashes) == ([], [])
    keyring.remove((await resealing.survey()).unused())
    assert len(keyring.read(folder).of("blind")) == 1


def _all_promoted(folder: Path) -> bool:
    return not any(key.state == keyring.NEXT for key in keyring.read(folder).keys)


async def test_whoever_signs_in_meanwhile_finds_the_same_account(folder, postbox, broken_off):
    with clock.stopped_at(SINCE) as hands:
        before = await _sign_in(postbox)
        broken_off(folder)
        hands.move(MINUTE)
        meanwhile = await _sign_in(postbox)
        await _rotated_to_the_end(folder)
        hands.move(MINUTE)
        assert before == meanwhile == await _sign_in(postbox)


async def test_a_code_that_was_sent_before_opens_afterwards(folder, postbox, broken_off):
    asked = await people.ask_code(PHONE)
    broken_off(folder)
    assert await people.sign_in_phone(PHONE, postbox.code, asked.ask, agreed_to=people.NOTICE)


async def test_a_new_code_replaces_one_of_the_old_key(folder, postbox):
    with clock.stopped_at(SINCE) as hands:
        await people.ask_code(PHONE)
        _promoted(folder)
        hands.move(MINUTE)
        await people.ask_code(PHONE)
    assert await database.fetch_value("SELECT count(*) FROM phone_code") == 1


async def test_nobody_moves_to_a_number_found_by_the_old_key(folder, postbox):
    await _sign_in(postbox)
    mine = Viewer(await _sign_in(postbox, OTHER))
    _promoted(folder)
    with clock.moved_by(MINUTE):
        asked = await people.ask_phone_change(mine, PHONE)
    with pytest.raises(people.PhoneTaken), clock.moved_by(MINUTE):
        await people.change_phone(mine, PHONE, postbox.code, asked.ask)


async def test_what_is_counted_at_the_door_is_counted_on(folder, broken_off):
    key = tallies.key_of("test", "somebody")
    await tallies.add(key, lambda hits, now: None, refused=lambda left: AssertionError())
    broken_off(folder)
    key = tallies.key_of("test", "somebody")
    hits = await tallies.add(key, lambda hits, now: None, refused=lambda left: AssertionError())
    assert len(hits) == 2
    assert await database.fetch_value("SELECT count(*) FROM tally") == 1


async def test_a_door_that_is_locked_stays_locked(folder):
    await people.add_staff("wang", "correct horse battery", "演示-王敏")
    for _ in range(5):
        with pytest.raises(people.SignInRefused):
            await people.prove_staff("wang", "wrong")
    _promoted(folder)
    with pytest.raises(people.LockedOut):
        await people.prove_staff("wang", "correct horse battery")


async def test_what_two_servers_counted_under_two_keys_is_counted_together(folder):
    first = tallies.key_of("test", "somebody")
    _promoted(folder)
    both = tallies.key_of("test", "somebody")
    for key in (first, both[:1], both):
        hits = await tallies.add(key, lambda hits, now: None, refused=lambda left: AssertionError())
    assert len(hits) == 3
    assert await database.fetch_value("SELECT count(*) FROM tally") == 1


async def test_a_number_of_one_registered_at_home_is_still_on_record(folder, postbox):
    registry, room = people.Registry(), UUID(int=7)
    resident = registry.resident("演示-王女士", phone=PHONE)
    registry.lives_in(resident, room, kind="owner", since=date(2020, 1, 1), recorded_at=SINCE)
    await people.register(registry)
    _promoted(folder)
    account_id = await _sign_in(postbox)
    assert await people.number_on_record(account_id, room, on=date(2026, 1, 1))


async def test_whoever_erases_herself_meanwhile_is_gone_everywhere(
    folder, postbox, desk: Desk, broken_off
):
    account_id = await _sign_in(postbox)
    await desk.report(category="F02", phone=PHONE)
    broken_off(folder)
    await desk.report(category="F02", phone=PHONE)
    await privacy.erase(Viewer(account_id))
    kept = "SELECT count(*) FROM cases WHERE phone_blind IS NOT NULL OR phone_sealed IS NOT NULL"
    assert await database.fetch_value(kept) == 0


async def test_two_accounts_of_one_number_are_named_and_all_else_is_sealed_anew(folder):
    first = await people.add_resident_account("演示-王女士", phone=PHONE)
    _promoted(folder)
    second = await people.add_resident_account("演示-王女士", phone=PHONE)
    third = await people.add_resident_account("演示-李先生", phone=OTHER)

    done = await resealing.reseal()

    assert len(done.clashes) == 1
    assert str(first) in done.clashes[0]
    assert str(second) not in done.clashes[0]
    survey = await resealing.survey()
    assert survey.stale_tags == 1
    assert [key.kind for key in survey.unused()] == ["seal"]
    assert (await people.find_by_phone(PHONE))["id"] == first
    assert (await people.find_by_phone(OTHER))["id"] == third

    async with unit_of_work() as unit:
        unit.delete(Account, where={"id": second})
    await _rotated_to_the_end(folder)
