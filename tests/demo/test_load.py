"""The demo town as it is loaded: how much of everything, the same every time, whole and marked."""

import re
from datetime import UTC, datetime

import pytest

from server import cases, catalogue, codes, demo, merchants, org, people, places, views
from server.base import database, seal
from server.base.viewer import Viewer
from server.cases.owners import routing
from tests import laid_out
from tests.photos.plain import plain_studio

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
SMALL = {
    "streets": 1,
    "communities": 2,
    "grids": 6,
    "estates": 2,
    "buildings": 12,
    "rooms": 360,
    "persons": 900,
    "premises": 20,
    "staff": 14,
    "codes": 448,
    "merchants": 20,
    "cases": 120,
    "inspections": 8,
    "praises": 8,
    "conversations": 2,
    "bulletins": 2,
    "stations": 2,
}
MEDIUM = {
    "streets": 4,
    "communities": 8,
    "grids": 60,
    "estates": 16,
    "buildings": 224,
    "rooms": 19_432,
    "persons": 31_696,
    "premises": 600,
    "staff": 152,
    "codes": 20_000,
    "merchants": 600,
    "cases": 3_000,
    "inspections": 8,
    "praises": 8,
    "conversations": 2,
    "bulletins": 2,
    "stations": 2,
}
TABLES = {
    "rooms": "room",
    "persons": "resident",
    "codes": "code",
    "merchants": "merchant",
    "cases": "cases WHERE flow = 'report'",
    "inspections": "cases WHERE flow = 'merchant_inspection'",
    "praises": "praise",
    "conversations": "conversation",
    "bulletins": "bulletin",
    "stations": "station",
    "grids": "grid",
    "estates": "estate",
    "buildings": "building",
}


async def load(size: str, now: datetime) -> demo.Loaded:
    """As `mashang demo` does, photos in memory."""
    async with plain_studio():
        return await demo.load(size, now)


async def loaded_now() -> demo.Loaded:
    """The small town, loaded by one test and laid out for the others."""
    return await laid_out.again(_loaded)


async def _loaded() -> demo.Loaded:
    return await load("S", NOW)


async def viewer_of(persona: str) -> Viewer:
    signed_in = await people.sign_in_demo(persona)
    posts = await org.posts_of(signed_in.account_id, NOW)
    return Viewer(signed_in.account_id, signed_in.name, posts)


async def counted() -> dict[str, int]:
    return {
        name: await database.fetch_value(f"SELECT count(*) AS n FROM {table}")
        for name, table in TABLES.items()
    }


async def test_the_small_town_has_what_it_says(db):
    loaded = await loaded_now()
    assert loaded.counts == SMALL
    assert await counted() == {name: SMALL[name] for name in TABLES}


async def test_an_empty_database_is_empty_and_a_loaded_one_is_not(db):
    assert await demo.is_empty()
    await loaded_now()
    assert not await demo.is_empty()


async def test_every_history_is_lawful_and_whole(db):
    await loaded_now()
    assert await cases.check_cases() == []


async def test_the_demo_code_hangs_at_the_entrance_of_the_story(db):
    loaded = await loaded_now()
    card = await codes.read(loaded.demo_token)
    assert card.ground.full_name == "演示·云锦苑小区1号楼1单元"
    shown = [one.name for one in await org.contacts(card.ground, NOW)]
    assert shown == ["演示-巴特尔", "演示-高警官", "演示-刘经理"]


async def test_the_same_size_is_the_same_town(sqlite_db, tmp_path):
    first = await load("S", NOW)
    sql = "SELECT id, path FROM place ORDER BY path"
    before = await database.fetch(sql), await database.fetch("SELECT token, short FROM code")
    await database.close()
    await database.open(f"sqlite://{tmp_path}/again.db")
    await database.migrate()
    again = await load("S", NOW)
    after = await database.fetch(sql), await database.fetch("SELECT token, short FROM code")
    assert (before, first.demo_token) == (after, again.demo_token)


async def test_there_is_a_persona_for_everybody_in_the_main_job(db):
    await loaded_now()
    assert [one.key for one in await people.personas()] == [
        "resident",
        "neighbour",
        "grid_worker",
        "grid_police",
        "property_manager",
        "property_staff",
        "community_worker",
        "community_secretary",
        "street_dispatcher",
        "grid_leader",
        "heating",
        "municipal",
        "merchant",
    ]


@pytest.mark.parametrize(
    ("persona", "states"),
    [
        ("grid_worker", {"submitted", "accepted", "handling"}),
        ("property_manager", {"dispatched", "handling"}),
        ("street_dispatcher", {"dispute", "handling"}),
        ("grid_police", {"dispatched"}),
        ("community_worker", {"submitted", "dispatched"}),
        ("grid_leader", {"accepted"}),
        ("heating", {"dispatched", "handling"}),
        ("municipal", {"dispatched", "handling"}),
    ],
)
async def test_every_persona_has_something_to_do_at_each_of_its_stages(sqlite_db, persona, states):
    await loaded_now()
    waiting = await cases.list_todo(await viewer_of(persona))
    assert states <= {case.state for case in waiting.items}


