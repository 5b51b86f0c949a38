"""Addresses of praise: taken back by its giver, passed on by a clerk of its place; else not there.

Each asks about a praise of its own, with words that wait, given by the raiser at estate one.
"""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from server import praise
from server.base import database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.praise.models import Praise
from server.trust import ReplayKey
from tests.access.actors import ALL
from tests.access.asking import Asker, kind_of
from tests.access.reading import GROUPS, READS_PRAISE

Found = Iterator[tuple[str, str, partial]]
GIVER = "raiser"


def given(route: str) -> Found:
    """Taken back by whoever gave it, and by nobody else."""
    for who in ALL:
        yield who, "the raiser's", partial(_taken_back, who, route)


async def _taken_back(who: str, route: str, asker: Asker) -> None:
    praise_id, _ = await _waiting(asker, route)
    form = {} if "/m/v1/" in route else {"form": {"nothing": ""}}
    answer = await asker.ask(who, route, at={"praise_id": praise_id}, **form)
    done = 204 if "/m/v1/" in route else 303
    wanted = done if who == GIVER else 401 if kind_of(who) == "guest" else 404
    asker.expect(who, route, answer.status, wanted)
    gone = await _state(praise_id) == "withdrawn"
    asker.expect(who, route, gone, who == GIVER, "withdrawn:")
    await _clear(praise_id)


def decided(route: str) -> Found:
    """Passed on or kept back by whoever reads what waits at its place, in whose list it stands."""
    for who in ALL:
        yield who, "estate one", partial(_decided, who, route)


async def _decided(who: str, route: str, asker: Asker) -> None:
    praise_id, words = await _waiting(asker, route)
    if who in GROUPS["readers"]:
        listed = await asker.ask(who, "GET /desk/praises")
        asker.expect(who, route, words in listed.text, who in READS_PRAISE, "in the list:")
    form = {"reason": "请只写要谢的人。"}
    answer = await asker.ask(who, route, at={"praise_id": praise_id}, form=form)
    asker.expect(who, route, answer.status, _may_decide(who))
    over = await _state(praise_id) != "waiting"
    asker.expect(who, route, over, who in READS_PRAISE, "decided:")
    missing = await asker.ask(who, route, at={"praise_id": new_id()}, form=form)
    reads = who in GROUPS["readers"]
    asker.expect(who, route, missing.status, 404 if reads else _may_decide(who), "absent:")
    await _clear(praise_id)


def _may_decide(who: str) -> int:
    if who in READS_PRAISE:
        return 303
    if who in GROUPS["readers"]:
        return 404
    return 401 if kind_of(who) == "guest" else 403


async def _waiting(asker: Asker, route: str) -> tuple[UUID, str]:
    """Thanks to the grid worker that nobody has read yet, and their words."""
    city, words = asker.city, f"谢谢网格员{asker.calls}"
    given = await praise.give(
        praise.NewPraise(
            wanted=praise.Wanted(
                code=city.land.codes["entrance one"], post_id=city.crowd.posts["grid_worker"]
            ),
            tag="kind",
            text=words,
        ),
        by=await city.crowd.viewer(GIVER),
        asked=ReplayKey("access", route, f"praise{asker.calls}", b""),
    )
    return given.id, words


async def _state(praise_id: UUID) -> str:
    return str(await database.fetch_value("SELECT state FROM praise WHERE id = $1", praise_id))


async def _clear(praise_id: UUID) -> None:
    """The next one asks about a praise of the same day."""
    async with unit_of_work() as unit:
        unit.delete(Praise, where={"id": praise_id})
