"""A drawing of the town's own, as an SVG of filled shapes, turned into commands the press draws.

What a plaque cannot show as it looks in the file (letters, strokes, pictures, another's file) is
refused in a sentence that says what to do; nothing is left out without a word.
"""

import math
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from fontTools.misc.transform import Identity, Transform
from fontTools.pens.basePen import BasePen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import parse_path
from fontTools.svgLib.path.shapes import PathBuilder

from server.codes.errors import ArtRefused

MOST_BYTES = 300_000
MOST_COMMANDS = 20_000
LONGEST_TOLD = 20
_SHAPES = {"path", "rect", "polygon", "circle", "ellipse"}
_GROUPS = {"svg", "g"}
_SILENT = {"defs", "title", "desc", "metadata", "style"}  # say nothing of what is to be seen
_WHY = {
    "text": "里面有文字{words}，请先把文字转成轮廓（转曲），再导出。",
    "image": "里面有位图，请只用矢量图形。",
    "script": "里面带有脚本，不能用。",
    "line": "里面有线条，请先把线条转成轮廓，再导出。",
    "polyline": "里面有线条，请先把线条转成轮廓，再导出。",
    "use": "里面有引用的图形“use”，请先断开克隆或符号，转成普通路径，再导出。",
}
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import|javascript:", re.IGNORECASE)
_STEP = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")
_CUT = ("clip-path", "mask", "filter")
_STYLED = ("fill", "stroke", "display", "visibility", *_CUT)
_WHITE = {"#fff", "#ffffff", "white", "rgb(255,255,255)"}
Look = dict[str, str]
Shape = tuple[ElementTree.Element, Transform, Look]


class Commands(BasePen):
    """Writes down M, L, C and Z; curves of other kinds become C on the way."""

    def __init__(self) -> None:
        super().__init__(None)
        self.told: list[list[Any]] = []

    def _moveTo(self, pt: Any) -> None:  # noqa: N802  # named by the library
        self.told.append(["M", *_rounded(pt)])

    def _lineTo(self, pt: Any) -> None:  # noqa: N802  # likewise
        self.told.append(["L", *_rounded(pt)])

    def _curveToOne(self, pt1: Any, pt2: Any, pt3: Any) -> None:  # noqa: N802  # likewise
        self.told.append(["C", *_rounded(pt1), *_rounded(pt2), *_rounded(pt3)])

    def _closePath(self) -> None:  # noqa: N802  # likewise
        self.told.append(["Z"])

    def _endPath(self) -> None:  # noqa: N802  # likewise
        self.told.append(["Z"])


def read_art(content: bytes) -> dict[str, Any]:
    """What is drawn in the file, its upper left corner at 0, 0, 100 high or wide at most.

    Raises ArtRefused with what is wrong and what to do about it.
    """
    if len(content) > MOST_BYTES:
        raise ArtRefused(why=f"文件太大，最多{MOST_BYTES // 1000}KB，请简化图形。")
    shapes = list(_shapes(_root(content), Identity, {}))
    white = [look.get("fill", "").replace(" ", "").lower() in _WHITE for _, _, look in shapes]
    if any(white) and not all(white):
        raise ArtRefused(why="里面有白色的底或图形，牌子上只印一种颜色，请把白色的去掉。")
    drawn = RecordingPen()
    try:
        for shape, transform, _ in shapes:
            _draw(shape, TransformPen(drawn, transform))
    except Exception as cause:  # whatever an odd path makes the parser say
        raise ArtRefused(why="里面有一处图形读不懂，请用画图软件另存为“普通SVG”再试。") from cause
    return _fitted(drawn)


def _root(content: bytes) -> ElementTree.Element:
    try:
        text = content.decode("utf-8-sig")
        if "<!ENTITY" in text:  # They could swell without end.
            raise ArtRefused(why="文件里有实体声明，请另存为“普通SVG”再试。")
        root = ElementTree.fromstring(text)
    except (ValueError, ElementTree.ParseError):
        raise ArtRefused(why="这不是能读的SVG文件，请用画图软件导出SVG。") from None
    if _name(root) != "svg":
        raise ArtRefused(why="这不是SVG文件，请用画图软件导出SVG。")
    return root


