"""Addresses of codes and plaques: by the posts that make them or put them up, within their area.

Each asks about a code of its own at entrance one, in a batch made for estate one.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from server import codes, plaques
from server.base import clock, database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.codes.models import PrintRun
from server.codes.printing.shop import shop
from server.photos.models import Photo
from server.photos.studio import studio
from server.plaques.models import Mounting
from server.trust import ReplayKey
from tests.access.actors import ALL
from tests.access.asking import Asker, kind_of
from tests.access.doors import said
from tests.access.reading import GROUPS, MAKES, MOUNTS

Found = Iterator[tuple[str, str, partial]]
Sent = dict[str, Any]
LOOKS = MAKES | MOUNTS


@dataclass(frozen=True, slots=True)
class Door:
    """One address: to which group it opens, whose the thing is, what these and the others get."""

    group: str
    theirs: frozenset[str]
    done: str
    sent: Callable[[Asker], Awaitable[Sent]]
    elsewhere: str = "404"


def coded(route: str) -> Found:
    """Everybody, at something that belongs to entrance one."""
    for who in ALL:
        yield who, "entrance one", partial(_asked, who, route)


async def _asked(who: str, route: str, asker: Asker) -> None:
    door = DOORS[route]
    sent = await door.sent(asker)
    listed = sent.pop("listed", "")
    answer = await asker.ask(who, route, **sent)
    asker.expect(who, route, said(answer), wanted(who, route, door))
    if listed and who in GROUPS[door.group]:
        batches = await asker.ask(who, "GET /desk/codes")
        asker.expect(who, route, listed in batches.text, who in door.theirs, "in the list:")


def wanted(who: str, route: str, door: Door) -> str:
    """What this person is answered at this door."""
    if kind_of(who) == "guest":
        return "in" if route.startswith("GET") else "401"
    if kind_of(who) != "staff" or who not in GROUPS[door.group]:
        return "403"
    return door.done if who in door.theirs else door.elsewhere


async def _batch(asker: Asker) -> codes.Batch:
    land = asker.city.land
    batch = codes.Batch(f"批次{asker.calls:,}号", clock.now(), path=land.path("estate one"))
    batch.code(land.id("entrance one"), "vendor")
    await codes.make_batch(batch)
    return batch


async def _of_batch(asker: Asker, **more: Any) -> Sent:
    batch = await _batch(asker)
    return {"at": {"batch_id": batch.id}, "listed": batch.name} | more


async def _of_code(asker: Asker, **more: Any) -> Sent:
    code = (await _batch(asker)).codes[0]
    at = {"code_id": code["id"], "format": "svg"}
    return {"at": at, "form": {"ended_for": "damaged"}} | more


async def _of_page(asker: Asker) -> Sent:
    sent = await _of_code(asker)
    return {"at": sent["at"]}


async def _of_run(asker: Asker) -> Sent:
    batch, run_id = await _batch(asker), new_id()
    async with unit_of_work() as unit:
        unit.insert(
            PrintRun,
            id=run_id,
            batch_id=batch.id,
            layout="sheet",
            state="ready",
            total=1,
            asked_at=clock.now(),
        )
    await shop().files.put(f"{run_id}.pdf", b"%PDF")
    return {"at": {"run_id": run_id}}


async def _of_node(asker: Asker) -> Sent:
    return {"query": {"place": str(asker.city.land.id("estate one"))}}


async def _making(asker: Asker) -> Sent:
    """Where nothing is missing, so that nothing is made."""
    place = str(asker.city.land.id("estate one"))
    return {"form": {"place": place, "kinds": "entrance", "name": "一"}}


async def _of_sign(asker: Asker) -> Sent:
    return {"at": {"token": asker.city.land.codes["entrance one"]}}


async def _mounting(asker: Asker) -> Sent:
    """Without a photo, so that nothing is put up."""
    return await _of_sign(asker) | {"form": {"lng": "1"}}


async def _of_fault(asker: Asker) -> Sent:
    token = asker.city.land.codes["entrance one"]
    asked = ReplayKey("access", "fault", f"fault{asker.calls}", b"")
    await plaques.report_fault(token, "covered", at=None, asked=asked)
    fault_id = await database.fetch_value("SELECT id FROM fault WHERE closed_at IS NULL")
    return {"at": {"fault_id": UUID(str(fault_id))}, "form": {"outcome": "mended"}}


async def _of_photo(asker: Asker) -> Sent:
    crowd, mounting_id, photo_id = asker.city.crowd, new_id(), new_id()
    name = await studio().store.put(b"a picture")
    async with unit_of_work() as unit:
        unit.insert(
            Photo,
            id=photo_id,
            hash=name,
            thumb_hash=name,
            width=1,
            height=1,
            size=9,
            uploaded_at=clock.now(),
            case_id=mounting_id,
        )
        unit.insert(
            Mounting,
            id=mounting_id,
            code_id=(await codes.read(asker.city.land.codes["entrance one"])).id,
            path=asker.city.land.path("entrance one"),
            mounted_at=clock.now(),
            by_account_id=crowd.accounts["grid_worker"],
            by_post_id=crowd.posts["grid_worker"],
            photo_id=photo_id,
        )
    return {"at": {"mounting_id": mounting_id}}


async def _of_badge(asker: Asker) -> Sent:
    """Of a post in grid one."""
    return {"at": {"post_id": asker.city.crowd.posts["grid_worker"]}, "form": {"nothing": ""}}


_ONE, _SET = "/desk/codes/<code_id:uuid>", "/desk/codes/batches/<batch_id:uuid>"
DOORS = {
    "GET /desk/codes/new": Door("makers", MAKES, "200", _of_node),
    "POST /desk/codes/new": Door("makers", MAKES, "409", _making),
    f"GET {_SET}": Door("makers", MAKES, "200", _of_batch),
    f"POST {_SET}/void": Door(
        "makers", MAKES, "303", partial(_of_batch, form={"ended_for": "misprinted"})
    ),
    f"POST {_SET}/print": Door(
        "makers", MAKES, "303", partial(_of_batch, form={"layout": "sheet"})
    ),
    f"GET {_SET}/list": Door("makers", MAKES, "200", _of_batch),
    f"GET {_SET}/prints": Door("makers", MAKES, "200", _of_batch),
    "GET /desk/codes/prints/<run_id:uuid>/file": Door("makers", MAKES, "200", _of_run),
    f"GET {_ONE}": Door("makers", MAKES, "200", _of_page),
    f"GET {_ONE}/plaque/<format:str>": Door("makers", MAKES, "200", _of_page),
    f"POST {_ONE}/retire": Door("makers", MAKES, "303", _of_code),
    f"POST {_ONE}/replace": Door("makers", MAKES, "303", _of_code),
    "POST /desk/codes/posts/<post_id:uuid>": Door("makers", MAKES, "303", _of_badge),
    "GET /c/<token>/mount": Door("mounters", MOUNTS, "200", _of_sign, elsewhere="403"),
    "POST /c/<token>/mount": Door("mounters", MOUNTS, "422", _mounting, elsewhere="403"),
    "POST /work/plaques/<fault_id:uuid>/close": Door("mounters", MOUNTS, "303", _of_fault),
    "GET /work/plaques/photos/<mounting_id:uuid>": Door("lookers", LOOKS, "200", _of_photo),
}
