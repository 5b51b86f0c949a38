"""What a file changes in a town, and what it leaves as it is."""

import asyncio
import json
from datetime import UTC, date, datetime

import pytest

from server import codes, merchants, org, people, places, workbook
from server.base import clock, database
from server.base.geo import Point, wgs84_to_gcj02
from server.workbook import NotOutlines
from tests.makers import a_town
from tests.workbook.contents import content
from tests.workbook.files import (
    GRIDS,
    GROUND,
    STAFF,
    TURNS,
    a_workbook,
    brought_in,
    changed,
    checked,
    told,
    words_of,
)

WHOLE = GROUND | STAFF
POST = STAFF["岗位"]
SQUARES = {"1506030019011001": (109.78, 39.6), "1506030019011002": (109.79, 39.6)}


async def holders(role: str) -> list[tuple[str, str]]:
    rows = await database.fetch(
        "SELECT c.name, n.kind FROM appointment n JOIN post p ON p.id = n.post_id"
        " JOIN account c ON c.id = n.account_id WHERE p.role = $1 AND n.to_at IS NULL"
        " ORDER BY n.kind, c.name",
        role,
    )
    return [(row["kind"], row["name"]) for row in rows]


async def test_a_town_from_a_file_answers_for_its_places(sqlite_db):
    await brought_in(a_workbook(WHOLE))
    (building, _) = await places.places_under("150600/", "building")
    assert building.full_name == "湖畔社区1号楼"
    found = await org.responsible_for(building, "grid_worker", clock.now())
    assert (found.name, await holders("grid_worker")) == (
        "王敏",
        [("holder", "王敏")],
    )


async def test_a_changed_cell_changes_the_row_and_what_is_called_after_it(db):
    await a_town()
    estates = (("所在网格", "编号", "名称"), ("1506030019011001", "e01", "新云锦苑"))
    written = await brought_in(a_workbook({"小区": estates}))
    assert (written.new["places"], written.changed["places"] > 5) == (0, True)
    (room, *_) = await places.places_under("150600/", "room")
    assert room.full_name == "新云锦苑1号楼1单元101室"
    gates = "SELECT gate_count, lng FROM estate e JOIN place p ON p.id = e.id"
    assert await database.fetch_one(gates) == {"gate_count": 1, "lng": 109.785}


async def test_who_held_a_post_has_held_it_until_now(db):
    await brought_in(a_workbook(WHOLE))
    await brought_in(a_workbook(WHOLE | {"岗位": changed(POST, 1, 4, "li02")}))
    assert await holders("grid_worker") == [("holder", "李强")]
    ended = "SELECT count(*) AS n FROM appointment WHERE to_at IS NOT NULL"
    assert await database.fetch_value(ended) == 1


async def test_new_hours_replace_the_old_ones(db):
    await brought_in(a_workbook(WHOLE))
    await brought_in(a_workbook({"值班": STAFF["值班"][:2]}))
    rows = await database.fetch("SELECT starts, ends FROM duty")
    assert rows == [{"starts": "08:00", "ends": "12:00"}]


async def test_turns_and_leave_come_with_the_file_and_the_same_file_again_changes_nothing(db):
    file = a_workbook(WHOLE | TURNS)
    await brought_in(file)
    assert (await brought_in(file)).nothing
    assert [name for _, name in await holders("duty_post")] == ["李强", "王敏"]
    (post,) = await database.fetch("SELECT id FROM post WHERE role = 'duty_post'")
    turns = (await org.post_on_roster(post["id"])).shifts.values()
    assert {(one.title, one.starts, one.every) for one in turns} == {
        ("白班", "08:00", 2),
        ("夜班", "20:00", 2),
    }
    away = datetime(2099, 1, 3, tzinfo=UTC)
    (building, _) = await places.places_under("150600/", "building")
    found = await org.responsible_for(building, "grid_worker", away)
    assert found.name == "李强"


async def test_the_turns_in_a_file_replace_those_of_the_post(sqlite_db):
    await brought_in(a_workbook(WHOLE | TURNS))
    await brought_in(a_workbook({"轮班": changed(TURNS["轮班"], 2, 8, "06:00")[::2]}))
    rows = await database.fetch("SELECT starts, ends FROM duty WHERE account_id IS NOT NULL")
    assert rows == [{"starts": "20:00", "ends": "06:00"}]


