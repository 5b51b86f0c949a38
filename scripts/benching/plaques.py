"""Plaques on sheets of twelve: what ours spends on them, beside the bare libraries doing as little.

The bare ones draw the same QR and the same words, without colours, frames, fitting or a child.
"""

import asyncio
import io
import resource
import statistics
import time
from collections.abc import AsyncIterator
from typing import Any

import zxingcpp
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from rows import Row

from server import codes, photos
from server.codes.printing.press import qr
from server.codes.printing.pressing import press

PLAQUES, CHUNK = 600, 60
URL = "https://ms.example.gov.cn"


def plaque_row() -> Row:
    """Processor time of a thousand plaques, medians of the rounds."""
    codes.open_shop(URL, "memory://")
    plaques = [_plaque() for _ in range(PLAQUES)]
    ours, floor = [], []
    for _ in range(3):
        ours.append(_ours(plaques))
        floor.append(_floor(plaques))
    mine, other = statistics.median(ours), statistics.median(floor)
    ratio = round(mine / other, 2)
    return Row("1,000 plaques, 12 a sheet", round(mine, 1), "s CPU", round(other, 1), ratio)


def _plaque() -> dict[str, Any]:
    return {
        "url": f"{URL}/c/{codes.make_token()}",
        "kind": "outdoor",
        "kind_title": codes.KINDS["outdoor"],
        "lines": ["演示·云锦苑小区", "1号楼1单元"],
        "short": codes.make_short(),
        "site": "码上",
        "domain": "ms.example.gov.cn",
        "duty": "160 0000 0100",
        "rescue": "160 0000 0191",
    }


def _ours(plaques: list[dict[str, Any]]) -> float:
    """Seconds a thousand, of the child that draws and of the process that tells it."""

    async def told() -> AsyncIterator[list[dict[str, Any]]]:
        for at in range(0, len(plaques), CHUNK):
            yield plaques[at : at + CHUNK]

    before = _cpu_s()
    asyncio.run(press(told(), layout="sheet"))
    return (_cpu_s() - before) / len(plaques) * 1000


def _floor(plaques: list[dict[str, Any]]) -> float:
    began = time.process_time()
    pdfmetrics.registerFont(TTFont("floor", photos.FONT_FILES[0]))
    canvas = Canvas(io.BytesIO(), pageCompression=1)
    for at, plaque in enumerate(plaques):
        if at and at % 12 == 0:
            canvas.showPage()
        canvas.saveState()
        canvas.translate(at % 3 * 70 * mm, (297 - at % 12 // 3 * 74.25) * mm)
        canvas.scale(mm, mm)
        _draw(canvas, plaque)
        canvas.restoreState()
    canvas.save()
    return (time.process_time() - began) / len(plaques) * 1000


def _draw(canvas: Canvas, plaque: dict[str, Any]) -> None:
    canvas.setFont("floor", 4)
    said = (*plaque["lines"], plaque["short"], plaque["duty"], plaque["rescue"], plaque["domain"])
    for row, words in enumerate((plaque["site"], plaque["kind_title"], *said)):
        canvas.drawString(4, -5 - 3 * row, words)
    barcode = zxingcpp.create_barcode(plaque["url"], zxingcpp.BarcodeFormat.QRCode, ec_level="H")
    path = canvas.beginPath()
    for bar in qr.bars_of(barcode.to_svg()):
        path.rect(*bar)
    canvas.drawPath(path, stroke=0, fill=1)


def _cpu_s() -> float:
    """Processor time of this process and of those it has seen end."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)
