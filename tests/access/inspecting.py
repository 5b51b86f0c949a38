"""What staff found at the shopkeeper's, and how it comes to stand where somebody may move it."""

from typing import Any

from server import cases, merchants
from server.base.ids import new_id
from server.merchants.inspections import finding
from server.photos.studio import studio
from server.trust import ReplayKey
from tests.access.docket import Docket, Filed, Make, Recipe, as_sent
from tests.access.shops import shop_of
from tests.access.spoiling import set_to
from tests.photos.plain import PlainDarkroom


async def found(
    docket: Docket, label: str, *, by: str = "grid_worker", keeper: str = "shopkeeper"
) -> Filed:
    """Somebody photographs what stands before the shop of this keeper; each time another item, for
    of one item no second is found while the first is open."""
    nth, docket.made = docket.made, docket.made + 1
    finder, words = await docket.crowd.viewer(by), f"龘{nth:03d}龘"
    photo = await docket.photo(finder)
    shop = await shop_of(keeper, docket.crowd)
    item = merchants.Item(f"outside_{nth}", "order", "店外经营、占道摆放", 2)
    with (
        set_to(studio(), "darkroom", PlainDarkroom()),
        set_to(finding, "ITEMS", {item.key: item}),
    ):
        number = await merchants.inspect(
            shop.id, item.key, [photo], text=words, by=finder, asked=_asked("found")
        )
    case = await cases.find_case(number, finder)
    filed = Filed(
        label, nth, number, case.id, str(photo), cases.key_of(case.id), False, words, "", "", ""
    )  # fmt: skip
    docket.filed[label] = docket.every[nth] = docket.numbers[number] = filed
    return filed


async def rectified(case: Recipe, *, keeper: str = "shopkeeper") -> None:
    photo = await case.docket.photo(await case.docket.crowd.viewer(keeper))
    with set_to(studio(), "darkroom", PlainDarkroom()):
        await case.move("rectify", keeper, text="搬进来了。", photos=[str(photo)])


async def deducted(case: Recipe, *, by: str = "grid_worker", keeper: str = "shopkeeper") -> None:
    """The shop says it is put right; who looks again finds that it is not."""
    await rectified(case, keeper=keeper)
    photo = await case.docket.photo(await case.docket.crowd.viewer(by))
    with set_to(studio(), "darkroom", PlainDarkroom()):
        await case.move("deduct", by, text="还在外面。", photos=[str(photo)])


async def appealed(case: Recipe, *, by: str = "grid_worker", keeper: str = "shopkeeper") -> None:
    await deducted(case, by=by, keeper=keeper)
    await case.move("appeal", keeper, reason="那是隔壁的。")


def _asked(route: str) -> ReplayKey:
    return ReplayKey("access", route, new_id().hex, b"")


INSPECTED: dict[str, tuple[Make, dict[str, Any]]] = {
    label: (make, {"opened_by": found})
    for label, make in (
        ("inspected", as_sent),
        ("rectified", rectified),
        ("deducted", deducted),
        ("appealed", appealed),
    )
}
