"""Histories told in bulk are what the desk itself would have written."""

from datetime import timedelta

from server import cases
from server.base import clock
from server.cases import Act, Plan
from server.cases.intake import histories
from tests.desk import Desk


def told(desk: Desk, category: str = "F02", *acts: tuple[str, str, dict]) -> Plan:
    """A plan that began ten days ago; its acts come an hour apart."""
    opened_at = clock.now() - timedelta(days=10)
    return Plan(
        place_id=desk.town.entrance.id,
        category=category,
        opened_at=opened_at,
        text="路灯不亮",
        phone="16000000001",
        acts=tuple(
            Act(move, by, opened_at + timedelta(hours=n + 1), given)
            for n, (move, by, given) in enumerate(acts)
        ),
    )


DONE = {"outcome": "fixed", "text": "换好了"}


async def test_a_told_history_ends_as_its_plan_says_and_follows_from_its_events(desk: Desk) -> None:
    plan = told(
        desk,
        "P02",
        ("second", "neighbour", {}),
        ("sign", "owner", {}),
        ("resolve", "owner", DONE),
        ("reopen", "raiser", {"reason": "又坏了"}),
        ("dispatch", "street_dispatcher", {}),
        ("sign", "owner", {}),
        ("resolve", "owner", DONE),
        ("confirm", "raiser", {"solved": "yes"}),
    )

    numbers = await cases.bulk_histories([plan], until=clock.now())

    case = await cases.find_case(numbers[0], desk.grid_worker)
    assert (case.state, case.ending, case.seconded) == ("closed", "confirmed", 1)
    assert await cases.check_cases() == []


async def test_the_phone_left_in_a_told_history_opens(desk: Desk) -> None:
    numbers = await cases.bulk_histories([told(desk)], until=clock.now())

    case = await cases.find_case(numbers[0], desk.grid_worker)
    assert cases.raiser_phone(case) == "16000000001"


async def test_a_told_history_nobody_answers_closes_as_unrated(desk: Desk) -> None:
    plan = told(desk, "P02", ("sign", "owner", {}), ("resolve", "owner", DONE))

    numbers = await cases.bulk_histories([plan], until=clock.now())

    case = await cases.find_case(numbers[0], desk.grid_worker)
    assert (case.state, case.ending) == ("closed", "unrated")
    assert case.closed_at == plan.acts[-1].at + timedelta(days=3)


async def test_a_told_case_goes_on_as_any_other(desk: Desk) -> None:
    numbers = await cases.bulk_histories([told(desk)], until=clock.now())

    accepted = await cases.make_move(
        numbers[0], "accept", by=desk.grid_worker, given={}, seen_version=1
    )

    assert accepted.case.state == "accepted"


async def test_the_number_left_in_a_told_history_can_be_opened_again(desk: Desk) -> None:
    numbers = await cases.bulk_histories([told(desk)], until=clock.now())

    case = await cases.find_case(numbers[0], desk.grid_worker)

    assert cases.raiser_phone(case) == "16000000001"


async def test_a_number_that_was_told_before_is_drawn_again(desk: Desk, monkeypatch) -> None:
    drawn = iter(["261127000019", "261127000019", "261127000027"])
    monkeypatch.setattr(histories, "new_number", lambda _: next(drawn))
    numbers = [
        await cases.bulk_histories([told(desk)], until=clock.now()),
        await cases.bulk_histories([told(desk)], until=clock.now()),
    ]
    assert numbers == [["261127000019"], ["261127000027"]]
