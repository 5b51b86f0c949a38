"""Addresses of canned replies: a unit's are kept by those who answer for its words, and for others
of their roles are not there.

Each asks about the list of the community at the lake, which begins anew.
"""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from server.base import database
from server.base.unit import unit_of_work
from server.contact.models import CannedReplies
from tests.access.actors import ALL
from tests.access.asking import Asker, kind_of
from tests.access.doors import said
from tests.access.reading import GROUPS, KEEPS_REPLIES, SOME

Found = Iterator[tuple[str, str, partial]]
# Everyone's kind, and every role that keeps a list somewhere.
ASKED = (*SOME, "grid_police", "community_worker", "street_leader", "municipal_leader")


def kept(route: str) -> Found:
    """Read and changed by those of the unit who keep its list."""
    for who in ALL if route.startswith("GET") else ASKED:
        yield who, "lake", partial(_kept, who, route)


async def _kept(who: str, route: str, asker: Asker) -> None:
    unit_id = asker.city.crowd.units["lake"]
    await _begins_anew(unit_id)
    form = {"text": "师傅在路上。", "unit": str(unit_id), "seen_version": "0", "do": "keep"}
    sent = {"query": {"unit": str(unit_id)}} if route.startswith("GET") else {"form": form}
    answer = await asker.ask(who, route, at={"key": "seen"}, **sent)
    done = "200" if route.startswith("GET") else "303"
    may = who in KEEPS_REPLIES
    asker.expect(who, route, said(answer), done if may else _refused(who, route))
    if route.startswith("POST"):
        asker.expect(who, route, await _is_kept(unit_id), may, "changed:")


def _refused(who: str, route: str) -> str:
    if kind_of(who) == "guest":
        return "in" if route.startswith("GET") else "401"
    return "404" if who in GROUPS["repliers"] else "403"


async def _begins_anew(unit_id: UUID) -> None:
    async with unit_of_work() as unit:
        unit.delete(CannedReplies, where={"unit_id": unit_id})


async def _is_kept(unit_id: UUID) -> bool:
    found = "SELECT count(*) AS n FROM canned_replies WHERE unit_id = $1"
    return bool(await database.fetch_value(found, unit_id))
