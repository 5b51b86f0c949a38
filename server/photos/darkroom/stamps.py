"""The evidence mark: when, where and which case, written into the picture itself."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from .pictures import Developed, rendered
from .terms import FONT_FILE

MIN_WIDTH = 480
MAX_LINES = 8
MAX_LINE_CHARS = 200
_BAND = (0, 0, 0, 150)
_INK = (255, 255, 255, 255)
_EDGE = (0, 0, 0, 255)


def stamp(jpeg: bytes, lines: list[str]) -> Developed:
    """The photo with the lines on a dark band at its foot, white with a black edge.

    Long lines are wrapped. A photo too small for the words is put on a larger black sheet.
    """
    photo = Image.open(io.BytesIO(jpeg), formats=("JPEG",)).convert("RGB")
    size = min(60, max(18, min(photo.size) // 24))
    font, pad = _font(size), size // 2
    width = max(photo.width, MIN_WIDTH)
    text = "\n".join(_wrapped(lines, font, width - 2 * pad))
    line_height = round(size * 1.4)
    band = line_height * (text.count("\n") + 1) + 2 * pad
    sheet = _sheet(photo, width, band)
    _write(sheet, text, font, (pad, sheet.height - band + pad), line_height)
    return rendered(sheet)


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


def _write(
    sheet: Image.Image, text: str, font: ImageFont.FreeTypeFont, at: tuple[int, int], step: int
) -> None:
    draw = ImageDraw.Draw(sheet)
    edge = max(1, round(font.size / 16))
    for row, line in enumerate(text.split("\n")):
        place = (at[0], at[1] + row * step)
        draw.text(place, line, _INK, font, stroke_width=edge, stroke_fill=_EDGE)


def _wrapped(lines: list[str], font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Lines no wider than `width`; a run of Latin letters and digits stays together if it fits."""
    rows: list[str] = []
    for line in lines[:MAX_LINES]:
        row = ""
        for piece in _pieces(line[:MAX_LINE_CHARS], font, width):
            if row and font.getlength(row + piece) > width:
                rows.append(row.rstrip())
                row = piece.lstrip()
            else:
                row += piece
        rows.append(row)
    return rows


def _pieces(line: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """What must not be broken: Latin words that fit a row; everything else breaks anywhere."""
    pieces: list[str] = []
    joinable = False
    for char in filter(str.isprintable, line):
        latin = char.isascii() and not char.isspace()
        if joinable and latin and font.getlength(pieces[-1] + char) <= width:
            pieces[-1] += char
        else:
            pieces.append(char)
        joinable = latin
    return pieces


@lru_cache(maxsize=4)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT_FILE, size, layout_engine=ImageFont.Layout.BASIC)
