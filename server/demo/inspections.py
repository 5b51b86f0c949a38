"""What was found at the shops around the demo code: some put it right, some lost points for it.

Each line is a shop by its place in the town, what was found, days since, how it went on, and the
picture of it, which lies in `pictures`.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from server import merchants, photos
from server.base import clock
from server.cases import Act
from server.demo.chance import Chance
from server.demo.ground import Land
from server.merchants import PastInspection
from server.photos import PastPhoto, Sample

# asked: waits for the shop. passed: put right. lost: put right badly, or never, so points went;
# appealed: and the shop disagrees. The first shop is the persona's.
_LINES = (
    (0, "litter", 20, "passed", "门口有几个烟头和纸杯。", "litter"),
    (0, "outside", 1, "asked", "两张桌子摆到了人行道上。", "tables"),
    (1, "exit", 5, "lost", "后门堆了饮料箱，出不去。", "boxes"),
    (2, "exit", 5, "appealed", "安全出口上了锁。", "locked"),
    (2, "outside", 5, "lost", "货架摆到了盲道边上。", "shelf"),
    (2, "dumping", 5, "lost", "垃圾袋放在树下，没有入桶。", "bags"),
    (3, "greens", 6, "ignored", "在树上拉绳子晾东西。", "rope"),
    (3, "front", 6, "ignored", "灯箱破了，一角悬着。", "lightbox"),
)
_TIDY = ("tidy", "tidy-blue", "tidy-green")  # the same doors, put right
_PICTURES, _WIDTH, _HEIGHT = Path(__file__).parent / "pictures", 960, 720
_RIGHTED, _LOOKED_AT = {"text": "已经收拾好了，请来看。"}, {"text": "看过了，收拾干净了。"}
_STILL_SO = {"text": "又看了一次，还是老样子。"}
_DISAGREES = {"reason": "那是隔壁上的锁，钥匙不在我们手里，请再看看。"}
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)


async def look_round(land: Land, size: str, now: datetime) -> int:
    """Write them all; how many."""
    chance = Chance(f"mashang demo inspections {size}")
    shops = [await merchants.at_place(ground.id) for ground in land.premises[:4]]
    past, taken = [], []
    for nth, item, days, how, text, picture in _LINES:
        shop, found_at = shops[nth], _at_ten(now, days)
        if shop is None:
            raise LookupError("every shop of the demo trades")
        one = PastInspection(
            id=chance.make_id(),
            merchant=shop,
            item=item,
            text=text,
            photo_id=chance.make_id(),
            found_at=found_at,
            acts=_acts(how, found_at, now, chance),
        )
        past.append(one)
        taken += _taken(one, picture, _TIDY[nth % len(_TIDY)])
    count = await merchants.bring_in(sorted(past, key=lambda one: one.found_at), until=now)
    await photos.bring_in(taken)
    return count


def _taken(one: PastInspection, picture: str, tidy: str) -> list[PastPhoto]:
    """Every photo of it: as it was found, as the shop put it right, as it still was."""
    found = [PastPhoto(one.photo_id, one.id, one.found_at, _sample(picture))]
    for act in one.acts:
        shows = _sample(tidy if act.move == "rectify" else picture)
        found += [
            PastPhoto(UUID(photo), one.id, act.at, shows) for photo in act.given.get("photos", ())
        ]
    return found


@cache
def _sample(name: str) -> Sample:
    full, thumb = (_PICTURES / f"{name}{size}.jpg" for size in ("", "-thumb"))
    return Sample(full.read_bytes(), thumb.read_bytes(), _WIDTH, _HEIGHT)


def _acts(how: str, found_at: datetime, now: datetime, chance: Chance) -> tuple[Act, ...]:
    """What came of it. Points go this month where it is old enough, so that one sees them gone."""
    shown, still = ({"photos": [str(chance.make_id())]} for _ in range(2))
    righted = Act("rectify", "owner", found_at + 26 * _HOUR, _RIGHTED | shown)
    if how == "asked":
        return ()
    if how == "passed":
        return (righted, Act("pass", "grid_worker", found_at + 50 * _HOUR, _LOOKED_AT))
    at = _this_month(now)
    took = Act("deduct", "grid_worker", at, _STILL_SO | still)
    if how == "ignored":
        return (took,)
    if how == "lost":
        return (righted, took)
    return (righted, took, Act("appeal", "owner", at + 40 * _MINUTE, _DISAGREES))


def _at_ten(now: datetime, days: int) -> datetime:
    """In the morning, so many days ago."""
    local = clock.local(now) - timedelta(days=days)
    return local.replace(hour=10, minute=12, second=0, microsecond=0).astimezone(UTC)


def _this_month(now: datetime) -> datetime:
    """Yesterday afternoon; on the first day of a month some hours ago."""
    yesterday, began = _at_ten(now, 1) + 5 * _HOUR, _at_ten(now, 0) - 10 * _HOUR - 12 * _MINUTE
    if clock.local(now).day > 1:
        return yesterday
    return min(max(began, now - 3 * _HOUR), now - _HOUR)
