"""A hundred thousand rooms from Excel, one row in twenty wrong; beside openpyxl that reads them."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import xlsxwriter
from rows import Row
from servers import mashang

ROOMS, WRONG_EVERY = 100_000, 20
GRIDS, BUILDINGS, ENTRANCES = 10, 20, 5
HIGHEST_CPU_S = 60
COMMUNITY = "150603001901"
_DIVISIONS = (
    ("编码", "名称", "级别", "启用日期"),
    ("150600", "鄂尔多斯市", "盟市", "2016-07-01"),
    ("150603", "康巴什区", "旗县区", "2016-07-01"),
    ("150603001", "哈巴格希街道", "街道乡镇", "2016-07-01"),
    (COMMUNITY, "湖畔社区", "社区村", "2016-07-01"),
)


def import_row(folder: Path) -> Row:
    """Processor time of the whole command, medians of three empty towns."""
    file = folder / "rooms.xlsx"
    _write(file)
    ours, floor = [], []
    for nth in range(3):
        ours.append(_ours(folder / f"imported-{nth}", file))
        floor.append(_floor(file))
    mine, other = statistics.median(ours), statistics.median(floor)
    return Row(
        "import, 100,000 rows", round(mine, 1), "s CPU", round(other, 1),
        round(mine / other, 2), f"≤ {HIGHEST_CPU_S} s", mine <= HIGHEST_CPU_S,
    )  # fmt: skip


def _ours(town: Path, file: Path) -> float:
    mashang(town, "migrate")
    before = _children_cpu_s()
    words = ["import", str(file), "--good-rows", "--data", str(town)]
    command = [str(Path(sys.executable).with_name("mashang")), *words]
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    if done.returncode != 1:  # 1: it is written, and rows were wrong
        raise RuntimeError(f"the import ended with {done.returncode}")
    return _children_cpu_s() - before


def _children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _floor(file: Path) -> float:
    began = time.process_time()
    book = openpyxl.load_workbook(file, read_only=True)
    rows = sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True))
    if rows < ROOMS:
        raise RuntimeError(f"openpyxl read {rows} rows")
    return time.process_time() - began


def _write(file: Path) -> None:
    sheets = {"区划": iter(_DIVISIONS), "网格": _grids(), "楼栋": _buildings()}
    sheets |= {"单元": _entrances(), "房屋": _rooms()}
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        for title, rows in sheets.items():
            page = book.add_worksheet(title)
            for at, row in enumerate(rows):
                for column, words in enumerate(row):
                    page.write_string(at, column, words)


def _grids() -> Iterator[tuple[str, ...]]:
    yield ("编码", "名称", "类型", "户数", "边界")
    for nth in range(GRIDS):
        west, east = f"{109.7 + nth / 100:.2f}", f"{109.71 + nth / 100:.2f}"
        ring = f"{west},39.60 {east},39.60 {east},39.61 {west},39.61"
        yield (_grid(nth), f"第{nth}网格", "基础网格", "400", ring)


def _buildings() -> Iterator[tuple[str, ...]]:
    yield ("所在网格", "编号", "名称", "层数")
    for grid in range(GRIDS):
        for nth in range(BUILDINGS):
            yield (_grid(grid), f"b{nth:02d}", f"{nth}号楼", "20")


def _entrances() -> Iterator[tuple[str, ...]]:
    yield ("所在楼栋", "编号", "名称")
    for grid in range(GRIDS):
        for building in range(BUILDINGS):
            for nth in range(ENTRANCES):
                yield (f"{_grid(grid)}-b{building:02d}", f"u{nth}", f"{nth}单元")


def _rooms() -> Iterator[tuple[str, ...]]:
    yield ("所在单元", "门牌号", "楼层", "用途", "空置")
    each = ROOMS // (GRIDS * BUILDINGS * ENTRANCES)
    for nth in range(ROOMS):
        door, room = divmod(nth, each)
        building, entrance = divmod(door, ENTRANCES)
        grid, building = divmod(building, BUILDINGS)
        floor = "顶层" if nth % WRONG_EVERY == 0 else str(room // 5 + 1)
        above = f"{_grid(grid)}-b{building:02d}-u{entrance}"
        yield (above, f"{room // 5 + 1}{room % 5 + 1:02d}", floor, "住宅", "否")


def _grid(nth: int) -> str:
    return f"{COMMUNITY}1{nth + 1:03d}"
