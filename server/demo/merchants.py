"""The merchants of the demo: one at every premises, a vendor among twenty, a few with an owner."""

from datetime import date, timedelta
from uuid import UUID

from server import merchants, org, people
from server.base.revision import Row
from server.demo import names
from server.demo.chance import Chance
from server.demo.ground import Land
from server.demo.staff import SINCE
from server.places import Ground

# The persona has the first shop, the others the next.
OWNERS = (("merchant", "16000001003"), (None, "16000001004"), (None, "16000001005"))
PERSONA = f"{names.MARK[:2]}-马老板"
_REGION = "159999"  # no place has this code, so no code of it is anybody's
_TRADES = {
    "馆": "dining", "铺": "dining", "奶茶店": "dining", "超市": "retail", "水果店": "food",
    "肉食店": "food", "烘焙坊": "food", "理发店": "beauty", "药房": "pharmacy", "五金店": "repair",
    "手机维修": "repair", "洗车行": "motor", "干洗店": "service", "红薯": "food", "早点": "dining",
    "果蔬": "food", "修鞋": "service",
}  # fmt: skip


async def open_shops(land: Land, size: str) -> int:
    """Register a merchant at every premises, all the same every time; how many."""
    chance = Chance(f"mashang demo merchants {size}")
    rows = [
        _row(ground, number, chance, is_stall=ground.id in land.stalls)
        for number, ground in enumerate(land.premises, 1)
    ]
    await merchants.revise_merchants(rows)
    registry = people.Registry(make_id=chance.make_id)
    owners = [
        registry.resident_account(
            PERSONA if persona else names.person(chance),
            at=SINCE + timedelta(days=1, seconds=nth),
            phone=phone,
            persona=persona,
        )
        for nth, (persona, phone) in enumerate(OWNERS)
    ]
    await people.register(registry)
    for ground, owner in zip(land.premises, owners, strict=False):
        await _give(ground.id, owner)
    return len(rows)


async def _give(place_id: UUID, owner: UUID) -> None:
    shop = await merchants.at_place(place_id)
    if shop is not None:
        await org.appoint(shop.post_id, owner, since=SINCE + timedelta(days=1))


def _row(ground: Ground, number: int, chance: Chance, *, is_stall: bool) -> Row:
    signed = chance.share(80)
    return {
        "place_id": ground.id,
        "path": ground.path,
        "kind": "vendor" if is_stall else "shop",
        "name": ground.name,
        "uscc": None if is_stall else _uscc(number),
        "license_short": "" if is_stall else f"演示{number:04d}",
        "trade": _trade(ground.name),
        "phone": f"1600002{number:04d}" if chance.share(70) else None,
        "duties": list(merchants.DUTIES) if signed else [],
        "duties_signed_on": date(2025, 3, 5) if signed else None,
    }


def _uscc(number: int) -> str:
    """A code that checks, of a place that is nowhere."""
    organisation = f"MA{number:06d}"
    first = f"92{_REGION}{organisation}{merchants.org_check(organisation)}"
    return first + merchants.uscc_check(first)


def _trade(name: str) -> str:
    return next((trade for word, trade in _TRADES.items() if word in name), "other")
