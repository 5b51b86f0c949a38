"""The demo town as it is loaded: how much of everything, the same every time, whole and marked."""

import re
from datetime import UTC, datetime

import pytest

from server import cases, catalogue, codes, demo, org, people, places
from server.base import database, seal
from server.base.viewer import Viewer
from server.cases.owners import routing

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
    "codes": 446,
    "cases": 120,
    "praises": 8,
    "conversations": 2,
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
    "cases": 3_000,
    "praises": 8,
    "conversations": 2,
}
TABLES = {
    "rooms": "room",
    "persons": "resident",
    "codes": "code",
    "cases": "cases",
    "praises": "praise",
    "conversations": "conversation",
    "grids": "grid",
    "estates": "estate",
    "buildings": "building",
}


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
    loaded = await demo.load("S", NOW)
    assert loaded.counts == SMALL
    assert await counted() == {name: SMALL[name] for name in TABLES}


async def test_an_empty_database_is_empty_and_a_loaded_one_is_not(db):
    assert await demo.is_empty()
    await demo.load("S", NOW)
    assert not await demo.is_empty()


async def test_every_history_is_lawful_and_whole(db):
    await demo.load("S", NOW)
    assert await cases.check_cases() == []


async def test_the_demo_code_hangs_at_the_entrance_of_the_story(db):
    loaded = await demo.load("S", NOW)
    card = await codes.read(loaded.demo_token)
    assert card.ground.full_name == "演示·云锦苑小区1号楼1单元"
    shown = [one.name for one in await org.contacts(card.ground, NOW)]
    assert shown == ["演示-巴特尔", "演示-高警官", "演示-刘经理"]


async def test_the_same_size_is_the_same_town(sqlite_db, tmp_path):
    first = await demo.load("S", NOW)
    sql = "SELECT id, path FROM place ORDER BY path"
    before = await database.fetch(sql), await database.fetch("SELECT token, short FROM code")
    await database.close()
    await database.open(f"sqlite://{tmp_path}/again.db")
    await database.migrate()
    again = await demo.load("S", NOW)
    after = await database.fetch(sql), await database.fetch("SELECT token, short FROM code")
    assert (before, first.demo_token) == (after, again.demo_token)


async def test_there_is_a_persona_for_everybody_in_the_main_job(db):
    await demo.load("S", NOW)
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
    await demo.load("S", NOW)
    waiting = await cases.list_todo(await viewer_of(persona))
    assert states <= {case.state for case in waiting.items}


async def test_the_resident_has_one_to_judge_one_under_way_and_one_done(sqlite_db):
    await demo.load("S", NOW)
    mine = await cases.list_mine(await viewer_of("resident"))
    assert {case.state for case in mine.items} == {"resolved", "handling", "closed"}


async def test_nothing_in_a_small_town_is_without_an_owner(sqlite_db):
    await demo.load("S", NOW)
    grounds = await places.places_under("150600/", "grid")
    owners = [
        await routing.catalogue_owner(key, ground, routing.About(), NOW)
        for ground in grounds
        for key in await catalogue.categories()
    ]
    assert {bool(owner.post_id or owner.unit_id) for owner in owners} == {True}


async def test_everybody_and_every_place_below_the_street_is_marked(sqlite_db):
    await demo.load("S", NOW)
    unmarked = await database.fetch("SELECT name FROM account WHERE kind = 'staff'")
    assert [row for row in unmarked if not row["name"].startswith("演示-")] == []
    made_up = await database.fetch(
        "SELECT name FROM place WHERE kind IN ('estate', 'premises')"
        " OR (kind = 'division' AND length(path) > 30)"
    )
    assert [row for row in made_up if not row["name"].startswith("演示·")] == []


async def test_no_resident_can_be_anybody(sqlite_db):
    await demo.load("S", NOW)
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
    await demo.load("S", NOW)
    linked = await database.fetch_value("SELECT count(DISTINCT resident_id) AS n FROM occupancy")
    assert linked == 900 - 6 * 3


async def test_nobody_lives_in_a_vacant_room(sqlite_db):
    await demo.load("S", NOW)
    sql = "SELECT count(*) AS n FROM occupancy o JOIN room r ON r.id = o.room_id WHERE r.vacant"
    assert await database.fetch_value(sql) == 0


async def test_at_whatever_hour_it_is_loaded_the_histories_are_lawful(sqlite_db):
    await demo.load("S", datetime(2026, 2, 17, 19, 5, tzinfo=UTC))  # Night, the Spring Festival.
    assert await cases.check_cases() == []


async def test_the_default_town_is_as_large_as_promised(sqlite_db):
    loaded = await demo.load("M", NOW)
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
