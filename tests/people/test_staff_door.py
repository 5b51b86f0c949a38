"""The staff's door: five failures lock it for that neighbourhood, and for nobody else."""

import asyncio
from datetime import timedelta

import pytest

from server import people
from server.base import clock, database
from server.base.errors import Invalid
from server.people.signing_in import patience, staff
from tests.makers import LOGIN, PASSWORD, SINCE, a_staff_login, sign_in

HERE, ELSEWHERE = "192.0.2.0/24", "198.51.100.0/24"
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def nobody_is_slowed(monkeypatch):
    monkeypatch.setattr(patience, "SLOWEST_S", 0.0)


async def _fail(login: str = LOGIN, times: int = 1, block: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises(people.SignInRefused):
            await sign_in(login, "guess", block=block)


async def _locked(login: str = LOGIN, password: str = PASSWORD) -> int:
    """How many seconds the door is locked, also for the right password."""
    with pytest.raises(people.LockedOut) as told:
        await sign_in(login, password, block=HERE)
    return told.value.retry_after_s


async def test_five_failures_lock_the_door_also_for_the_right_password():
    await a_staff_login()
    with clock.stopped_at(SINCE):
        await _fail(times=5)
        assert await _locked() == 60


async def test_each_further_failure_locks_it_for_longer():
    await a_staff_login()
    with clock.stopped_at(SINCE) as hands:
        await _fail(times=5)
        for minutes in (5, 15, 60, 60):
            hands.move(timedelta(seconds=await _locked()))
            await _fail()
            assert await _locked() == minutes * 60


async def test_after_the_lock_the_right_password_opens_and_all_is_forgiven():
    await a_staff_login()
    with clock.stopped_at(SINCE) as hands:
        await _fail(times=5)
        hands.move(MINUTE)
        assert await sign_in(block=HERE)
        await _fail(times=4)
        assert await sign_in(block=HERE)


async def test_nobody_can_lock_a_stranger_out():
    await a_staff_login()
    with clock.stopped_at(SINCE):
        for n in range(12):
            await _fail(times=5, block=f"203.0.{n}.0/24")
        assert await sign_in(block=ELSEWHERE)


async def test_a_whole_account_under_attack_is_slowed_and_let_in(monkeypatch):
    await a_staff_login()
    rests = []

    async def rest(seconds):
        rests.append(seconds)

    monkeypatch.setattr(patience, "SLOWEST_S", 3.0)
    monkeypatch.setattr(staff.asyncio, "sleep", rest)
    with clock.stopped_at(SINCE):
        for n in range(8):
            await _fail(times=4, block=f"203.0.{n}.0/24")
        assert await sign_in(block=ELSEWHERE)
    assert rests[-1] == 3.0


async def test_a_name_nobody_has_is_locked_like_any_other():
    with clock.stopped_at(SINCE):
        await _fail("nobody", times=5)
        assert await _locked("nobody") == 60


async def test_of_many_guesses_at_once_five_are_looked_at():
    await a_staff_login()
    guesses = (sign_in(LOGIN, f"guess {n}", block=HERE) for n in range(8))
    done = await asyncio.gather(*guesses, return_exceptions=True)
    assert sum(isinstance(one, people.SignInRefused) for one in done) == 5
    assert sum(isinstance(one, people.LockedOut) for one in done) == 3


async def test_a_clock_set_back_opens_no_lock():
    await a_staff_login()
    with clock.stopped_at(SINCE) as hands:
        await _fail(times=5)
        hands.move(timedelta(days=-2))
        assert await _locked() == 60


async def test_a_new_password_ends_every_session_and_opens_from_now_on():
    account_id = await a_staff_login()
    before = await sign_in()
    await people.change_password(account_id, PASSWORD, "还是要记得带钥匙出门呀")
    assert await people.session_of(before.token) is None
    assert await sign_in(LOGIN, "还是要记得带钥匙出门呀")


async def test_who_does_not_know_the_old_password_changes_nothing():
    account_id = await a_staff_login()
    with pytest.raises(people.SignInRefused):
        await people.change_password(account_id, "guess", "还是要记得带钥匙出门呀")
    assert await sign_in()


async def test_guessing_the_old_password_locks_like_guessing_at_the_door():
    account_id = await a_staff_login()
    knock = people.Knock(HERE)
    with clock.stopped_at(SINCE):
        for _ in range(5):
            with pytest.raises(people.SignInRefused):
                await people.check_password(account_id, "guess", knock=knock)
        assert await _locked() == 60


@pytest.mark.parametrize(
    "weak",
    [
        "short",
        "x" * 201,
        "1234567890",
        "aaaaaaaaaaaa",
        "password123",
        "wangge2026",
        "演示-值班员1234",
    ],
)
async def test_a_password_anybody_guesses_is_refused(weak):
    account_id = await a_staff_login()
    with pytest.raises(Invalid) as told:
        await people.change_password(account_id, PASSWORD, weak)
    assert told.value.fields[0].field == "new"


async def test_no_address_is_kept_of_who_failed():
    await a_staff_login()
    await _fail()
    rows = await database.fetch("SELECT * FROM tally")
    assert rows
    assert not any("192.0.2" in str(value) for row in rows for value in row.values())


@pytest.mark.parametrize(("login", "named"), [(LOGIN, LOGIN), ("16000001234", "")])
async def test_what_locks_the_door_is_on_record_and_names_nobody_but_staff(login, named):
    await a_staff_login()
    await _fail(login, times=4)
    before = await database.fetch("SELECT target FROM audit_record")
    await _fail(login)
    after = await database.fetch("SELECT action, target FROM audit_record")
    assert (before, after) == ([], [{"action": "signin.failures", "target": named}])


async def test_what_is_typed_at_the_door_by_a_stranger_is_in_no_log(caplog):
    await a_staff_login()
    with caplog.at_level("INFO"):
        await _fail("16000001234", times=5)
        with pytest.raises(people.LockedOut):
            await sign_in("16000001234", "guess", block=HERE)
    assert "signin.locked" in caplog.text
    assert "16000001234" not in caplog.text
