"""That it went further up is told only where somebody further up has heard of it."""

from datetime import timedelta

from server import cases
from server.base import clock
from server.base.clock import Hands
from server.cases import Opened
from tests.desk import Desk, guest, inbox


async def test_nobody_is_told_of_a_superior_whom_the_street_does_not_have(
    desk: Desk, hands: Hands
) -> None:
    opened = await desk.report(
        category="C04", text="不办事", about_unit_id=desk.town.units["community"]
    )
    await desk.move(opened, "accept", desk.street_dispatcher)
    await _a_month_goes_by(hands)

    assert "又报到更上一级" not in await inbox(guest(opened), opened)
    assert "escalate" not in await _made(opened)


async def test_where_there_is_one_it_is_told(desk: Desk, hands: Hands) -> None:
    opened = await desk.report()
    await _a_month_goes_by(hands)

    assert "又报到更上一级" in await inbox(guest(opened), opened)
    assert "escalate" in await _made(opened)


async def _a_month_goes_by(hands: Hands) -> None:
    for _ in range(30 * 12):
        hands.move(timedelta(hours=2))
        while await cases.ring_due(clock.now()):
            pass


async def _made(opened: Opened) -> list[str]:
    return [event.move for event in await cases.read_events(opened.case.id)]
