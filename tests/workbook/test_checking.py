"""Every wrong cell is named by sheet, row and column, in a sentence one can act on."""

import pytest

from server import workbook
from server.base import database
from server.workbook import NoKnownSheet, NotAWorkbook, WorkbookTooLarge
from tests.workbook.files import (
    BUILDINGS,
    DIVISIONS,
    GRIDS,
    GROUND,
    STAFF,
    TURNS,
    a_workbook,
    brought_in,
    changed,
    put_into,
    told,
    words_of,
    xml_of,
)
from tests.workbook.standing import empty_standing

WHOLE = GROUND | STAFF | TURNS
BOW = "109.78,39.6 109.79,39.61 109.79,39.6 109.78,39.61"


def wrong_in(sheets, *, whole: bool = True, **merged: str) -> list[str]:
    sent = workbook.open_file(a_workbook(sheets, **merged))
    return told(workbook.check(sent, empty_standing(), whole=whole))


def test_a_good_file_has_nothing_wrong_in_it():
    assert wrong_in(WHOLE) == []


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "where", "why"),
    [
        ("区划", 1, 0, "15060", "“区划”第2行A列（编码）", "6或9或12位数字"),
        ("区划", 1, 0, None, "“区划”第2行A列（编码）", "必须填"),
        ("区划", 1, 2, "市", "“区划”第2行C列（级别）", "请填：盟市、旗县区"),
        ("区划", 1, 3, "去年", "“区划”第2行D列（启用日期）", "请写成2024-01-31"),
        ("区划", 1, 3, "2026-02-30", "“区划”第2行D列（启用日期）", "不是日期"),
        ("区划", 1, 1, "=A1", "“区划”第2行B列（名称）", "这是公式"),
        ("区划", 4, 0, "150699001901", "“区划”第5行A列（编码）", "没有“150699001”"),
        ("网格", 1, 0, 1506030019011001, "“网格”第2行A列（编码）", "末几位已经丢了"),
        ("网格", 1, 0, "1506030019012001", "“网格”第2行A列（编码）", "第13位"),
        ("网格", 1, 4, BOW, "“网格”第2行E列（边界）", "自己和自己相交，在109.785,39.605附近"),
        ("网格", 1, 4, "109.78,39.6 109.79", "“网格”第2行E列（边界）", "经度,纬度"),
        ("网格", 1, 4, "39.6,109.78 39.6,109.79 39.7,109.7", "“网格”第2行E列（边界）", "经度在前"),
        ("网格", 1, 4, None, "“网格”第2行E列（边界）", "没有边界"),
        ("楼栋", 1, 4, "十一", "“楼栋”第2行E列（层数）", "不是数字"),
        ("楼栋", 1, 4, "0", "“楼栋”第2行E列（层数）", "1到200"),
        ("楼栋", 1, 1, "1号", "“楼栋”第2行B列（编号）", "数字或字母"),
        ("楼栋", 2, 1, "b01", "“楼栋”第3行B列（编号）", "和第2行重复"),
        ("楼栋", 1, 6, None, "“楼栋”第2行G列（经度）", "一起填"),
        ("楼栋", 1, 3, "150603001901", "“楼栋”第2行D列（所属小区）", "是区划，这里要填小区"),
        ("单位", 1, 2, "150603001902", "“单位”第2行C列（服务范围）", "没有“150603001902”"),
        ("岗位", 1, 0, "别的单位", "“岗位”第2行A列（单位）", "没有“别的单位”"),
        ("岗位", 1, 1, "管理员", "“岗位”第2行B列（岗位）", "不在可选的里面"),
        ("岗位", 1, 3, "2", "“岗位”第2行D列（序号）", "从1连着写"),
        ("岗位", 1, 4, "zhao", "“岗位”第2行E列（任职人）", "没有“zhao”"),
        ("值班", 1, 5, "25:00", "“值班”第2行F列（开始）", "不是时间"),
        ("值班", 1, 6, "15:00", "“值班”第3行F列（开始）", "和第2行的时间重叠"),
        ("值班", 2, 6, "14:00", "“值班”第3行G列（结束）", "之间要有时间"),
        ("值班", 1, 6, "02:00", "“值班”第3行F列（开始）", "和第2行的时间重叠"),
        ("值班", 1, 4, "周八", "“值班”第2行E列（日子）", "不在可选的里面"),
        ("轮班", 1, 4, "zhao", "“轮班”第2行E列（人员）", "没有“zhao”"),
        ("轮班", 2, 4, "chen03", "“轮班”第3行E列（人员）", "请先写进“岗位”表的任职人"),
        ("轮班", 1, 0, "别的单位", "“轮班”第2行B列（岗位）", "没有这个岗位"),
        ("轮班", 1, 6, "明天", "“轮班”第2行G列（从哪天起）", "请写成2024-01-31"),
        ("轮班", 2, 8, "20:00", "“轮班”第3行I列（结束）", "之间要有时间"),
        ("轮班", 1, 9, "61", "“轮班”第2行J列（几天一轮）", "0到60"),
        ("轮班", 1, 10, "2026-11-30", "“轮班”第2行K列（到哪天为止）", "不能早于"),
        ("请假", 1, 0, "zhao", "“请假”第2行A列（人员）", "没有“zhao”"),
        ("请假", 1, 0, "chen03", "“请假”第2行A列（人员）", "没有任职的岗位"),
        ("请假", 1, 1, "改天", "“请假”第2行B列（从）", "请写成2024-01-31 08:30"),
        ("请假", 1, 2, "2098-12-01 08:30", "“请假”第2行C列（到）", "晚于离开"),
        ("请假", 1, 2, "2099-12-09", "“请假”第2行C列（到）", "最长180天"),
        ("请假", 1, 3, "wang01", "“请假”第2行D列（代班人）", "另一位同事"),
        ("请假", 1, 3, "chen03", "“请假”第2行D列（代班人）", "同一单位"),
        ("请假", 2, 1, "2099-01-03 08:30", "“请假”第3行B列（从）", "已经请过假了"),
    ],
)
def test_a_wrong_cell_is_named(sheet, row, column, value, where, why):
    found = wrong_in(WHOLE | {sheet: changed(WHOLE[sheet], row, column, value)}, whole=False)
    assert [said for said in found if said.startswith(where) and why in said]


