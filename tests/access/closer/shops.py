"""Shops and their keepers: what is one's own, what is the next shop's, and who decides."""

import json
from collections.abc import Iterator
from functools import partial

from tests.access.actors import KEEPERS
from tests.access.asking import Asker
from tests.access.closer import table
from tests.access.closer.pages import aside
from tests.access.deciding import CASE, INSPECT, MOVE, PHOTO, REPORT
from tests.access.doors import said
from tests.access.reading import SIGHT
from tests.access.rows import LENS
from tests.access.shops import NAMES, shop_of

Found = Iterator[tuple[str, str, partial]]
OF_SHOPS = table.OF_SHOPS.split()
DECISIONS = {"pass", "deduct", "uphold", "reverse"}


def of_a_case(route: str) -> Found:
    for who in KEEPERS:
        for label in OF_SHOPS:
            yield who, f"aside {label}", partial(_seen, who, label)
    for who in table.DECIDES:
        for label in OF_SHOPS[2:]:
            yield who, f"aside {label}", partial(_decides, who, label)


async def _seen(who: str, label: str, asker: Asker) -> None:
    filed, sight = await aside(asker, label), SIGHT[who][label]
    answer = await asker.ask(who, CASE, at={"number": filed.number})
    asker.expect(who, CASE, answer.status, 404 if sight == "." else 200, label)
    if answer.status == 200:
        asker.expect(who, CASE, json.loads(answer.body)["lens"], LENS.get(sight), label)


async def _decides(who: str, label: str, asker: Asker) -> None:
    """The appeal, or after the second look whether it is put right."""
    filed = await aside(asker, label)
    answer = await asker.ask(who, CASE, at={"number": filed.number})
    offered = {one["key"] for one in json.loads(answer.body).get("moves", ())}
    either = {"pass", "deduct"} if label.endswith("rectified") else {"uphold", "reverse"}
    wanted = either if label in table.DECIDES[who].split() else set()
    asker.expect(who, CASE, offered & DECISIONS, wanted, label)


def of_a_move(route: str) -> Found:
    yield "three_posts", "aside taken_by_one", partial(_decides_their_own, "three_posts")


async def _decides_their_own(who: str, asker: Asker) -> None:
    """Never who took the points, in whatever post."""
    filed = await aside(asker, "taken_by_one")
    before = await asker.version(filed)
    for move in ("uphold", "reverse"):
        body = {"seen_version": before, "given": {"reason": "看过了。"}}
        answer = await asker.ask(who, MOVE, at={"number": filed.number, "move": move}, body=body)
        asker.expect(who, MOVE, answer.status, 409, f"{move} of their own:")
    if await asker.version(filed) > before:
        asker.wrong(who, MOVE, "decides on what they took themselves")
        del asker.city.docket.filed["taken_by_one"]


def of_a_photo(route: str) -> Found:
    for who in KEEPERS:
        for label in OF_SHOPS:
            yield who, f"aside {label}", partial(_photo, who, label)


async def _photo(who: str, label: str, asker: Asker) -> None:
    filed = await aside(asker, label)
    answer = await asker.ask(who, PHOTO, at={"photo_id": filed.photo})
    asker.expect(who, PHOTO, answer.status, 404 if SIGHT[who][label] == "." else 200, label)


def of_own_shops(route: str) -> Found:
    for who in table.KEEPS_SHOP:
        yield who, "aside own shops", partial(_own_shops, who, route)


async def _own_shops(who: str, route: str, asker: Asker) -> None:
    """The own shop and what was found there; no other shop, and nothing that was reported."""
    filed = {label: await aside(asker, label) for label in OF_SHOPS}
    answer, keeps = await asker.ask(who, route), table.KEEPS_SHOP[who]
    shown = {keeper for keeper, name in NAMES.items() if name in answer.text}
    asker.expect(who, route, shown, {keeps} - {""}, "the shops are")
    listed = {label for label, one in filed.items() if one.number in answer.text}
    asker.expect(who, route, listed, set(table.FOUND_AT.get(keeps, "").split()), "lists")


def of_what_is_under_way(route: str) -> Found:
    for who in (*table.LISTS_FOUND.split(), *table.LISTS_NONE.split()):
        yield who, "aside under way", partial(_under_way, who, route)


async def _under_way(who: str, route: str, asker: Asker) -> None:
    filed = {label: await aside(asker, label) for label in OF_SHOPS}
    answer = await asker.ask(who, route)
    listed = {label for label, one in filed.items() if one.number in answer.text}
    wanted = set(OF_SHOPS[2:]) if who in table.LISTS_FOUND.split() else set()
    asker.expect(who, route, listed, wanted, "lists")


def of_inspecting(route: str) -> Found:
    for keeper, inspect in table.INSPECTS_SHOP.items():
        for who in ("three_posts", "finds_nowhere", *inspect.split()):
            yield (
                who,
                f"the shop of {keeper}",
                partial(_inspects, who, keeper, who in inspect.split()),
            )


async def _inspects(who: str, keeper: str, may: bool, asker: Asker) -> None:
    at = {"token": asker.city.land.codes[NAMES[keeper]]}
    answer = await asker.ask(who, INSPECT, at=at)
    asker.expect(who, INSPECT, said(answer), "200" if may else "403", f"the shop of {keeper}")


def of_one_shop(route: str) -> Found:
    for who in (*KEEPERS, "three_posts"):
        for keeper in KEEPERS:
            yield who, f"the shop of {keeper}", partial(_one_shop, who, keeper, route)


async def _one_shop(who: str, keeper: str, route: str, asker: Asker) -> None:
    shop = await shop_of(keeper, asker.city.crowd)
    answer = await asker.ask(who, route, at={"merchant_id": shop.id})
    own = table.KEEPS_SHOP[who] == keeper
    asker.expect(who, route, answer.status, 200 if own else 404, f"the shop of {keeper}")


def of_finding(route: str) -> Found:
    for who, wanted in table.TAKES_DOWN.items():
        yield who, "found at the shopkeeper's", partial(_finds, who, wanted)


async def _finds(who: str, wanted: int, asker: Asker) -> None:
    """By the phone, without a photo, so that nothing is found."""
    code = asker.city.land.codes[NAMES["shopkeeper"]]
    body = {"flow": "merchant_inspection", "code": code, "item": "outside"}
    before = await asker.moves()
    answer = await asker.ask(who, REPORT, body=body)
    asker.expect(who, REPORT, answer.status, wanted, "found:")
    asker.expect(who, REPORT, await asker.moves(), before, "moves:")
