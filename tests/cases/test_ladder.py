"""A case left alone: every rung of its ladder rings once, in order, in hours somebody is there."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from server import cases, notices, org, views
from server.base import clock, database
from server.base.clock import Hands
from server.cases import Opened
from tests.desk import Desk

TOWN = ZoneInfo("Asia/Shanghai")
ROUND = timedelta(minutes=20)
LADDER = ["soon", "overdue", "supervise", "escalate"]


async def test_left_alone_for_a_month_it_climbs_every_rung_once(desk: Desk, hands: Hands) -> None:
    opened = await desk.report()
    await _the_worker_works(hands, days=30)
    assert [(clock, rung) for clock, rung, _ in await _rung(opened)] == [
        ("respond", "soon"), ("respond", "overdue"), ("respond", "supervise"),
        ("resolve", "soon"), ("resolve", "overdue"), ("resolve", "supervise"),
        ("respond", "escalate"), ("resolve", "escalate"),
    ]  # fmt: skip


async def test_nobody_is_reminded_on_a_free_day_or_at_night(desk: Desk, hands: Hands) -> None:
    opened = await desk.report()
    await _the_worker_works(hands, days=30)
    days, at = await org.calendar(), [at.astimezone(TOWN) for _, _, at in await _rung(opened)]
    assert [moment for moment in at if not days.is_workday(moment.date())] == []
    assert [moment for moment in at if not 8 <= moment.hour < 20] == []


async def test_a_worker_that_was_down_for_a_week_catches_up_in_order(
    desk: Desk, hands: Hands
) -> None:
    opened = await desk.report()
    await _the_worker_works(hands, days=2)
    hands.move(timedelta(days=7))
    await _the_worker_works(hands, days=21)
    rung = await _rung(opened)
    for name in ("respond", "resolve"):
        assert [what for clock, what, _ in rung if clock == name] == LADDER
    assert [at for _, _, at in rung] == sorted(at for _, _, at in rung)
    events = await cases.read_events(opened.case.id)
    made = [event.move for event in events if event.move in ("supervise", "escalate")]
    assert made == ["supervise", "supervise", "escalate", "escalate"]
    assert await _told("handler.overdue", "grid_worker", desk) == 2
    assert await _told("handler.left_alone", "community_secretary", desk) == 2


async def test_bells_that_ring_at_once_are_told_apart(desk: Desk, hands: Hands) -> None:
    opened = await desk.report()
    hands.move(timedelta(days=21))
    await _the_worker_works(hands, days=3)
    page = await views.case_page(opened.number, desk.grid_worker)
    told = [(line.move_title, line.text) for line in page.timeline[1:]]
    assert ("到时提醒", "回应快到时限。") in told
    assert ("督办", "办结早已过了时限。") in told
    assert len(set(told)) == len(told) == 8
    await notices.deliver_due(clock.now())
    said = await database.fetch_value(
        "SELECT count(DISTINCT body) FROM inbox_item WHERE post_id = $1 AND title LIKE '一直没办%'",
        desk.town.posts["grid_leader"],
    )
    assert said == 2


async def test_a_worker_that_begins_again_on_a_saturday_waits_for_those_who_are_not_there(
    desk: Desk, hands: Hands
) -> None:
    opened = await desk.report()
    hands.stopped = datetime(2026, 12, 5, 2, 0, tzinfo=UTC)  # ten in town: grid workers are about
    await _the_worker_works(hands, days=4)
    days = {(clock, rung): at.astimezone(TOWN).day for clock, rung, at in await _rung(opened)}
    assert days == {
        ("respond", "soon"): 5, ("respond", "overdue"): 5,
        ("respond", "supervise"): 7, ("respond", "escalate"): 7,
        ("resolve", "soon"): 5, ("resolve", "overdue"): 5,
        ("resolve", "supervise"): 7, ("resolve", "escalate"): 7,
    }  # fmt: skip


async def test_what_rang_tells_holder_and_those_above_once(desk: Desk, hands: Hands) -> None:
    await desk.report()
    await _the_worker_works(hands, days=30)
    assert await _told("handler.overdue", "grid_worker", desk) == 2
    assert await _told("handler.overdue", "grid_leader", desk) == 2
    assert await _told("handler.left_alone", "grid_leader", desk) == 2
    assert await _told("handler.left_alone", "community_secretary", desk) == 2


async def test_an_urgent_case_waits_for_nobody_s_hours(desk: Desk, hands: Hands) -> None:
    hands.stopped = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # two at night in town
    opened = await desk.report(category="P01", text="电梯里有人")
    await _the_worker_works(hands, days=0.1)
    clock_rung = {(clock, rung) for clock, rung, _ in await _rung(opened)}
    assert ("respond", "overdue") in clock_rung


async def test_what_was_put_off_is_no_fault_of_the_case(desk: Desk, hands: Hands) -> None:
    """Its history still makes the case that lies in the tables."""
    await desk.report()
    await _the_worker_works(hands, days=3)
    assert await cases.check_cases() == []


async def _the_worker_works(hands: Hands, *, days: float) -> None:
    for _ in range(round(timedelta(days=days) / ROUND)):
        hands.move(ROUND)
        while await cases.ring_due(clock.now()):
            pass


async def _rung(opened: Opened) -> list[tuple[str, str, datetime]]:
    """Each rung of the two promises: whose, which, when."""
    found, last = [], {"respond": "", "resolve": ""}
    for event in await cases.read_events(opened.case.id):
        for kept in event.body["clocks"] if event.by_role == "clock" else ():
            key, number = kept["key"], kept["kept"]["rung"]
            if key in last and LADDER[number - 1] != last[key]:
                last[key] = LADDER[number - 1]
                found.append((key, last[key], event.at))
    return found


async def _told(text_key: str, role: str, desk: Desk) -> int:
    await notices.deliver_due(clock.now())
    found = await database.fetch_value(
        "SELECT count(*) FROM notice WHERE text_key = $1 AND post_id = $2",
        text_key,
        desk.town.posts[role],
    )
    return int(found)