@pytest.mark.parametrize("said", ["2016-7-1", "2016/07/01", "2016年7月1日", "20160701", 42552])
def test_a_date_is_read_however_it_is_written(said):
    sent = workbook.open_file(a_workbook({"区划": changed(DIVISIONS, 1, 3, said)}))
    assert str(sent.lines["divisions"][0].values["since"]) == "2016-07-01"


@pytest.mark.parametrize("said", ["8:00", "08：00", 1 / 3])
def test_a_time_is_read_however_it_is_written(said):
    sent = workbook.open_file(a_workbook({"值班": changed(STAFF["值班"], 1, 5, said)}))
    assert sent.lines["hours"][0].values["starts"] == "08:00"


@pytest.mark.parametrize(
    ("said", "is_read"),
    [
        ("2099-1-2 8:30", "2099-01-02 00:30"),
        ("2099年1月2日08：30", "2099-01-02 00:30"),
        ("2099/01/02", "2099-01-01 16:00"),
        (72687 + 8.5 / 24, "2099-01-02 00:30"),
    ],
)
def test_a_day_with_its_time_is_read_in_town_time_however_it_is_written(said, is_read):
    sent = workbook.open_file(a_workbook({"请假": changed(TURNS["请假"], 1, 1, said)}))
    assert sent.lines["leave"][0].values["since"].isoformat(" ", "minutes") == f"{is_read}+00:00"


@pytest.mark.parametrize(("said", "days"), [("周一、周三、周五", "135"), ("周一至周三", "123")])
def test_any_weekdays_are_read(said, days):
    sent = workbook.open_file(a_workbook({"值班": changed(STAFF["值班"], 1, 4, said)}))
    assert sent.lines["hours"][0].values["days"] == days


