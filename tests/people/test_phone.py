"""Signing in by a code sent to a phone: who gets one, what opens, and what never does."""

import asyncio
from datetime import timedelta

import pytest

from server import people, sms
from server.base import clock, database
from server.base.errors import Invalid
from server.base.unit import unit_of_work
from server.people.models import Account
from server.people.signing_in import phone as phones
from server.sms import port
from tests.makers import SINCE

PHONE = "16000001001"
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("db", "postbox")


def _wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def _just_before_it_was_made(look):
    """Finds no account the first time: the other sign-in's was not there yet."""
    answers = [lambda _: asyncio.sleep(0)]
    return lambda phone: (answers.pop() if answers else look)(phone)


async def _a_persona() -> str:
    await people.add_staff("demo", None, "演示-巴特尔", persona="grid_worker")
    return "grid_worker"


async def _refused(code: str, ask: str, phone: str = PHONE) -> None:
    with pytest.raises(people.CodeRefused):
        await people.sign_in_phone(phone, code, ask)


async def test_the_first_sign_in_opens_an_account_and_the_next_finds_it(postbox):
    entered = []
    with clock.stopped_at(SINCE) as hands:
        for _ in range(2):
            asked = await people.ask_code("160 0000-1001")
            entered.append(
                await people.sign_in_phone(PHONE, postbox.code, asked.ask, agreed_to=people.NOTICE)
            )
            hands.move(MINUTE)
    assert entered[0].account_id == entered[1].account_id
    assert await database.fetch_value("SELECT count(*) FROM account") == 1


async def test_the_number_is_sealed_and_found_by_a_keyed_hash(postbox):
    asked = await people.ask_code(PHONE)
    await people.sign_in_phone(PHONE, postbox.code, asked.ask, agreed_to=people.NOTICE)
    row = await database.fetch_one("SELECT * FROM account")
    assert not any(PHONE in str(value) or PHONE.encode() == value for value in row.values())
    assert len(row["phone_blind"]) == 16


async def test_a_code_is_six_digits_and_kept_as_a_hash_alone(postbox):
    await people.ask_code(PHONE)
    row = await database.fetch_one("SELECT * FROM phone_code")
    assert len(postbox.code) == 6
    assert postbox.code.isdigit()
    assert not any(postbox.code in str(value) for value in row.values())


async def test_a_code_opens_once(postbox):
    asked = await people.ask_code(PHONE)
    await people.sign_in_phone(PHONE, postbox.code, asked.ask, agreed_to=people.NOTICE)
    await _refused(postbox.code, asked.ask)


async def test_a_code_opens_once_though_two_hands_hold_it(postbox):
    asked = await people.ask_code(PHONE)
    tries = (
        people.sign_in_phone(PHONE, postbox.code, asked.ask, agreed_to=people.NOTICE)
        for _ in range(2)
    )
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, people.SignIn) for one in done) == 1


async def test_a_code_is_good_for_five_minutes(postbox):
    with clock.stopped_at(SINCE) as hands:
        asked = await people.ask_code(PHONE)
        hands.move(5 * MINUTE)
        await _refused(postbox.code, asked.ask)


async def test_a_clock_set_back_two_days_revives_no_code(postbox):
    with clock.stopped_at(SINCE) as hands:
        asked = await people.ask_code(PHONE)
        hands.move(timedelta(days=-2))
        await _refused(postbox.code, asked.ask)
        hands.move(timedelta(days=2) + 6 * MINUTE)
        await people.forget_codes(clock.now() - 5 * MINUTE)
        hands.move(-6 * MINUTE)
        await _refused(postbox.code, asked.ask)


async def test_after_five_wrong_tries_the_right_one_opens_nothing(postbox):
    asked = await people.ask_code(PHONE)
    for _ in range(5):
        await _refused(_wrong(postbox.code), asked.ask)
    await _refused(postbox.code, asked.ask)


async def test_ten_thousand_wrong_codes_are_looked_at_five_times(postbox, monkeypatch):
    looked = []
    asked = await people.ask_code(PHONE)
    right = phones._is_right
    monkeypatch.setattr(phones, "_is_right", lambda *given: looked.append(1) or right(*given))
    for _ in range(100):
        guesses = (people.sign_in_phone(PHONE, f"{n:06}", asked.ask) for n in range(100))
        done = await asyncio.gather(*guesses, return_exceptions=True)
        assert all(isinstance(one, people.CodeRefused) for one in done)
    assert len(looked) == 5


