"""Many at once: one key makes one case, one row has one winner, hanging up breaks nothing."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from server import cases, wiring
from server.base import clock, database
from server.base.errors import Failure
from server.base.unit import drain
from server.base.viewer import GUEST, Viewer
from server.cases import NewCase, Opened
from tests.desk import Desk, a_desk, a_photo, asked, guest

ROUNDS, CLIENTS = 200, 8


async def test_fifty_submits_with_one_key_make_one_case(desk: Desk) -> None:
    new = NewCase(code=desk.town.token, category="F02", text="路灯不亮")
    request = asked()

    answers = await asyncio.gather(
        *(cases.open_case(new, by=GUEST, asked=request) for _ in range(50))
    )

    assert len({(one.number, one.key) for one in answers}) == 1
    assert await database.fetch_value("SELECT count(*) FROM cases") == 1
    assert await database.fetch_value("SELECT count(*) FROM notice") == 2


async def test_one_photo_in_two_reports_at_once_is_in_one_and_the_other_says_so(desk: Desk) -> None:
    new = NewCase(code=desk.town.token, text="路灯不亮", photos=(await a_photo(),))

    told = await asyncio.gather(
        *(_outcome(cases.open_case(new, by=GUEST, asked=asked())) for _ in range(2))
    )

    assert sorted(told) == ["done", "invalid"]
    assert await database.fetch_value("SELECT count(*) FROM cases") == 1


async def test_a_whole_stairwell_that_joins_at_once_is_joined(desk: Desk) -> None:
    await _all_join(desk, 40)


async def test_they_are_joined_by_whichever_process_each_came(desk: Desk, apart: None) -> None:
    await _all_join(desk, 12)


async def _all_join(desk: Desk, many: int) -> None:
    opened = await desk.report()
    joining = (
        cases.second(opened.number, desk.town.token, by=GUEST, asked=asked()) for _ in range(many)
    )

    told = await asyncio.gather(*map(_outcome, joining))

    assert set(told) == {"done"}
    assert (await cases.find_case(opened.number, desk.grid_worker)).seconded == many


async def test_the_same_key_with_another_body_is_refused(desk: Desk) -> None:
    new = NewCase(code=desk.town.token, category="F02", text="路灯不亮")
    await cases.open_case(new, by=GUEST, asked=asked(key="k" * 32))

    refused = await _outcome(cases.open_case(new, by=GUEST, asked=asked(key="k" * 32, body=b"x")))

    assert refused == "key-reused"


async def test_a_replayed_move_answers_as_the_first_time(desk: Desk) -> None:
    opened, request = await desk.report(), asked("accept")

    first = await _accept(desk, opened, asked=request)
    again = await _accept(desk, opened, asked=request)

    assert again == first


async def test_a_guest_whose_joining_is_replayed_gets_the_same_key(desk: Desk) -> None:
    opened, request = await desk.report(), asked("second")

    answers = await asyncio.gather(
        *(cases.second(opened.number, desk.town.token, by=GUEST, asked=request) for _ in range(6))
    )

    assert {(one.key, one.seconded) for one in answers} == {(answers[0].key, 1)}


async def test_of_eight_who_make_legal_moves_at_once_one_wins_each_version(desk: Desk) -> None:
    """Rounds on one case; whatever wins, the history has one event a version and replays."""
    chance = random.Random(20261123)
    opened = await desk.report()
    everyone = [desk.grid_worker, desk.grid_leader, desk.street_dispatcher, desk.property_manager]
    everyone += [desk.municipal, guest(opened)]

    for _ in range(ROUNDS):
        opened = await _a_round(desk, opened, everyone, chance)

    versions = await database.fetch(
        "SELECT count(*) AS n, max(e.version) AS top, c.version AS now FROM case_event e"
        " JOIN cases c ON c.id = e.case_id GROUP BY c.id, c.version"
    )
    assert all(row["n"] == row["top"] == row["now"] for row in versions)
    assert await cases.check_cases() == []


async def test_of_eight_who_accept_with_one_look_one_wins_and_the_others_are_told(
    desk: Desk,
) -> None:
    opened = await desk.report()

    outcomes = await asyncio.gather(
        *(_outcome(_accept(desk, opened, asked=asked())) for _ in range(CLIENTS))
    )

    assert outcomes.count("accepted") == 1
    assert outcomes.count("case-moved-on") == CLIENTS - 1


async def test_whoever_hangs_up_leaves_whole_cases_behind(desk: Desk) -> None:
    chance = random.Random(7)
    tasks = [asyncio.create_task(desk.report()) for _ in range(60)]
    for task in tasks:
        await asyncio.sleep(chance.random() / 300)
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await drain()

    assert await cases.check_cases() == []
    assert await _told() == 2 * await database.fetch_value("SELECT count(*) FROM cases")


@pytest.mark.pg
async def test_two_cases_merged_into_each_other_at_once_end_as_one(
    postgres_db: str, hands: clock.Hands
) -> None:
    """Each writes both, in opposite order: PostgreSQL takes one of them back, and it asks again."""
    wiring.wire()
    desk = await a_desk()
    one, other = await desk.report(), await desk.report()
    by = desk.street_dispatcher
    async with _held(postgres_db, one) as let_go_of_one:
        async with _held(postgres_db, other):
            merges = asyncio.gather(
                _outcome(desk.move(one, "merge", by, into=other.number)),
                _outcome(desk.move(other, "merge", by, into=one.number)),
            )
            await _until_waiting(2)
        await _until_waiting(2)  # One has what the other wants next, and wants what it waits for.
        await let_go_of_one()
        await merges

    ended = [await cases.find_case(each.number, by) for each in (one, other)]
    assert sorted(case.state for case in ended) == ["merged", "submitted"]


@asynccontextmanager
async def _held(url: str, opened: Opened) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Another connection holds this case until the block ends, or it lets go."""
    connection = await asyncpg.connect(url)
    try:
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute("SELECT 1 FROM cases WHERE id = $1 FOR UPDATE", opened.case.id)
        yield transaction.rollback
    finally:
        await connection.close()


