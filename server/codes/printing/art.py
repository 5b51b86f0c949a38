"""The town's own drawings on its plaques: a line in its second script, and its mark."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from server import trust
from server.base import clock, database
from server.base.fields import clean_text
from server.base.unit import Unit
from server.codes.ending import Doer
from server.codes.errors import ArtRefused
from server.codes.models import PlaqueArt
from server.codes.printing.pressing import Format, Plaques, press
from server.codes.printing.shop import shop
from server.codes.rules import KINDS as CODE_KINDS
from server.trust import Act

Drawing = dict[str, Any]
# What each is called, and the millimetres it is fitted into on a plaque of twelve.
KINDS = {"line": ("第二种文字", 24.0, 3.6), "logo": ("标志", 6.4, 6.4)}
# What is written downwards has a place of its own, as wide and high as this.
STANDING_LINE = (4.6, 8.8)
THINNEST_MM = 0.8
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Art:
    """One drawing: what its file was called, and since when it is on what is printed."""

    kind: str
    title: str
    put_at: datetime
    drawing: Drawing


async def arts() -> dict[str, Art]:
    """The drawings that were put, by kind."""
    rows = await database.fetch("SELECT kind, title, put_at, drawing FROM plaque_art")
    return {row["kind"]: Art(**row) for row in rows}


async def drawings() -> dict[str, Drawing]:
    """What is on the plaques that are printed now; the line of the settings where none was put."""
    found = {kind: one.drawing for kind, one in (await arts()).items()}
    line = shop().line
    return ({"line": line} if line else {}) | found


async def read(kind: str, content: bytes) -> Drawing:
    """A file as the drawing it holds. Raises ArtRefused with what is wrong with it."""
    # Here alone: what reads drawings takes a fifth of a second to load.
    from server.codes.printing.svg_art import read_art

    drawing = await asyncio.to_thread(read_art, content)
    wide, high = _room(kind, drawing)
    scale = min(wide / drawing["width"], high / drawing["height"])
    printed = drawing["width"] * scale, drawing["height"] * scale
    if min(printed) < THINNEST_MM:
        said = f"按这个长宽比，印出来只有{printed[0]:.1f}×{printed[1]:.1f}毫米，看不清。"
        raise ArtRefused(why=f"{said}请接近{wide:g}×{high:g}。")
    return drawing


def _room(kind: str, drawing: Drawing) -> tuple[float, float]:
    if kind == "line" and drawing["height"] > drawing["width"]:
        return STANDING_LINE
    _, wide, high = KINDS[kind]
    return wide, high


async def look(kind: str, drawing: Drawing, format: Format) -> bytes:
    """A plaque as it would be with this drawing; it leads nowhere."""

    async def sample() -> AsyncIterator[Plaques]:
        url = f"{shop().public_url}/c/{'0' * 27}"
        yield [{"url": url, "kind": "outdoor", "kind_title": CODE_KINDS["outdoor"]} | _SAMPLE]

    art = await drawings() | {kind: drawing}
    return await press(sample(), layout="single", format=format, art=art)


async def put_art(kind: str, title: str, drawing: Drawing, *, doer: Doer) -> None:
    """On every plaque that is printed from now on. On record."""
    words, at = clean_text(title, _LONGEST_TITLE) or f"{kind}.svg", clock.now()
    columns: dict[str, Any] = {"title": words, "drawing": drawing, "put_at": at}
    stands = False

    async def sure() -> None:
        nonlocal stands
        stands = kind in await arts()

    def also(unit: Unit) -> None:
        if stands:
            unit.update(PlaqueArt, where={"kind": kind}, set=columns)
        else:
            unit.insert(PlaqueArt, kind=kind, **columns)

    await trust.record(_act(kind, doer, {"put": words}), also=also, sure=sure)


async def drop_art(kind: str, *, doer: Doer) -> None:
    """Off what is printed from now on; twice is as good as once. On record."""
    if kind in await arts():
        gone = {"kind": kind}
        act = _act(kind, doer, {"dropped": True})
        await trust.record(act, also=lambda unit: unit.delete(PlaqueArt, where=gone))


def _act(kind: str, doer: Doer, detail: dict[str, Any]) -> Act:
    post = doer.by.posts[0] if doer.by and doer.by.posts else None
    return Act(
        action="code.art",
        by=doer.by,
        post=post,
        name=doer.operator,
        target=KINDS[kind][0],
        detail=detail,
    )


_SAMPLE = {
    "lines": ["样张小区", "1号楼1单元"],
    "short": "123456784",
    "site": "码上",
    "domain": "样张",
    "duty": "12345",
}
