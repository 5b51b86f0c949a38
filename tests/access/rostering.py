"""Addresses of rosters: a unit's for its people and who stands above; a post's for the latter.

What is asked changes a turn or a leave made for the question, so that one sees it happen or not.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from server import org, rosters
from server.base import clock, database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.org import Shift
from server.trust import ReplayKey
from tests.access.actors import ALL
from tests.access.asking import Asker, kind_of
from tests.access.doors import said
from tests.access.reading import READS_ROSTER, SETS_UP, SITS_BESIDE, SOME, TAKES_BACK

Found = Iterator[tuple[str, str, partial]]
OWNER = "next_worker"  # who is on leave
HOURS = {"days1": "every", "starts1": "00:00", "ends1": "24:00"}  # as they are
DONE = ("hours", "drop", "end")
GRANTS = ("appoint", "hand-over")  # by a second factor


def read(route: str) -> Found:
    """Of one's own unit and of those one of whose posts one sets up."""
    for who in SOME if route.endswith("sheet") else ALL:
        for unit in READS_ROSTER:
            yield who, unit, partial(_read, who, route, unit)


async def _read(who: str, route: str, unit: str, asker: Asker) -> None:
    asked = {"unit": str(asker.city.crowd.units[unit])}
    answer = await asker.ask(who, route, query=asked)
    wanted = {"guest": "in", "staff": "200" if who in READS_ROSTER[unit] else "404"}
    asker.expect(who, route, said(answer), wanted.get(kind_of(who), "403"), unit)


def set_up(route: str) -> Found:
    """By whoever stands above the post; colleagues see it is not theirs (403), and for all others
    it is not there.
    """
    if route.startswith("GET"):
        yield "sys_admin", "no post", partial(_absent, "sys_admin", route)
    posts = SETS_UP if route.startswith("GET") else [next(iter(SETS_UP))]
    for who in ALL if route.startswith("GET") or route.endswith("hours") else SOME:
        for post in posts:
            yield who, post, partial(_set_up, who, route, post)
        if route.endswith(GRANTS):
            yield who, "not raised", partial(_not_raised, who, route)


async def _absent(who: str, route: str, asker: Asker) -> None:
    answer = await asker.ask(who, route, at={"post_id": new_id()})
    asker.expect(who, route, answer.status, 404, "absent:")


async def _set_up(who: str, route: str, post: str, asker: Asker) -> None:
    crowd, post_id = asker.city.crowd, asker.city.crowd.posts[post]
    drops = "shifts" in route and route.endswith("drop")
    shift_id = await _a_turn(post_id, crowd.accounts[post]) if drops else 0
    at = {"post_id": post_id, "shift_id": shift_id, "appointment_id": new_id()}
    form = {} if route.startswith("GET") else {"form": HOURS if "hours" in route else {"x": ""}}
    raised = route.endswith(GRANTS)
    answer = await asker.ask(who, route, at=at, raised=raised, **form)
    asker.expect(who, route, said(answer), _answered(who, route, post), post)
    if not drops:
        return
    left = await database.fetch_value("SELECT count(*) AS n FROM duty WHERE id = $1", shift_id)
    asker.expect(who, route, left, 0 if who in SETS_UP[post] else 1, f"{post}: turns left")
    async with unit_of_work() as unit:
        org.drop_shift(unit, post_id, shift_id)


async def _not_raised(who: str, route: str, asker: Asker) -> None:
    """Asked for a second factor, also of a post that is not there: that tells nothing of it."""
    for post_id in (asker.city.crowd.posts[next(iter(SETS_UP))], new_id()):
        answer = await asker.ask(who, route, at={"post_id": post_id}, form={"x": ""})
        wanted = {"guest": "401", "staff": "up"}.get(kind_of(who), "403")
        asker.expect(who, route, said(answer), wanted, "not raised")


def _answered(who: str, route: str, post: str) -> str:
    if kind_of(who) == "guest":
        return "in" if route.startswith("GET") else "401"
    if kind_of(who) != "staff" or who in SITS_BESIDE[post]:
        return "403"
    if who not in SETS_UP[post]:
        return "404"
    if route.startswith("GET"):
        return "200"
    return "303" if route.endswith(DONE) else "422"


async def _a_turn(post_id: UUID, account_id: UUID) -> int:
    async with unit_of_work() as unit:
        org.put_shifts(unit, post_id, [Shift(account_id, "", "08:00", "09:00", date(2030, 1, 1))])
    return int(await database.fetch_value("SELECT max(id) AS id FROM duty"))


def taken_back(route: str) -> Found:
    """By whoever is on leave, and by who stands above."""
    for who in ALL if "/work/" in route else SOME:
        yield who, OWNER, partial(_taken_back, who, route)


async def _taken_back(who: str, route: str, asker: Asker) -> None:
    owner = await asker.city.crowd.viewer(OWNER)
    begins = clock.now() + timedelta(days=1)
    asked = ReplayKey("access", route, f"{asker.calls}", b"")
    await rosters.take_leave(begins, begins + timedelta(days=1), None, by=owner, asked=asked)
    (leave,) = await rosters.leaves_around(owner)
    answer = await asker.ask(who, route, at={"leave_id": leave.id}, form={"nothing": ""})
    may = who in TAKES_BACK
    refused = {"guest": "401", "staff": "404"}.get(kind_of(who), "403")
    asker.expect(who, route, said(answer), "303" if may else refused)
    left = await rosters.leaves_around(owner)
    asker.expect(who, route, len(left), 0 if may else 1, "leaves left:")
    async with unit_of_work() as unit:
        for one in left:
            org.end_leave(unit, one.id, begun=False, at=clock.now())
