"""Plaques as PDF, drawn with lines and one embedded subset of the font: sharp at any size."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from .marks import Box, Code, Figure, Mark, Words
from .plaque import HEIGHT, WIDTH

FONT = "plaque"
COLUMNS, ROWS = 3, 4
A4 = (210.0, 297.0)
SINGLE = 1.9  # a single plaque is so many times as large as one of twelve
CUT = "#BBBBBB"


class Sheets:
    """A file of pages, twelve plaques on each ("sheet") or one ("single")."""

    def __init__(self, path: str, layout: str, font: str) -> None:
        pdfmetrics.registerFont(TTFont(FONT, font))
        self._twelve = layout == "sheet"
        size = A4 if self._twelve else (WIDTH * SINGLE, HEIGHT * SINGLE)
        self._high = size[1]
        self._canvas = Canvas(path, pagesize=(size[0] * mm, size[1] * mm), pageCompression=1)
        self._canvas.setTitle("码上")
        self._drawn = 0

    def add(self, marks: Iterable[Mark]) -> None:
        """One more plaque, on a new page where this one is full."""
        on_page = COLUMNS * ROWS if self._twelve else 1
        if self._drawn and self._drawn % on_page == 0:
            self._canvas.showPage()
        row, column = divmod(self._drawn % on_page, COLUMNS)
        canvas = self._canvas
        canvas.saveState()
        scale = (1 if self._twelve else SINGLE) * mm
        left, top = (column * WIDTH, row * HEIGHT) if self._twelve else (0.0, 0.0)
        canvas.translate(left * mm, (self._high - top) * mm)
        canvas.scale(scale, scale)
        if self._twelve:
            canvas.setStrokeColor(HexColor(CUT))
            canvas.setLineWidth(0.1)
            canvas.rect(0, -HEIGHT, WIDTH, HEIGHT, stroke=1, fill=0)
        for mark in marks:
            _DRAW[type(mark)](canvas, mark)
        canvas.restoreState()
        self._drawn += 1

    def save(self) -> None:
        """Write the file."""
        self._canvas.save()


def _box(canvas: Canvas, box: Box) -> None:
    canvas.setFillColor(HexColor(box.colour))
    place = (box.x, -box.y - box.height, box.width, box.height)
    if box.radius:
        canvas.roundRect(*place, box.radius, stroke=0, fill=1)
    else:
        canvas.rect(*place, stroke=0, fill=1)


def _words(canvas: Canvas, words: Words) -> None:
    canvas.setFillColor(HexColor(words.colour))
    canvas.setFont(FONT, words.size)
    draw = {
        "start": canvas.drawString,
        "middle": canvas.drawCentredString,
        "end": canvas.drawRightString,
    }[words.anchor]
    draw(words.x, -words.y, words.text)


def _figure(canvas: Canvas, figure: Figure) -> None:
    canvas.setFillColor(HexColor(figure.colour))
    path = canvas.beginPath()
    for command, *numbers in figure.commands:
        points = list(_placed(figure, numbers))
        if command == "M":
            path.moveTo(*points)
        elif command == "L":
            path.lineTo(*points)
        elif command == "C":
            path.curveTo(*points)
        else:
            path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _placed(figure: Figure, numbers: Sequence[float]) -> Iterator[float]:
    for at, number in enumerate(numbers):
        if at % 2 == 0:
            yield figure.x + number * figure.scale
        else:
            yield -figure.y - number * figure.scale


def _code(canvas: Canvas, code: Code) -> None:
    canvas.saveState()
    canvas.translate(code.x, -code.y)
    canvas.scale(code.size / code.modules, -code.size / code.modules)
    canvas.setFillGray(0)
    path = canvas.beginPath()
    for bar in code.bars:
        path.rect(*bar)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


_DRAW: dict[type, Callable[[Canvas, Any], None]] = {
    Box: _box,
    Words: _words,
    Figure: _figure,
    Code: _code,
}
