"""Files a town is set up from: the administrators' alone, and with a second factor what they do."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from server import workbook
from server.base import database
from server.base.ids import new_id
from server.trust import ReplayKey
from tests.access.actors import ALL
from tests.access.asking import Asker, kind_of
from tests.access.doors import said
from tests.access.reading import GROUPS
from tests.access.sent import what_is_sent

Found = Iterator[tuple[str, str, partial]]
WRONG = b'{"features": [{}]}'  # one grid without anything, so there are wrong rows to take away


def imports(route: str) -> Found:
    """Everybody asks about the same file, administrators once more in a raised session."""
    for who in ALL:
        yield who, "a file", partial(_import, who, route)
    for who in sorted(GROUPS["admins"]):
        yield who, "a file, raised", partial(_raised, who, route)


async def _import(who: str, route: str, asker: Asker) -> None:
    asked = {"at": {"import_id": await _checked(asker)}}
    answer = await asker.ask(who, route, **(what_is_sent(route, asker.city) | asked))
    asker.expect(who, route, said(answer), _wanted(who, route))


async def _raised(who: str, route: str, asker: Asker) -> None:
    sent, import_id = what_is_sent(route, asker.city), await _checked(asker)
    wanted = {"GET": "200", "write": "303", "wrong": "200"}
    verb = route.rpartition("/")[2] if route.startswith("POST") else "GET"
    there = await asker.ask(who, route, raised=True, **(sent | {"at": {"import_id": import_id}}))
    asker.expect(who, route, said(there), wanted[verb])
    nowhere = await asker.ask(who, route, raised=True, **(sent | {"at": {"import_id": new_id()}}))
    asker.expect(who, route, said(nowhere), "404", "absent:")


def _wanted(who: str, route: str) -> str:
    if kind_of(who) == "guest":
        return "in" if route.startswith("GET") else "401"
    if who not in GROUPS["admins"]:
        return "403"
    return "200" if route.startswith("GET") else "up"


async def _checked(asker: Asker) -> UUID:
    """The one file there is, looked through."""
    found = await database.fetch_value("SELECT id FROM town_import ORDER BY id LIMIT 1")
    if found is not None:
        return UUID(str(found))
    by = await asker.city.crowd.viewer("sys_admin")
    key = await workbook.send(
        WRONG, "网格.geojson", "wgs84", by=by, asked=ReplayKey("access", "import", "one", b"")
    )
    await workbook.carry_on()
    return key
