"""What was written is anchored once, in the order it was committed; what was changed is named."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from server import cases, trust
from server.base import clock, database
from server.base.unit import unit_of_work
from server.cases import CaseFile
from server.cases.models import Case, CaseClock, CaseEvent, CaseParty, CaseRow
from server.trust import Act, anchors, windows
from server.trust.models import Anchor
from tests.desk import Desk
from tests.trust.checking import STREAMS, a_moved_case, anchored_rows, findings

Wrong = Callable[[Desk, CaseFile], Awaitable[str]]


async def event(case: CaseFile, version: int) -> dict:
    row = await database.fetch_one(
        "SELECT * FROM case_event WHERE case_id = $1 AND version = $2", case.id, version
    )
    assert row is not None
    return row


def rewrite(file: Path, change: Callable[[str], str]) -> None:
    file.write_text(change(file.read_text()))


async def test_everything_is_anchored_and_written_outside(desk: Desk, outside: Path) -> None:
    await a_moved_case(desk)
    await trust.record(Act(action="keys.rotate"))
    await anchors.anchor_all(STREAMS, clock.now())
    await a_moved_case(desk)
    await anchors.anchor_all(STREAMS, clock.now())

    found = await findings(outside)

    assert found.faults == []
    assert (found.anchors, found.lines, found.waiting) == (2, 2, 0)
    assert found.anchored == sum((await anchored_rows()).values()) == 5


async def test_a_minute_in_which_nothing_happened_leaves_no_anchor(
    desk: Desk, outside: Path
) -> None:
    await a_moved_case(desk)
    await anchors.anchor_all(STREAMS, clock.now())

    await anchors.anchor_all(STREAMS, clock.now())

    assert (await findings(outside)).anchors == 1


async def test_what_was_written_since_waits_for_the_next_anchor(desk: Desk, outside: Path) -> None:
    await a_moved_case(desk)

    assert (await findings(outside)).waiting == 2


async def body_edited_and_every_chain_made_to_fit(desk: Desk, case: CaseFile) -> str:
    row = await event(case, 2)
    body = row["body"] | {"given": {"text": "别的话"}}
    hashed = cases.link(
        (await event(case, 1))["chain"],
        case_id=case.id,
        body=body,
        by_account_id=row["by_account_id"],
        by_name=row["by_name"],
        by_role=row["by_role"],
    )
    async with unit_of_work().models():
        await CaseEvent.filter(id=row["id"]).update(body=body, chain=hashed)
        await Case.filter(id=case.id).update(chain=hashed)
    return f"event {row['id']} of case {case.number} was changed"


async def case_deleted_whole(desk: Desk, case: CaseFile) -> str:
    first = (await event(case, 1))["id"]
    async with unit_of_work().models():
        for model in (CaseEvent, CaseRow, CaseClock, CaseParty):
            await model.filter(case_id=case.id).delete()
        await Case.filter(id=case.id).delete()
    return f"event {first} of case {case.id} is gone"


async def last_event_cut_off(desk: Desk, case: CaseFile) -> str:
    one, two = await event(case, 1), await event(case, 2)
    async with unit_of_work().models():
        await CaseEvent.filter(id=two["id"]).delete()
        await Case.filter(id=case.id).update(version=1, chain=one["chain"])
    return f"event {two['id']} of case {case.number} is gone"


async def two_rows_exchanged(desk: Desk, case: CaseFile) -> str:
    one, two = await event(case, 1), await event(case, 2)
    async with unit_of_work().models():
        for was, new in ((one["id"], 10**6), (two["id"], one["id"]), (10**6, two["id"])):
            await CaseEvent.raw(f"UPDATE case_event SET id = {new} WHERE id = {was} RETURNING *")
    return f"event {one['id']} of case {case.number} was changed"


async def a_row_written_anew_behind_the_others(desk: Desk, case: CaseFile) -> str:
    row = await event(case, 2)
    columns = {name: row[name] for name in CaseEvent._meta.fields_map if name != "id"}
    async with unit_of_work().models():
        await CaseEvent.filter(id=row["id"]).delete()
    async with unit_of_work() as unit:
        unit.insert(CaseEvent, **columns)
    return f"event {row['id']} of case {case.number} is gone"


@pytest.mark.parametrize(
    "wrong",
    [
        body_edited_and_every_chain_made_to_fit,
        case_deleted_whole,
        last_event_cut_off,
        two_rows_exchanged,
        a_row_written_anew_behind_the_others,
    ],
)
async def test_the_row_that_is_not_as_it_was_is_named(
    desk: Desk, outside: Path, wrong: Wrong
) -> None:
    await a_moved_case(desk)
    case = await a_moved_case(desk)
    await anchors.anchor_all(STREAMS, clock.now())
    await a_moved_case(desk)
    await anchors.anchor_all(STREAMS, clock.now())

    named = await wrong(desk, case)

    found = await findings(outside)
    assert found.faults[0].startswith(f"{named} (anchor 1, ")


async def test_an_anchor_made_to_fit_is_not_the_one_in_the_file(desk: Desk, outside: Path) -> None:
    case = await a_moved_case(desk)
    await anchors.anchor_all(STREAMS, clock.now())
    await case_deleted_whole(desk, case)
    async with unit_of_work().models():
        await Anchor.all().delete()
    await a_moved_case(desk)
    await anchors.anchor(STREAMS, clock.now())

    found = await findings(outside)

    assert len(found.faults) == 1
    assert "is not the one in the file outside" in found.faults[0]


async def test_anchors_cut_off_at_the_end_stand_in_the_file(desk: Desk, outside: Path) -> None:
    for _ in range(2):
        await a_moved_case(desk)
        await anchors.anchor_all(STREAMS, clock.now())
    async with unit_of_work().models():
        await Anchor.filter(no=2).delete()

    found = await findings(outside)

    assert found.faults == [f"anchor 2 stands in {outside} and is gone from the database"]


@pytest.mark.parametrize("column", ["leaves", "root", "before", "hash"])
async def test_a_changed_anchor_is_named(desk: Desk, outside: Path, column: str) -> None:
    await a_moved_case(desk)
    await anchors.anchor_all(STREAMS, clock.now())
    async with unit_of_work() as unit:
        unit.update(Anchor, where={"no": 1}, set={column: b"x" * 57})

    found = await findings(outside)

    assert "anchor 1" in found.faults[0]


async def test_a_line_the_file_lost_is_missed(desk: Desk, outside: Path) -> None:
    for _ in range(2):
        await a_moved_case(desk)
        await anchors.anchor_all(STREAMS, clock.now())
    rewrite(outside, lambda text: text.split("\n")[1] + "\n")

    found = await findings(outside)
    with clock.moved_by(timedelta(minutes=3)):
        later = await findings(outside)

    assert found.faults == []
    assert [fault.partition(" (")[0] for fault in later.faults] == ["anchor 1"]


async def test_a_line_cut_short_by_a_crash_is_written_again(desk: Desk, outside: Path) -> None:
    await a_moved_case(desk)
    await anchors.anchor_all(STREAMS, clock.now())
    rewrite(outside, lambda text: text[:40])

    await anchors.anchor_all(STREAMS, clock.now())

    with clock.moved_by(timedelta(minutes=3)):
        assert (await findings(outside)).faults == []


async def test_a_long_backlog_is_anchored_in_pieces(
    desk: Desk, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "MOST", 3)
    for _ in range(4):
        await a_moved_case(desk)

    await anchors.anchor_all(STREAMS, clock.now())

    found = await findings(outside)
    assert found.faults == []
    assert (found.anchors, found.anchored, found.waiting) == (3, 8, 0)


async def test_two_workers_anchor_nothing_twice(desk: Desk, outside: Path) -> None:
    await a_moved_case(desk)

    await asyncio.gather(*(anchors.anchor_all(STREAMS, clock.now()) for _ in range(4)))

    assert set((await anchored_rows()).values()) == {1}
    assert (await findings(outside)).faults == []
