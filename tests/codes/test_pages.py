"""The desk's pages of plaques as a browser without a script meets them."""

import pytest

from server import codes, views
from tests.access.knocking import Answer, knock, open_doors
from tests.codes.test_art import RING, path, svg
from tests.codes.test_runs import a_batch, renamed
from tests.pressing import Browser, signed_in, text_of
from tests.workbook.test_desk import an_administrator

ART = "/desk/town/art"
LINE = svg(path(RING)).decode()


@pytest.fixture
async def admin(sqlite_db) -> Browser:
    codes.open_shop("https://mashang.example", "memory://")
    open_doors()
    return await signed_in(await an_administrator())


async def looked_at(admin: Browser, content: str) -> Answer:
    sent = {"form": {"kind": "line"}, "files": {"file": ("<市>.svg", content.encode())}}
    return await knock(
        "POST", ART, bearer=False, token=admin.token, key=f"look-{len(content):016}", **sent
    )


async def test_a_line_is_looked_at_on_a_plaque_before_it_is_printed(admin):
    page = await looked_at(admin, LINE)
    assert "data:image/png;base64,iVBOR" in page.text
    assert "第二种文字：<市>.svg。还没有用上" in text_of(page)
    assert await codes.art.drawings() == {}
    done = await admin.send(f"{ART}/put", kind="line", title="<市>.svg", svg=LINE)
    assert (done.status, "art_put" in done.goes_to) == (303, True)
    assert "以后印的牌子都是这样" in text_of(await admin.open(f"{ART}?done=art_put"))
    assert list(await codes.art.drawings()) == ["line"]
    assert "不再印第二种文字" in text_of(await admin.open(ART))
    assert (await admin.send(f"{ART}/drop", kind="line")).status == 303
    assert await codes.art.drawings() == {}


async def test_what_cannot_be_printed_is_said_beside_the_form(admin):
    page = await looked_at(admin, svg("<text>康巴什</text>").decode())
    assert (page.status, "先把文字转成轮廓" in text_of(page)) == (422, True)
    page = await admin.send(f"{ART}/put", kind="line", svg="<svg/>")
    assert (page.status, "没有能印的图形" in text_of(page)) == (422, True)
    page = await admin.send(ART, kind="line")
    assert (page.status, "请选一个SVG文件" in text_of(page)) == (422, True)


async def test_a_letter_no_face_has_is_said_on_the_page_of_the_batch(sqlite_db):
    open_doors()
    town, clerk, batch_id = await a_batch()
    await renamed(town, "𰻝面馆")
    desk, here = await signed_in(clerk), f"/desk/codes/batches/{batch_id}"
    page = await desk.send(f"{here}/print", layout="sheet")
    assert page.status == 409
    assert "“𰻝”（U+30EDD，在“𰻝面馆”）没有字形" in text_of(page)
    assert "正在印" not in text_of(await desk.open(here))


async def test_whoever_hands_plaques_out_has_a_list_of_where_each_belongs(sqlite_db):
    open_doors()
    _, clerk, batch_id = await a_batch()
    (first, *others) = (await codes.belongings_of(batch_id, clerk))[1]
    assert first[0].endswith("1单元")
    name, table = await views.where_each_belongs(batch_id, clerk)
    assert table.rows[0][:3] == ("1", "1", first[0])
    assert [row[1] for row in table.rows[1:]] == ["2", "3"][: len(others)]
    got = await (await signed_in(clerk)).open(f"/desk/codes/batches/{batch_id}/list")
    assert (got.status, name) == (200, "第一批")
