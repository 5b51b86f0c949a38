"""Inspections of shops: what staff find at a door, what is under way, and the shopkeeper's page."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server import cases, codes, merchants
from server.base import clock
from server.base.viewer import Viewer
from server.merchants import Lost, MerchantFile
from server.places import Ground
from server.views.inspection_shapes import FoundReceipt, InspectCard, LostShape, ShopShape
from server.views.list_shapes import CaseList
from server.views.lists import case_items
from server.views.places import place_shape
from server.views.shapes import OptionShape
from server.views.words import state_title


async def inspect_card(token: str, viewer: Viewer) -> InspectCard:
    """What can be found at the shop of this sign. Raises what `codes.read` raises, MerchantUnknown
    where nobody trades, NotYoursToInspect.
    """
    code = await codes.read(token)
    merchant = await merchants.at_place(code.ground.id)
    if merchant is None:
        raise merchants.MerchantUnknown
    if merchants.inspecting_post(viewer, merchant) is None:
        raise merchants.NotYoursToInspect
    return InspectCard(
        merchant_id=merchant.id,
        token=code.token,
        name=merchant.name,
        place=place_shape(code.ground),
        items=[
            OptionShape(value=item.key, title=f"{item.title}（{item.points}分）")
            for item in merchants.ITEMS.values()
        ],
        has_owner=bool(await merchants.owners_of(merchant)),
    )


async def may_read(number: str, viewer: Viewer) -> bool:
    """Whether this case is there and theirs to see."""
    try:
        await cases.find_case(number, viewer)
    except cases.CaseUnknown:
        return False
    return True


async def may_inspect_at(ground: Ground, viewer: Viewer) -> bool:
    """Whether this viewer inspects whoever trades here."""
    if ground.kind != "premises" or not viewer.is_staff:
        return False
    merchant = await merchants.at_place(ground.id)
    return merchant is not None and merchants.inspecting_post(viewer, merchant) is not None


async def open_inspections(viewer: Viewer, *, after: str | None = None) -> CaseList:
    """What is under way at the shops this viewer looks after, newest first."""
    found = await merchants.open_inspections(viewer, after=after)
    return CaseList(items=await case_items(found.items, viewer), next=found.next or UNSET)


async def own_shop(merchant_id: UUID, viewer: Viewer, *, after: str | None = None) -> ShopShape:
    """One of the viewer's own. Raises MerchantUnknown for any other."""
    found = next((one for one in await merchants.owned_by(viewer) if one.id == merchant_id), None)
    if found is None:
        raise merchants.MerchantUnknown
    lost = await merchants.lost_by((found.id,))
    score = await merchants.score_of(found.id)
    return await _shop(found, score, lost.get(found.id, ()), viewer, after)


async def found_receipt(number: str, viewer: Viewer) -> FoundReceipt:
    """What the viewer has just taken down."""
    case = await cases.find_case(number, viewer)
    until = cases.next_deadline(case)
    return FoundReceipt(
        number=case.number,
        state=case.state,
        state_title=state_title(case),
        title=str(case.facts["title"]),
        points=int(case.facts["points"]),
        rectify_by=until.due_at if until and until.due_at and until.key == "rectify" else UNSET,
    )


async def own_shops(viewer: Viewer, *, after: str | None = None) -> list[ShopShape]:
    """The shops this viewer has, by name."""
    found = await merchants.owned_by(viewer)
    scores = await merchants.scores_of(one.id for one in found)
    lost = await merchants.lost_by(one.id for one in found)
    return [await _shop(one, scores[one.id], lost.get(one.id, ()), viewer, after) for one in found]


async def _shop(
    merchant: MerchantFile,
    score: merchants.Score,
    lost: tuple[Lost, ...],
    viewer: Viewer,
    after: str | None,
) -> ShopShape:
    found = await merchants.open_at(merchant, viewer)
    under_way = await case_items(found, viewer, moves=True)
    past = await merchants.past_at(merchant, viewer, after=after)
    return ShopShape(
        id=merchant.id,
        name=merchant.name,
        place=merchant.place,
        kind_title=merchants.KINDS[merchant.kind],
        trade_title=merchants.TRADES[merchant.trade],
        duties=merchants.duty_titles(merchant.duties),
        band=score.band,
        band_title=merchants.BANDS[score.band],
        points=score.points,
        full=merchants.FULL,
        asked=[item for item in under_way if item.moves],
        waiting=[item for item in under_way if not item.moves],
        past=await case_items(past.items, viewer),
        lost=await _lost(lost, viewer),
        closed=merchant.closed_at is not None,
        duties_signed_on=merchant.duties_signed_on or UNSET,
        next=past.next or UNSET,
        sign=await codes.sign_at(merchant.place_id) or UNSET,
    )


async def _lost(lost: tuple[Lost, ...], viewer: Viewer) -> list[LostShape]:
    """The newest first, each with what it was for."""
    now, newest = clock.now(), lost[::-1]
    for_what = await cases.find_by_ids((one.case_id for one in newest if one.case_id), viewer)
    return [
        _lost_shape(one, for_what.get(one.case_id) if one.case_id else None, now) for one in newest
    ]


def _lost_shape(one: Lost, case: cases.CaseFile | None, now: datetime) -> LostShape:
    return LostShape(
        number=case.number if case else UNSET,
        title=str(case.facts["title"]) if case else UNSET,
        points=one.points,
        at=one.decided_at,
        returns_on=one.returns_on,
        missing=merchants.counts(one, now),
        reversed_at=one.reversed_at or UNSET,
    )


def inspected_points(case: cases.CaseFile) -> int | UnsetType:
    """What a finding costs if it is not put right; nothing for any other case."""
    return int(case.facts["points"]) if case.flow == merchants.INSPECTION else UNSET
