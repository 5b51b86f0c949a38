"""The town's own line for the head of a plaque: an SVG of shapes, as commands the press draws."""

from pathlib import Path
from typing import Any

from fontTools.misc.transform import Offset
from fontTools.pens.basePen import BasePen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import SVGPath


class Commands(BasePen):
    """Writes down M, L, C and Z; curves of other kinds become C on the way."""

    def __init__(self) -> None:
        super().__init__(None)
        self.told: list[list[Any]] = []

    def _moveTo(self, pt: Any) -> None:  # noqa: N802  # named by the library
        self.told.append(["M", *pt])

    def _lineTo(self, pt: Any) -> None:  # noqa: N802  # likewise
        self.told.append(["L", *pt])

    def _curveToOne(self, pt1: Any, pt2: Any, pt3: Any) -> None:  # noqa: N802  # likewise
        self.told.append(["C", *pt1, *pt2, *pt3])

    def _closePath(self) -> None:  # noqa: N802  # likewise
        self.told.append(["Z"])

    def _endPath(self) -> None:  # noqa: N802  # likewise
        self.told.append(["Z"])


def read_line(file: str) -> dict[str, Any]:
    """What is drawn in the file, its upper left corner at 0, 0. Raises what is wrong with it."""
    drawn, bounds, told = RecordingPen(), BoundsPen(None), Commands()
    SVGPath.fromstring(Path(file).read_bytes()).draw(drawn)
    drawn.replay(bounds)
    left, top, right, bottom = bounds.bounds
    drawn.replay(TransformPen(told, Offset(-left, -top)))
    return {"commands": told.told, "width": right - left, "height": bottom - top}
