"""Addresses of one merchant: by the posts that keep the registry, within their area; what is found
at a shop in estate one: by those who inspect there; one's own shop: by whoever keeps it.

Each of the registry asks about a stall of its own, set up in estate one.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from server import merchants
from server.base.ids import new_id
from server.merchants import Written
from server.trust import ReplayKey
from tests.access.actors import ALL
from tests.access.asking import Asker, kind_of
from tests.access.doors import said
from tests.access.reading import GROUPS, INSPECTS, MAKES
from tests.access.shops import NAMES, shop_of

Found = Iterator[tuple[str, str, partial]]
DONE = {"GET": "200", "POST": "303"}


def traded(route: str) -> Found:
    """Everybody, at something that belongs to a stall in estate one."""
    for who in ALL:
        yield who, "a stall in estate one", partial(_asked, who, route)


def inspected(route: str) -> Found:
    """Everybody, at the shopkeeper's sign, and where nobody trades."""
    for who in ALL:
        yield who, "a shop in estate one", partial(_inspected, who, route)


async def _inspected(who: str, route: str, asker: Asker) -> None:
    """Without an item and a photo, so that nothing is found."""
    refused = "in" if route.startswith("GET") and "/m/v1/" not in route else "401"
    other = refused if kind_of(who) == "guest" else "403"
    may = "200" if route.startswith("GET") else "422"
    finds = who in GROUPS["finders"]
    for sign, wanted in (
        (NAMES["shopkeeper"], may if who in INSPECTS else other),
        ("entrance one", "404" if finds else other),
    ):
        sent = {} if route.startswith("GET") else {"form": {"nothing": ""}}
        answer = await asker.ask(who, route, at={"token": asker.city.land.codes[sign]}, **sent)
        asker.expect(who, route, said(answer), wanted, sign)


def kept(route: str) -> Found:
    """Everybody, at the shopkeeper's, and at none."""
    for who in ALL:
        yield who, "a shop in estate one", partial(_kept, who, route)


async def _kept(who: str, route: str, asker: Asker) -> None:
    shop = await shop_of("shopkeeper", asker.city.crowd)
    other = "401" if kind_of(who) == "guest" else "404"
    for merchant_id, wanted in (
        (shop.id, "200" if who == "shopkeeper" else other),
        (new_id(), other),
    ):
        answer = await asker.ask(who, route, at={"merchant_id": merchant_id})
        asker.expect(who, route, said(answer), wanted)


async def _asked(who: str, route: str, asker: Asker) -> None:
    merchant_id, name = await _stall(asker)
    at = {"merchant_id": merchant_id, "appointment_id": new_id()}
    answer = await asker.ask(who, route, at=at, **_sent(route, name))
    asker.expect(who, route, said(answer), _wanted(who, route))
    if route.startswith("GET") and who in GROUPS["makers"]:
        listed = await asker.ask(who, "GET /desk/merchants")
        asker.expect(who, route, name in listed.text, who in MAKES, "in the list:")


def _wanted(who: str, route: str) -> str:
    method = route.partition(" ")[0]
    if kind_of(who) == "guest":
        return "in" if method == "GET" else "401"
    if kind_of(who) != "staff" or who not in GROUPS["makers"]:
        return "403"
    return DONE[method] if who in MAKES else "404"


def _sent(route: str, name: str) -> dict[str, Any]:
    if route.startswith("GET"):
        return {}
    if route.endswith("<merchant_id:uuid>"):
        form = {"seen_version": "1", "kind": "vendor", "name": name, "trade": "food"}
        return {"form": form}
    return {"form": {"phone": "16000001009"} if route.endswith("/owners") else {"nothing": ""}}


async def _stall(asker: Asker) -> tuple[UUID, str]:
    name = f"摊位{asker.calls:,}号"
    made = await merchants.register(
        asker.city.land.id("estate one"),
        Written(kind="vendor", name=name, trade="food"),
        by=await asker.city.crowd.viewer("secretary"),
        asked=ReplayKey("access", "merchants", f"stall{asker.calls}{new_id()}", b""),
    )
    return made, name
