"""Codes as those see them who make them and look after them: batches, one code, what is missing."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server import codes, places
from server.base.viewer import Viewer
from server.views.plaques import PastShape, past_of_plaque
from server.views.shape import Shape
from server.views.shapes import OptionShape

MOST_PLACES = 400


class BatchShape(Shape, frozen=True, kw_only=True):
    """A batch in the list."""

    id: UUID
    name: str
    made_at: datetime
    count: int
    place: str | UnsetType = UNSET
    voided_at: datetime | UnsetType = UNSET


class BatchKind(Shape, frozen=True, kw_only=True):
    """Of one kind of code in a batch: how many are in use and how many of them hang."""

    title: str
    active: int
    mounted: int


class BatchPage(Shape, frozen=True, kw_only=True):
    """One batch with what of it is still in use."""

    batch: BatchShape
    kinds: list[BatchKind]
    active: int
    mounted: int


class PrintShape(Shape, frozen=True, kw_only=True):
    """A batch being printed, or printed."""

    id: UUID
    layout: str
    state: str  # waiting drawing ready failed
    total: int
    drawn: int
    size_kb: int
    asked_at: datetime


class CodeLine(Shape, frozen=True, kw_only=True):
    """A code in a list."""

    id: UUID
    kind_title: str
    place: str
    mounted: bool
    short: str | UnsetType = UNSET


class DayShape(Shape, frozen=True, kw_only=True):
    on: date
    scans: int


class PastCode(Shape, frozen=True, kw_only=True):
    """One of the codes a place has or had."""

    id: UUID
    issued_at: datetime
    short: str | UnsetType = UNSET
    retired_at: datetime | UnsetType = UNSET
    ended_for: str | UnsetType = UNSET


class CodePage(Shape, frozen=True, kw_only=True):
    """One code: where it belongs, what became of it, how often it is scanned."""

    id: UUID
    token: str
    kind_title: str
    place: str
    in_use: bool
    may_end: bool  # the viewer makes codes here
    issued_at: datetime
    past: list[PastCode]  # the others of its place and kind, the newest first
    days: list[DayShape]
    scans: int
    happened: list[PastShape]  # put up, reported, looked after; the newest first
    short: str | UnsetType = UNSET
    mounted_at: datetime | UnsetType = UNSET
    retired_at: datetime | UnsetType = UNSET
    ended_for: str | UnsetType = UNSET
    successor_id: UUID | UnsetType = UNSET


class MissingShape(Shape, frozen=True, kw_only=True):
    """A kind of place under a node: how many there are and how many have no code yet."""

    kind: str
    title: str
    places: int
    missing: int


async def code_batches(viewer: Viewer) -> list[BatchShape]:
    """The batches in the viewer's areas, the newest first."""
    return [_batch(row) for row in await codes.batches(viewer)]


async def code_batch(batch_id: UUID, viewer: Viewer) -> BatchPage:
    """One of them. Raises BatchUnknown."""
    row = await codes.find_batch(batch_id, viewer)
    kinds = await codes.count_kinds(batch_id)
    return BatchPage(
        batch=_batch(row),
        kinds=[
            BatchKind(title=codes.KINDS[one.kind], active=one.active, mounted=one.mounted)
            for one in kinds
        ],
        active=sum(one.active for one in kinds),
        mounted=sum(one.mounted for one in kinds),
    )


async def prints_of(batch_id: UUID, viewer: Viewer) -> list[PrintShape]:
    """What of a batch is being printed or can be fetched; of a voided one nothing. Raises
    BatchUnknown."""
    if (await codes.find_batch(batch_id, viewer)).voided_at is not None:
        return []
    return [
        PrintShape(
            id=row.id,
            layout=row.layout,
            state=row.state,
            total=row.total,
            drawn=row.drawn,
            size_kb=max(1, row.size // 1000),
            asked_at=row.asked_at,
        )
        for row in await codes.runs_of(batch_id)
    ]


async def code_nodes(viewer: Viewer) -> list[OptionShape]:
    """The nodes under which the viewer may make codes, the widest first."""
    areas = codes.making_areas(viewer)
    found = [
        ground
        for kind in ("division", "grid", "estate")
        for area in areas
        for ground in await places.places_under(area, kind)
    ]
    grounds = {ground.id: ground for ground in found}.values()
    return [
        OptionShape(value=str(ground.id), title=ground.full_name)
        for ground in list(grounds)[:MOST_PLACES]
    ]


async def missing_codes(node_id: UUID, viewer: Viewer) -> tuple[str, list[MissingShape]]:
    """What a node is called, and what under it has no code yet. Raises NoSuchPlace elsewhere."""
    node = await places.find(node_id)
    if not codes.is_inside(codes.making_areas(viewer), node.path):
        raise places.NoSuchPlace
    return node.full_name, [
        MissingShape(
            kind=one.kind,
            title=codes.PLACES[one.kind].title,
            places=one.places,
            missing=one.missing,
        )
        for one in await codes.survey(node)
    ]


async def codes_found(words: str, viewer: Viewer) -> list[CodeLine]:
    """Codes in use in the viewer's areas, by the name of their place or by their short number."""
    return [
        _line(row, place.full_name)
        for row, place in await codes.codes_found(codes.making_areas(viewer), words)
    ]


async def code_page(code_id: UUID, viewer: Viewer) -> CodePage:
    """One code in the viewer's areas. Raises CodeUnknown."""
    areas = codes.making_areas(viewer)
    row, ground = await codes.find_code(code_id, areas)
    days = [DayShape(on=one.on, scans=one.scans) for one in await codes.scans_by_day(row.id)]
    others = (one for one in await codes.chain_of(row) if one.id != row.id)
    return CodePage(
        id=row.id,
        token=row.token,
        kind_title=codes.KINDS[row.kind],
        place=ground.full_name,
        in_use=row.status == "active",
        may_end=row.status == "active" and codes.is_inside(codes.making_areas(viewer), ground.path),
        issued_at=row.issued_at,
        past=_past(others),
        days=days,
        scans=sum(one.scans for one in days),
        happened=await past_of_plaque(row.id),
        short=row.short or UNSET,
        mounted_at=row.mounted_at or UNSET,
        retired_at=row.retired_at or UNSET,
        ended_for=codes.ENDED_FOR.get(row.ended_for, UNSET),
        successor_id=row.successor_id or UNSET,
    )


def _batch(row: codes.BatchRow) -> BatchShape:
    return BatchShape(
        id=row.id,
        name=row.name,
        made_at=row.made_at,
        count=row.count,
        place=row.place or UNSET,
        voided_at=row.voided_at or UNSET,
    )


def _line(row: codes.CodeRow, place: str) -> CodeLine:
    return CodeLine(
        id=row.id,
        kind_title=codes.KINDS[row.kind],
        place=place,
        mounted=row.mounted_at is not None,
        short=row.short or UNSET,
    )


def _past(rows: Iterable[codes.CodeRow]) -> list[PastCode]:
    return [
        PastCode(
            id=row.id,
            issued_at=row.issued_at,
            short=row.short or UNSET,
            retired_at=row.retired_at or UNSET,
            ended_for=codes.ENDED_FOR.get(row.ended_for, UNSET),
        )
        for row in rows
    ]
