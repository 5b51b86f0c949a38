"""The child process: draws the plaques it is told of, a line of JSON at a time, into one file.

First comes what to draw and where to, then plaques, then {"end": true}. It answers each with how
many it has drawn, the end with "saved". It dies with its parent: without an end there is no file.
"""

import json
import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from PIL import ImageFont

from .marks import Words
from .plaque import Art, Plaque, laid_out

if TYPE_CHECKING:  # The child is given them by whoever starts it.
    from server.photos import Letters

_MEASURED = 1000  # dots; widths are told at size 1


def main(letters: "type[Letters]") -> None:
    os.nice(10)  # A plaque may wait; a scan may not.
    replies = _private_output()
    wanted = json.loads(sys.stdin.readline())
    drawing = _Drawing(wanted, letters(wanted["fonts"]))
    for told in sys.stdin:
        said = json.loads(told)
        if said.get("end"):
            drawing.save()
            _tell(replies, "saved")
            return
        for plaque in said["plaques"]:
            drawing.add(Plaque.of(plaque))
        _tell(replies, str(drawing.drawn))


class _Drawing:
    """One file: PDF of many, or SVG or PNG of one."""

    def __init__(self, wanted: dict[str, Any], letters: "Letters") -> None:
        self._out, self._format, self._letters = wanted["out"], wanted["format"], letters
        self._art = {kind: Art(**drawing) for kind, drawing in wanted["art"].items()}
        self._sheets = None
        self._content = b""
        self.drawn = 0
        self._measure = lru_cache(20_000)(self._width)
        if self._format == "pdf":
            from .pdf import Sheets  # what is not drawn is not loaded

            self._sheets = Sheets(self._out, wanted["layout"], letters)

    def add(self, plaque: Plaque) -> None:
        marks = laid_out(plaque, self._measure, self._art)
        for mark in marks:
            if isinstance(mark, Words) and self._letters.lacking(mark.text):
                raise ValueError(f"no face has every letter of {mark.text!r}")
        self.drawn += 1
        if self._sheets is not None:
            self._sheets.add(marks)
        elif self._format == "svg":
            from .svg import as_svg

            self._content = as_svg(marks, self._letters, "".join(plaque.lines) or plaque.kind_title)
        else:
            from .png import as_png

            self._content = as_png(marks, self._letters)

    def _width(self, text: str) -> float:
        """How wide a text is at size 1."""
        pieces = self._letters.pieces(text)
        return sum(_font(file).getlength(said) for file, said in pieces) / _MEASURED

    def save(self) -> None:
        if self._sheets is not None:
            self._sheets.save()
        else:
            Path(self._out).write_bytes(self._content)


@lru_cache
def _font(file: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, _MEASURED, layout_engine=ImageFont.Layout.BASIC)


def _tell(replies: TextIO, word: str) -> None:
    replies.write(word + "\n")
    replies.flush()


def _private_output() -> TextIO:
    """The pipe to the parent; whatever a library prints goes to standard error instead."""
    mine = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(mine, "w")
