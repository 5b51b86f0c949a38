"""`mashang staff`: let someone on the staff in, or in again."""

import argparse
import getpass
import secrets
import sys
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from server import org, people, trust
from server.base import clock, database
from server.base.errors import Invalid
from server.cli.options import Commands, Stop, command, in_town, operator, settings_for

STAFF = """\
Let someone on the staff sign in at /signin/staff, with a post: a role, for a unit, over an area.
Without --role this makes an administrator, which is how an empty town begins.

  mashang staff add wang 王敏
  mashang staff add li 李强 --role grid_worker --unit 石桥社区 --area 150603/150603001/

The password is asked for; without a terminal one is made and printed once. --area is the path of a
node of the place tree and may be left out where the unit has one. Roles:
"""
RESET = """\
Give a member of staff a new password. Their second factor and their codes on paper are taken away,
and they are signed out everywhere: for who lost a password, or the phone with the second factor.

  mashang staff reset wang

The password is asked for; without a terminal one is made and printed once.
"""
PLATFORM = "本平台"


def add_commands(commands: Commands) -> None:
    staff = commands.add_parser("staff", help="let someone on the staff sign in")
    verbs = staff.add_subparsers(metavar="COMMAND", required=True)
    roles = "\n".join(f"  {key:<20} {title}" for key, title in org.STAFF_ROLES.items())
    add = command(verbs, "add", do_staff_add, "make an account and a post", STAFF + roles)
    add.add_argument("login", help="the name to sign in with: letters and digits")
    add.add_argument("name", help="the name people read on the plate")
    add.add_argument("--role", choices=list(org.STAFF_ROLES), default="sys_admin", metavar="ROLE")
    add.add_argument("--unit", metavar="NAME", help="the unit, by its name")
    add.add_argument("--area", metavar="PATH", help="the path of what the post reaches")
    reset = command(verbs, "reset", do_staff_reset, "give a new password", RESET)
    reset.add_argument("login", help="the name they sign in with")


def do_staff_add(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    login = asked.login.strip().lower()
    if not (login.isascii() and login.isalnum() and 2 <= len(login) <= 40):
        raise Stop("a login is 2 to 40 letters and digits.")
    if not asked.name.strip() or len(asked.name) > 40:
        raise Stop("a name is 1 to 40 characters.")

    async def add() -> int:
        if await database.fetch_one("SELECT id FROM account WHERE login = $1", login):
            raise Stop(f"somebody signs in as {login} already.")
        unit = await _unit(asked)
        password, made = _password(login, asked.name.strip())
        area = asked.area or unit["area"]
        given = {"role": asked.role, "unit": unit["name"], "area": area}
        # Recorded first: an appointment nobody knows of would be worse than a record of none.
        await trust.record(
            trust.Act(action="post.appoint", name=operator(), target=login, detail=given)
        )
        account_id = await people.add_staff(login, password, asked.name.strip())
        await _give_post(account_id, unit, role=asked.role, area=area)
        title = org.POST_ROLES[asked.role]
        print(f"{asked.name} ({login}) is {title} for {unit['name']}, at /signin/staff.")
        if made:
            print(f"Password, shown once: {password}")
        return 0

    return in_town(settings_for(asked, environment), add)


def do_staff_reset(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    login = asked.login.strip().lower()

    async def reset() -> int:
        account = await people.find_staff_login(login)
        if account is None:
            raise Stop(f"nobody on the staff signs in as {login}.")
        password, made = _password(login, account["name"])
        await trust.record(trust.Act(action="account.reset", name=operator(), target=login))
        await people.reset_otp(account["id"])
        await people.set_password(account["id"], password)
        print(f"{account['name']} ({login}) has a new password and no second factor.")
        if made:
            print(f"Password, shown once: {password}")
        return 0

    return in_town(settings_for(asked, environment), reset)


async def _unit(asked: argparse.Namespace) -> dict[str, Any]:
    if asked.unit is None:
        if asked.role != "sys_admin":
            raise Stop(f"a {asked.role} works for a unit: give --unit NAME.")
        return await _platform()
    found = await database.fetch(
        "SELECT id, name, area FROM unit WHERE name = $1 ORDER BY id", asked.unit
    )
    if len(found) != 1:
        raise Stop(f"{len(found)} units are called {asked.unit}; it must be one.")
    area = asked.area or found[0]["area"]
    if not area:
        raise Stop(f"{asked.unit} has no area of its own: give --area PATH.")
    if not await database.fetch_value("SELECT 1 AS one FROM place WHERE path = $1", area):
        raise Stop(f"no place has the path {area}.")
    return found[0]


async def _platform() -> dict[str, Any]:
    """The unit administrators belong to. It reaches no place, so they see no resident's case."""
    found = await database.fetch_one(
        "SELECT id, name, area FROM unit WHERE kind = 'platform' ORDER BY id"
    )
    if found is not None:
        return found
    roster = org.Roster(since=clock.now())
    key = roster.unit("platform", PLATFORM)
    await org.enrol(roster)
    return {"id": key, "name": PLATFORM, "area": ""}


async def _give_post(account_id: UUID, unit: dict[str, Any], *, role: str, area: str) -> None:
    roster = org.Roster(since=clock.now())
    post = roster.post(role, unit["id"], area)
    roster.held_by(post, account_id)
    if area:
        roster.answers(area, role, post=post)
    await org.enrol(roster)


def _password(login: str, name: str) -> tuple[str, bool]:
    """The password, and whether it was made here."""
    if not sys.stdin.isatty():
        return secrets.token_urlsafe(12), True
    first = getpass.getpass("Password (empty: one is made): ")
    if not first:
        return secrets.token_urlsafe(12), True
    try:
        people.check_new_password(first, login, name)
    except Invalid as weak:
        raise Stop(weak.fields[0].detail) from None
    if getpass.getpass("Once more: ") != first:
        raise Stop("the two were not the same.")
    return first, False
