"""One plaque as a picture, for those who print from a phone: 300 dots to the inch."""

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFont

from .marks import Box, Code, Figure, Mark, Words
from .plaque import HEIGHT, WIDTH

if TYPE_CHECKING:  # The child is given them by whoever starts it.
    from server.photos import Letters

SCALE = 1.9
DPI = 300
DOTS = SCALE * DPI / 25.4  # to a millimetre of the layout
CURVE_STEPS = 12
_OUTSIDE = 128  # of every outline, where windings are counted


def as_png(marks: Iterable[Mark], letters: "Letters") -> bytes:
    """The picture."""
    picture = Image.new("RGB", (round(WIDTH * DOTS), round(HEIGHT * DOTS)), "white")
    draw = ImageDraw.Draw(picture)
    for mark in marks:
        if isinstance(mark, Box):
            _box(draw, mark)
        elif isinstance(mark, Words):
            _words(draw, mark, letters)
        elif isinstance(mark, Figure):
            _figure(picture, mark)
        else:
            _code(draw, mark)
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(DPI, DPI), optimize=True)
    return out.getvalue()


def _box(draw: ImageDraw.ImageDraw, box: Box) -> None:
    corners = [number * DOTS for number in (box.x, box.y, box.x + box.width, box.y + box.height)]
    draw.rounded_rectangle(corners, box.radius * DOTS, fill=box.colour)


def _words(draw: ImageDraw.ImageDraw, words: Words, letters: "Letters") -> None:
    pieces = [
        (said, ImageFont.truetype(file, words.size * DOTS))
        for file, said in letters.pieces(words.text)
    ]
    wide = sum(font.getlength(said) for said, font in pieces)
    x = words.x * DOTS - {"start": 0.0, "middle": wide / 2, "end": wide}[words.anchor]
    for said, font in pieces:
        draw.text((x, words.y * DOTS), said, words.colour, font, anchor="ls")
        x += font.getlength(said)


def _figure(picture: Image.Image, figure: Figure) -> None:
    """Filled where outlines wind round it: what goes the other way round is a hole in a letter."""
    outlines = [outline for outline in _outlines(figure) if len(outline) > 2]
    points = [point for outline in outlines for point in outline]
    left, top = (int(min(point[axis] for point in points)) for axis in (0, 1))
    right, bottom = (int(max(point[axis] for point in points)) + 2 for axis in (0, 1))
    size = (right - left, bottom - top)
    winding = Image.new("L", size, _OUTSIDE)
    for outline in outlines:
        once = Image.new("L", size)
        ImageDraw.Draw(once).polygon([(x - left, y - top) for x, y in outline], fill=1)
        turn = ImageChops.add if _area(outline) > 0 else ImageChops.subtract
        winding = turn(winding, once)
    mask = winding.point([0 if around == _OUTSIDE else 255 for around in range(256)])
    picture.paste(figure.colour, (left, top), mask)


def _area(outline: Sequence[tuple[float, float]]) -> float:
    """Below nothing for what goes round against the clock."""
    pairs = zip(outline, [*outline[1:], outline[0]], strict=True)
    return sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in pairs)


def _outlines(figure: Figure) -> list[list[tuple[float, float]]]:
    """Each closed part of a figure as a polygon; curves in short steps."""
    found: list[list[tuple[float, float]]] = []
    for command, *numbers in figure.commands:
        points = [
            ((figure.x + x * figure.scale) * DOTS, (figure.y + y * figure.scale) * DOTS)
            for x, y in zip(numbers[::2], numbers[1::2], strict=True)
        ]
        if command == "M":
            found.append(points)
        elif command == "L":
            found[-1] += points
        elif command == "C":
            found[-1] += _curve(found[-1][-1], points)
    return found


def _curve(
    begin: tuple[float, float], points: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    four = (begin, *points)
    steps = [at / CURVE_STEPS for at in range(1, CURVE_STEPS + 1)]
    return [
        (_bezier(t, [point[0] for point in four]), _bezier(t, [point[1] for point in four]))
        for t in steps
    ]


def _bezier(t: float, four: Sequence[float]) -> float:
    left = 1 - t
    return (
        left**3 * four[0] + 3 * left**2 * t * four[1] + 3 * left * t**2 * four[2] + t**3 * four[3]
    )


def _code(draw: ImageDraw.ImageDraw, code: Code) -> None:
    """Whole dots a module, so that all are as wide as each other."""
    dots = int(code.size * DOTS / code.modules)
    spare = (code.size * DOTS - dots * code.modules) / 2
    left, top = round(code.x * DOTS + spare), round(code.y * DOTS + spare)
    for x, y, width, height in code.bars:
        corner = (left + x * dots, top + y * dots)
        end = (corner[0] + width * dots - 1, corner[1] + height * dots - 1)
        draw.rectangle((*corner, *end), fill="black")