def _shapes(element: ElementTree.Element, above: Transform, inherited: Look) -> Iterator[Shape]:
    """Every shape that is to be seen, where it lies, how it looks. Raises ArtRefused."""
    _check(element)
    look = inherited | _look(element)
    if any(look.get(name, "none") != "none" for name in _CUT):
        raise ArtRefused(why="里面有裁剪、遮罩或滤镜，请先把它们做进图形里，再导出。")
    here = above.transform(_transform(element.get("transform", "")))
    if look.get("display") == "none":
        return
    if _name(element) in _GROUPS:
        for child in element:
            if isinstance(child.tag, str) and _is_svg(child):
                yield from _shapes(child, here, look)
    elif _name(element) in _SHAPES and _is_filled(look):
        yield element, here, look


def _is_filled(look: Look) -> bool:
    """Whether there is anything to see of a shape. Raises ArtRefused where that is a stroke."""
    if look.get("visibility") == "hidden":
        return False
    if look.get("fill") == "none" and look.get("stroke", "none") != "none":
        raise ArtRefused(why=_WHY["line"])
    return look.get("fill") != "none"


def _check(element: ElementTree.Element) -> None:
    name = _name(element)
    if name not in _SHAPES | _GROUPS | _SILENT:
        why = _WHY.get(name, f"里面有“{name[:20]}”，牌子上印不出来，请去掉。")
        raise ArtRefused(why=why.replace("{words}", _words(element)))
    said = [*element.attrib.values(), element.text or ""] if name != "title" else []
    if any(attribute.rpartition("}")[2].startswith("on") for attribute in element.attrib):
        raise ArtRefused(why=_WHY["script"])
    if any(_local(attribute) == "href" for attribute in element.attrib) or any(
        map(_OUTSIDE.search, said)
    ):
        raise ArtRefused(why="里面引用了别处的内容，请只留图形本身。")


def _words(element: ElementTree.Element) -> str:
    """What is written there, so that it is found in the drawing."""
    said = " ".join("".join(element.itertext()).split())
    return f"“{said[:LONGEST_TOLD]}”" if said else ""


def _look(element: ElementTree.Element) -> Look:
    """How it is to be painted, as far as the element says so itself."""
    said = {name: value.strip() for name, value in element.attrib.items() if name in _STYLED}
    for part in element.get("style", "").split(";"):
        name, _, value = part.partition(":")
        if name.strip() in _STYLED:
            said[name.strip()] = value.strip()
    return said


def _transform(said: str) -> Transform:
    found = Identity
    for name, numbers in _STEP.findall(said):
        try:
            found = found.transform(_STEPS[name](*map(float, re.split(r"[\s,]+", numbers.strip()))))
        except (TypeError, ValueError):
            raise ArtRefused(why="里面有一处位移读不懂，请另存为“普通SVG”再试。") from None
    return found


def _rotated(degrees: float, x: float = 0, y: float = 0) -> Transform:
    return Identity.translate(x, y).rotate(math.radians(degrees)).translate(-x, -y)


_STEPS: dict[str, Any] = {
    "matrix": lambda *six: Transform(*six),
    "translate": lambda x, y=0.0: Identity.translate(x, y),
    "scale": lambda x, y=None: Identity.scale(x, x if y is None else y),
    "rotate": _rotated,
    "skewX": lambda degrees: Identity.skew(math.radians(degrees), 0),
    "skewY": lambda degrees: Identity.skew(0, math.radians(degrees)),
}


def _draw(shape: ElementTree.Element, pen: TransformPen) -> None:
    built = PathBuilder()
    plain = ElementTree.Element(_name(shape), shape.attrib)
    plain.attrib.pop("transform", None)  # is in the pen already
    built.add_path_from_element(plain)
    for path in built.paths:
        parse_path(path, pen)


def _fitted(drawn: RecordingPen) -> dict[str, Any]:
    bounds, told = BoundsPen(None), Commands()
    drawn.replay(bounds)
    left, top, right, bottom = bounds.bounds or (0.0, 0.0, 0.0, 0.0)
    wide, high = right - left, bottom - top
    if not (math.isfinite(wide + high) and wide > 0 and high > 0):
        raise ArtRefused(why="里面没有能印的图形。")
    scale = 100 / max(wide, high)
    drawn.replay(TransformPen(told, Identity.scale(scale).translate(-left, -top)))
    if len(told.told) > MOST_COMMANDS:
        raise ArtRefused(why="图形太复杂，请简化以后再试。")
    return {"commands": told.told, "width": wide * scale, "height": high * scale}


def _name(element: ElementTree.Element) -> str:
    return _local(element.tag)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _is_svg(element: ElementTree.Element) -> bool:
    """Programs keep notes of their own beside what is drawn."""
    return not element.tag.startswith("{") or element.tag.startswith("{http://www.w3.org/2000/svg}")


def _rounded(point: Any) -> tuple[float, float]:
    return round(point[0], 3), round(point[1], 3)