async def test_of_several_who_take_turns_none_is_lost_where_a_file_names_one(sqlite_db):
    await brought_in(a_workbook(WHOLE | TURNS))
    one = changed(TURNS["岗位"], 2, 4, "li02")
    assert (await brought_in(a_workbook({"岗位": one}))).nothing
    other = changed(TURNS["岗位"], 2, 4, "li02、chen03")
    await brought_in(a_workbook({"岗位": other}))
    assert {name for _, name in await holders("duty_post")} == {"李强", "陈静"}


async def test_a_leave_that_is_over_is_not_written_and_one_that_stands_not_changed(sqlite_db):
    await brought_in(a_workbook(WHOLE | TURNS))
    past = ("li02", "2026-01-02 08:30", "2026-01-05 18:00", None)
    later = changed(TURNS["请假"], 1, 2, "2099-01-06 18:00")
    found = await checked(a_workbook({"请假": (*later, past)}), whole=False)
    assert [said[:15] for said in told(found)] == ["“请假”第2行C列（到）：这次"]
    assert found.notes == ["请假：第4行的时间已经过了，没有写入。"]


async def test_new_staff_cannot_sign_in_before_they_are_given_a_password(sqlite_db):
    await brought_in(a_workbook(WHOLE))
    account = await people.find_staff_login("wang01")
    assert account["password_hash"] is None
    with pytest.raises(people.SignInRefused):
        await people.prove_staff("wang01", "")


async def test_a_place_gets_one_new_code_however_often_the_file_comes(sqlite_db):
    signs = (("位置", "种类", "批次"), ("1506030019011001-b01", "室外码", "一"))
    await brought_in(a_workbook(GROUND | {"码": signs}))
    await brought_in(a_workbook(GROUND | {"码": signs}))
    (token,) = await database.fetch("SELECT token FROM code")
    assert (await codes.read(token["token"])).ground.full_name == "湖畔社区1号楼"


async def test_a_printed_sign_hangs_at_one_place_only(sqlite_db):
    town = await a_town()
    signs = (("位置", "种类", "口令"), ("1506030019011001-b01-u2", "室外码", town.token))
    found = await checked(a_workbook({"码": signs}))
    assert told(found) == ["“码”第2行C列（口令）：这个口令已经用在别的牌子上，或者已经停用。"]


async def test_a_home_code_hangs_at_a_home(sqlite_db):
    await a_town()
    signs = (("位置", "种类"), ("1506030019011001-b01-u2", "户内码"))
    assert told(await checked(a_workbook({"码": signs}))) == [
        "“码”第2行B列（种类）：户内码只给房屋。"
    ]


async def test_what_was_interrupted_is_made_whole_by_doing_it_again(sqlite_db, monkeypatch):
    rows = tuple((f"1506030019011001-b0{n % 2 + 1}", f"u{n}", f"{n}单元") for n in range(1, 9))
    file = a_workbook(WHOLE | {"单元": (("所在楼栋", "编号", "名称"), *rows)})
    monkeypatch.setattr("server.base.revision.LOT", 3)

    def stop(what: str, count: int) -> None:
        raise asyncio.CancelledError  # as good as dead: nothing after this lot is written

    with pytest.raises(asyncio.CancelledError):
        await workbook.write(await checked(file), told=stop)
    assert await database.fetch_value("SELECT count(*) AS n FROM place") == 3
    await brought_in(file)
    resumed = await content()
    assert (len(resumed["place"]), len(resumed["duty"])) == (15, 2)
    assert (await brought_in(file)).nothing


def outlines(crs: str = "wgs84", **more: object) -> bytes:
    def corner(lng: float, lat: float) -> list[float]:
        point = wgs84_to_gcj02(Point(lng, lat)) if crs == "gcj02" else Point(lng, lat)
        return [point.lng, point.lat]

    features = []
    for code, (lng, lat) in SQUARES.items():
        ring = [(lng, lat), (lng + 0.01, lat), (lng + 0.01, lat + 0.01), (lng, lat + 0.01)]
        shape = {"type": "Polygon", "coordinates": [[corner(*one) for one in [*ring, ring[0]]]]}
        said = {"编码": code, "名称": "第一网格", "类型": "基础网格", "户数": 400} | more
        features.append({"type": "Feature", "properties": said, "geometry": shape})
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


