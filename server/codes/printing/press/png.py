"""One plaque as a picture, for those who print from a phone: 300 dots to the inch."""

import io
from collections.abc import Iterable, Sequence

from PIL import Image, ImageDraw, ImageFont

from .marks import Box, Code, Figure, Mark, Words
from .plaque import HEIGHT, WIDTH

SCALE = 1.9
DPI = 300
DOTS = SCALE * DPI / 25.4  # to a millimetre of the layout
CURVE_STEPS = 12
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def as_png(marks: Iterable[Mark], font_file: str) -> bytes:
    """The picture."""
    picture = Image.new("RGB", (round(WIDTH * DOTS), round(HEIGHT * DOTS)), "white")
    draw = ImageDraw.Draw(picture)
    for mark in marks:
        if isinstance(mark, Box):
            _box(draw, mark)
        elif isinstance(mark, Words):
            font = ImageFont.truetype(font_file, mark.size * DOTS)
            place = (mark.x * DOTS, mark.y * DOTS)
            draw.text(place, mark.text, mark.colour, font, anchor=_ANCHORS[mark.anchor])
        elif isinstance(mark, Figure):
            for outline in _outlines(mark):
                draw.polygon(outline, fill=mark.colour)
        else:
            _code(draw, mark)
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(DPI, DPI), optimize=True)
    return out.getvalue()


def _box(draw: ImageDraw.ImageDraw, box: Box) -> None:
    corners = [number * DOTS for number in (box.x, box.y, box.x + box.width, box.y + box.height)]
    draw.rounded_rectangle(corners, box.radius * DOTS, fill=box.colour)


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