async def _until_waiting(count: int) -> None:
    """Until so many statements wait for a row of somebody else."""
    sql = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    for _ in range(250):
        if await database.fetch_value(sql) == count:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"not {count} statements wait")


async def _accept(desk: Desk, opened: Opened, **how: Any) -> cases.CaseFile:
    moved = await cases.make_move(
        opened.number, "accept", by=desk.grid_worker, given={}, seen_version=1, **how
    )
    return moved.case


async def _a_round(
    desk: Desk, opened: Opened, everyone: list[Viewer], chance: random.Random
) -> Opened:
    """Eight clients look at the case once and each makes a move it was offered; a closed one is
    followed by a new one."""
    case = await cases.find_case(opened.number, desk.grid_worker)
    offers = [
        (viewer, offer.key)
        for viewer in everyone
        if case.live
        for offer in await cases.offered(case, viewer)
        if offer.key in _GIVEN
    ]
    if not offers:
        fresh = await desk.report()
        everyone[-1] = guest(fresh)
        return fresh
    chosen = [chance.choice(offers) for _ in range(CLIENTS)]
    await asyncio.gather(
        *(
            _outcome(
                cases.make_move(
                    case.number,
                    move,
                    by=viewer,
                    given=_given(move, desk),
                    seen_version=case.version,
                )
            )
            for viewer, move in chosen
        )
    )
    return opened


_GIVEN: dict[str, dict[str, str]] = {
    "accept": {},
    "self_handle": {},
    "dispatch": {},
    "sign": {},
    "return": {"reason": "不归我们"},
    "rule_dispute": {},
    "resolve": {"outcome": "fixed", "text": "好了"},
    "reopen": {"reason": "没好"},
    "confirm": {"solved": "yes"},
    "classify": {"category": "F02"},
}


def _given(move: str, desk: Desk) -> dict[str, str]:
    """A ruling names its unit."""
    unit = {"unit": str(desk.town.units["property_firm"])} if move == "rule_dispute" else {}
    return _GIVEN[move] | unit


async def _outcome(doing: Any) -> str:
    try:
        return getattr(await doing, "state", "done")
    except Failure as refused:
        return refused.code


async def _told() -> int:
    found = await database.fetch_value("SELECT count(*) FROM notice")
    return int(found)
