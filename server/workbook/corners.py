"""Cells that hold an outline: the corners of a ring on earth."""

import re

from server.workbook.cells import Kind, Raw, Wrong, cut, number_of

MOST_CORNERS = 1000


def ring() -> Kind:
    """An outline: longitude and latitude of each corner, a blank between corners."""

    def read(raw: Raw) -> list[tuple[float, float]]:
        if not isinstance(raw, str):
            raise Wrong("边界要写成“经度,纬度 经度,纬度 …”，一个角一对。")
        corners = []
        for pair in re.split(r"[;；\s]+", raw.strip()):
            parts = pair.replace("，", ",").split(",")
            if len(parts) != 2:
                raise Wrong(f"边界里“{cut(pair)}”不对，应当是“经度,纬度”。")
            corners.append((number_of(parts[0]), number_of(parts[1])))
        return closed(corners)

    return Kind(read, lambda corners: " ".join(f"{lng!r},{lat!r}" for lng, lat in corners))


def closed(corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The corners as a closed ring on earth. Raises Wrong."""
    if not corners:
        raise Wrong("边界至少要有三个不同的角。")
    if any(not (-180 <= lng <= 180 and -90 <= lat <= 90) for lng, lat in corners):
        raise Wrong("边界里有的点不在地球上：经度在前，纬度在后，中间用逗号。")
    if len(corners) > MOST_CORNERS:
        raise Wrong(f"边界的角太多，最多{MOST_CORNERS}个。")
    whole_ring = corners if corners[0] == corners[-1] else [*corners, corners[0]]
    if len(set(whole_ring)) < 3:
        raise Wrong("边界至少要有三个不同的角。")
    return whole_ring
