"""Credit codes, what is typed, how many of twelve points a merchant has: no database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from server.base.errors import Invalid
from server.merchants import Lost, band, returns_on, score, uscc_trouble
from server.merchants.checking import checked
from server.merchants.rules import tidy_uscc
from tests.merchants.conftest import written

TOWN = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=TOWN)


def lost(points: int, at: datetime = NOON, *, reversed_at: datetime | None = None) -> Lost:
    return Lost(points, at, returns_on(at), reversed_at)


@pytest.mark.parametrize(
    "code",
    ["91330100799655058B", "9144030071526726XG", "91110000802100433B", "914403001922038216"],
)
def test_a_real_credit_code_checks(code: str) -> None:
    assert uscc_trouble(code) is None


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("9133010079965505B", "现在是17位"),
        ("91330100799655058C", "最后一位对不上"),
        ("91330100799655059B", "第9到17位对不上"),
        ("91330100799655O58B", "没有I、O、S、V、Z"),
        ("9133O100799655058B", "第3到8位是数字"),
        ("９１330100799655058B", "只有数字和大写字母"),
    ],
)
def test_of_a_wrong_code_it_is_said_what_is_wrong(code: str, why: str) -> None:
    assert why in (uscc_trouble(code) or "")


def test_every_wrong_last_character_is_noticed() -> None:
    wrong = [f"91330100799655058{last}" for last in "0123456789ACDEFGHJKLMNPQRTUWXY"]
    assert None not in [uscc_trouble(code) for code in wrong]


def test_a_code_is_kept_without_spaces_in_capitals() -> None:
    assert tidy_uscc(" 9133 0100 7996 5505 8b ") == "91330100799655058B"


@pytest.mark.parametrize(
    ("points", "word"),
    [(12, "good"), (10, "good"), (9, "fair"), (7, "fair"), (6, "poor"), (0, "poor")],
)
def test_points_come_to_a_word(points: int, word: str) -> None:
    assert band(points) == word


def test_who_lost_nothing_has_twelve() -> None:
    assert score((), NOON) == 12


def test_points_are_missing_from_the_moment_of_the_decision() -> None:
    assert [score([lost(2)], NOON + timedelta(seconds=s)) for s in (-1, 0)] == [12, 10]


def test_nobody_has_fewer_than_none() -> None:
    assert score([lost(9), lost(9)], NOON) == 0


def test_points_come_back_when_the_towns_next_month_begins() -> None:
    first = datetime(2026, 12, 1, tzinfo=TOWN)
    assert [score([lost(3)], first - timedelta(seconds=1)), score([lost(3)], first)] == [9, 12]


def test_the_month_is_the_towns_and_not_of_greenwich() -> None:
    last_evening = datetime(2026, 11, 30, 15, 59, tzinfo=UTC)  # a minute before midnight here
    assert returns_on(last_evening) == date(2026, 12, 1)
    assert returns_on(last_evening + timedelta(minutes=1)) == date(2027, 1, 1)


def test_what_was_reversed_counts_until_then_and_never_again() -> None:
    wrongly = lost(3, reversed_at=NOON + timedelta(hours=1))
    assert [score([wrongly], NOON + timedelta(hours=h)) for h in (0, 1, 2)] == [9, 12, 12]


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"kind": "", "name": " ", "trade": "gold"}, ["kind", "trade", "name"]),
        ({"uscc": ""}, ["uscc"]),
        ({"uscc": "91330100799655058C"}, ["uscc"]),
        ({"phone": "打给老板"}, ["phone"]),
        ({"phone": "( - ) -"}, ["phone"]),
        ({"name": "店" * 61, "license_short": "1" * 21}, ["name", "license_short"]),
        ({"signed_on": ""}, ["signed_on"]),
        ({"duties": ()}, ["duties"]),
        ({"duties": ("money",), "signed_on": "昨天"}, ["duties", "signed_on"]),
        ({"signed_on": "2999-01-01"}, ["signed_on"]),
    ],
)
def test_every_wrong_field_is_named(typed, fields):
    with pytest.raises(Invalid) as wrong:
        checked(written(**typed), NOON)
    assert [one.field for one in wrong.value.fields] == fields
