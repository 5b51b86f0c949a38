"""Which weekly hours run into each other, in a week without a holiday."""

import pytest

from server.org import DutyHours, week

MORNING = DutyHours("workday", "08:30", "12:00")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MORNING, MORNING),
        (MORNING, DutyHours("workday", "11:59", "14:00")),
        (MORNING, DutyHours("every", "11:59", "14:00")),
        (MORNING, DutyHours("5", "00:00", "24:00")),
        (DutyHours("off", "09:00", "17:00"), DutyHours("67", "16:00", "18:00")),
        (DutyHours("every", "22:00", "06:00"), DutyHours("3", "05:59", "07:00")),
        (DutyHours("7", "22:00", "06:00"), DutyHours("1", "05:59", "07:00")),
        (DutyHours("5", "22:00", "06:00"), DutyHours("off", "00:00", "01:00")),
    ],
)
def test_two_lines_that_share_a_minute_overlap(one, other):
    assert list(week.overlaps([one, other])) == [(1, 0)]
    assert list(week.overlaps([other, one])) == [(1, 0)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MORNING, DutyHours("workday", "12:00", "18:00")),
        (MORNING, DutyHours("off", "09:00", "11:00")),
        (MORNING, DutyHours("67", "09:00", "11:00")),
        (DutyHours("135", "09:00", "11:00"), DutyHours("24", "09:00", "11:00")),
        (DutyHours("every", "22:00", "06:00"), DutyHours("every", "06:00", "22:00")),
        (DutyHours("7", "22:00", "06:00"), DutyHours("1", "06:00", "07:00")),
        (DutyHours("every", "22:00", "21:59"), DutyHours("every", "21:59", "22:00")),
    ],
)
def test_lines_that_touch_or_have_other_days_do_not(one, other):
    assert list(week.overlaps([one, other])) == []


def test_the_later_line_is_the_wrong_one_and_names_the_first_it_meets():
    lines = [MORNING, DutyHours("off", "08:00", "20:00"), DutyHours("every", "09:00", "10:00")]
    assert [(wrong.field, wrong.detail) for wrong in week.wrong_hours(lines)] == [
        ("starts3", "第3段：和第1段的时间重叠了，请改开。")
    ]


def test_a_line_that_cannot_be_read_is_wrong_for_that_alone():
    lines = [MORNING, DutyHours("workday", "09:00", "")]
    assert [wrong.code for wrong in week.wrong_hours(lines)] == ["not-a-time"]
