"""The second factor: set up, asked for, used once, on paper for the day the phone is lost."""

import asyncio
from datetime import timedelta

import pyotp
import pytest

from server import people
from server.base import clock, database
from tests.makers import LOGIN, PASSWORD, SINCE, a_staff_login, sign_in

STEP = timedelta(seconds=30)

pytestmark = pytest.mark.usefixtures("db")


class App:
    """An authenticator app on somebody's phone."""

    def __init__(self, secret: str) -> None:
        self.totp = pyotp.TOTP(secret)

    def code(self, steps: int = 0) -> str:
        return self.totp.at(clock.now(), counter_offset=steps)


@pytest.fixture
def hands():
    with clock.stopped_at(SINCE) as hands:
        yield hands


@pytest.fixture
async def worker(hands):
    """A staff account whose second factor was set up a minute ago."""
    account_id = await a_staff_login()
    begun = await people.begin_otp(account_id, LOGIN)
    app = App(begun.secret)
    paper = await people.confirm_otp(account_id, app.code())
    hands.move(2 * STEP)
    return account_id, app, paper


async def _step_up(account_id, code):
    entered = await people.begin_staff_session(
        {"id": account_id, "kind": "staff", "name": "", "name_sealed": None}, "staff"
    )
    return await people.step_up(account_id, entered.token, code)


async def _guess():
    with pytest.raises(people.OtpRefused):
        await sign_in(LOGIN, PASSWORD, "000000")


async def _guess_and_ask_again():
    await _guess()
    with pytest.raises(people.OtpNeeded):
        await sign_in()


async def test_a_secret_opens_nothing_before_its_first_code(hands):
    account_id = await a_staff_login()
    await people.begin_otp(account_id, LOGIN)
    assert not await people.has_otp(account_id)
    assert await sign_in()


async def test_a_wrong_first_code_confirms_nothing(hands):
    account_id = await a_staff_login()
    await people.begin_otp(account_id, LOGIN)
    with pytest.raises(people.OtpRefused):
        await people.confirm_otp(account_id, "000000")
    assert not await people.has_otp(account_id)


async def test_the_password_alone_is_not_enough_any_more(worker):
    with pytest.raises(people.OtpNeeded):
        await sign_in()
    assert await sign_in(LOGIN, PASSWORD, worker[1].code())


async def test_the_password_alone_forgives_no_guess_at_the_code(worker):
    for _ in range(4):
        await _guess_and_ask_again()
    await _guess()
    with pytest.raises(people.LockedOut):
        await sign_in()


async def test_whoever_is_only_asked_for_a_code_has_guessed_nothing(worker):
    for _ in range(9):
        with pytest.raises(people.OtpNeeded):
            await sign_in()
    assert await sign_in(LOGIN, PASSWORD, worker[1].code())


async def test_a_wrong_password_says_nothing_of_a_second_factor(worker):
    with pytest.raises(people.SignInRefused):
        await sign_in(LOGIN, "guess", worker[1].code())


async def test_a_code_is_never_taken_twice(worker):
    account_id, app, _ = worker
    code = app.code()
    await sign_in(LOGIN, PASSWORD, code)
    with pytest.raises(people.OtpRefused):
        await sign_in(LOGIN, PASSWORD, code)
    with pytest.raises(people.OtpRefused):
        await _step_up(account_id, code)


async def test_a_code_sent_twice_at_once_is_taken_once(worker):
    account_id, app, _ = worker
    code = app.code()
    done = await asyncio.gather(
        *(_step_up(account_id, code) for _ in range(2)), return_exceptions=True
    )
    assert sum(isinstance(one, people.OtpRefused) for one in done) == 1


@pytest.mark.parametrize("steps", [-1, 0, 1])
async def test_clocks_may_be_half_a_minute_apart(worker, steps):
    account_id, app, _ = worker
    assert await _step_up(account_id, app.code(steps))


