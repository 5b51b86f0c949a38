"""Addresses of who lives where: said by the stranger of a door of entrance one.

Each asks about a row of its own. Nobody but that person, and who verifies it there, learns of it.
"""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from server.base import clock, database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.bindings.models import Binding
from tests.access.actors import ALL
from tests.access.asking import Asker, kind_of
from tests.access.doors import said
from tests.access.reading import GROUPS, VERIFIES

Found = Iterator[tuple[str, str, partial]]
OWNER = "stranger"
BECOMES = {"bind": "bound", "refuse": "refused", "end": "ended"}


def homed(route: str) -> Found:
    """Ended by the person, and by who verifies it there once it is bound; not there to others."""
    for who in ALL:
        yield who, OWNER, partial(_ended, who, route)


async def _ended(who: str, route: str, asker: Asker) -> None:
    binding_id = await _row(asker, "bound")
    may = who == OWNER or who in VERIFIES
    sent = {} if "/m/v1/" in route else {"form": {"nothing": ""}}
    answer = await asker.ask(who, route, at={"binding_id": binding_id}, **sent)
    refused = "401" if kind_of(who) == "guest" else "404"
    asker.expect(who, route, said(answer), _done(route) if may else refused)
    asker.expect(who, route, await _state(binding_id), "ended" if may else "bound", "it is")
    await _clear()


def housed(route: str) -> Found:
    """Verified within one's area, in whose list it stands; to others of these posts not there."""
    for who in ALL:
        yield who, OWNER, partial(_verified, who, route)


async def _verified(who: str, route: str, asker: Asker) -> None:
    act = route.rpartition("/")[2]
    before = "bound" if act == "end" else "claimed"
    binding_id = await _row(asker, before)
    if who in GROUPS["verifiers"]:
        listed = await asker.ask(who, f"GET {'/m/v1' if '/m/v1/' in route else '/work'}/bindings")
        there = str(binding_id) in listed.text
        asker.expect(who, route, there, who in VERIFIES, "in the list:")
    answer = await asker.ask(who, route, at={"binding_id": binding_id}, **_sent(route, act))
    asker.expect(who, route, said(answer), _may(who, route))
    after = BECOMES[act] if who in VERIFIES else before
    asker.expect(who, route, await _state(binding_id), after, "it is")
    await _clear()


def _sent(route: str, act: str) -> dict[str, dict[str, str]]:
    reason = {"reason": "没有核实到"}
    if "/m/v1/" not in route:
        return {"form": reason}
    return {"body": reason} if act == "refuse" else {}


def _done(route: str) -> str:
    return "204" if "/m/v1/" in route else "303"


def _may(who: str, route: str) -> str:
    if who in VERIFIES:
        return _done(route)
    if who in GROUPS["verifiers"]:
        return "404"
    return "401" if kind_of(who) == "guest" else "403"


async def _row(asker: Asker, state: str) -> UUID:
    """Of the stranger, behind entrance one."""
    city, now, binding_id = asker.city, clock.now(), new_id()
    async with unit_of_work() as unit:
        unit.insert(
            Binding,
            id=binding_id,
            account_id=city.crowd.accounts[OWNER],
            room_id=city.land.id("entrance one"),
            path=city.land.path("entrance one"),
            kin="owner",
            state=state,
            claimed_at=now,
            due_at=now,
        )
    return binding_id


async def _state(binding_id: UUID) -> str:
    return str(await database.fetch_value("SELECT state FROM binding WHERE id = $1", binding_id))


async def _clear() -> None:
    """The next one asks about a row of its own."""
    async with unit_of_work() as unit:
        unit.delete(Binding, where={"kin": "owner"})
