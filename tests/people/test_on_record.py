"""Whoever changes how they come in has it on record; the record never holds the secret."""

import pyotp
import pytest

from server import people
from server.base import clock, database
from tests.makers import LOGIN, PASSWORD, a_staff_login

pytestmark = pytest.mark.usefixtures("db", "quick_hashes")
NEW = "还是要记得带钥匙出门呀"


async def _records() -> list[dict]:
    return await database.fetch(
        "SELECT action, by_account_id, by_name, target, detail FROM audit_record ORDER BY id"
    )


async def _enrolled(account_id) -> tuple[str, tuple[str, ...]]:
    secret = (await people.begin_otp(account_id, LOGIN)).secret
    return secret, await people.confirm_otp(account_id, pyotp.TOTP(secret).at(clock.now()))


async def test_a_second_factor_set_up_renewed_and_removed_is_on_record_with_who():
    account_id = await a_staff_login()
    secret, paper = await _enrolled(account_id)
    fresh = await people.renew_paper_codes(account_id)
    await people.remove_otp(account_id)
    records = await _records()
    assert [one["action"] for one in records] == [
        "account.otp",
        "account.paper",
        "account.otp_removed",
    ]
    assert {(one["by_account_id"], one["by_name"], one["target"]) for one in records} == {
        (account_id, "演示-值班员", LOGIN)
    }
    assert not [word for word in (secret, *paper, *fresh) if word in repr(records)]


async def test_a_password_that_was_changed_is_on_record_and_one_that_was_not_is_not():
    account_id = await a_staff_login()
    with pytest.raises(people.SignInRefused):
        await people.change_password(account_id, "guess", NEW)
    await people.change_password(account_id, PASSWORD, NEW)
    [record] = await _records()
    assert (record["action"], record["by_account_id"]) == ("account.password", account_id)
    assert NEW not in repr(record)


async def test_a_wrong_code_enrols_nobody_and_leaves_no_record():
    account_id = await a_staff_login()
    await people.begin_otp(account_id, LOGIN)
    with pytest.raises(people.OtpRefused):
        await people.confirm_otp(account_id, "000000")
    assert await _records() == []