async def test_of_eight_tries_at_once_with_one_left_one_is_looked_at(postbox, monkeypatch):
    asked = await people.ask_code(PHONE)
    for _ in range(4):
        await _refused(_wrong(postbox.code), asked.ask)
    looked = []
    monkeypatch.setattr(phones, "_is_right", lambda *given: bool(looked.append(1)))
    tries = (
        people.sign_in_phone(PHONE, postbox.code, asked.ask, agreed_to=people.NOTICE)
        for _ in range(8)
    )
    await asyncio.gather(*tries, return_exceptions=True)
    assert len(looked) == 1


async def test_a_new_code_replaces_the_old_one(postbox):
    with clock.stopped_at(SINCE) as hands:
        first = await people.ask_code(PHONE)
        old = postbox.code
        hands.move(MINUTE)
        second = await people.ask_code(PHONE)
        await _refused(old, first.ask)
        assert await people.sign_in_phone(PHONE, postbox.code, second.ask, agreed_to=people.NOTICE)


async def test_a_code_opens_only_where_it_was_asked_for(postbox):
    asked = await people.ask_code(PHONE)
    await _refused(postbox.code, "")
    await _refused(postbox.code, "a" * 22)
    assert await people.sign_in_phone(PHONE, postbox.code, asked.ask, agreed_to=people.NOTICE)


@pytest.mark.parametrize("shown", ["", "a" * 22])
async def test_a_stranger_uses_up_no_try_of_a_code_that_is_not_theirs(shown, postbox):
    asked = await people.ask_code(PHONE)
    for _ in range(2 * phones.TRIES):
        await _refused(_wrong(postbox.code), shown)
    assert await people.sign_in_phone(PHONE, postbox.code, asked.ask, agreed_to=people.NOTICE)


async def test_a_phone_that_cannot_keep_what_it_was_given_may_ask_for_an_unbound_code(postbox):
    await people.ask_code(PHONE, bound=False)
    assert await people.sign_in_phone(PHONE, postbox.code, agreed_to=people.NOTICE)


async def test_a_code_is_for_the_number_it_was_sent_to(postbox):
    asked = await people.ask_code(PHONE)
    await _refused(postbox.code, asked.ask, phone="16000001002")


async def test_a_code_to_change_a_number_does_not_sign_in(postbox):
    asked = await people.ask_code(PHONE, purpose="change")
    await _refused(postbox.code, asked.ask)


async def test_a_number_gets_one_code_a_minute():
    with clock.stopped_at(SINCE) as hands:
        await people.ask_code(PHONE)
        hands.move(timedelta(seconds=59))
        with pytest.raises(people.TooManyCodes) as told:
            await people.ask_code(PHONE)
        assert told.value.retry_after_s == 1
        hands.move(timedelta(seconds=1))
        await people.ask_code(PHONE)


async def test_a_number_gets_ten_codes_a_day_however_they_are_spread(postbox):
    with clock.stopped_at(SINCE) as hands:
        for _ in range(24 * 4 - 1):
            await asyncio.gather(people.ask_code(PHONE), return_exceptions=True)
            hands.move(15 * MINUTE)
        assert len(postbox.sent) == 10


async def test_of_many_asking_at_once_for_one_number_one_is_answered(postbox):
    await asyncio.gather(*(people.ask_code(PHONE) for _ in range(8)), return_exceptions=True)
    assert len(postbox.sent) == 1


async def test_one_address_cannot_have_codes_sent_to_everybody(postbox):
    knock = people.Knock("192.0.2.0/24")
    asked = [people.ask_code(f"160000{n:05}", knock=knock) for n in range(25)]
    await asyncio.gather(*asked, return_exceptions=True)
    assert len(postbox.sent) == 20


async def test_the_whole_town_sends_no_more_than_it_pays_for(postbox, monkeypatch, caplog):
    monkeypatch.setattr(port._Open, "budget", sms.Budget(hourly=3, daily=4))
    with clock.stopped_at(SINCE) as hands:
        asked = [people.ask_code(f"160000{n:05}") for n in range(8)]
        done = await asyncio.gather(*asked, return_exceptions=True)
        assert sum(isinstance(one, people.CodesSpent) for one in done) == 5
        assert len(postbox.sent) == 3
        hands.move(timedelta(hours=1))
        await people.ask_code("16000001008")
        with pytest.raises(people.CodesSpent) as told:
            await people.ask_code("16000001009")
        assert told.value.retry_after_s > 3600
        hands.move(timedelta(days=1))
        assert await people.ask_code("16000001009")
    said = [one.getMessage() for one in caplog.records if one.name == "mashang.sms"]
    assert [one.partition("=")[0] for one in said] == ["MASHANG_SMS_HOURLY", "MASHANG_SMS_DAILY"]


