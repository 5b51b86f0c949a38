"""Finding something at a shop: one case, opened by staff of the place, told to the shop at once."""

from collections.abc import Sequence
from uuid import UUID

from server import cases
from server.base.errors import Conflict, NotAllowed, wrong
from server.base.viewer import HeldPost, Viewer
from server.flows import FINDERS
from server.merchants.errors import MerchantUnknown
from server.merchants.inspections.checklist import ITEMS, Item
from server.merchants.queries import MerchantFile, find_merchant
from server.trust import ReplayKey

INSPECTION = "merchant_inspection"


class NotYoursToInspect(NotAllowed):
    """Staff of the place inspect a shop; nobody inspects their own."""

    code = "not-yours-to-inspect"
    sentence = "这家店不由您检查。请让管这里的网格员或社区工作者来查。"


class FoundAlready(Conflict):
    """What is found once costs points once; `number` is the case that is open."""

    code = "found-already"
    sentence = (
        "这家店的“{title}”已经查到过，还没了结，受理编号是{number}，不能再记一次。还没复查的，"
        "请在那一件里复查；扣过分的，等申诉的日子过了再记。"
    )


def inspecting_post(viewer: Viewer, merchant: MerchantFile) -> HeldPost | None:
    """The post under which the viewer inspects this merchant; None where it is not theirs."""
    if merchant.post_id in viewer.post_ids:
        return None
    mine = (post for post in viewer.posts if post.role in FINDERS and post.area)
    return next((post for post in mine if merchant.path.startswith(post.area)), None)


async def inspect(
    merchant_id: UUID,
    item: str,
    photo_ids: Sequence[UUID],
    *,
    text: str = "",
    by: Viewer,
    asked: ReplayKey,
) -> str:
    """Something of the checklist is found at this shop, as the photos show; the case's number.

    The shop is told at once and has three days to put it right; nobody else hears of it. The same
    request again answers the same. Raises MerchantUnknown for one that closed, NotYoursToInspect,
    FoundAlready while the same item is open there, and Invalid without an item or a photo.
    """
    merchant = await find_merchant(merchant_id)
    if merchant.closed_at is not None:
        raise MerchantUnknown
    post = inspecting_post(by, merchant)
    if post is None:
        raise NotYoursToInspect
    known = ITEMS.get(item)
    if known is None:
        raise wrong("item", "required", "请选查到了哪一项。")
    new = cases.OfficeCase(
        flow=INSPECTION,
        place_id=merchant.place_id,
        post=post,
        given={"item": known.key},
        facts=facts_of(merchant, known),
        photos=tuple(photo_ids),
        text=text,
    )
    try:
        opened = await cases.open_in_office(new, by=by, asked=asked)
    except cases.OpenAlready as found:
        raise FoundAlready(title=known.title, number=found.values["number"]) from None
    return opened.number


def facts_of(merchant: MerchantFile, item: Item) -> dict[str, object]:
    """What the law and the pages need; title and points as they are today."""
    return {
        "merchant": str(merchant.id),
        "title": item.title,
        "points": item.points,
        "shop": {"post_id": str(merchant.post_id), "unit_id": str(merchant.unit_id)},
    }
