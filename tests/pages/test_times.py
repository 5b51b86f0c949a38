"""Times read the way people say them, on the town's clock: it is Monday 23 November, 10:20."""

from datetime import UTC, timedelta

import pytest

from server.pages import times
from tests.pages.samples import NOON, at


@pytest.mark.parametrize(
    ("instant", "said"),
    [
        (at(23, 8, 42), "今天8:42"),
        (at(22, 18, 5), "昨天18:05"),
        (at(24, 8, 12), "明天8:12"),
        (at(26, 11, 40), "11月26日11:40"),
        (at(23, 0, 0), "今天0:00"),
        (at(1, 9, 0).replace(year=2025), "2025年11月1日9:00"),
    ],
)
def test_an_instant_is_said_by_its_day_and_hour(instant, said) -> None:
    assert times.when(instant) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (12, "还剩12分钟"),
        (100, "还剩1小时40分"),
        (120, "还剩2小时"),
        (-25, "过了25分钟"),
        (-60 * 50, "过了2天2小时"),
        (60 * 30, "还剩1天6小时"),
        (60 * 24 * 7 + 60, "还剩7天"),
    ],
)
def test_a_deadline_says_how_long_is_left(minutes: int, said: str) -> None:
    assert times.countdown(NOON + timedelta(minutes=minutes)) == said


@pytest.mark.parametrize(("minutes", "colour"), [(-1, "bad"), (30, "warn"), (90, "")])
def test_a_deadline_turns_yellow_within_the_hour_and_red_after_it(
    minutes: int, colour: str
) -> None:
    assert times.urgency(NOON + timedelta(minutes=minutes)) == colour


def test_a_late_evening_in_utc_is_already_tomorrow_in_town() -> None:
    assert times.when(at(24, 0, 30).astimezone(UTC)) == "明天0:30"


@pytest.mark.parametrize(
    ("by", "said", "beside", "on_paper"),
    [
        (at(24, 0, 0), "今天24:00", "24:00", "2026年11月23日24:00"),
        (at(25, 0, 0), "明天24:00", "明天24:00", "2026年11月24日24:00"),
        (at(1, 0, 0).replace(month=12), "11月30日24:00", "11月30日24:00", "2026年11月30日24:00"),
        (at(23, 18, 0), "今天18:00", "18:00", "2026年11月23日18:00"),
        (at(24, 8, 12), "明天8:12", "明天8:12", "2026年11月24日8:12"),
    ],
)
def test_what_is_due_at_midnight_is_due_by_the_end_of_the_day_before(
    by, said, beside, on_paper
) -> None:
    assert (times.before(by), times.beside(by), times.full_before(by)) == (said, beside, on_paper)


def test_what_happened_at_midnight_happened_on_the_new_day() -> None:
    assert times.when(at(24, 0, 0)) == "明天0:00"
