"""Laying out the ground of a town from its rows: who stands above whom, and where."""

from collections.abc import Callable

from server.base.geo import Point
from server.places import Ground, Planting, PlantingError
from server.workbook.draft import Draft
from server.workbook.outlines import Ground as Shapes
from server.workbook.outlines import straightened
from server.workbook.parsing import Line
from server.workbook.standing import Values

_DIGITS = {1: 6, 2: 6, 3: 9, 4: 12}
_KIND_DIGIT = {"base": "1", "exclusive": "2", "micro": "3"}
_FEW, _MANY = 300, 500  # households of a grid, GB/T 34300
_TAKEN = "这个编号在这里已经用了，换一个。"
_RETIRED = "这个编号以前用过，已经停用，换一个。"


def lay_out(draft: Draft) -> None:
    """Plant everything there would be; what cannot be planted gets a finding."""
    draft.planting = Planting(ids=draft.standing.ground.ids)
    _divisions(draft)
    _grids(draft)
    for sheet, lay in _LAYS.items():
        for values, line in draft.merged(sheet):
            lay(draft, line, values)


def _plant(
    draft: Draft, line: Line | None, path: str, key: str, plant: Callable[[], Ground]
) -> Ground | None:
    """Plant one place, unless something is wrong with its line."""
    if line is not None and line.findings:
        return None
    if path in draft.standing.ground.retired:
        if line is not None:
            line.find(key, _RETIRED)
        return None
    try:
        ground = plant()
    except PlantingError:
        if line is not None:
            line.find(key, _TAKEN)
        return None
    if line is not None:
        draft.touched.add(ground.path)
    return ground


def _divisions(draft: Draft) -> None:
    for values, line in sorted(draft.merged("divisions"), key=lambda laid: laid[0]["level"]):
        code, level = values["code"], values["level"]
        if len(code) != _DIGITS[level]:
            if line is not None:
                line.find("code", f"这一级的编码是{_DIGITS[level]}位。")
            continue
        above = draft.place(line, "code", _above(code, level), "division") if level > 1 else None
        if above is None and level > 1:
            continue
        ground = _division(draft, values, line, above)
        if ground is not None:
            draft.grounds[code] = ground


def _division(
    draft: Draft, values: Values, line: Line | None, above: Ground | None
) -> Ground | None:
    code = values["code"]
    return _plant(
        draft,
        line,
        f"{above.path if above else ''}{code}/",
        "code",
        lambda: draft.planting.division(
            code, values["name"], level=values["level"], since=values["since"], above=above
        ),
    )


def _above(code: str, level: int) -> str:
    """The code of the division one level up."""
    return {2: f"{code[:4]}00", 3: code[:6], 4: code[:9]}[level]


def _grids(draft: Draft) -> None:
    shapes = Shapes() if draft.sent.lines.get("grids") else None
    bases = {}
    for values, line in draft.merged("grids"):
        if (
            line is not None
            and shapes is not None
            and not _grid_is_good(draft, values, line, shapes)
        ):
            continue
        ground = _grid(draft, values, line)
        if ground is None:
            continue
        draft.grounds[values["code"]] = ground
        if values["kind"] == "base":
            bases[values["code"]] = values["outline"]
            if line is not None:
                _households(draft, values)
    if shapes is not None:
        for seam in shapes.seams(bases):
            draft.note("网格空白" if seam.is_gap else "网格重叠", str(seam))


def _grid_is_good(draft: Draft, values: Values, line: Line, shapes: Shapes) -> bool:
    before = draft.standing.rows["grids"].get(line.name)
    if line.values.get("outline"):
        values["outline"] = straightened(line.values["outline"], draft.crs)
    elif before is not None:
        values["outline"] = before["outline"]
    if values["code"][12] != _KIND_DIGIT.get(values["kind"] or ""):
        line.find(
            "code" if values["kind"] else "kind", "编码第13位和类型对不上：1基础、2专属、3微网格。"
        )
    elif not values["name"]:
        line.find("name", "没有填，这一格必须填。")
    elif not values["outline"]:
        line.find("outline", "没有边界：请填这一格，或者先导入GeoJSON。")
    elif trouble := shapes.trouble(values["outline"]):
        line.find("outline", trouble)
    return not line.findings


def _grid(draft: Draft, values: Values, line: Line | None) -> Ground | None:
    code = values["code"]
    community = draft.place(line, "code", code[:12], "division")
    if community is None:
        return None
    return _plant(
        draft,
        line,
        f"{community.path}g{code[12:]}/",
        "code",
        lambda: draft.planting.grid(
            community,
            values["name"],
            code=code,
            kind=values["kind"],
            outline=values["outline"],
            households=values["households"] or 0,
        ),
    )


