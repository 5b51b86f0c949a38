"""Addresses of stations and of results: who keeps the ones, who publishes photos of the others.

A station stands at entrance one. Photos are those of the case "ended", to be published by whoever
watches over its place; what is published everybody sees, what is drawn over and waits nobody else.
"""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from server import stations
from server.base import clock, database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.base.viewer import GUEST
from server.codes.models import Code
from server.results.models import PublicPhoto
from server.stations import StationSheet
from server.trust import ReplayKey
from tests.access.actors import ALL
from tests.access.asking import Asker
from tests.access.doors import said
from tests.access.reading import KEEPS, PUBLISHES, SIGHT
from tests.access.signs import Door, Sent, wanted
from tests.makers import ROUND_THE_CLOCK

Found = Iterator[tuple[str, str, partial]]
SHEET = StationSheet(name="驿站", kind="warm", hours=ROUND_THE_CLOCK)


def stationed(route: str) -> Found:
    """Everybody, at a station at entrance one or about to stand there."""
    for who in ALL:
        yield who, "entrance one", partial(_stationed, who, route)


async def _stationed(who: str, route: str, asker: Asker) -> None:
    door = STATIONS[route]
    answer = await asker.ask(who, route, **await door.sent(asker))
    asker.expect(who, route, said(answer), wanted(who, route, door))
    if route == f"GET {_STATION}":
        missing = await asker.ask(who, route, at={"station_id": new_id()})
        nobodys = Door("makers", frozenset(), "200", _page)
        asker.expect(who, route, said(missing), wanted(who, route, nobodys), "absent:")


async def _one(asker: Asker) -> Sent:
    return {"at": {"station_id": await _station(asker)}, "form": {"nothing": ""}}


async def _page(asker: Asker) -> Sent:
    return {"at": {"station_id": await _station(asker)}}


async def _of_no_code(asker: Asker) -> Sent:
    """Its place has no code of its own, so that one is made."""
    place_id = asker.city.land.id("entrance one")
    async with unit_of_work() as unit:
        unit.delete(Code, where={"place_id": place_id, "kind": "station"})
    return await _one(asker)


async def _form(asker: Asker) -> Sent:
    return {"query": {"place": str(asker.city.land.id("entrance one"))}}


async def _sheet(asker: Asker) -> Sent:
    return {"form": {"place": str(asker.city.land.id("entrance one")), "name": ""}}


async def _station(asker: Asker) -> UUID:
    place_id = asker.city.land.id("entrance one")
    found = await stations.station_at(place_id, clock.now())
    if found is not None:
        return found.id
    asked = ReplayKey("access", "station", f"station{asker.calls}", b"")
    by = await asker.city.crowd.viewer("dispatcher")
    return await stations.add(place_id, SHEET, by=by, asked=asked)


def published(route: str) -> Found:
    """Everybody, at the photo of the case "ended"; its list also of cases that are not for all."""
    for who in ALL:
        yield who, "ended", partial(_published, who, route)
        if route.endswith("/publish"):
            for label in ("new", "concealed", "complaint"):
                yield who, label, partial(_not_for_all, who, label, route)


async def _published(who: str, route: str, asker: Asker) -> None:
    filed = asker.city.docket.filed["ended"]
    public_id = await _copy(asker, "public" if route.endswith("/withdraw") else "draft")
    copy_id = await database.fetch_value(
        "SELECT copy_id FROM public_photo WHERE id = $1", public_id
    )
    at = {"number": filed.number, "photo_id": filed.photo}
    sent = {"form": {"copy": str(copy_id)}} if route.startswith("POST") else {}
    answer = await asker.ask(who, route, at=at, **sent)
    door = Door("publishers", PUBLISHES, PHOTOS[route], _page)
    asker.expect(who, route, said(answer), wanted(who, route, door), "ended")


async def _not_for_all(who: str, label: str, route: str, asker: Asker) -> None:
    filed = asker.city.docket.filed[label]
    answer = await asker.ask(who, route, at={"number": filed.number})
    seen = frozenset({who} if SIGHT[who][label] in "Ww" else ())
    door = Door("publishers", seen, "409", _page)
    asker.expect(who, route, said(answer), wanted(who, route, door), label)


def publicly(route: str) -> Found:
    """Everybody sees what was published, and nobody by this address what was not."""
    for who in ALL:
        for state in ("public", "draft", "withdrawn"):
            yield who, state, partial(_publicly, who, state, "ended", route)
        yield who, "of an open case", partial(_publicly, who, "public", "new", route)


async def _publicly(who: str, state: str, label: str, route: str, asker: Asker) -> None:
    answer = await asker.ask(who, route, at={"public_id": await _copy(asker, state, label)})
    shown = state == "public" and label == "ended"
    asker.expect(who, route, answer.status, 200 if shown else 404, f"{state} {label}")
    missing = await asker.ask(who, route, at={"public_id": new_id()})
    asker.expect(who, route, missing.status, 404, "absent:")


async def _copy(asker: Asker, state: str, label: str = "ended") -> UUID:
    """The photo of this case, as far on its way as this; its earlier copy is gone."""
    docket, public_id = asker.city.docket, new_id()
    filed = docket.filed[label]
    copy_id = await docket.photo(GUEST)
    async with unit_of_work() as unit:
        unit.delete(PublicPhoto, where={"case_id": filed.id})
    async with unit_of_work() as unit:
        unit.insert(
            PublicPhoto,
            id=public_id,
            case_id=filed.id,
            source_id=UUID(filed.photo),
            source_taken=UUID(filed.photo),
            copy_id=copy_id,
            side="before",
            state=state,
            areas=0,
            made_at=clock.now(),
            made_by_id=new_id(),
        )
    return public_id


_STATION, _PHOTO = "/desk/stations/<station_id:uuid>", "/cases/<number>/publish/<photo_id:uuid>"
STATIONS = {
    "GET /desk/stations/new": Door("makers", KEEPS, "200", _form),
    "POST /desk/stations/new": Door("makers", KEEPS, "422", _sheet),
    f"GET {_STATION}": Door("makers", KEEPS, "200", _page),
    f"POST {_STATION}": Door("makers", KEEPS, "422", _one),
    f"POST {_STATION}/code": Door("makers", KEEPS, "303", _of_no_code),
    f"POST {_STATION}/close": Door("makers", KEEPS, "303", _one),
}
PHOTOS = {
    "GET /cases/<number>/publish": "200",
    f"GET {_PHOTO}": "200",
    f"POST {_PHOTO}": "422",
    f"POST {_PHOTO}/go": "303",
    f"POST {_PHOTO}/withdraw": "303",
    f"GET {_PHOTO}/copy": "200",
}
