"""Whichever way the desk's list is found, it shows the same: what a look at every case would show.

A town of some hundred cases, made by chance; each way is taken by setting what counts as few.
"""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from server import cases
from server.base import clock, database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.base.viewer import Viewer
from server.cases import CaseFile, DeskFilter
from server.cases.desk import counting, finding
from server.cases.desk.tabs import ENDED, OPEN
from server.cases.models import Case, CaseEvent, CaseParty, CaseReference, CaseRow
from server.cases.record import reading
from server.cases.record.writing import case_columns
from server.cases.search import asking
from server.cases.sight.lenses import lens_of
from tests.cases.test_statements import plan_of
from tests.counting import Counting
from tests.counting import counting as counting_asked
from tests.desk import Desk
from tests.makers import a_viewer

MANY = 240
WORDS = ("电梯不动了", "三楼电梯100%怪响", "路灯 不亮", "Lift B坏了", "垃圾", "漏水a_b", "")
KINDS = {"P02": "电梯故障停运", "F02": "路灯、护栏、标识", "E01": "小区垃圾、保洁"}
SPOTS = ("", "门口", "3单元电梯旁")
HANDS = (
    ("grid_worker", "community"),
    ("property_manager", "property_firm"),
    ("municipal", "municipal"),
)
ROLES = ("grid_worker", "property_manager", "street_dispatcher", "municipal")
ASKED = (
    "",
    "电梯",
    "电梯1",
    "lift",
    "a_b",
    "%",
    "路灯 不",
    "单元 电梯",
    "单元",
    "灯",
    "HX-1",
    "26",
    "路灯、护",
    "故障 三楼",
    "找不到",
)


@pytest.fixture
async def crowded(desk: Desk) -> Desk:
    """The small town with cases of every state, place, holder and deadline, many due at once."""
    await _cases_by_chance(desk, random.Random(20261127))
    while await cases.feed():
        pass
    return desk