def test_hours_overlap_on_a_day_they_share_however_the_days_are_written():
    hours = changed(changed(STAFF["值班"], 1, 6, "15:00"), 2, 4, "周一")
    found = wrong_in(WHOLE | {"值班": hours}, whole=False)
    assert "“值班”第3行F列（开始）：和第2行的时间重叠。" in found


def test_merged_cells_are_named_one_by_one():
    buildings = changed(changed(BUILDINGS, 2, 0, None), 1, 0, None)
    found = wrong_in(GROUND | {"楼栋": buildings}, 楼栋="A2:A3")
    assert any(said.startswith("“楼栋”第3行A列（所在网格）：这里是合并单元格") for said in found)


def test_headings_are_found_below_a_title_and_in_any_order():
    turned = tuple(tuple(reversed(row)) for row in DIVISIONS)
    titled = (("区划总表（2026年）",), (), *turned)
    assert wrong_in({"区划": titled}) == []


def test_a_sheet_without_a_column_it_needs_says_which():
    found = wrong_in({"区划": tuple(row[:3] for row in DIVISIONS)})
    assert found == ["“区划”第1行：缺少“启用日期”列。第一行应当是模板里的列名。"]


def test_what_was_not_read_is_said():
    strange = {f"Sheet{n}": (("别的",),) for n in range(20)}
    more = tuple((*row, "备注") for row in DIVISIONS)
    sent = workbook.open_file(a_workbook({"区划": more} | strange))
    assert sent.notes[0].startswith("没有读的表：“Sheet0”、“Sheet1”")
    assert sent.notes[1] == "“区划”里没有读的列：“备注”。"


def test_a_file_with_only_wrong_sheets_is_refused_by_their_names():
    with pytest.raises(NoKnownSheet, match="“Sheet7”"):
        workbook.open_file(a_workbook({f"Sheet{n}": (("别的",),) for n in range(20)}))


@pytest.mark.parametrize("content", [b"", b"PK", b"\xd0\xcf\x11\xe0old", b"a,b\n1,2\n"])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(NotAWorkbook, match="xlsx"):
        workbook.open_file(content)