async def test_a_code_the_town_does_not_pay_for_locks_no_password_out(postbox, monkeypatch):
    monkeypatch.setattr(port._Open, "budget", sms.Budget(hourly=1, daily=1))
    await people.add_staff("wang", "correct horse battery", "演示-王敏")
    await people.ask_code(PHONE)
    with pytest.raises(people.CodesSpent):
        await people.ask_code("16000001002")
    assert await people.prove_staff("wang", "correct horse battery")


@pytest.mark.parametrize("phone", ["", "110", "1600000100", "26000001001", "١٦٠٠٠٠٠١٠٠١", "x" * 99])
async def test_what_is_no_mobile_number_is_told_so(phone, postbox):
    with pytest.raises(Invalid) as told:
        await people.ask_code(phone)
    assert told.value.fields[0].field == "phone"
    assert postbox.sent == []


async def test_a_provider_that_failed_leaves_no_code_behind(postbox):
    postbox.away = True
    with pytest.raises(sms.SmsFailed):
        await people.ask_code(PHONE)
    assert await database.fetch_value("SELECT count(*) FROM phone_code") == 0


async def test_while_a_provider_says_nothing_everybody_else_goes_on(postbox):
    postbox.silent = asyncio.Event()
    waiting = asyncio.create_task(people.ask_code(PHONE))
    entered = await people.sign_in_demo(await _a_persona())
    assert await people.session_of(entered.token)
    assert not waiting.done()
    postbox.silent.set()
    assert await waiting


async def test_two_first_sign_ins_of_one_number_make_one_account(postbox, monkeypatch):
    asked = await people.ask_code(PHONE)
    await people.add_resident_account("演示-王女士", phone=PHONE)
    monkeypatch.setattr(phones, "find_by_phone", _just_before_it_was_made(phones.find_by_phone))
    assert await people.sign_in_phone(PHONE, postbox.code, asked.ask, agreed_to=people.NOTICE)
    assert await database.fetch_value("SELECT count(*) FROM account") == 1


async def test_whoever_agrees_while_signing_in_is_not_asked_again(postbox):
    asked = await people.ask_code(PHONE)
    entered = await people.sign_in_phone(PHONE, postbox.code, asked.ask, agreed_to=people.NOTICE)
    assert await people.is_agreed(entered.account_id)


async def test_no_account_is_opened_for_whoever_did_not_agree_and_the_code_waits(postbox):
    asked = await people.ask_code(PHONE)
    with pytest.raises(people.ConsentNeeded):
        await people.sign_in_phone(PHONE, postbox.code, asked.ask)
    assert await database.fetch_value("SELECT count(*) FROM account") == 0
    assert await people.sign_in_phone(PHONE, postbox.code, asked.ask, agreed_to=people.NOTICE)


async def test_whoever_has_an_account_comes_in_without_agreeing_anew(postbox):
    account_id = await people.add_resident_account("演示-王女士", phone=PHONE)
    asked = await people.ask_code(PHONE)
    entered = await people.sign_in_phone(PHONE, postbox.code, asked.ask)
    assert entered.account_id == account_id
    assert await people.is_to_agree(account_id)


async def test_agreeing_to_a_notice_that_is_not_the_newest_uses_up_no_code(postbox):
    asked = await people.ask_code(PHONE)
    with pytest.raises(Invalid):
        await people.sign_in_phone(PHONE, postbox.code, asked.ask, agreed_to=people.NOTICE + 1)
    assert await people.sign_in_phone(PHONE, postbox.code, asked.ask, agreed_to=people.NOTICE)


async def test_an_account_the_town_closed_stays_closed(postbox):
    account_id = await people.add_resident_account("演示-王女士", phone=PHONE)
    async with unit_of_work() as unit:
        unit.update(Account, where={"id": account_id}, set={"disabled_at": clock.now()})
    asked = await people.ask_code(PHONE)
    with pytest.raises(people.AccountClosed):
        await people.sign_in_phone(PHONE, postbox.code, asked.ask, agreed_to=people.NOTICE)
