"""Plaques as PDF, drawn with lines and the letters they use, embedded: sharp at any size."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import FILL_NON_ZERO, Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from .marks import Box, Code, Figure, Mark, Words
from .plaque import HEIGHT, WIDTH

if TYPE_CHECKING:  # The child is given them by whoever starts it.
    from server.photos import Letters

COLUMNS, ROWS = 3, 4
A4 = (210.0, 297.0)
SINGLE = 1.9  # a single plaque is so many times as large as one of twelve
CUT = "#BBBBBB"


class Sheets:
    """A file of pages, twelve plaques on each ("sheet") or one ("single")."""

    def __init__(self, path: str, layout: str, letters: "Letters") -> None:
        rl_config.useA85 = 0  # Bytes as bytes: a quarter less to write, and none of it spelled out.
        self._letters = letters
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
            if isinstance(mark, Words):
                self._words(mark)
            else:
                _DRAW[type(mark)](canvas, mark)
        canvas.restoreState()
        self._drawn += 1

    def _words(self, words: Words) -> None:
        canvas, pieces = self._canvas, self._letters.pieces(words.text)
        for file in {file for file, _ in pieces} - set(pdfmetrics.getRegisteredFontNames()):
            pdfmetrics.registerFont(TTFont(file, file))
        wide = [pdfmetrics.stringWidth(said, file, words.size) for file, said in pieces]
        x = words.x - {"start": 0.0, "middle": sum(wide) / 2, "end": sum(wide)}[words.anchor]
        canvas.setFillColor(HexColor(words.colour))
        for (file, said), width in zip(pieces, wide, strict=True):
            canvas.setFont(file, words.size)
            canvas.drawString(x, -words.y, said)
            x += width

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
    canvas.drawPath(path, stroke=0, fill=1, fillMode=FILL_NON_ZERO)


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
    # Hundreds of whole numbers, half of all that is drawn: `rect` rounds each as if it were none.
    bars = PDFPathObject(["n", *(f"{x} {y} {w} {h} re" for x, y, w, h in code.bars)])
    canvas.drawPath(bars, stroke=0, fill=1)
    canvas.restoreState()


_DRAW: dict[type, Callable[[Canvas, Any], None]] = {
    Box: _box,
    Figure: _figure,
    Code: _code,
}
