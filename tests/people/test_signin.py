"""Signing in and out: by password, as a persona, and what a token is worth."""

from datetime import timedelta

import pytest

from server import people
from server.base import cache, clock, database
from server.base.errors import Unavailable
from server.base.unit import unit_of_work
from server.people.models import Account
from server.people.signing_in import passwords
from tests.makers import LOGIN, PASSWORD, a_resident, a_staff_login, a_town, sign_in


async def test_the_right_password_signs_in(db):
    account_id = await a_staff_login()
    signed_in = await sign_in(LOGIN, PASSWORD)
    seen = await people.session_of(signed_in.token)
    assert (seen.account_id, seen.kind, seen.name) == (account_id, "staff", "演示-值班员")


async def test_a_login_is_the_same_in_any_case(db):
    await a_staff_login()
    assert await sign_in(f" {LOGIN.upper()} ", PASSWORD)


async def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(db):
    await a_staff_login()
    with pytest.raises(people.SignInRefused) as wrong:
        await sign_in(LOGIN, "guess")
    with pytest.raises(people.SignInRefused) as unknown:
        await sign_in("nobody", "guess")
    assert wrong.value.detail == unknown.value.detail


async def test_an_unknown_name_costs_as_much_hashing_as_a_known_one(db, monkeypatch):
    hashed = []
    verify = passwords._verify
    monkeypatch.setattr(passwords, "_verify", lambda *given: hashed.append(1) or verify(*given))
    with pytest.raises(people.SignInRefused):
        await sign_in("nobody", "guess")
    assert hashed == [1]


@pytest.mark.parametrize("password", ["", "x" * 10_000, "\ud800", "' OR 1=1 --", "\x00"])
async def test_a_strange_password_is_only_wrong(sqlite_db, password):
    await a_staff_login()
    with pytest.raises(people.SignInRefused):
        await sign_in(LOGIN, password)


async def test_an_account_without_a_password_cannot_be_signed_in_to(db):
    await people.add_staff("empty", None, "演示-无")
    with pytest.raises(people.SignInRefused):
        await sign_in("empty", "")


async def test_a_long_line_at_the_door_is_told_to_come_back(sqlite_db, monkeypatch):
    monkeypatch.setattr(passwords._Line, "waiting", passwords.AT_ONCE + passwords.QUEUE)
    with pytest.raises(Unavailable):
        await sign_in("nobody", "guess")


async def test_only_the_hash_of_a_token_is_kept(db):
    await a_staff_login()
    signed_in = await sign_in(LOGIN, PASSWORD)
    row = await database.fetch_one("SELECT * FROM session")
    assert signed_in.token.encode() not in row["token_hash"]
    assert len(row["token_hash"]) == 32


async def test_after_signing_out_the_token_is_nobody_s(db):
    await a_staff_login()
    signed_in = await sign_in(LOGIN, PASSWORD)
    assert await people.session_of(signed_in.token)
    await people.end_session(signed_in.token)
    assert await people.session_of(signed_in.token) is None


async def test_signing_out_twice_is_no_error(db):
    await people.end_session("never-was")


async def test_a_session_ends_by_itself(db):
    await a_staff_login()
    signed_in = await sign_in(LOGIN, PASSWORD)
    with clock.moved_by(timedelta(days=4)):
        assert await people.session_of(signed_in.token) is None


async def test_a_session_that_ended_does_not_begin_again_when_the_clock_is_set_back(db):
    await a_staff_login()
    signed_in = await sign_in(LOGIN, PASSWORD)
    with clock.moved_by(timedelta(days=4)):
        await people.session_of(signed_in.token)
    assert await people.session_of(signed_in.token) is None


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, "码", "\ud800"])
async def test_a_made_up_token_is_nobody_s(sqlite_db, token):
    assert await people.session_of(token) is None


async def test_a_persona_signs_in_with_one_button(db):
    town = await a_town()
    signed_in = await people.sign_in_demo("grid_worker")
    assert signed_in.account_id == town.accounts["grid_worker"]


async def test_an_unknown_persona_is_not_found(db):
    with pytest.raises(people.NoSuchPersona):
        await people.sign_in_demo("mayor")


async def test_the_second_look_at_a_token_asks_the_database_nothing(sqlite_db, monkeypatch):
    await a_staff_login()
    signed_in = await sign_in(LOGIN, PASSWORD)
    await people.session_of(signed_in.token)
    monkeypatch.setattr(database, "fetch_one", None)
    assert await people.session_of(signed_in.token)


async def test_a_disabled_account_is_out_when_the_memory_is_cleared(db):
    account_id = await a_staff_login()
    signed_in = await sign_in(LOGIN, PASSWORD)
    async with unit_of_work() as unit:
        unit.update(Account, where={"id": account_id}, set={"disabled_at": clock.now()})
    cache.clear()
    assert await people.session_of(signed_in.token) is None


async def test_a_residents_name_is_sealed_in_the_table_and_plain_to_herself(db):
    viewer = await a_resident("演示-王女士")
    row = await database.fetch_one("SELECT * FROM account WHERE id = $1", viewer.account_id)
    assert "王" not in row["name"]
    assert "王".encode() not in row["name_sealed"]
    assert await people.own_name(viewer.account_id) == "演示-王女士"