def test_a_workbook_that_is_cut_off_is_refused():
    content = a_workbook(GROUND)
    with pytest.raises(NotAWorkbook):
        workbook.open_file(content[: len(content) // 2])


def test_a_zip_bomb_is_refused(monkeypatch):
    monkeypatch.setattr("server.workbook.unpacking.MOST_UNPACKED", 3_000_000)
    bomb = put_into(a_workbook(GROUND), "xl/worksheets/sheet1.xml", " " * 3_000_001)
    assert len(bomb) < 30_000
    with pytest.raises(WorkbookTooLarge, match="解开超过3MB"):
        workbook.open_file(bomb)


def test_a_zip_bomb_that_calls_itself_small_is_refused():
    bomb = put_into(a_workbook(GROUND), "xl/worksheets/sheet1.xml", " " * 3_000_001)
    small = bomb.replace((3_000_001).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    with pytest.raises(NotAWorkbook):
        workbook.open_file(small)


def test_entities_that_swell_are_refused():
    swelling = '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><s>&b;</s>'
    with pytest.raises(NotAWorkbook):
        workbook.open_file(put_into(a_workbook(GROUND), "xl/sharedStrings.xml", swelling))


@pytest.mark.parametrize("wicked", ["<worksheet><sheetData><row r='x'/></sheetData></worksheet>",
                                    "<c t='s'><v>99999</v></c>", "<open>", ""])  # fmt: skip
def test_a_sheet_that_is_not_what_it_says_is_refused(wicked):
    with pytest.raises(NotAWorkbook):
        workbook.open_file(put_into(a_workbook(GROUND), "xl/worksheets/sheet1.xml", wicked))


def test_without_a_choice_a_sheet_with_one_wrong_row_is_left_out_with_what_hangs_on_it():
    found = wrong_in(GROUND | {"网格": changed(GRIDS, 1, 3, "很多")})
    assert found == ["“网格”第2行D列（户数）：“很多”不是数字。"]


async def test_all_of_a_sheet_is_written_or_the_good_rows_of_it(sqlite_db):
    half = a_workbook(GROUND | {"楼栋": changed(BUILDINGS, 2, 4, "十一")})
    count = "SELECT count(*) AS n FROM building"
    await brought_in(half)
    assert await database.fetch_value(count) == 0
    await brought_in(half, whole=False)
    assert await database.fetch_value(count) == 1


def test_the_wrong_rows_alone_come_back_with_what_is_wrong():
    sent = workbook.open_file(a_workbook(GROUND | {"楼栋": changed(BUILDINGS, 2, 4, "=1+1")}))
    said = words_of(sent)
    assert "层数：这是公式" in said
    assert "2号楼" in said
    assert "1号楼" not in said
    assert "=1+1" in said


def test_what_comes_back_holds_no_formula():
    sent = workbook.open_file(a_workbook(GROUND | {"楼栋": changed(BUILDINGS, 2, 2, "=1+1")}))
    assert sent.lines["buildings"][1].findings
    page = xml_of(workbook.make_findings(sent), "xl/worksheets/sheet2.xml")
    assert "=1+1" in page
    assert "<f>" not in page


def test_what_only_waits_for_a_wrong_row_is_counted_and_not_listed():
    sent = workbook.open_file(a_workbook(WHOLE | {"区划": changed(DIVISIONS, 4, 3, "去年")}))
    found = workbook.check(sent, empty_standing(), whole=False)
    assert told(found) == ["“区划”第5行D列（启用日期）：“去年”不是日期，请写成2024-01-31这样。"]
    waiting = {tally.title: tally.waiting for tally in found.tallies if tally.waiting}
    assert waiting == {"网格": 1, "楼栋": 2, "单位": 1, "岗位": 2, "值班": 2, "轮班": 2, "请假": 2}
    assert found.waiting == 12
    assert "这个岗位在“岗位”表里的那一行没有写入" in words_of(sent)


def test_of_one_post_all_turns_wait_for_a_wrong_one():
    late = changed(WHOLE["轮班"], 1, 10, "2026-11-30")
    sent = workbook.open_file(a_workbook(WHOLE | {"轮班": late}))
    assert workbook.check(sent, empty_standing(), whole=False).waiting == 1
    assert "同一岗位有一行轮班不对，改好后一起写入。" in words_of(sent)


def test_units_that_go_round_in_a_circle_are_named_and_those_below_wait():
    units = (("名称", "类型", "上级单位"), ("甲", "社区", "乙"), ("乙", "社区", "甲"))
    circle = "绕了一圈又回到这里，上级不能绕圈。"
    assert wrong_in({"单位": units}, whole=False) == [
        f"“单位”第2行C列（上级单位）：“乙”{circle}",
        f"“单位”第3行C列（上级单位）：“甲”{circle}",
    ]


def test_of_a_sheet_that_is_left_out_every_row_comes_back():
    sent = workbook.open_file(a_workbook(GROUND | {"楼栋": changed(BUILDINGS, 2, 4, "十一")}))
    found = workbook.check(sent, empty_standing(), whole=True)
    said = words_of(sent, found.refused)
    assert "1号楼" in said
    assert "这一行没有错，等这张表里有错的改好一起写入。" in said


def test_the_rows_that_come_back_are_read_again_as_they_were():
    sheets = WHOLE | {"区划": changed(DIVISIONS, 4, 3, "去年")}
    sent = workbook.open_file(a_workbook(sheets))
    found = workbook.check(sent, empty_standing(), whole=True)
    back = workbook.open_file(workbook.make_findings(sent, found.refused))
    assert {key: [line.values for line in lines] for key, lines in back.lines.items()} == {
        key: [line.values for line in lines]
        for key, lines in sent.lines.items()
        if key in found.refused
    }
