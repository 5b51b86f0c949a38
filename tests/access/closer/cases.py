"""One case: which steps are told, what stands on the page, to whom it may go."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from tests.access.asking import Asker
from tests.access.closer import table
from tests.access.closer.pages import OF_TOLD, aside, page_of, told_steps
from tests.access.deciding import CASE, MOVE
from tests.access.reading import CALLED, SIGHT
from tests.access.rows import LENS

Found = Iterator[tuple[str, str, partial]]


def of_a_case(route: str) -> Found:
    for who in OF_TOLD:
        yield who, "aside told", partial(_told, who)
    for who in ("seconder", "grid_worker"):
        yield who, "taken down", partial(_fields, who, "taken_down")
    for line in table.TELLS_OF_ONCE.strip().splitlines():
        who, label, tells = line.split()
        yield who, f"aside once {label}", partial(_of_once, who, label, tells == "yes")
    yield "next_worker", "aside workers_own", partial(_workers_own, "next_worker")
    for who in table.CALLERS.split():
        for label in ("own_unit", "about_them"):
            if SIGHT[who][label] != ".":
                yield who, f"aside {label}", partial(_rings, who, label)
    yield "dispatcher", "aside with_the_street", partial(_never_to_the_accused, "dispatcher")
    for line in table.TAKES_UP.strip().splitlines():
        who, takes = line.split()
        yield who, "aside takes up", partial(_takes_up, who, takes == "yes")


async def _told(who: str, asker: Asker) -> None:
    """Which steps are told, and which of the words and photos."""
    page, sight, told = await _fields(who, "told", asker), OF_TOLD[who], told_steps()
    steps = {one["move"]: one for one in page.get("timeline", ())}
    wanted = {move for move, (sees, _) in told.items() if sight in sees}
    asker.expect(who, CASE, set(steps), wanted, "told: the steps are")
    for move, one in steps.items():
        reads = sight in told[move][1]
        asker.expect(who, CASE, bool(one.get("text")), reads, f"told: words of {move}:")
        given = reads and move in ("open", "progress", "answer")
        asker.expect(who, CASE, bool(one.get("photos")), given, f"told: photos of {move}:")
    nameless = {move for move, one in steps.items() if one["who"]["name"] == "居民"}
    asker.expect(who, CASE, nameless, set(table.BY_A_RESIDENT.split()), "told: by residents")
    asker.expect(who, CASE, page.get("emergency"), sight != "P", "told: an emergency:")


async def _fields(who: str, label: str, asker: Asker) -> dict[str, Any]:
    """What stands on the page is what the table says."""
    page, every = await page_of(who, label, asker), table.ON_THE_PAGE
    wanted = set(every[SIGHT[who][label]].split())
    wanted |= {"external_refs"} if label == "taken_down" and "channel" in wanted else set()
    there = {"external_refs", *" ".join(every.values()).split()} & page.keys()
    asker.expect(who, CASE, there, wanted, f"{label}: there are")
    return page


async def _of_once(who: str, label: str, tells: bool, asker: Asker) -> None:
    once = (await aside(asker, "once")).number
    page = await page_of(who, label, asker)
    before = {one["number"] for one in page.get("before", ())}
    found = page.get("merged_into") == once if label == "merged" else once in before
    asker.expect(who, CASE, found, tells, f"{label}: the other case is told:")


async def _workers_own(who: str, asker: Asker) -> None:
    """Whoever handles her own report is its raiser: there is nothing to open."""
    page = await page_of(who, "workers_own", asker)
    asker.expect(who, CASE, page.get("lens"), LENS["O"], "workers_own")
    asker.expect(who, CASE, page.get("unmask"), None, "workers_own: opens")
    asker.expect(who, CASE, page.get("emergency"), False, "workers_own: an emergency:")


async def _rings(who: str, label: str, asker: Asker) -> None:
    page = await page_of(who, label, asker)
    offered = "answer_by_phone" in {one["key"] for one in page.get("moves", ())}
    asker.expect(who, CASE, offered, who in CALLED[label], f"{label}: rings:")


async def _takes_up(who: str, takes: bool, asker: Asker) -> None:
    """A complaint that waits for the community."""
    page = await page_of(who, "complaint", asker)
    offered = "accept" in {one["key"] for one in page.get("moves", ())}
    asker.expect(who, CASE, offered, takes, "complaint: accepts:")


async def _never_to_the_accused(who: str, asker: Asker) -> None:
    """It is not offered to the unit it complains about."""
    page, units = await page_of(who, "with_the_street", asker), asker.city.crowd.units
    given = next((one for one in page.get("moves", ()) if one["key"] == "dispatch"), {})
    offered = {one["value"] for one in given.get("options", {}).get("unit", ())}
    for unit, wanted in (("lake", False), ("municipal", True)):
        asker.expect(who, CASE, str(units[unit]) in offered, wanted, f"{unit} is offered:")


def of_a_move(route: str) -> Found:
    yield "dispatcher", "aside with_the_street", partial(_to_the_accused, "dispatcher")


async def _to_the_accused(who: str, asker: Asker) -> None:
    filed = await aside(asker, "with_the_street")
    before = await asker.version(filed)
    body = {
        "seen_version": before,
        "given": {"unit": str(asker.city.crowd.units["lake"])},
    }
    answer = await asker.ask(who, MOVE, at={"number": filed.number, "move": "dispatch"}, body=body)
    asker.expect(who, MOVE, answer.status, 422, "to the accused:")
    asker.expect(who, MOVE, await asker.version(filed), before, "to the accused: stands:")
    if answer.status != 422:
        del asker.city.docket.filed["with_the_street"]
