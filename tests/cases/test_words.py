"""What residents say with a move lies sealed beside the event, and can be destroyed without it."""

from server import cases, views
from server.base import database
from server.base.unit import unit_of_work
from server.cases import Opened
from server.cases.models import CaseWords
from tests import makers
from tests.desk import Desk, guest

SAID = "井盖还在晃，我住三楼"


async def reopened(desk: Desk) -> Opened:
    """A case its raiser sent back, saying why."""
    opened = await desk.report()
    await desk.move(opened, "accept", desk.grid_worker, text="马上去看")
    await desk.move(opened, "self_handle", desk.grid_worker)
    await desk.move(opened, "resolve", desk.grid_worker, outcome="fixed", text="修好了")
    await desk.move(opened, "reopen", guest(opened), reason=SAID)
    return opened


async def everything_in_clear() -> str:
    rows = [
        await database.fetch(f"SELECT * FROM {table}")
        for table in ("cases", "case_row", "case_clock", "case_event", "case_words")
    ]
    return str(rows)


async def test_a_residents_words_are_read_by_who_may_and_lie_nowhere_in_clear(desk: Desk) -> None:
    opened = await reopened(desk)

    page = await views.case_page(opened.number, guest(opened))

    assert SAID in [line.text for line in page.timeline]
    assert SAID not in await everything_in_clear()
    assert "马上去看" in await everything_in_clear()


async def test_an_event_does_not_say_which_account_a_resident_has(desk: Desk) -> None:
    resident = await makers.a_resident()
    opened = await desk.report(resident)

    await desk.move(opened, "withdraw", resident, reason="自己修好了")

    rows = await database.fetch("SELECT by_account_id FROM case_event")
    assert {row["by_account_id"] for row in rows} == {None}


async def test_without_the_words_the_history_is_whole(desk: Desk) -> None:
    opened = await reopened(desk)
    async with unit_of_work().models():
        await CaseWords.all().delete()

    page = await views.case_page(opened.number, guest(opened))

    assert await cases.check_cases() == []
    assert "reopen" in [line.move for line in page.timeline]
    assert SAID not in str(page)


async def test_words_put_in_place_of_others_are_noticed(desk: Desk) -> None:
    first, other = await reopened(desk), await reopened(desk)
    mine, theirs = [await cases.find_case(each.number, desk.grid_worker) for each in (first, other)]
    async with unit_of_work().models():
        await CaseWords.filter(case_id=mine.id).delete()
        await CaseWords.filter(case_id=theirs.id).update(case_id=mine.id)

    faults = await cases.check_cases()

    assert [(fault.number, "words said with event" in fault.what) for fault in faults] == [
        (first.number, True)
    ]
