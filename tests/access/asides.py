"""Cases that only a few questions are about: how each comes to lie there.

They stand beside those of `docket.py`, which everybody is asked about everywhere; each is made when
a question of `closer/` first needs it.
"""

from datetime import timedelta
from functools import partial
from typing import Any

from server import cases
from server.base import clock, database
from server.photos.studio import studio
from tests.access.docket import Make, Recipe, as_sent, seconded, solved
from tests.access.inspecting import appealed, found, rectified
from tests.access.shops import NAMES
from tests.access.spoiling import set_to
from tests.access.standing import DIRECT, WORK, accepted
from tests.photos.plain import PlainDarkroom

ANSWERED = "鿑鿑"  # what the raiser says when she is asked


_FIRST_BELL = "SELECT ring_at FROM case_clock WHERE case_id = $1 AND no = 0 AND key = 'resolve'"


async def told(case: Recipe) -> None:
    """Somebody joins, and then everything is said that can be: by the staff, and by the raiser."""
    docket = case.docket
    await seconded(case)
    await case.move("sign", "property_manager")
    await case.move("contact", "property_manager", call="打过电话。")
    docket.staffs_photo = await docket.photo(await docket.crowd.viewer("property_manager"))
    with set_to(studio(), "darkroom", PlainDarkroom()):
        shown = [str(docket.staffs_photo)]
        await case.move("progress", "property_manager", text="在办。", photos=shown)
    await case.move("ask", "property_manager", question="哪一层？")
    docket.later_photo = await docket.photo(await docket.crowd.viewer("raiser"))
    await case.move("answer", "raiser", text=ANSWERED, photos=[str(docket.later_photo)])
    rings_at = await database.fetch_value(_FIRST_BELL, case.filed.id)
    assert await cases.ring(case.filed.id, 0, "resolve", now=rings_at)


async def own_unit(case: Recipe) -> None:
    """Solved by the grid worker, so by the unit of those who ring people up here."""
    await accepted(case)
    await case.move("self_handle", "grid_worker")
    await case.move("resolve", "grid_worker", outcome="fixed", text="修好了。")


async def about_them(case: Recipe) -> None:
    """A complaint about the grid worker, solved by the street."""
    await case.move("accept", "dispatcher")
    await case.move("self_handle", "dispatcher")
    await case.move("resolve", "dispatcher", outcome="fixed", text="谈过了。")


async def answered(case: Recipe) -> None:
    await solved(case)
    await case.move("answer_by_phone", "hotline", solved="yes")


async def missed(case: Recipe) -> None:
    """Three times, an hour apart."""
    await solved(case)
    for hours in range(3):
        with clock.stopped_at(clock.now() + timedelta(hours=hours)):
            await case.move("call_missed", "hotline")


async def merged(case: Recipe) -> None:
    """Into one that the firm has nothing to do with."""
    into = case.docket.filed.get("once") or await case.docket.renew("once")
    case.docket.filed["merged"] = case.filed
    await case.move("merge", "dispatcher", into=into.number)


async def with_the_street(case: Recipe) -> None:
    await case.move("accept", "dispatcher")


GUESTS = {"category": "P05", "by": "guest"}
COUNTER = {"by": "municipal", "channel": "counter", "on_behalf": True}
ABOUT = {"category": "C04", "about": "grid_worker", "by": "guest"}
AT_THE_SHOP = {"category": "E05", "at": NAMES["shopkeeper"]}
AT_THE_OTHER = {"opened_by": found, "keeper": "other_keeper"}
ASIDE: dict[str, tuple[Make, dict[str, Any]]] = {
    "told": (told, DIRECT | {"also": "，着火了"}),
    "own_unit": (own_unit, {"category": "E05"} | COUNTER),
    "about_them": (about_them, ABOUT),
    "answered": (answered, GUESTS),
    "missed": (missed, GUESTS),
    "no_number": (solved, GUESTS | {"phone": ""}),
    "by_account": (solved, DIRECT),
    "workers_own": (as_sent, WORK | {"by": "next_worker", "at": "entrance two"}),
    "once": (as_sent, WORK | {"ago": timedelta(days=1)}),
    "merged": (merged, DIRECT),
    "with_the_street": (with_the_street, ABOUT),
    "at_the_shop": (as_sent, AT_THE_SHOP),
    "about_the_shop": (as_sent, AT_THE_SHOP | {"about": "shopkeeper"}),
    "found_there": (appealed, {"opened_by": found}),
    "taken_by_one": (partial(appealed, by="three_posts"), {"opened_by": found}),
    "found_by_one": (appealed, {"opened_by": found, "by": "three_posts"}),
    "others": (partial(appealed, keeper="other_keeper"), AT_THE_OTHER),
    "others_rectified": (partial(rectified, keeper="other_keeper"), AT_THE_OTHER),
}
