"""One plaque as SVG: every letter as its outline, so that it needs no font to look as it should."""

import io
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from .marks import Box, Code, Figure, Mark, Words
from .plaque import HEIGHT, WIDTH

if TYPE_CHECKING:  # The child is given them by whoever starts it.
    from server.photos import Letters

SCALE = 1.9


def as_svg(marks: Iterable[Mark], letters: "Letters", title: str) -> bytes:
    """The drawing; `title` is what it says to those who cannot see it."""
    drawn = "".join(_drawn(mark, letters) for mark in marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH * SCALE:g}mm"'
        f' height="{HEIGHT * SCALE:g}mm" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#FFFFFF"/>{drawn}</svg>'
    ).encode()


class _Outlines:
    """The letters of one font file as paths."""

    def __init__(self, font_file: str) -> None:
        font: Any = TTFont(io.BytesIO(Path(font_file).read_bytes()), lazy=True)
        self._glyphs, self._names = font.getGlyphSet(), font.getBestCmap()
        self._em = font["head"].unitsPerEm

    def width(self, text: str) -> float:
        """At size 1."""
        return float(sum(self._glyph(letter).width for letter in text) / self._em)

    def drawn(self, text: str, x: float, y: float, size: float) -> str:
        scale = size / self._em
        pen = SVGPathPen(self._glyphs, lambda number: f"{number:.3f}".rstrip("0").rstrip("."))
        for letter in text:
            glyph = self._glyph(letter)
            glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, x, y)))
            x += glyph.width * scale
        return pen.getCommands()

    def _glyph(self, letter: str) -> Any:
        return self._glyphs[self._names.get(ord(letter), ".notdef")]


_outlines_of = cache(_Outlines)


def _path(words: Words, letters: "Letters") -> str:
    pieces = [(_outlines_of(file), said) for file, said in letters.pieces(words.text)]
    wide = sum(face.width(said) for face, said in pieces) * words.size
    x = words.x - {"start": 0.0, "middle": wide / 2, "end": wide}[words.anchor]
    drawn = ""
    for face, said in pieces:
        drawn += face.drawn(said, x, words.y, words.size)
        x += face.width(said) * words.size
    return drawn


def _drawn(mark: Mark, letters: "Letters") -> str:
    if isinstance(mark, Box):
        return (
            f'<rect x="{mark.x:g}" y="{mark.y:g}" width="{mark.width:g}" height="{mark.height:g}"'
            f' rx="{mark.radius:g}" fill="{mark.colour}"/>'
        )
    if isinstance(mark, Words):
        return f'<path d="{_path(mark, letters)}" fill="{mark.colour}"/>'
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
