"""One plaque as SVG: every letter as its outline, so that it needs no font to look as it should."""

from collections.abc import Iterable
from html import escape
from typing import Any

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from .marks import Box, Code, Figure, Mark, Words
from .plaque import HEIGHT, WIDTH

SCALE = 1.9


def as_svg(marks: Iterable[Mark], font_file: str, title: str) -> bytes:
    """The drawing; `title` is what it says to those who cannot see it."""
    outlines = _Outlines(font_file)
    drawn = "".join(_drawn(mark, outlines) for mark in marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH * SCALE:g}mm"'
        f' height="{HEIGHT * SCALE:g}mm" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#FFFFFF"/>{drawn}</svg>'
    ).encode()


class _Outlines:
    """The letters of the font as paths."""

    def __init__(self, font_file: str) -> None:
        font: Any = TTFont(font_file, lazy=True)
        self._glyphs, self._names = font.getGlyphSet(), font.getBestCmap()
        self._em = font["head"].unitsPerEm

    def path(self, words: Words) -> str:
        scale = words.size / self._em
        names = [self._names.get(ord(letter), ".notdef") for letter in words.text]
        wide = sum(self._glyphs[name].width for name in names) * scale
        x = words.x - {"start": 0.0, "middle": wide / 2, "end": wide}[words.anchor]
        pen = SVGPathPen(self._glyphs, ntos=lambda number: f"{number:.3f}".rstrip("0").rstrip("."))
        for name in names:
            glyph = self._glyphs[name]
            glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, x, words.y)))
            x += glyph.width * scale
        return pen.getCommands()


def _drawn(mark: Mark, outlines: _Outlines) -> str:
    if isinstance(mark, Box):
        return (
            f'<rect x="{mark.x:g}" y="{mark.y:g}" width="{mark.width:g}" height="{mark.height:g}"'
            f' rx="{mark.radius:g}" fill="{mark.colour}"/>'
        )
    if isinstance(mark, Words):
        return f'<path d="{outlines.path(mark)}" fill="{mark.colour}"/>'
    if isinstance(mark, Figure):
        d = "".join(
            command + " ".join(f"{number:g}" for number in numbers)
            for command, *numbers in mark.commands
        )
        place = f"translate({mark.x:g} {mark.y:g}) scale({mark.scale:.5f})"
        return f'<path d="{d}" transform="{place}" fill="{mark.colour}"/>'
    return _code(mark)


def _code(code: Code) -> str:
    d = "".join(f"M{x} {y}h{w}v{h}h-{w}z" for x, y, w, h in code.bars)
    place = f"translate({code.x:g} {code.y:g}) scale({code.size / code.modules:.6f})"
    return f'<path d="{d}" transform="{place}" fill="#000000" shape-rendering="crispEdges"/>'
