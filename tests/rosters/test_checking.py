"""What is odd about a roster, in sentences a person can act upon."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from server.base.spans import Calendar
from server.org import Appointed, DutyHours, PostOnRoster, Shift
from server.org.answering import Answering, Holding
from server.rosters import circle, oddities

FIRST = date(2026, 11, 30)
JIA, YI, BING = UUID(int=1), UUID(int=2), UUID(int=3)
NAMES = {JIA: "演示-甲", YI: "演示-乙", BING: "演示-丙"}
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
ALWAYS = (DutyHours("every", "00:00", "24:00"),)
KINDS = [("早", "07:00", "15:00"), ("中", "15:00", "23:00"), ("夜", "23:00", "07:00")]


def a_post(*shifts: Shift, hours: tuple[DutyHours, ...] = ALWAYS) -> PostOnRoster:
    """A post that all three hold."""
    unit = UUID(int=9)
    holders = tuple(Holding(key, name, "holder", SINCE, None) for key, name in NAMES.items())
    answering = Answering(
        role="duty_post",
        post_id=unit,
        ended_at=None,
        unit_id=unit,
        unit_name="",
        phone=None,
        holders=holders,
        hours=hours,
        shifts=shifts,
    )
    return PostOnRoster(
        id=unit,
        role="duty_post",
        unit_id=unit,
        unit_name="",
        area="1/",
        place="",
        answering=answering,
        appointed=tuple(
            Appointed(key, key, name, "holder", SINCE, None, None, None)
            for key, name in NAMES.items()
        ),
        hours=hours,
        shifts=dict(enumerate(shifts)),
    )


def said(post: PostOnRoster) -> list[str]:
    return oddities(post, FIRST, Calendar())


def test_three_people_round_the_clock_leave_no_gap_but_the_first_morning():
    shifts = circle([JIA, YI, BING], KINDS, FIRST - timedelta(days=1), None)
    assert said(a_post(*shifts)) == []


def test_a_gap_is_named_with_who_answers_instead():
    shifts = circle([JIA, YI], KINDS[:2], FIRST - timedelta(days=1), FIRST)
    assert said(a_post(*shifts)) == [
        "11月30日0:00到7:00没有人值班，这段时间由上一级接。",
        "11月30日23:00到12月1日0:00没有人值班，这段时间由上一级接。",
    ]


def test_a_day_nobody_has_is_named_where_there_are_no_hours():
    every_other = Shift(JIA, "", "09:00", "12:00", FIRST, every=2, until=FIRST + timedelta(days=2))
    assert said(a_post(every_other, hours=())) == ["12月1日一整天没有排人。"]


def test_two_at_once_are_named():
    one = Shift(JIA, "", "00:00", "24:00", FIRST)
    other = Shift(YI, "", "09:00", "11:00", FIRST)
    assert said(a_post(one, other)) == ["11月30日9:00到11:00，演示-甲和演示-乙排在了一起。"]


def test_a_turn_of_somebody_who_does_not_hold_the_post_is_named():
    stranger = Shift(UUID(int=8), "", "00:00", "24:00", FIRST)
    assert "那时不在岗，也没有人代班。" in said(a_post(stranger))[0]


def test_a_long_list_says_how_much_more_there_is():
    shifts = [Shift(JIA, "", "09:00", "11:00", FIRST, every=1)]
    assert said(a_post(*shifts))[-1].startswith("另外还有")


def test_a_post_without_turns_is_not_odd():
    assert said(a_post()) == []
