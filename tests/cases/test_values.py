"""A message computes what its text names: all of it, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from server import flows, notices
from server.base import clock
from server.base.viewer import GUEST
from server.cases.effects.values import Occasion, before, day, values_of, when
from server.cases.intake import registering
from server.notices.texts import TEXTS
from server.places import find
from tests.desk import Desk

OTHERS = ("praised", "praiser", "deputy", "post", "firm", "merchant")  # that tell of no case
OF_CASES = [key for key in TEXTS if key.partition(".")[0] not in OTHERS]


async def test_every_text_is_given_exactly_what_it_names(desk: Desk) -> None:
    case = (await desk.report(category="P02", text="电梯不动了")).case
    occasion = Occasion(case, await find(case.place_id), GUEST, clock.now())
    tell = flows.Tell("raiser", "opened", 0, case.version)

    given = {text_key: set(await values_of(tell, occasion, text_key)) for text_key in OF_CASES}

    assert given == {text_key: set(notices.names_in(text_key)) for text_key in OF_CASES}


def test_a_message_says_what_is_due_at_midnight_by_the_day_that_ends_there() -> None:
    midnight = datetime(2026, 11, 30, 16, tzinfo=UTC)  # in town the first of December begins

    assert before(midnight) == "11月30日24:00"
    assert when(midnight) == "12月1日0:00"


@pytest.mark.parametrize(
    ("until", "said"), [("2026-12-31", "12月31日"), ("2027-02-01", "2027年2月1日"), (None, "")]
)
def test_a_day_of_another_year_is_said_with_it(hands: clock.Hands, until, said) -> None:
    assert day(until) == said


def test_a_number_drawn_today_is_not_drawn_again(
    monkeypatch: pytest.MonkeyPatch, hands: clock.Hands
) -> None:
    draws = iter(["261123000017", "261123000017", "261123000025"])
    monkeypatch.setattr(registering, "new_number", lambda _: next(draws))
    monkeypatch.setattr(registering, "_drawn", set())

    now = clock.now()
    drawn = [registering._unused_number(now) for _ in range(2)]

    assert drawn == ["261123000017", "261123000025"]


def test_a_number_of_yesterday_is_forgotten_with_its_day(
    monkeypatch: pytest.MonkeyPatch, hands: clock.Hands
) -> None:
    draws = iter(["261123000017", "261124000014"])
    monkeypatch.setattr(registering, "new_number", lambda _: next(draws))
    monkeypatch.setattr(registering, "_drawn", set())

    registering._unused_number(clock.now())
    registering._unused_number(clock.now() + timedelta(days=1))

    assert registering._drawn == {"261124000014"}