async def test_shops_stand_in_every_band_and_one_has_something_to_put_right(sqlite_db):
    await loaded_now()
    keeper = await viewer_of("merchant")
    [own] = await merchants.owned_by(keeper)
    past = await merchants.past_at(own, keeper)
    found = (*await merchants.open_at(own, keeper), *past.items)
    assert [case.state for case in found] == ["notified", "settled"]
    page = await views.case_page(found[1].number, keeper)
    seen = [page.photos, *(line.photos for line in page.timeline if line.move == "rectify")]
    assert [len(photos) for photos in seen] == [1, 1]
    rows = await database.fetch("SELECT id FROM merchant")
    bands = [one.band for one in (await merchants.scores_of((r["id"] for r in rows), NOW)).values()]
    assert {band: bands.count(band) for band in bands} == {"good": 17, "fair": 2, "poor": 1}
    assert [
        case.state
        for case in (await merchants.open_inspections(await viewer_of("street_dispatcher"))).items
    ].count("appealed") == 1


async def test_the_resident_has_one_to_judge_one_under_way_and_one_done(sqlite_db):
    await loaded_now()
    mine = await cases.list_mine(await viewer_of("resident"))
    assert {case.state for case in mine.items} == {"resolved", "handling", "closed"}


async def test_nothing_in_a_small_town_is_without_an_owner(sqlite_db):
    await loaded_now()
    grounds = await places.places_under("150600/", "grid")
    owners = [
        await routing.catalogue_owner(key, ground, routing.About(), NOW)
        for ground in grounds
        for key in await catalogue.categories()
    ]
    assert {bool(owner.post_id or owner.unit_id) for owner in owners} == {True}


async def test_everybody_and_every_place_below_the_street_is_marked(sqlite_db):
    await loaded_now()
    unmarked = await database.fetch("SELECT name FROM account WHERE kind = 'staff'")
    assert [row for row in unmarked if not row["name"].startswith("演示-")] == []
    made_up = await database.fetch(
        "SELECT name FROM place WHERE kind IN ('estate', 'premises')"
        " OR (kind = 'division' AND length(path) > 30)"
    )
    assert [row for row in made_up if not row["name"].startswith("演示·")] == []


async def test_no_resident_can_be_anybody(sqlite_db):
    await loaded_now()
    rows = await database.fetch("SELECT id, name_sealed, id_no_sealed, phone_sealed FROM resident")
    names = [opened(row, "name_sealed") for row in rows]
    numbers = [opened(row, "id_no_sealed") for row in rows]
    phones = [opened(row, "phone_sealed") for row in rows if row["phone_sealed"]]
    assert {name[:3] for name in names} == {"演示-"}
    assert {number[:6] for number in numbers} == {"159999"}
    assert all(people.valid_id_no(number) for number in numbers)
    assert all(re.fullmatch(r"1600000\d{4}", phone) for phone in phones)


def opened(row: dict, column: str) -> str:
    return seal.open(row[column], aad=f"resident:{column}:{row['id']}")


async def test_two_in_a_hundred_are_linked_to_no_room(sqlite_db):
    await loaded_now()
    linked = await database.fetch_value("SELECT count(DISTINCT resident_id) AS n FROM occupancy")
    assert linked == 900 - 6 * 3


async def test_nobody_lives_in_a_vacant_room(sqlite_db):
    await loaded_now()
    sql = "SELECT count(*) AS n FROM occupancy o JOIN room r ON r.id = o.room_id WHERE r.vacant"
    assert await database.fetch_value(sql) == 0


async def test_at_whatever_hour_it_is_loaded_the_histories_are_lawful(sqlite_db):
    await load("S", datetime(2026, 2, 17, 19, 5, tzinfo=UTC))  # Night, the Spring Festival.
    assert await cases.check_cases() == []


async def test_the_default_town_is_as_large_as_promised(sqlite_db):
    loaded = await load("M", NOW)
    assert loaded.counts == MEDIUM
    assert await counted() == {name: MEDIUM[name] for name in TABLES}
    assert await cases.check_cases() == []
    await the_mix_is_believable()


async def the_mix_is_believable() -> None:
    """Most closed, some late, some sent back, some argued about, none hung."""
    rows = await database.fetch("SELECT state, count(*) AS n FROM cases GROUP BY state")
    by_state = {row["state"]: row["n"] for row in rows}
    late = await database.fetch_value(
        "SELECT count(*) AS n FROM cases WHERE live AND resolve_by < $1"
        " AND state NOT IN ('resolved')",
        NOW,
    )
    sql = "SELECT count(DISTINCT case_id) AS n FROM case_event WHERE move = $1"
    assert by_state["closed"] >= 2_100
    assert "hung" not in by_state
    assert {"submitted", "accepted", "dispatched", "dispute", "handling", "resolved"} <= set(
        by_state
    )
    assert 100 <= late <= 250
    assert 200 <= await database.fetch_value(sql, "reopen") <= 300
    assert 100 <= await database.fetch_value(sql, "return") <= 160
