"""The evidence mark: when, where and which case, written into the picture itself."""

import io
import unicodedata
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from .letters import Letters
from .pictures import Developed, rendered
from .terms import FONT_FILES

MIN_WIDTH = 480
MAX_LINES = 8
MAX_LINE_CHARS = 200
_BAND = (0, 0, 0, 150)
_INK = (255, 255, 255, 255)
_EDGE = (0, 0, 0, 255)
_LETTERS = Letters(FONT_FILES)
MISSING = "〓"  # as printers have always marked a letter they lack
_UNSEEN = ("Cc", "Cf", "Cs")  # controls, and what steers the letters around it
_UPON = ("Mn", "Me")  # what only changes the letter before it


class Script:
    """The letters at one size: how wide a text is, and drawing it piece by piece."""

    def __init__(self, size: int) -> None:
        self.size = size

    def getlength(self, text: str) -> float:
        return sum(_font(file, self.size).getlength(said) for file, said in _LETTERS.pieces(text))

    def draw(self, draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str) -> None:
        edge, left = max(1, round(self.size / 16)), at[0]
        for file, said in _LETTERS.pieces(text):
            font, place = _font(file, self.size), (left, at[1] + self._baseline)
            draw.text(place, said, _INK, font, "ls", stroke_width=edge, stroke_fill=_EDGE)
            left += font.getlength(said)

    @property
    def _baseline(self) -> float:
        """How far below the top of a line its letters stand: as far in every face."""
        return _font(FONT_FILES[0], self.size).getmetrics()[0]


def stamp(jpeg: bytes, lines: list[str]) -> Developed:
    """The photo with the lines on a dark band at its foot, white with a black edge.

    A letter no face has is `MISSING`, never the box that looks like a broken text. Long lines are
    wrapped. A photo too small for the words is put on a larger black sheet.
    """
    photo = Image.open(io.BytesIO(jpeg), formats=("JPEG",)).convert("RGB")
    size = min(60, max(18, min(photo.size) // 24))
    font, pad = Script(size), size // 2
    width = max(photo.width, MIN_WIDTH)
    text = "\n".join(_wrapped(lines, font, width - 2 * pad))
    line_height = round(size * 1.4)
    band = line_height * (text.count("\n") + 1) + 2 * pad
    sheet = _sheet(photo, width, band)
    _write(sheet, text, font, (pad, sheet.height - band + pad), line_height)
    return rendered(sheet)


def legible(line: str) -> str:
    """The line as it can be drawn: what no face has is `MISSING`, what nobody would see is not."""
    return "".join(map(_drawable, line))


def _drawable(char: str) -> str:
    kind = unicodedata.category(char)
    if char.isspace():
        return " "
    if kind in _UNSEEN:
        return ""
    if not _LETTERS.lacking(char):
        return char
    return "" if kind in _UPON else MISSING


def _sheet(photo: Image.Image, width: int, band: int) -> Image.Image:
    """The photo with room for a band: over its foot, or below it when it is low."""
    overlaid = band * 3 <= photo.height
    height = photo.height if overlaid else photo.height + band
    sheet = photo
    if (width, height) != photo.size:
        sheet = Image.new("RGB", (width, height), "black")
        sheet.paste(photo, ((width - photo.width) // 2, 0))
    if overlaid:
        shade = Image.new("RGBA", (width, band), _BAND)
        sheet.paste(shade, (0, height - band), shade)
    return sheet


def _write(sheet: Image.Image, text: str, font: Script, at: tuple[int, int], step: int) -> None:
    draw = ImageDraw.Draw(sheet)
    for row, line in enumerate(text.split("\n")):
        font.draw(draw, (at[0], at[1] + row * step), line)


def _wrapped(lines: list[str], font: Script, width: int) -> list[str]:
    """Lines no wider than `width`; a run of Latin letters and digits stays together if it fits."""
    rows: list[str] = []
    for line in lines[:MAX_LINES]:
        row = ""
        for piece in _pieces(legible(line[:MAX_LINE_CHARS]), font, width):
            if row and font.getlength(row + piece) > width:
                rows.append(row.rstrip())
                row = piece.lstrip()
            else:
                row += piece
        rows.append(row)
    return rows


def _pieces(line: str, font: Script, width: int) -> list[str]:
    """What must not be broken: Latin words that fit a row; everything else breaks anywhere."""
    pieces: list[str] = []
    joinable = False
    for char in line:
        latin = char.isascii() and not char.isspace()
        if joinable and latin and font.getlength(pieces[-1] + char) <= width:
            pieces[-1] += char
        else:
            pieces.append(char)
        joinable = latin
    return pieces


@lru_cache(maxsize=6)
def _font(file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
