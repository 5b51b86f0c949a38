"""Codes as those see them who make them and look after them: batches, one code, what is missing."""

from collections.abc import Iterable
from uuid import UUID

from msgspec import UNSET

from server import codes, org, places
from server.base import clock
from server.base.spreadsheets import Table
from server.base.viewer import Viewer
from server.views.choosing import PlaceChoice, place_choice
from server.views.code_shapes import (
    BatchKind,
    BatchList,
    BatchPage,
    BatchShape,
    CodeLine,
    CodeLines,
    CodePage,
    DayShape,
    MissingShape,
    PastCode,
    PrintShape,
)
from server.views.plaques import past_of_plaque

A_SHEET = 12  # plaques on A4, row by row
NODES = ("division", "grid", "estate")


async def code_batches(viewer: Viewer, *, after: UUID | None = None) -> BatchList:
    """The batches in the viewer's areas, the newest first."""
    found = await codes.batches(viewer, after=after)
    items = [_batch(row) for row in found.items]
    return BatchList(items=items, next=str(found.next) if found.next else UNSET)


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


async def where_each_belongs(batch_id: UUID, viewer: Viewer) -> tuple[str, Table]:
    """A batch as a list for whoever hands its plaques out: on which sheet each is, and where it
    belongs. Raises BatchUnknown."""
    name, plaques = await codes.belongings_of(batch_id, viewer)
    rows: list[tuple[str, ...]] = [
        (str(at // A_SHEET + 1), str(at % A_SHEET + 1), place, codes.KINDS[kind], short)
        for at, (place, kind, short) in enumerate(plaques)
    ]
    return name, Table("发放清单", ("第几张", "第几块", "挂在哪里", "种类", "短号"), rows)


async def code_nodes(viewer: Viewer, *, near: str = "", chosen: str = "") -> PlaceChoice:
    """The nodes under which the viewer may make codes, the widest first."""
    return await place_choice(codes.making_areas(viewer), NODES, near=near, chosen=chosen)


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


async def codes_found(words: str, viewer: Viewer) -> CodeLines:
    """Codes in use in the viewer's areas, by the name of their place."""
    found = await codes.codes_found(codes.making_areas(viewer), words)
    items = [_line(row, place.full_name) for row, place in found.items]
    return CodeLines(items=items, more=found.more)


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
        place=await _named(row, ground),
        in_use=row.status == "active",
        may_end=row.status == "active" and codes.is_inside(codes.making_areas(viewer), ground.path),
        issued_at=row.issued_at,
        past=_past(others),
        days=days,
        scans=sum(one.scans for one in days),
        counted=row.kind != "household",
        happened=await past_of_plaque(row.id),
        short=row.short or UNSET,
        mounted_at=row.mounted_at or UNSET,
        retired_at=row.retired_at or UNSET,
        ended_for=codes.ENDED_FOR.get(row.ended_for, UNSET),
        successor_id=row.successor_id or UNSET,
    )


async def _named(row: codes.CodeRow, ground: places.Ground) -> str:
    """What it hangs at; of a staff code whose badge it is on."""
    card = await org.post_card(row.post_id, clock.now()) if row.post_id else None
    return f"{card.unit_name}{card.role_title}，{ground.full_name}" if card else ground.full_name


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
