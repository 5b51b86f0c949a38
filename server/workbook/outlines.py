"""Outlines of grids: from a GeoJSON file, whether one crosses itself, where two overlap or gape."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from server.base.geo import Point, gcj02_to_wgs84
from server.workbook.cells import Wrong
from server.workbook.corners import MOST_CORNERS, closed
from server.workbook.errors import NotOutlines
from server.workbook.parsing import Line, Sent
from server.workbook.sheets import BY_KEY

MOST_FEATURES = 20_000
_SHEET = BY_KEY["grids"]
_KEYS = {column.key: column.key for column in _SHEET.columns if column.key != "outline"}
_NAMES = _KEYS | {column.heading: column.key for column in _SHEET.columns}
_METRES = 111_320.0  # of a degree of latitude
_LEAST_SQM = 5.0  # less is how precisely corners are written, not land

Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Seam:
    """Where grids do not fit together: both overlap, or nobody has the land between."""

    grids: tuple[str, ...]
    area_sqm: float
    is_gap: bool = False

    def __str__(self) -> str:
        area = f"约{self.area_sqm:,.0f}平方米"
        if not self.is_gap:
            return f"网格{self.grids[0]}和{self.grids[1]}重叠{area}。"
        return f"网格之间有一块空白{area}，靠近{'、'.join(self.grids[:3])}。"


def read_outlines(content: bytes) -> Sent:
    """A FeatureCollection as lines of the sheet of grids, measured as the file is; the row is the
    feature's number."""
    try:
        data = msgspec.json.decode(content)
        features = data["features"]
    except (msgspec.DecodeError, UnicodeError, RecursionError, LookupError, TypeError):
        raise NotOutlines(why="要的是FeatureCollection，里面每个网格一个Feature") from None
    if not isinstance(features, list) or not 0 < len(features) <= MOST_FEATURES:
        raise NotOutlines(why=f"里面要有1到{MOST_FEATURES}个网格")
    sent = Sent()
    lines = sent.lines["grids"] = [_line(at, one) for at, one in enumerate(features, 1)]
    seen: dict[str, int] = {}
    for line in lines:
        code = line.values.get("code")
        if code and (before := seen.setdefault(code, line.number)) != line.number:
            line.find("code", f"和第{before}个重复。")
    return sent


def _line(number: int, feature: Any) -> Line:
    line = Line(_SHEET, number, {}, {})
    parts = feature if isinstance(feature, dict) else {}
    said = parts.get("properties")
    for name, raw in said.items() if isinstance(said, dict) else ():
        key = _NAMES.get(name)
        if key is None or raw is None or isinstance(raw, list | dict):
            continue
        value = float(raw) if isinstance(raw, int) and abs(raw) < 1e15 else raw
        try:
            kind = _SHEET.column(key).kind
            line.values[key] = kind.read(str(value) if isinstance(value, int) else value)
        except Wrong as wrong:
            line.find(key, str(wrong))
    if "code" not in line.values and not line.findings:
        line.find("code", "没有网格编码（code或“编码”）。")
    try:
        line.values["outline"] = _ring(parts.get("geometry"))
    except Wrong as wrong:
        line.find("outline", str(wrong))
    return line


def _ring(geometry: Any) -> Ring:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    rings = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind == "MultiPolygon" and isinstance(rings, list) and len(rings) == 1:
        kind, rings = "Polygon", rings[0]
    if kind != "Polygon" or not isinstance(rings, list) or not rings:
        raise Wrong("边界要是一个Polygon，一个网格只有一块。")
    if len(rings) > 1:
        raise Wrong("边界里有空洞。网格是完整的一块，请把洞里的地方单独划成网格或并进来。")
    try:
        corners = [(float(pair[0]), float(pair[1])) for pair in rings[0][: MOST_CORNERS + 2]]
    except (TypeError, ValueError, LookupError):
        raise Wrong("边界的坐标要写成[经度, 纬度]。") from None
    return closed(corners)


def straightened(ring: Sequence[tuple[float, float]], crs: str) -> Ring:
    """The ring in WGS-84."""
    if crs != "gcj02":
        return [(lng, lat) for lng, lat in ring]
    points = (gcj02_to_wgs84(Point(lng, lat)) for lng, lat in ring)
    return [(round(point.lng, 7), round(point.lat, 7)) for point in points]


class Ground:
    """Shapes of grids. Loads shapely, which takes half a second and which few processes need."""

    def __init__(self) -> None:
        import shapely

        self._shapely: Any = shapely

    def trouble(self, ring: Ring) -> str | None:
        """Why this is no outline: it crosses itself, or encloses nothing."""
        shape = self._shapely.Polygon(ring)
        if shape.is_valid and shape.area > 0:
            return None
        said = self._shapely.is_valid_reason(shape)
        if "[" in said:
            at = said[said.index("[") + 1 : said.rindex("]")].replace(" ", ",")
            return f"边界自己和自己相交，在{at}附近。请按顺序沿边走一圈，不要交叉。"
        return "边界没有围成一块地。"

    def seams(self, rings: Mapping[str, Ring]) -> list[Seam]:
        """Where these grids overlap, and the gaps that are closed in among them."""
        codes = [code for code, ring in rings.items() if self.trouble(ring) is None]
        if not codes:
            return []
        shapes = [self._shapely.Polygon(rings[code]) for code in codes]
        tree = self._shapely.STRtree(shapes)
        found: list[Seam] = []
        for at, shape in enumerate(shapes):
            for other in sorted(tree.query(shape, predicate="intersects")):
                area = _sqm(shape.intersection(shapes[other])) if other > at else 0.0
                if area >= _LEAST_SQM:
                    found.append(Seam((codes[at], codes[other]), area))
        for gap in self._gaps(shapes):
            near = sorted(codes[at] for at in tree.query(gap, predicate="intersects"))
            if _sqm(gap) >= _LEAST_SQM:
                found.append(Seam(tuple(near), _sqm(gap), is_gap=True))
        return found

    def _gaps(self, shapes: list[Any]) -> list[Any]:
        whole = self._shapely.union_all(shapes)
        parts = getattr(whole, "geoms", (whole,))
        return [self._shapely.Polygon(hole) for part in parts for hole in part.interiors]


def _sqm(shape: Any) -> float:
    """About how much ground that is."""
    if shape.is_empty:
        return 0.0
    return float(shape.area * _METRES**2 * math.cos(math.radians(shape.centroid.y)))
