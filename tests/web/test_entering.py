"""Staff come in over HTTP: what their session is worth, and from which neighbourhood they knock."""

import pytest

from server import org, people
from server.base import clock, database
from server.web.limits import block_of
from tests.makers import LOGIN, PASSWORD, SINCE, a_staff_login

pytestmark = pytest.mark.usefixtures("quick_hashes")


async def _hired(role: str) -> None:
    """Somebody with a password holds a post in this role."""
    account_id = await a_staff_login()
    roster = org.Roster(since=SINCE)
    unit = roster.unit("community", "演示·社区")
    roster.held_by(roster.post(role, unit, "150603/"), account_id)
    await org.enrol(roster)


async def _enter(web, **more: str):
    body = {"login": LOGIN, "password": PASSWORD} | more
    return await web.post("/m/v1/session/staff", json=body)


@pytest.mark.parametrize(("role", "kind"), [("grid_worker", "field"), ("dept_handler", "staff")])
async def test_a_shift_is_for_the_field_and_half_an_hour_for_a_desk(a_web_of, role, kind):
    await _hired(role)
    async with a_web_of() as web:
        assert (await _enter(web)).status_code == 200
    assert await database.fetch_value("SELECT kind FROM session") == kind


async def test_a_second_factor_is_asked_for_and_raises_the_session_at_once(a_web_of, hands):
    await _hired("dept_handler")
    account = await people.find_staff_login(LOGIN)
    code = await people.demo_otp(account["id"])
    async with a_web_of() as web:
        lacking = await _enter(web)
        assert (lacking.status_code, lacking.json()["code"]) == (401, "otp-needed")
        assert (await _enter(web, otp=code)).status_code == 200
    until = await database.fetch_value("SELECT raised_until FROM session")
    assert people.is_raised(until, clock.now())


async def test_after_five_guesses_the_door_says_how_long_to_wait(a_web_of):
    await _hired("dept_handler")
    async with a_web_of() as web:
        for _ in range(5):
            assert (await _enter(web, password="guess")).status_code == 401
        locked = await _enter(web)
    assert (locked.status_code, locked.json()["code"]) == (429, "locked-out")
    assert locked.headers["retry-after"] == "60"


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::/64", "2001:db8:1:2::/64"),
        ("unix", "unix"),
    ],
)
def test_neighbours_share_a_block(address, block):
    assert block_of(address) == block
