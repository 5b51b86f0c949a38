"""The child process: draws the plaques it is told of, a line of JSON at a time, into one file.

First comes what to draw and where to, then plaques, then {"end": true}. It answers each with how
many it has drawn, the end with "saved". It dies with its parent: without an end there is no file.
"""

import json
import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any, TextIO

from PIL import ImageFont

from .plaque import Line, Plaque, laid_out

_MEASURED = 1000  # dots; widths are told at size 1


def main() -> None:
    os.nice(10)  # A plaque may wait; a scan may not.
    replies = _private_output()
    drawing = _Drawing(json.loads(sys.stdin.readline()))
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

    def __init__(self, wanted: dict[str, Any]) -> None:
        self._out, self._font, self._format = wanted["out"], wanted["font"], wanted["format"]
        self._line = Line(**wanted["line"]) if wanted["line"] else None
        self._sheets = None
        self._content = b""
        self.drawn = 0
        font = ImageFont.truetype(self._font, _MEASURED, layout_engine=ImageFont.Layout.BASIC)
        self._measure = lru_cache(20_000)(lambda text: font.getlength(text) / _MEASURED)
        if self._format == "pdf":
            from .pdf import Sheets  # what is not drawn is not loaded

            self._sheets = Sheets(self._out, wanted["layout"], self._font)

    def add(self, plaque: Plaque) -> None:
        marks = laid_out(plaque, self._measure, self._line)
        self.drawn += 1
        if self._sheets is not None:
            self._sheets.add(marks)
        elif self._format == "svg":
            from .svg import as_svg

            self._content = as_svg(marks, self._font, "".join(plaque.lines) or plaque.kind_title)
        else:
            from .png import as_png

            self._content = as_png(marks, self._font)

    def save(self) -> None:
        if self._sheets is not None:
            self._sheets.save()
        else:
            Path(self._out).write_bytes(self._content)


def _tell(replies: TextIO, word: str) -> None:
    replies.write(word + "\n")
    replies.flush()


def _private_output() -> TextIO:
    """The pipe to the parent; whatever a library prints goes to standard error instead."""
    mine = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(mine, "w")