@pytest.mark.parametrize("few", [10_000, -1], ids=["few", "many"])
async def test_the_list_is_what_a_look_at_every_case_would_show(
    crowded: Desk, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(finding, "FEW", few)
    now = clock.now()
    everything = await _everything()

    for role in ROLES:
        who = await a_viewer(crowded.town, role)
        for wanted in _asked(crowded):
            found = await _whole(who, wanted, now)
            assert found == _looked_through(everything, who, wanted, now), (role, wanted)


@pytest.mark.parametrize("little", [10_000, -1], ids=["little", "much"])
async def test_the_numbers_beside_the_tabs_are_those_of_every_case(
    crowded: Desk, monkeypatch: pytest.MonkeyPatch, little: int
) -> None:
    monkeypatch.setattr(counting, "LITTLE", little)
    now = clock.now()
    everything = await _everything()

    for role in ROLES:
        who = await a_viewer(crowded.town, role)
        counts = await cases.count_desk(who, now=now)
        told = {
            tab: len(_looked_through(everything, who, DeskFilter(tab=tab), now))
            for tab in cases.TABS
        }
        assert counts.tabs == told, role


async def test_counting_ends_where_nobody_reads_on(
    crowded: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_COUNTED", 7)
    counts = await cases.count_desk(crowded.street_dispatcher, now=clock.now())
    assert counts.tabs["open"] == counts.tabs["closed"] == 7


async def test_a_search_in_too_many_says_that_only_the_newest_were_looked_at(
    crowded: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "FEW", -1)
    monkeypatch.setattr(asking, "NEWEST", 5)
    who, now = crowded.street_dispatcher, clock.now()

    everywhere = await cases.list_desk(who, DeskFilter(q="电梯"), now=now)
    with pytest.raises(cases.ListTooLong):
        [_ async for _ in cases.list_whole(who, DeskFilter(q="电梯"), now=now, most=5000)]

    assert everywhere.reach == "newest"
    assert 0 < len(everywhere.items) <= 5


async def test_one_character_among_too_many_asks_for_two(
    crowded: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, who = clock.now(), crowded.street_dispatcher
    among_few = await cases.list_desk(who, DeskFilter(q="灯"), now=now)
    monkeypatch.setattr(finding, "FEW", -1)
    among_many = await cases.list_desk(who, DeskFilter(q="灯"), now=now)

    assert (among_few.reach, among_many.reach) == ("", "short")
    assert among_few.items
    assert among_many.items == ()


@pytest.mark.parametrize(
    ("tab", "index"), [("open", "idx_cases_by_deadline"), ("closed", "idx_cases_by_end")]
)
async def test_among_many_the_list_is_read_in_its_own_order(
    db: str, crowded: Desk, monkeypatch: pytest.MonkeyPatch, tab: str, index: str
) -> None:
    monkeypatch.setattr(finding, "FEW", -1)
    with counting_asked() as counted:
        await cases.list_desk(crowded.street_dispatcher, DeskFilter(tab=tab), now=clock.now())

    plan = await plan_of(db, *_last(counted))

    assert index in plan


async def test_a_word_among_many_is_found_by_its_pieces(
    db: str, crowded: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "FEW", -1)
    with counting_asked() as counted:
        await cases.list_desk(crowded.street_dispatcher, DeskFilter(q="电梯"), now=clock.now())

    plan = await plan_of(db, *_last(counted), without=("seqscan", "indexscan"))

    assert "case_search_index" in plan or "idx_case_search_pieces" in plan
    assert "SCAN c " not in plan


async def test_the_desk_asks_as_often_however_much_there_is(desk: Desk) -> None:
    """What is few, the list; the numbers by area, by hand; the estates by area, by hand."""
    now = clock.now()
    await cases.count_desk(desk.street_dispatcher, now=now)  # what is kept is in memory now
    with counting_asked() as counted:
        await cases.list_desk(desk.street_dispatcher, DeskFilter(), now=now)
        await cases.count_desk(desk.street_dispatcher, now=now)

    assert counted.reads == 6


def _last(counted: Counting) -> tuple[str, tuple[object, ...]]:
    sql, args = next(one for one in reversed(counted.asked) if "json" in one[0])
    return sql, tuple(args)


def _asked(desk: Desk) -> list[DeskFilter]:
    """Every tab; every tab in the estate; every word in two tabs."""
    estate = desk.town.estate.id
    tabs = [DeskFilter(tab=tab) for tab in cases.TABS]
    narrow = [DeskFilter(tab=tab, estate_id=estate, overdue=tab == "open") for tab in cases.TABS]
    words = [DeskFilter(tab=tab, q=q) for tab in ("open", "closed") for q in ASKED]
    return [*tabs, *narrow, *words, DeskFilter(q="电梯", estate_id=estate)]


async def _whole(who: Viewer, wanted: DeskFilter, now: datetime) -> list[str]:
    """The whole list, seven at a time."""
    numbers: list[str] = []
    after: str | None = None
    while True:
        found = await cases.list_desk(who, wanted, now=now, after=after, limit=7)
        numbers += [case.number for case in found.items]
        after = found.next
        if after is None:
            return numbers


async def _everything() -> list[tuple[CaseFile, set[str]]]:
    rows = await database.fetch(f"SELECT {reading.selected()} FROM cases c")
    files = [reading.case_of(row) for row in rows]
    elsewhere = await cases.read_references(case.id for case in files)
    return [(case, {one.number for one in elsewhere.get(case.id, ())}) for case in files]


def _looked_through(
    everything: list[tuple[CaseFile, set[str]]], who: Viewer, wanted: DeskFilter, now: datetime
) -> list[str]:
    """The list as one would make it by hand."""
    tab = wanted.of
    found = [
        case
        for case, elsewhere in everything
        if lens_of(case, who) is not None
        and case.live == tab.live
        and case.state in tab.states
        and (not tab.late or (case.due_at is not None and case.due_at < now))
        and wanted.estate_id in (None, case.estate_id)
        and _has(case, elsewhere, wanted.q)
    ]
    found.sort(key=lambda case: (case.due_at or case.closed_at, case.id), reverse=not tab.live)
    return [case.number for case in found]


def _has(case: CaseFile, elsewhere: set[str], q: str) -> bool:
    if finding.FEW < 0 and not asking.pieces(q) and q:
        return q in elsewhere or (q.isdigit() and case.number.startswith(q))
    fold = str.lower if database.dialect() == "sqlite" else str
    shown = (case.text, case.spot, case.place_name, KINDS[case.category])
    texts = [fold(text) for text in shown]
    return q in elsewhere or all(
        case.number.startswith(word) or any(fold(word) in text for text in texts)
        for word in q.split()
    )


async def _cases_by_chance(desk: Desk, chance: random.Random) -> None:
    template = case_columns((await desk.report(category="P02", text="电梯不动了")).case)
    hands = [(desk.town.posts[role], desk.town.units[unit]) for role, unit in HANDS]
    async with unit_of_work() as unit:
        for nth in range(MANY):
            case = template | _drawn(desk, chance) | {"number": f"26112{nth:07d}"}
            unit.insert(Case, **case)
            key = {"case_id": case["id"]}
            shown = {name: case[name] for name in ("state", "live", "due_at")}
            unit.insert(CaseRow, **key, no=0, changed=1, **shown)
            for post_id, unit_id in chance.sample(hands, chance.randrange(3)):
                held = {"relation": "holder", "post_id": post_id, "unit_id": unit_id}
                unit.insert(CaseParty, **key, **held, since=1)
            if nth % 20 == 0:
                unit.insert(CaseReference, **key, system="12345", number=f"HX-{nth}")
            begun = {"version": 1, "at": case["opened_at"], "move": "open"}
            unit.insert(CaseEvent, **key, **begun, body={}, chain=b"")


def _drawn(desk: Desk, chance: random.Random) -> dict[str, Any]:
    """What differs from case to case."""
    town, now = desk.town, clock.now()
    ground = chance.choice((town.entrance, town.playground, town.lamp, town.shop))
    live = chance.random() < 0.6
    at = now + timedelta(hours=chance.randrange(-6, 6))
    return {
        "id": new_id(),
        "state": chance.choice(OPEN if live else ENDED),
        "live": live,
        "place_id": ground.id,
        "place_name": ground.full_name,
        "path": ground.path,
        "estate_id": ground.estate_id,
        "category": chance.choice(tuple(KINDS)),
        "text": chance.choice(WORDS),
        "spot": chance.choice(SPOTS),
        "about_unit_id": chance.choice([None, None, None, town.units["community"]]),
        "due_at": at if live else None,
        "closed_at": None if live else at,
        "opened_at": now - timedelta(days=1),
    }
