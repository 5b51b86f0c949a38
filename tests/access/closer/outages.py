"""Known outages, and reports by staff: within the area of one's posts."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from server.base import clock, database
from tests.access.asking import Asker
from tests.access.closer import table
from tests.access.deciding import ANNOUNCE, OUTAGES, OVER
from tests.access.reading import OUTAGE

Found = Iterator[tuple[str, str, partial]]


def of_outages(route: str) -> Found:
    for who in table.ANNOUNCE.split():
        yield who, "estate one", partial(_sees_outage, who)


async def _sees_outage(who: str, asker: Asker) -> None:
    """Where one announces one sees what is announced, and the places one may name."""
    at, text, other = str(asker.city.land.id("estate one")), f"停暖{asker.calls}", "停气"
    await asker.ask("dispatcher", ANNOUNCE, form=_outage(at, text))
    third = str(asker.city.land.id("estate three"))
    await asker.ask("dispatcher", ANNOUNCE, form=_outage(third, other))
    answer = await asker.ask(who, OUTAGES)
    asker.expect(who, OUTAGES, text in answer.text, who in OUTAGE, "announced:")
    sees = who in table.SEES_ESTATE_THREE.split()
    asker.expect(who, OUTAGES, other in answer.text, sees, "announced for estate three:")
    asker.expect(who, OUTAGES, at in answer.text, who in OUTAGE, "estate one is to choose:")


def of_announcing(route: str) -> Found:
    for who in table.ANNOUNCE.split():
        yield who, "estate one", partial(_announces, who)


async def _announces(who: str, asker: Asker) -> None:
    count = "SELECT count(*) AS n FROM outage"
    before = await database.fetch_value(count)
    form = _outage(str(asker.city.land.id("estate one")), "停水")
    answer = await asker.ask(who, ANNOUNCE, form=form)
    asker.expect(who, ANNOUNCE, answer.status, 303 if who in OUTAGE else 422, "estate one:")
    made = await database.fetch_value(count) - before
    asker.expect(who, ANNOUNCE, made, int(who in OUTAGE), "announced:")


def _outage(place: str, text: str) -> dict[str, str]:
    until = clock.now() + timedelta(days=1)
    return {"place": place, "text": text, "until": f"{until:%Y-%m-%dT%H:%M}"}


def of_ending(route: str) -> Found:
    yield "dispatcher", "one alone", partial(_ends_one, "dispatcher")


async def _ends_one(who: str, asker: Asker) -> None:
    """What else is announced stays."""
    newest = "SELECT id FROM outage ORDER BY id DESC LIMIT 2"
    for place in ("estate one", "estate three"):
        form = _outage(str(asker.city.land.id(place)), "停水")
        await asker.ask(who, ANNOUNCE, form=form)
    other, mine = (row["id"] for row in await database.fetch(newest))
    await asker.ask(who, OVER, at={"outage_id": mine}, form={"nothing": ""})
    ended = "SELECT ended_at FROM outage WHERE id = $1"
    found = [await database.fetch_value(ended, one) is not None for one in (mine, other)]
    asker.expect(who, OVER, found, [True, False], "ended:")


def of_filing(route: str) -> Found:
    for who, wanted in (("hill_worker", False), ("landless", False), ("grid_worker", True)):
        yield who, "estate one", partial(_files, who, wanted)


async def _files(who: str, wanted: bool, asker: Asker) -> None:
    """For a place in the area of one's posts; beyond it by its sign alone."""
    at = str(asker.city.land.id("estate one"))
    answer = await asker.ask(who, "GET /file", query={"place": at})
    asker.expect(who, "GET /file", answer.status, 200 if wanted else 404, "estate one:")
