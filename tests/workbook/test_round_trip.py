"""A whole town in a workbook, and from there into an empty database: the same town."""

import shutil
from datetime import timedelta

import pytest

from server import codes, demo, org, people, rosters, workbook
from server.base import clock, database
from server.codes.tokens import token_of
from server.org import DutyHours
from server.workbook import make_template
from server.workbook.sheets import SHEETS
from tests.desk import asked
from tests.makers import a_town, a_viewer
from tests.photos.plain import plain_studio
from tests.workbook.contents import content, counts, digest
from tests.workbook.files import GROUND, a_workbook, brought_in, checked, told

PRINTED, NOWHERE = token_of(2**100 + 1), token_of(2**100 + 2)


async def exported() -> bytes:
    return workbook.make_template((await workbook.survey()).rows)


async def names_at(token: str) -> tuple[str, list[str]]:
    """The place a scan finds, and who is shown there."""
    card = await codes.read(token)
    return card.ground.full_name, [one.name for one in await org.contacts(card.ground, clock.now())]


@pytest.fixture
async def demo_town(db, a_sqlite_template, tmp_path):
    """The demo town in a workbook and in words; then an empty database is open."""
    await database.close()
    shutil.copy(a_sqlite_template, tmp_path / "demo.db")
    await database.open(f"sqlite://{tmp_path}/demo.db")
    async with plain_studio():
        loaded = await demo.load("S", clock.now())
    file, before = await exported(), await content()
    scanned = await names_at(loaded.demo_token)
    await database.close()
    await database.open(db)
    return file, before, loaded.demo_token, scanned


async def test_a_town_goes_through_the_workbook_unchanged(demo_town):
    file, before, token, scanned = demo_town
    found = await checked(file)
    assert told(found) == []
    await workbook.write(found)
    after = await content()
    assert counts(after) == counts(before)
    assert digest(after) == digest(before)
    assert await names_at(token) == scanned


async def said_of(token: str) -> tuple[str, dict]:
    """What a scan of a retired sign says."""
    with pytest.raises(codes.CodeRetired) as retired:
        await codes.read(token)
    return retired.value.detail, retired.value.values


async def test_a_retired_sign_still_says_so_and_leads_on_in_another_town(
    sqlite_db, a_sqlite_template, tmp_path
):
    await a_town()
    first, second = [row["token"] for row in (await codes.signs_now())[:2]]
    doer = codes.Doer(operator="operator wang")
    successor = await codes.replace_code(first, "damaged", doer=doer)
    await codes.retire(second, "closed", doer=doer)
    file, said = await exported(), [await said_of(token) for token in (first, second)]
    await database.close()
    shutil.copy(a_sqlite_template, tmp_path / "elsewhere.db")
    await database.open(f"sqlite://{tmp_path}/elsewhere.db")

    await brought_in(file)

    assert [await said_of(token) for token in (first, second)] == said
    assert said[0][1]["successor_token"] == successor
    assert (await brought_in(file)).nothing


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"停用原因": "牌子坏了"}, "停用的牌子要填停用日期"),
        ({"停用日期": "2026-05-01", "口令": None}, "口令也要填"),
        ({"停用日期": "2026-05-01", "接替口令": NOWHERE}, "没有口令是这个的牌子"),
        ({"停用日期": "2026-05-01", "接替口令": PRINTED}, "接替它的是另一块牌子"),
    ],
)
async def test_what_is_said_of_the_end_of_a_sign_has_to_fit(sqlite_db, cells, why):
    row = {"位置": "1506030019011001-b01", "种类": "室外码", "口令": PRINTED} | cells
    file = a_workbook(GROUND | {"码": (tuple(row), tuple(row.values()))})
    (wrong,) = told(await checked(file))
    assert why in wrong


async def test_a_workbook_takes_down_no_sign_that_is_in_use(sqlite_db):
    town = await a_town()
    stand = (await workbook.survey()).rows["codes"]
    (place,) = [place for place, _, token in stand if token == town.token]
    signs = (("位置", "种类", "口令", "停用日期"), (place, "室外码", town.token, "2026-05-01"))
    (wrong,) = told(await checked(a_workbook({"码": signs})))
    assert "表格改不了" in wrong


async def odd_hours(town) -> None:
    """Weekdays nobody lists, over midnight; and a leave that began at no whole minute."""
    boss = await a_viewer(town, "community_secretary")
    night = DutyHours("135", "22:00", "06:00")
    await rosters.set_hours(town.posts["grid_worker"], [night], by=boss, asked=asked())
    worker = await a_viewer(town, "grid_worker")
    ends = clock.now() + timedelta(days=3)
    await rosters.take_leave(None, ends, boss.account_id, by=worker, asked=asked())


async def test_the_same_file_twice_changes_nothing(sqlite_db):
    town = await a_town()
    await odd_hours(town)
    file, before = await exported(), await content()
    again = await brought_in(file)
    assert again.nothing
    assert await content() == before


async def test_a_unit_of_a_kind_of_its_own_goes_out_as_it_is(sqlite_db):
    await a_town()
    roster = org.Roster(since=clock.now())
    roster.unit("hotline", "12345热线")
    roster.unit("bank", "农行网点")
    await org.enrol(roster)
    found = await checked(await exported())
    (wrong,) = told(found)
    assert "“bank”不在可选的里面" in wrong


async def test_no_administrator_and_no_password_leaves_the_house(sqlite_db):
    await a_town()
    account = await people.add_staff("admin", "a long demo password", "王敏")
    roster = org.Roster(since=clock.now())
    post = roster.post("sys_admin", roster.unit("platform", "本平台"), "")
    roster.held_by(post, account)
    await org.enrol(roster)
    rows = (await workbook.survey()).rows
    assert rows["staff"]["admin",] == {"login": "admin", "name": "王敏"}
    assert "sys_admin" not in {values["role"] for values in rows["posts"].values()}
    assert "platform" not in {values["kind"] for values in rows["units"].values()}


def test_no_list_of_choices_is_longer_than_excel_takes():
    lists = [column.kind.choices for sheet in SHEETS for column in sheet.columns]
    assert max(len(",".join(choices)) for choices in lists) <= 255


def test_the_empty_template_has_nothing_wrong_in_it():
    sent = workbook.open_file(make_template())
    assert sent.lines == {key: [] for key in sent.lines}
    assert (sent.broken, sent.notes) == ([], [])