@pytest.mark.parametrize("steps", [-2, 2])
async def test_and_no_more(worker, steps):
    account_id, app, _ = worker
    with pytest.raises(people.OtpRefused):
        await _step_up(account_id, app.code(steps))


async def test_a_clock_set_back_makes_no_used_code_good_again(worker, hands):
    account_id, app, _ = worker
    code = app.code()
    await _step_up(account_id, code)
    hands.move(timedelta(days=-2))
    with pytest.raises(people.OtpRefused):
        await _step_up(account_id, app.code())


async def test_guessing_codes_locks_the_account_for_that_neighbourhood(worker):
    account_id, app, _ = worker
    for _ in range(5):
        with pytest.raises(people.OtpRefused):
            await _step_up(account_id, "000000")
    with pytest.raises(people.LockedOut):
        await _step_up(account_id, app.code())


async def test_a_code_on_paper_opens_once_however_it_is_typed(worker):
    account_id, _, paper = worker
    assert await _step_up(account_id, paper[3].lower().replace("-", " "))
    with pytest.raises(people.OtpRefused):
        await _step_up(account_id, paper[3])
    assert await people.paper_codes_left(account_id) == 9


async def test_new_codes_on_paper_make_the_old_ones_worthless(worker):
    account_id, _, paper = worker
    fresh = await people.renew_paper_codes(account_id)
    with pytest.raises(people.OtpRefused):
        await _step_up(account_id, paper[0])
    assert await _step_up(account_id, fresh[0])


async def test_until_the_new_phone_is_confirmed_the_old_one_counts(worker):
    account_id, old, _ = worker
    begun = await people.begin_otp(account_id, LOGIN)
    assert await _step_up(account_id, old.code())
    new = App(begun.secret)
    await people.confirm_otp(account_id, new.code())
    with pytest.raises(people.OtpRefused):
        await _step_up(account_id, old.code(1))


async def test_what_is_taken_away_opens_nothing(worker):
    account_id, app, paper = worker
    await people.remove_otp(account_id)
    for code in (app.code(), paper[0]):
        with pytest.raises(people.OtpMissing):
            await _step_up(account_id, code)
    assert await sign_in()


async def test_secret_and_codes_on_paper_are_nowhere_in_clear(worker):
    _, app, paper = worker
    rows = await database.fetch("SELECT * FROM totp")
    rows += await database.fetch("SELECT * FROM recovery_code")
    kept = [bytes(value) for row in rows for value in row.values() if isinstance(value, bytes)]
    assert kept
    for secret in (app.totp.secret, *paper):
        assert not any(secret.encode() in value for value in kept)


async def test_raising_a_session_lasts_ten_minutes_and_changes_its_token(worker, hands):
    account_id, app, _ = worker
    entered = await sign_in(LOGIN, PASSWORD, app.code())
    hands.move(STEP)
    raised = await people.step_up(account_id, entered.token, app.code())
    assert await people.session_of(entered.token) is None
    seen = await people.session_of(raised.token)
    assert seen.session_id == entered.session_id
    assert people.is_raised(seen.raised_until, clock.now())
    hands.move(timedelta(minutes=10))
    assert not people.is_raised(seen.raised_until, clock.now())


async def test_a_persona_of_the_demo_is_shown_codes_that_work_until_none_is_left(hands):
    account_id = await people.add_staff("demo", None, "演示-巴特尔", persona="grid_worker")
    for _ in range(2):
        assert await _step_up(account_id, await people.demo_otp(account_id))
    assert await people.demo_otp(account_id) == ""
    hands.move(STEP)
    assert await _step_up(account_id, await people.demo_otp(account_id))


async def test_guessing_codes_is_on_record_with_the_account(worker):
    account_id = worker[0]
    for _ in range(5):
        with pytest.raises(people.OtpRefused):
            await _step_up(account_id, "000000")
    rows = await database.fetch(
        "SELECT action, target FROM audit_record WHERE action = 'signin.failures'"
    )
    assert rows == [{"action": "signin.failures", "target": str(account_id)}]