def _households(draft: Draft, values: Values) -> None:
    count = values["households"]
    if count and not _FEW <= count <= _MANY:
        said = "少于" if count < _FEW else "多于"
        limit = _FEW if count < _FEW else _MANY
        draft.note("网格户数", f"{values['code']}{values['name']}有{count}户，{said}{limit}户。")


def _estate(draft: Draft, line: Line | None, values: Values) -> None:
    grid = draft.place(line, "grid", values["grid"], "grid")
    if grid is None:
        return
    point, segment = _point(draft, line, values), values["segment"]
    ground = _plant(
        draft,
        line,
        f"{grid.path}{segment}/",
        "segment",
        lambda: draft.planting.estate(
            grid, segment, values["name"], point=point, gates=values["gates"]
        ),
    )
    if ground is not None:
        draft.grounds[f"{values['grid']}-{segment}"] = ground


def _building(draft: Draft, line: Line | None, values: Values) -> None:
    grid = draft.place(line, "grid", values["grid"], "grid")
    good, estate = _its_estate(draft, line, values)
    if grid is None or not good:
        return
    point, segment = _point(draft, line, values), values["segment"]
    ground = _plant(
        draft,
        line,
        f"{grid.path}{segment}/",
        "segment",
        lambda: draft.planting.building(
            grid,
            segment,
            values["name"],
            floors=values["floors"],
            estate=estate,
            elevators=values["elevators"],
            point=point,
        ),
    )
    if ground is not None:
        draft.grounds[f"{values['grid']}-{segment}"] = ground


def _its_estate(draft: Draft, line: Line | None, values: Values) -> tuple[bool, Ground | None]:
    if not values["estate"]:
        return True, None
    estate = draft.place(line, "estate", values["estate"], "estate")
    return estate is not None, estate


def _entrance(draft: Draft, line: Line | None, values: Values) -> None:
    building = draft.place(line, "building", values["building"], "building")
    if building is None:
        return
    point, segment = _point(draft, line, values), values["segment"]
    ground = _plant(
        draft,
        line,
        f"{building.path}{segment}/",
        "segment",
        lambda: draft.planting.entrance(building, segment, values["name"], point=point),
    )
    if ground is not None:
        draft.grounds[f"{values['building']}-{segment}"] = ground


def _room(draft: Draft, line: Line | None, values: Values) -> None:
    entrance = draft.place(line, "entrance", values["entrance"], "entrance")
    if entrance is None:
        return
    number = values["number"]
    ground = _plant(
        draft,
        line,
        f"{entrance.path}r{number.lower()}/",
        "number",
        lambda: draft.planting.room(
            entrance, number, floor=values["floor"], use=values["use"], vacant=values["vacant"]
        ),
    )
    if ground is not None:
        draft.grounds[f"{values['entrance']}-r{number.lower()}"] = ground


def _spot(draft: Draft, line: Line | None, values: Values) -> None:
    above = draft.place(line, "above", values["above"], "grid", "estate", "building", "entrance")
    if above is None:
        return
    point, segment = _point(draft, line, values), values["segment"]
    good, estate = _its_estate(draft, line, values)
    if not good:
        return
    kind = values["kind"]
    plant = draft.planting.facility if kind == "facility" else draft.planting.premises
    ground = _plant(
        draft,
        line,
        f"{above.path}{segment}/",
        "segment",
        lambda: plant(above, segment, values["name"], point=point, estate=estate),
    )
    if ground is not None:
        draft.grounds[f"{values['above']}-{segment}"] = ground


def _point(draft: Draft, line: Line | None, values: Values) -> Point | None:
    lng, lat = values["lng"], values["lat"]
    if (lng is None) != (lat is None) and line is not None:
        line.find("lng" if lng is None else "lat", "经度和纬度要一起填。")
    if lng is None or lat is None:
        return None
    if line is None or draft.crs == "wgs84" or "lng" not in line.values:
        return Point(lng, lat)
    return Point(*straightened([(lng, lat)], draft.crs)[0])


def _address(draft: Draft, line: Line | None, values: Values) -> None:
    ground = draft.place(line, "place", values["place"])
    if ground is None:
        return
    draft.planting.address(ground, values["road"], values["number"])
    if line is not None:
        draft.touched.add(ground.path)


_LAYS = {
    "estates": _estate,
    "buildings": _building,
    "entrances": _entrance,
    "rooms": _room,
    "spots": _spot,
    "addresses": _address,
}
