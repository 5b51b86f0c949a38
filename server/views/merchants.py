"""Merchants as each reader sees them: at the door, in the registry at the desk, in a file."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET

from server import codes, merchants, places, trust
from server.base import clock, dates
from server.base.errors import FieldError, Invalid
from server.base.spreadsheets import Table
from server.base.viewer import Viewer
from server.merchants import MerchantFile, Score
from server.places import Found, Ground
from server.views.merchant_shapes import (
    MerchantLine,
    MerchantLines,
    MerchantPage,
    MerchantSign,
    OwnerShape,
)
from server.views.old_names import code_to_replace, hangs_with_old_name

MOST_ROWS = 5000
TITLE = "商户"
HEADINGS = (
    *("名称", "类别", "行业", "地点", "统一社会信用代码", "执照短号", "电话"),
    *("门前三包", "签订日期", "评级", "登记日期", "注销日期"),
)


async def merchant_sign(ground: Ground) -> tuple[MerchantSign | None, datetime | None]:
    """Who trades here, as everybody reads it, and until when that is so by itself.

    A band, never a number; of findings that nobody has decided yet there is nothing in it.
    """
    found = await merchants.at_place(ground.id) if ground.kind == "premises" else None
    if found is None:
        return None, None
    score = await merchants.score_of(found.id)
    sign = MerchantSign(
        id=found.id,
        kind=found.kind,
        name=found.name,
        trade_title=merchants.TRADES[found.trade],
        duties=merchants.duty_titles(found.duties),
        band=score.band,
        band_title=merchants.BANDS[score.band],
        license_short=found.license_short or UNSET,
        phone=found.phone or UNSET,
        duties_signed_on=found.duties_signed_on or UNSET,
    )
    return sign, score.until


async def merchant_lines(
    viewer: Viewer, *, words: str = "", closed: bool = False, after: UUID | None = None
) -> MerchantLines:
    """The registry in the viewer's areas, the newest first."""
    found = await merchants.list_merchants(viewer, words=words, closed=closed, after=after)
    scores = await merchants.scores_of(one.id for one in found.items)
    return MerchantLines(
        items=[await _line(one, scores[one.id]) for one in found.items],
        next=str(found.next) if found.next else UNSET,
    )


async def merchant_page(merchant_id: UUID, viewer: Viewer) -> MerchantPage:
    """One of them. Raises MerchantUnknown."""
    found = await merchants.find_kept(merchant_id, viewer)
    score = await merchants.score_of(found.id)
    return MerchantPage(
        line=await _line(found, score),
        version=found.version,
        kind=found.kind,
        trade=found.trade,
        duties=list(found.duties),
        license_short=found.license_short,
        points=score.points,
        full=merchants.FULL,
        registered_at=found.registered_at,
        owners=[
            OwnerShape(id=one.appointment_id, phone=one.phone, since=one.since)
            for one in await merchants.owners_of(found)
        ],
        uscc=found.uscc or UNSET,
        phone=found.phone or UNSET,
        duties_signed_on=found.duties_signed_on or UNSET,
        sign=await codes.sign_at(found.place_id) or UNSET,
        replace_code=await code_to_replace(found, viewer) or UNSET,
    )


async def places_for_merchants(viewer: Viewer, words: str) -> list[Found]:
    """Where a merchant may be registered in the viewer's areas, by name: premises, or what they
    would be set up in."""
    areas = [post.area for post in viewer.posts if post.role in merchants.KEEPING_ROLES]
    return await places.search(areas, words, kinds=("premises", *merchants.HOLDS_PREMISES))


async def place_for_merchant(place_id: UUID, viewer: Viewer) -> Ground:
    """One such place. Raises NoSuchPlace for any other."""
    ground = await places.find(place_id)
    if merchants.keeping_post(viewer, ground.path) is None:
        raise places.NoSuchPlace
    return ground


async def export_merchants(
    viewer: Viewer, *, words: str = "", closed: bool = False, kind: str
) -> Table:
    """The registry in the viewer's areas as a table, on record. Raises Invalid for too many."""
    found = await merchants.list_merchants(viewer, words=words, closed=closed, limit=MOST_ROWS)
    if found.next is not None:
        detail = f"一次最多导出{MOST_ROWS}家，请先按名称或地点查找。"
        raise Invalid(FieldError("q", "too-many", detail))
    scores = await merchants.scores_of(one.id for one in found.items)
    rows = [_row(one, scores[one.id]) for one in found.items]
    post = next(post for post in viewer.posts if post.role in merchants.KEEPING_ROLES)
    counted = {"merchants": len(rows), "as": kind}
    await trust.record(trust.Act(action="merchant.export", by=viewer, post=post, detail=counted))
    when = dates.in_tables(clock.shown(clock.now()))
    who = f"{post.unit_name} {viewer.name}"
    return Table(TITLE, HEADINGS, rows, f"{who} 于{when}导出，共{len(rows)}家。")


async def _line(found: MerchantFile, score: Score) -> MerchantLine:
    return MerchantLine(
        id=found.id,
        name=found.name,
        kind_title=merchants.KINDS[found.kind],
        trade_title=merchants.TRADES[found.trade],
        place=found.place,
        band=score.band,
        band_title=merchants.BANDS[score.band],
        old_plaque=await hangs_with_old_name(found) is not None,
        closed_at=found.closed_at or UNSET,
    )


def _row(found: MerchantFile, score: Score) -> tuple[str, ...]:
    return (
        found.name,
        merchants.KINDS[found.kind],
        merchants.TRADES[found.trade],
        found.place,
        found.uscc or "",
        found.license_short,
        found.phone or "",
        "、".join(merchants.duty_titles(found.duties)),
        str(found.duties_signed_on or ""),
        merchants.BANDS[score.band],
        _day(found.registered_at),
        _day(found.closed_at),
    )


def _day(at: datetime | None) -> str:
    return f"{clock.shown(at):%Y-%m-%d}" if at else ""
