"""Place × category × time: the rules on plain values, and the defaults a town starts with."""

from datetime import date
from uuid import uuid4

import pytest

from server import org
from server.base.spans import parse
from server.catalogue import actions, defaults, rules
from server.catalogue.rules import Rule, choose, shown_at
from server.places import Ground

SUMMER, WINTER = date(2026, 7, 1), date(2026, 12, 1)
CATEGORIES = {row["key"]: row for row in actions.category_rows()}
RULES = [Rule(**row) for row in actions.rule_rows()]


def a_ground(kind: str, *, inside: bool) -> Ground:
    return Ground(uuid4(), kind, "", "", "1/", None, uuid4() if inside else None, None, ())


def owner(category: str, *, inside: bool = True, at: str = "10:00") -> str:
    return choose([rule for rule in RULES if rule.category_key == category], inside, at)


@pytest.mark.parametrize(
    ("category", "inside", "outside"),
    [
        ("P01", "property_firm", "community"),
        ("P06", "community", "community"),
        ("P08", "heating", "heating"),
        ("E01", "property_firm", "sanitation"),
        ("F01", "property_firm", "municipal"),
        ("K01", "property_firm", "traffic"),
        ("S01", "grid_police", "grid_police"),
        ("C04", "community_secretary", "community_secretary"),
        ("Z99", "grid_worker", "grid_worker"),
    ],
)
def test_the_owner_differs_inside_an_estate_and_outside(category, inside, outside):
    assert (owner(category), owner(category, inside=False)) == (inside, outside)


@pytest.mark.parametrize(
    ("at", "role"),
    [
        ("21:59", "urban_management"),
        ("22:00", "grid_police"),
        ("03:00", "grid_police"),
        ("06:00", "urban_management"),
    ],
)
def test_noise_in_the_street_is_the_police_s_by_night(at, role):
    assert owner("N02", at=at) == role


def test_what_no_rule_fits_is_the_street_dispatcher_s():
    assert choose([], True, "10:00") == "street_dispatcher"


def test_an_estate_without_a_firm_is_its_community_s_then_the_street_s():
    assert rules.roles_in_turn("property_firm") == (
        "property_firm",
        "community",
        "street_dispatcher",
    )


def test_every_category_has_an_owner_and_every_owner_a_role():
    assert set(CATEGORIES) == set(defaults.OWNERS)
    assert {rule.owner for rule in RULES} <= set(org.ROLE_TITLES)


def test_every_clock_can_be_read():
    spans = [row[clock] for row in CATEGORIES.values() for clock in ("respond", "resolve")]
    assert len([parse(span) for span in spans]) == 2 * len(CATEGORIES) == 76


def test_direct_are_the_firm_s_daily_matters_and_everything_urgent():
    urgent = {key for key, row in CATEGORIES.items() if row["urgent"]}
    direct = {key for key, row in CATEGORIES.items() if row["direct"]}
    daily = {"P01", "P02", "P03", "P04", "P05", "P08", "P09", "E01", "F04", "S03"}
    assert direct == daily | urgent


def test_what_concerns_persons_and_homes_is_never_listed():
    hidden = {key for key, row in CATEGORIES.items() if not row["public"]}
    assert hidden == {
        "S01", "S02", "S03", "S04", "S05", "S06", "N01", "P06", "P07", "C01", "C02", "C03", "C04",
    }  # fmt: skip


def test_complaints_about_firms_shops_and_people_hide_the_raiser():
    concealed = {key for key, row in CATEGORIES.items() if row["conceal"]}
    assert concealed == {"P06", "P07", "S02", "S05", "N01", "M01", "M02", "M03", "C04"}


@pytest.mark.parametrize("key", ["C01", "C02", "C03", "C04", "P06", "P07", "S02", "N01", "P08"])
def test_a_photo_is_never_asked_of_homes_persons_and_fees(key):
    assert CATEGORIES[key]["evidence"] in ("text", "call")


def test_values_fit_their_columns():
    assert not [key for key, row in CATEGORIES.items() if len(row["title"]) > 30]
    assert {row["covers"] for row in CATEGORIES.values()} == {
        "spot", "entrance", "building", "estate",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["room", "entrance", "building", "estate", "facility", "premises"])
@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("today", [SUMMER, WINTER])
def test_at_most_eight_kinds_are_shown_first_and_all_exist(kind, inside, today):
    keys = shown_at(a_ground(kind, inside=inside), today)
    assert 6 <= len(keys) <= 8
    assert set(keys) <= set(CATEGORIES)


def test_snow_and_cold_rooms_are_offered_in_winter_only():
    room = a_ground("room", inside=True)
    assert "P08" in shown_at(room, WINTER)
    assert "P08" not in shown_at(room, SUMMER)


def test_urgent_kinds_lead():
    assert shown_at(a_ground("entrance", inside=True), SUMMER)[:2] == ["P01", "P09"]