async def test_outlines_come_from_geojson_as_chinese_maps_draw_them(sqlite_db):
    await brought_in(a_workbook({"区划": GROUND["区划"]}))
    found = await checked(outlines("gcj02"), crs="gcj02")
    assert (told(found), found.notes) == ([], [])
    await workbook.write(found)
    rows = await database.fetch("SELECT outline, households FROM grid ORDER BY code")
    assert rows[0]["outline"][0] == pytest.approx([109.78, 39.6], abs=1e-6)
    assert rows[0]["households"] == 400
    grid = await places.at(Point(109.795, 39.605))
    assert grid.path.endswith("/g1002/")


async def test_outlines_alone_may_be_given_to_grids_that_stand(sqlite_db):
    await a_town()
    bare = json.loads(outlines())
    for feature in bare["features"]:
        feature["properties"] = {"code": feature["properties"]["编码"]}
    found = await checked(json.dumps(bare).encode())
    assert told(found) == []
    assert (await workbook.write(found)).new["places"] == 0


async def test_a_ring_that_crosses_itself_is_refused_with_where(sqlite_db):
    await brought_in(a_workbook({"区划": GROUND["区划"]}))
    crossing = json.loads(outlines())
    ring = crossing["features"][1]["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]
    found = told(await checked(json.dumps(crossing).encode(), whole=False))
    assert found == [
        "“网格”第2行（边界）：边界自己和自己相交，在109.795,39.605附近。"
        "请按顺序沿边走一圈，不要交叉。"
    ]


async def test_overlaps_gaps_and_sizes_are_listed(sqlite_db):
    wide = "109.785,39.6 109.8,39.6 109.8,39.61 109.785,39.61"
    more = ("1506030019011002", "第二网格", "基础网格", "120", wide)
    found = await checked(a_workbook(GROUND | {"网格": (*GRIDS, more)}))
    assert found.findings == []
    assert [note[:4] for note in found.notes] == ["网格户数", "网格重叠"]
    assert "1506030019011001和1506030019011002重叠约4" in found.notes[1]


async def test_land_that_grids_close_in_and_nobody_has_is_listed(sqlite_db):
    horseshoe = (
        "109.78,39.6 109.79,39.6 109.79,39.61 109.788,39.61 109.788,39.602 109.782,39.602"
        " 109.782,39.61 109.78,39.61"
    )
    lid = "109.78,39.61 109.79,39.61 109.79,39.62 109.78,39.62"
    grids = (
        GRIDS[0],
        ("1506030019011001", "第一网格", "基础网格", "420", horseshoe),
        ("1506030019011002", "第二网格", "基础网格", "420", lid),
    )
    found = await checked(a_workbook(GROUND | {"网格": grids}))
    assert [note.partition("约")[0] for note in found.notes] == ["网格空白：网格之间有一块空白"]


@pytest.mark.parametrize("rings", [[], [[]], [[[]]], [7], [["109.78", "39.6"]]])
async def test_rings_that_are_none_are_refused_one_by_one(sqlite_db, rings):
    await brought_in(a_workbook({"区划": GROUND["区划"]}))
    spoilt = json.loads(outlines())
    spoilt["features"][1]["geometry"]["coordinates"] = rings
    (said,) = told(await checked(json.dumps(spoilt).encode(), whole=False))
    assert said.startswith("“网格”第2行（边界）：边界")


async def test_wrong_outlines_come_back_as_they_were_measured(sqlite_db):
    found = await checked(outlines("gcj02"), crs="gcj02")
    corner = json.loads(outlines("gcj02"))["features"][0]["geometry"]["coordinates"][0][0]
    assert told(found)
    assert ",".join(map(repr, corner)) in words_of(found.draft.sent)


async def test_a_grid_without_anything_comes_back_as_a_wrong_row(sqlite_db):
    found = await checked(b'{"features": [{}, {"properties": {"code": 7}}]}')
    assert [said[:16] for said in told(found)[:2]] == [
        "“网格”第1行（编码）：没有网格",
        "“网格”第1行（边界）：边界要是",
    ]
    assert "没有网格编码" in words_of(found.draft.sent)


@pytest.mark.parametrize("content", [b"{", b'{"features": 3}', b'{"features": []}', b"{" * 9_999])
def test_what_is_no_geojson_is_refused(content):
    with pytest.raises(NotOutlines):
        workbook.open_file(content)


SPOTS = (
    ("类型", "所在位置", "编号", "名称"),
    ("经营门面", "1506030019011001", "m01", "焖面馆"),
    ("经营门面", "1506030019011001", "m02", "烤红薯摊"),
)
SHOPS = (
    ("位置", "类别", "名称", "行业", "统一社会信用代码", "门前三包", "签字日期"),
    (
        "1506030019011001-m01",
        "店铺",
        "焖面馆",
        "餐饮",
        "92159999MA0000015T",
        "包秩序、包卫生",
        "2026-05-01",
    ),
    ("1506030019011001-m02", "摊位", "烤红薯摊", "食品果蔬", None, None, None),
)


async def test_merchants_come_with_the_file_and_the_same_file_again_changes_nothing(sqlite_db):
    file = a_workbook(GROUND | {"设施门面": SPOTS, "商户": SHOPS})
    await brought_in(file)
    assert (await brought_in(file)).nothing
    kept = {row["name"]: row for row in await merchants.merchants_now()}
    assert kept["焖面馆"]["duties"] == ["hygiene", "order"]
    assert kept["烤红薯摊"]["uscc"] is None
    renamed = changed(SHOPS, 1, 2, "大焖面馆")
    assert (await brought_in(a_workbook({"商户": renamed}))).changed["merchants"] == 1
    assert {row["name"] for row in await merchants.merchants_now()} == {"大焖面馆", "烤红薯摊"}


@pytest.mark.parametrize(
    ("row", "column", "value", "where", "why"),
    [
        (1, 4, "92159999MA0000015X", "“商户”第2行E列（统一社会信用代码）", "最后一位对不上"),
        (1, 4, None, "“商户”第2行E列（统一社会信用代码）", "店铺要填"),
        (2, 4, "92159999MA0000015T", "“商户”第3行E列（统一社会信用代码）", "已经登记在"),
        (1, 0, "1506030019011001-b01", "“商户”第2行A列（位置）", "这里要填经营门面"),
        (1, 0, "1506030019011001-m09", "“商户”第2行A列（位置）", "没有"),
        (1, 3, "挖矿", "“商户”第2行D列（行业）", "不在可选的里面"),
        (1, 5, "包人", "“商户”第2行F列（门前三包）", "不在可选的里面"),
        (1, 6, None, "“商户”第2行G列（签字日期）", "也要填"),
        (2, 6, "2026-05-01", "“商户”第3行F列（门前三包）", "签了哪几项"),
    ],
)
async def test_of_a_merchant_every_wrong_cell_is_named(sqlite_db, row, column, value, where, why):
    shops = changed(SHOPS, row, column, value)
    file = a_workbook(GROUND | {"设施门面": SPOTS, "商户": shops})
    found = told(await checked(file, whole=False))
    assert [said for said in found if said.startswith(where) and why in said]


async def test_a_sheet_without_the_column_of_numbers_speaks_of_the_first_post(sqlite_db):
    posts = tuple((*row[:3], *row[4:]) for row in POST)
    hours = tuple((*row[:3], *row[4:]) for row in STAFF["值班"])
    written = await brought_in(a_workbook(WHOLE | {"岗位": posts, "值班": hours}))
    assert written.new["posts"] == 1
    assert await database.fetch_value("SELECT count(*) AS n FROM duty") == 2


async def test_codes_of_a_file_are_a_batch_of_their_community_and_more_join_it(sqlite_db):
    signs = (("位置", "种类", "批次"), ("1506030019011001-b01", "室外码", "第一批"))
    await brought_in(a_workbook(GROUND | {"码": signs}))
    more = (*signs, ("1506030019011001-b02", "室外码", "第一批"))
    await brought_in(a_workbook({"码": more}))
    (batch,) = await codes.every_batch()
    assert (batch.name, batch.count, batch.place) == ("第一批", 2, "湖畔社区")


async def test_the_holidays_of_a_new_year_are_entered_and_the_clocks_know_them(sqlite_db):
    days = (
        ("日期", "上班", "节日"),
        ("2031-01-01", "否", "元旦"),
        ("2031年1月4日", "是", "元旦"),
    )
    written = await brought_in(a_workbook({"节假日": days}))
    assert written.new["holidays"] == 2
    calendar = await org.calendar()
    assert [calendar.days[date(2031, 1, day)] for day in (1, 4)] == [False, True]
    assert await database.fetch("SELECT year FROM calendar_year") == [{"year": 2031}]
    again = changed(days, 2, 1, "否")
    assert (await brought_in(a_workbook({"节假日": again}))).changed["holidays"] == 1
