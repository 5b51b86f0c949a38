"""A list that leaves the house: the same filters, the same reach, the same masks."""

import csv
import io

import pytest

from server import cases, views
from server.base import database
from server.base.errors import NotAllowed
from server.base.spreadsheets import as_csv
from server.base.viewer import GUEST, Viewer
from server.cases import DeskFilter, ListTooLong, NewCase, Reference
from server.views import export
from tests.desk import Desk

PHONE = "16000001234"


async def exported(viewer: Viewer, **filters: str) -> list[dict[str, str]]:
    """The lines as a spreadsheet reads them, without the one at the foot."""
    table = await views.export_list(viewer, DeskFilter(**filters), "csv")  # type: ignore[arg-type]
    text = (await as_csv(table)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))[:-1]


async def test_a_line_says_what_its_viewer_may_see(desk: Desk) -> None:
    new = NewCase(
        code=desk.town.token, category="P02", text="=1+1", spot="5楼", phone=PHONE,
        name="演示-王奶奶", channel="phone", on_behalf=True,
        external_refs=(Reference(system="12345", number="YZ-9"),),
    )  # fmt: skip
    opened = await cases.open_case(new, by=desk.community_secretary)
    await desk.move(opened, "sign", desk.property_manager)

    [line] = await exported(desk.property_manager)

    assert (line["编号"], line["类型"], line["状态"]) == (opened.number, "电梯故障停运", "办理中")
    assert (line["情况"], line["来源"], line["具体位置"]) == ("'=1+1", "电话", "5楼")
    assert (line["上报人"], line["电话"]) == ("演*", "160****1234")
    assert (line["承办单位"], line["经办人"]) == ("演示·安居物业", "演示-物业经理")
    assert (line["上报时间"], line["其他系统编号"]) == ("2026-11-23 10:00", "12345 YZ-9")


async def test_a_concealed_raiser_is_in_no_cell(desk: Desk) -> None:
    await desk.report(category="P02", text="电梯不动了", phone=PHONE, conceal=True)
    [line] = await exported(desk.property_manager)
    assert (line["上报人"], line["电话"]) == ("", "")
    assert "****1234" not in "".join(line.values())


async def test_only_what_is_in_reach_is_exported(desk: Desk) -> None:
    await desk.report(category="P02", text="电梯不动了")
    await desk.report(code="lamp", category="F02", text="路灯不亮")
    assert [line["类型"] for line in await exported(desk.property_manager)] == ["电梯故障停运"]
    assert len(await exported(desk.street_dispatcher)) == 2


async def test_the_filters_of_the_desk_narrow_it(desk: Desk) -> None:
    first = await desk.report(category="P02", text="电梯不动了")
    await desk.report(category="P02", text="别的事")
    await desk.move(first, "sign", desk.property_manager)
    assert len(await exported(desk.property_manager, tab="to_sign")) == 1
    assert [one["编号"] for one in await exported(desk.property_manager, q="不动")] == [
        first.number
    ]


async def test_a_complaint_about_the_firm_is_not_in_its_list(desk: Desk) -> None:
    await desk.report(category="P06", text="乱收费")
    assert await exported(desk.property_manager) == []


@pytest.mark.parametrize("role", ["grid_worker", "property_staff", "municipal"])
async def test_a_role_without_the_right_gets_nothing(desk: Desk, role: str) -> None:
    with pytest.raises(NotAllowed):
        await exported(getattr(desk, role))


async def test_a_guest_gets_nothing(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        await exported(GUEST)


async def test_a_list_too_long_is_not_cut_but_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 1)
    await desk.report(category="P02", text="电梯不动了")
    await desk.report(category="P02", text="电梯不动了")
    with pytest.raises(ListTooLong, match="这里不止1件，一次最多导出1件"):
        await exported(desk.property_manager)


async def test_a_long_list_is_whole_and_in_order(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.cases.desk.listing.STRETCH", 2)
    numbers = {(await desk.report(category="P02", text="电梯不动了")).number for _ in range(5)}
    lines = await exported(desk.property_manager)
    assert [line["编号"] for line in lines] == list(dict.fromkeys(one["编号"] for one in lines))
    assert {line["编号"] for line in lines} == numbers


async def test_who_took_it_away_is_on_record_and_on_its_last_line(desk: Desk) -> None:
    await desk.report(category="P02", text="电梯不动了", phone=PHONE)
    table = await views.export_list(desk.property_manager, DeskFilter(), "xlsx")
    (row,) = await database.fetch("SELECT * FROM audit_record")
    assert (row["action"], row["by_account_id"], row["detail"]) == (
        "case.export",
        desk.property_manager.account_id,
        {"cases": 1, "tab": "open", "as": "xlsx"},
    )
    assert table.note == (
        "演示·安居物业 演示-物业经理 于2026-11-23 10:00导出，共1件。"
        "上报人信息已打码，只供办理使用，请勿外传。"
    )
