"""A copy of one's own data: everything that is there, nothing of anybody else, safe to open."""

import csv
import io
import json
from datetime import timedelta

import pytest

from server import cases, people, privacy, trust
from server.base import clock
from server.base.viewer import GUEST, Viewer
from tests.desk import guest, inbox
from tests.makers import a_resident
from tests.privacy.conftest import NAME, PHONE, a_praise, a_talk

FORMULA = '=HYPERLINK("http://evil/","点我")'


@pytest.fixture
async def copy(desk, resident):
    """Of a resident who agreed, reported with a number and was answered."""
    await people.agree(resident.account_id, people.NOTICE)
    opened = await desk.report(resident, category="F02", text=FORMULA, spot="三楼", phone=PHONE)
    await desk.move(opened, "accept", desk.grid_worker, text="明天上午来")
    await inbox(resident, opened)
    await a_praise(desk, resident)
    await a_talk(desk, resident)
    return await privacy.copy_of(resident)


async def test_it_holds_name_number_consent_and_messages_in_clear(copy):
    assert (copy.name, copy.phone, copy.kind) == (NAME, PHONE, "resident")
    assert [one.version for one in copy.consents] == [people.NOTICE]
    assert len(copy.messages) == 2


async def test_it_holds_each_case_with_what_was_said_on_both_sides(copy):
    (case,) = copy.cases
    assert (case.raised, case.text, case.spot, case.phone) == (True, FORMULA, "三楼", PHONE)
    assert [(move.move, move.said) for move in case.moves][-1] == ("受理", "明天上午来")


async def test_it_holds_what_she_praised_and_what_became_of_it(copy):
    (one,) = copy.praises
    assert (one.target, one.tag, one.text) == ("网格员演示-网格员", "热心", "谢谢您")
    assert one.state == "正在看"


async def test_it_holds_what_she_wrote_and_the_answers(copy):
    (one,) = copy.conversations
    said = [(line.by, line.text) for line in one.messages if line.by != "自动"]
    assert said == [("", "我家三楼漏水"), ("演示-网格员", "我来看看")]


async def test_of_a_case_she_joined_it_holds_nothing_of_the_other_resident(desk, resident):
    other = await a_resident("演示-张先生")
    opened = await desk.report(other, category="F02", text="我家门口", phone="16000001002")
    await cases.second(opened.number, desk.town.token, by=resident)
    written = privacy.as_json(await privacy.copy_of(resident)).decode()
    assert opened.number in written
    assert "我家门口" not in written
    assert "16000001002" not in written


async def test_keys_that_lie_on_the_same_phone_are_not_hers(desk, resident):
    opened = await desk.report(GUEST, category="F02", text="别人的事")
    shared = Viewer(resident.account_id, keys=guest(opened).keys)
    assert (await privacy.copy_of(shared)).cases == []


async def test_as_json_it_can_be_taken_elsewhere(copy):
    read = json.loads(privacy.as_json(copy))
    assert read["phone"] == PHONE
    assert read["cases"][0]["moves"][0]["move"] == "上报"


async def test_as_csv_it_opens_in_excel_and_calculates_nothing(copy):
    content = await privacy.as_csv(copy)
    assert content.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
    assert f"'{FORMULA}" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


async def test_as_csv_it_holds_the_same_things(copy):
    content = (await privacy.as_csv(copy)).decode("utf-8-sig")
    for word in (
        NAME,
        PHONE,
        "三楼",
        "明天上午来",
        f"同意第{people.NOTICE}版",
        "谢谢您",
        "正在看",
        "我家三楼漏水",
    ):
        assert word in content


async def test_more_cases_than_one_page_are_all_in_it(desk, resident, monkeypatch):
    for _ in range(3):
        await desk.report(resident)
    monkeypatch.setattr("server.privacy.copies.AT_ONCE", 2)
    assert len((await privacy.copy_of(resident)).cases) == 3


async def test_taking_a_copy_is_on_record(copy, resident):
    (kept,) = await trust.records_since(clock.now() - timedelta(minutes=1), "account.export")
    assert kept["by_name"] == ""  # no resident's name stands in a record


async def test_it_holds_what_she_said_with_every_move(desk, resident):
    opened = await desk.report(resident, category="F02", text="灯不亮")
    await desk.move(opened, "accept", desk.grid_worker)
    await desk.move(opened, "self_handle", desk.grid_worker)
    await desk.move(opened, "resolve", desk.grid_worker, outcome="fixed", text="修好了")
    await desk.move(opened, "reopen", resident, reason="还是不亮")
    (case,) = (await privacy.copy_of(resident)).cases
    assert [move.said for move in case.moves if move.move == "没解决，请重办"] == ["还是不亮"]


async def test_of_a_case_she_joined_it_holds_no_call_with_the_other_resident(desk, resident):
    opened = await desk.report(await a_resident("演示-张先生"), category="F02", text="灯不亮")
    await cases.second(opened.number, desk.town.token, by=resident)
    await desk.move(opened, "accept", desk.grid_worker)
    await desk.move(opened, "contact", desk.grid_worker, call="张先生说晚上在家")
    assert "晚上在家" not in privacy.as_json(await privacy.copy_of(resident)).decode()
