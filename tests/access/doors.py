"""Addresses that ask who one is, and nothing else: by the four kinds of people, and own things."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from uuid import UUID

from server import catalogue
from server.base import clock, database
from server.base.ids import new_id
from server.trust import ReplayKey
from tests.access.actors import ALL
from tests.access.asking import Asker, kind_of
from tests.access.knocking import Answer
from tests.access.reading import GROUPS, OUTAGE, ROUTES, SIGHT
from tests.access.sent import what_is_sent

COLUMNS = ("guest", "resident", "former", "staff")
Found = Iterator[tuple[str, str, partial]]


def by_kind(route: str) -> Found:
    """Everybody once, and whoever is asked for a second factor twice."""
    for who in ALL:
        wanted = ROUTES[route].answers[COLUMNS.index(kind_of(who))]
        if wanted.startswith("up/"):
            yield who, "", partial(_door, who, route, "up")
            yield who, "raised", partial(_door, who, route, wanted[3:], raised=True)
        else:
            yield who, "", partial(_door, who, route, wanted)


async def _door(who: str, route: str, wanted: str, asker: Asker, *, raised: bool = False) -> None:
    before = await asker.moves()
    status, _, group = wanted.rstrip("!").partition(":")
    if group and who not in GROUPS[group]:
        status = "403"
    token = await _to_be_ended(who, asker, raised) if wanted.endswith("!") else None
    sent = what_is_sent(route, asker.city)
    opens = _own_numbers(who, asker) if route.endswith("/me/export") else ()
    answer = await asker.ask(who, route, raised=raised, token=token, opens=opens, **sent)
    if wanted.endswith("!") and kind_of(who) in ("former", "staff"):
        await _renewed(who, asker)
    asker.expect(who, route, said(answer), status.rstrip("?"))
    asker.expect(who, route, await asker.moves(), before, "moves:")


def _own_numbers(who: str, asker: Asker) -> set[tuple[int, str]]:
    """A copy of what is kept of oneself has the numbers one left, whole."""
    every = asker.city.docket.every.values()
    return {(one.nth, "phone") for one in every if SIGHT[who].get(one.label) == "O"}


async def _to_be_ended(who: str, asker: Asker, raised: bool) -> str:
    """A session nobody needs afterwards; of a resident a whole account."""
    crowd = asker.city.crowd
    if kind_of(who) == "resident":
        return await crowd.passer_by(f"passer {asker.calls}")
    return await crowd.session(who, raised=raised)


async def _renewed(who: str, asker: Asker) -> None:
    crowd = asker.city.crowd
    crowd.tokens[who] = await crowd.session(who)
    crowd.raised[who] = await crowd.session(who, raised=True)


def said(answer: Answer) -> str:
    """The status, or in words where it sends one: to the sign-in, to show a second factor."""
    if answer.status == 303 and answer.goes_to.startswith("/signin?back="):
        return "in"
    if answer.status == 403 and ("step-up-needed" in answer.text or "step_up_code" in answer.text):
        return "up"
    if answer.status == 403 and 'name="otp"' in answer.text:
        return "code"
    return str(answer.status)


def hidden(who: str, route: str) -> str:
    """What is not there; where a session has just ended it might be, after signing in."""
    if who != "stale":
        return "404"
    return "in" if route.startswith("GET") and "/m/v1/" not in route else "401"


def sessions(route: str) -> Found:
    """One's own session may be ended, never another's."""
    for who in ALL:
        yield who, "own", partial(_session, who, route)
        yield who, "another's", partial(_other_session, who, route)


async def _session(who: str, route: str, asker: Asker) -> None:
    if kind_of(who) == "guest":
        return
    token = await asker.city.crowd.session(who)
    sent = what_is_sent(route, asker.city) | {"at": {"session_id": await _last_session()}}
    answer = await asker.ask(who, route, **sent)
    asker.expect(who, route, answer.status, 204 if "/m/v1/" in route else 303)
    after = await asker.ask(who, "GET /m/v1/me", token=token)
    asker.expect(who, route, after.status, 401, "the ended session answers")


async def _other_session(who: str, route: str, asker: Asker) -> None:
    token = await asker.city.crowd.session("hill_worker" if who != "hill_worker" else "raiser")
    sent = what_is_sent(route, asker.city) | {"at": {"session_id": await _last_session()}}
    answer = await asker.ask(who, route, **sent)
    asker.expect(who, route, answer.status, 401 if kind_of(who) == "guest" else 404)
    after = await asker.ask("hill_worker", "GET /m/v1/me", token=token)
    asker.expect(who, route, after.status, 200, "another's session answers")


async def _last_session() -> UUID:
    found: UUID = await database.fetch_value("SELECT id FROM session ORDER BY id DESC LIMIT 1")
    return UUID(str(found))


def filters(route: str) -> Found:
    """A kept filter is dropped by whoever kept it; of anybody else nothing happens."""
    for who in ALL:
        yield who, "another's", partial(_filter, who, route)


async def _filter(who: str, route: str, asker: Asker) -> None:
    owner = "dispatcher" if who != "dispatcher" else "secretary"
    form = {"title": f"筛选{asker.calls}", "tab": "open"}
    await asker.ask(owner, "POST /desk/filters", form=form)
    count = "SELECT count(*) AS n FROM saved_filter"
    newest = await database.fetch_value("SELECT max(id) AS n FROM saved_filter")
    kept = await database.fetch_value(count)
    answer = await asker.ask(who, route, at={"filter_id": newest}, form={"back": "/desk"})
    wanted = {"guest": 401, "staff": 303}.get(kind_of(who), 403)
    asker.expect(who, route, answer.status, wanted)
    asker.expect(who, route, await database.fetch_value(count), kept, "kept filters:")
    await asker.ask(owner, route, at={"filter_id": newest}, form={"back": "/desk"})
    asker.expect(owner, route, await database.fetch_value(count), kept - 1, "kept filters:")


def outages(route: str) -> Found:
    """Taken down by whoever announces where it is; for others of them it is not there."""
    for who in ALL:
        yield who, "estate one", partial(_outage, who, route)


async def _outage(who: str, route: str, asker: Asker) -> None:
    city = asker.city
    asked = ReplayKey("access", route, f"outage{asker.calls}", b"")
    outage_id = await catalogue.announce(
        city.land.id("estate one"), "停暖", clock.now() + timedelta(days=1),
        by=await city.crowd.viewer("dispatcher"), asked=asked,
    )  # fmt: skip
    answer = await asker.ask(who, route, at={"outage_id": outage_id}, form={"nothing": ""})
    asker.expect(who, route, answer.status, _may_end(who))
    ended = await database.fetch_value("SELECT ended_at FROM outage WHERE id = $1", outage_id)
    asker.expect(who, route, ended is not None, who in OUTAGE, "ended:")
    missing = await asker.ask(who, route, at={"outage_id": new_id()}, form={"nothing": ""})
    announces = who in GROUPS["announcers"]
    asker.expect(who, route, missing.status, 404 if announces else _may_end(who), "absent:")


def _may_end(who: str) -> int:
    if who in OUTAGE:
        return 303
    if who in GROUPS["announcers"]:
        return 404
    return 401 if kind_of(who) == "guest" else 403
