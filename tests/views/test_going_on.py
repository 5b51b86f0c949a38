"""The lists of the desk and of the phone: each is read to its end, no line twice and none left out,
also where many are of the same moment and the same name."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from server import bindings, bulletins, codes, plaques, praise, stations, workbook
from server.base import clock
from server.base.ids import new_id
from server.base.unit import Unit, unit_of_work
from server.bindings import PastBinding
from server.bulletins import Lines, PastBulletin
from server.codes.models import CodeBatch
from server.plaques.models import Fault
from server.praise import PastPraise, Target
from server.stations.models import Station
from server.workbook.models import TownImport
from tests.desk import Desk, a_desk
from tests.pressing import signed_in, text_of

MANY = 45  # two pages and a bit
PRAISES = "/desk/praises"


async def _read(stretch: Callable[..., Awaitable], after: object = None) -> list[UUID]:
    """Every line there is, page by page."""
    found: list[UUID] = []
    for _ in count():
        page = await stretch(after=after)
        items, after = page if isinstance(page, tuple) else (_items(page), page.next)
        found += [one.id for one in items]
        if after is None:
            return found
    raise AssertionError("no end")


def _items(page: Any) -> tuple:
    return page.lines if isinstance(page, Lines) else page.items


async def _thanks(desk: Desk) -> None:
    target = Target(
        kind="place",
        id=desk.town.entrance.id,
        name="这里",
        ground=desk.town.entrance,
        covers_path="",
    )
    past = [
        PastPraise(
            target=target, account_id=new_id(), tag="clean", text=f"谢谢第{nth}个", state="waiting",
            given_at=clock.now(),
        )
        for nth in range(MANY)
    ]  # fmt: skip
    await praise.bring_in(past)


def _fault(unit: Unit, desk: Desk, code_id: UUID) -> None:
    unit.insert(
        Fault,
        id=new_id(),
        code_id=code_id,
        path=desk.town.entrance.path,
        kind="covered",
        reported_at=clock.now(),
    )


def _batch(unit: Unit, desk: Desk) -> None:
    path = desk.town.grid.path
    unit.insert(CodeBatch, id=new_id(), name="批", made_at=clock.now(), path=path)


def _station(unit: Unit, desk: Desk) -> None:
    unit.insert(
        Station,
        id=new_id(),
        name="驿站",
        kind="warm",
        place_id=desk.town.lamp.id,
        path=desk.town.lamp.path,
        facilities=[],
        hours=[],
        days_off=[],
    )


def _import(unit: Unit, desk: Desk) -> None:
    unit.insert(
        TownImport,
        id=new_id(),
        account_id=desk.grid_worker.account_id,
        title="城镇.xlsx",
        state="done",
        crs="wgs84",
        sent=b"",
        told={},
        made_at=clock.now(),
    )


def _bulletin(desk: Desk, nth: int) -> PastBulletin:
    """Some pinned, all of the same moment."""
    by = desk.community_secretary
    return PastBulletin(
        ground=desk.town.community,
        title=f"第{nth}条",
        text="停水",
        audiences=("residents", "staff"),
        account_id=by.account_id,
        post=by.posts[0],
        out_at=clock.now(),
        until_at=clock.now() + timedelta(days=1),
        pinned=nth % 2 == 0,
    )


async def _fill(desk: Desk) -> None:
    """So many of each, all of the same moment."""
    code = await codes.read(desk.town.token)
    await _thanks(desk)
    room = desk.town.rooms[0]
    past = [
        PastBinding(
            id=new_id(), account_id=new_id(), ground=room, kin="owner", state=state,
            claimed_at=clock.now(),
        )
        for state in ("claimed", "bound")
        for _ in range(MANY)
    ]  # fmt: skip
    await bindings.bring_in(past)
    await bulletins.bring_in([_bulletin(desk, nth) for nth in range(MANY)])
    async with unit_of_work() as unit:
        for _ in range(MANY):
            _fault(unit, desk, code.id)
            _batch(unit, desk)
            _station(unit, desk)
            _import(unit, desk)


async def test_every_list_is_read_to_its_end(db: str):
    with clock.stopped_at(now := clock.now()):
        desk = await a_desk()
        entrance = desk.town.entrance
        secretary, worker = desk.community_secretary, desk.grid_worker
        before = len(await _read(lambda after: codes.batches(secretary, after=after)))
        await _fill(desk)

        found = {
            "praise": await _read(lambda after: praise.waiting(secretary, after=after)),
            "claimed": await _read(lambda after: bindings.waiting(worker, after=after)),
            "bound": await _read(lambda after: bindings.bound_in(worker, after=after)),
            "faults": await _read(lambda after: plaques.open_faults(worker, after=after)),
            "batches": await _read(lambda after: codes.batches(secretary, after=after)),
            "stations": await _read(
                lambda after: stations.stations_to_keep(secretary, now, after=after)
            ),
            "on a sign": await _read(
                lambda after: bulletins.list_posted(entrance, ("residents",), after=after)
            ),
            "for staff": await _read(lambda after: bulletins.list_for_staff(worker, after=after)),
            "imports": await _read(workbook.latest_imports),
        }
    usual = dict.fromkeys(found, MANY)
    assert {key: len(lines) for key, lines in found.items()} == usual | {"batches": MANY + before}
    assert {key: len(set(lines)) for key, lines in found.items()} == usual | {
        "batches": MANY + before
    }


@pytest.fixture
async def queue(sqlite_db: str) -> Desk:
    desk = await a_desk()
    await _thanks(desk)
    return desk


async def test_a_clerk_stays_where_they_were_in_the_queue_of_thanks(queue: Desk):
    clerk = await signed_in(queue.community_secretary)
    first = (await clerk.open(PRAISES)).text
    more = PRAISES + re.search(r'href="(\?after=[^"]+)"', first)[1]
    second = await clerk.open(more)
    [one, other, *_] = re.findall(rf'action="({PRAISES}/[^"]+)/accept"', second.text)
    assert one not in first
    after = re.search(r'name="after" value="([^"]+)"', second.text)[1]

    wrong = await clerk.send(f"{one}/refuse", reason="长" * 201, after=after)
    assert (wrong.status, "长" * 201 in text_of(wrong)) == (422, True)
    assert f'action="{other}/accept"' in wrong.text
    sent = await clerk.send(f"{one}/accept", after=after)
    went_on = await clerk.open(sent.goes_to)
    assert "已转达" in text_of(went_on)
    assert (one in went_on.text, other in went_on.text) == (False, True)
