"""Addresses of praise: taken back by its giver, passed on by a clerk of its place; else not there.

Each asks about a praise of its own, with words that wait, given by the raiser at estate one.
"""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from server import places, praise
from server.base import clock, database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.praise import PastPraise, Target
from server.praise.models import Praise
from server.trust import ReplayKey
from tests.access.actors import ALL
from tests.access.asking import Asker, kind_of
from tests.access.doors import hidden
from tests.access.reading import GROUPS, READS_PRAISE, SIGHT

Found = Iterator[tuple[str, str, partial]]
GIVER = "raiser"


def read(route: str) -> Found:
    """What was passed on is for everybody; of a case, for those who see it; and one's own."""
    for who in ALL:
        yield who, "a sign", partial(_read, who, route)
        yield who, "ended", partial(_read_of_case, who, route)


async def _read(who: str, route: str, asker: Asker) -> None:
    target = f"code:{asker.city.land.codes['entrance one']}"
    answer = await asker.ask(who, route, query={"target": target})
    asker.expect(who, route, answer.status, 200)
    mine = await asker.ask(who, route, query={"target": "mine"})
    asker.expect(who, route, mine.status, 401 if kind_of(who) == "guest" else 200, "mine:")


async def _read_of_case(who: str, route: str, asker: Asker) -> None:
    target = f"case:{asker.city.docket.filed['ended'].number}"
    answer = await asker.ask(who, route, query={"target": target})
    there = SIGHT[who].get("ended", ".") != "."
    asker.expect(who, route, str(answer.status), "200" if there else hidden(who, route), "ended")


def given(route: str) -> Found:
    """Taken back by whoever gave it, and by nobody else."""
    for who in ALL:
        yield who, "the raiser's", partial(_taken_back, who, route)


async def _taken_back(who: str, route: str, asker: Asker) -> None:
    praise_id, _ = await _waiting(asker, route)
    other_id, _ = await _waiting(asker, route, post="property_manager")
    form = {} if "/m/v1/" in route else {"form": {"nothing": ""}}
    answer = await asker.ask(who, route, at={"praise_id": praise_id}, **form)
    done = 204 if "/m/v1/" in route else 303
    wanted = done if who == GIVER else 401 if kind_of(who) == "guest" else 404
    asker.expect(who, route, answer.status, wanted)
    gone = await _state(praise_id) == "withdrawn"
    asker.expect(who, route, gone, who == GIVER, "withdrawn:")
    asker.expect(who, route, await _state(other_id), "waiting", "the other is")
    absent = await asker.ask(who, route, at={"praise_id": new_id()}, **form)
    asker.expect(who, route, absent.status, 401 if kind_of(who) == "guest" else 404, "absent:")
    await _clear(praise_id, other_id)


def decided(route: str) -> Found:
    """Passed on or kept back by whoever reads what waits at its place, in whose list it stands."""
    for who in ALL:
        yield who, "estate one", partial(_decided, who, route)
        if who in READS_PRAISE:
            yield who, "one's own", partial(_own_decided, who, route)


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


async def _own_decided(who: str, route: str, asker: Asker) -> None:
    """Never what was said of one's own post, nor what one said oneself."""
    for giver, post in ((GIVER, who), (who, "grid_worker")):
        praise_id = await _brought(asker, giver=giver, post=post)
        form = {"reason": "请只写要谢的人。"}
        answer = await asker.ask(who, route, at={"praise_id": praise_id}, form=form)
        asker.expect(who, route, answer.status, 403, f"by {giver} of {post}:")
        await _clear(praise_id)


def _may_decide(who: str) -> int:
    if who in READS_PRAISE:
        return 303
    if who in GROUPS["readers"]:
        return 404
    return 401 if kind_of(who) == "guest" else 403


async def _brought(asker: Asker, *, giver: str, post: str) -> UUID:
    """Thanks for a case that this post handled, waiting at estate one."""
    city = asker.city
    ground = await places.find(city.land.id("estate one"))
    target = Target(
        kind="case",
        id=new_id(),
        name="路灯不亮",
        ground=ground,
        covers_path="",
        post_id=city.crowd.posts[post],
    )
    past = PastPraise(
        target=target,
        account_id=city.crowd.accounts[giver],
        tag="quick",
        text="谢谢",
        state="waiting",
        given_at=clock.now(),
    )
    await praise.bring_in([past])
    return past.id


async def _waiting(asker: Asker, route: str, *, post: str = "grid_worker") -> tuple[UUID, str]:
    """Thanks to somebody of estate one that nobody has read yet, and their words."""
    city, words = asker.city, f"谢谢网格员{asker.calls:,}"  # seven digits on end would be a number
    given = await praise.give(
        praise.NewPraise(
            wanted=praise.Wanted(
                code=city.land.codes["entrance one"], post_id=city.crowd.posts[post]
            ),
            tag="kind",
            text=words,
        ),
        by=await city.crowd.viewer(GIVER),
        asked=ReplayKey("access", route, f"praise{post}{asker.calls}", b""),
    )
    return given.id, words


async def _state(praise_id: UUID) -> str:
    return str(await database.fetch_value("SELECT state FROM praise WHERE id = $1", praise_id))


async def _clear(*praise_ids: UUID) -> None:
    """The next one asks about a praise of the same day."""
    async with unit_of_work() as unit:
        for praise_id in praise_ids:
            unit.delete(Praise, where={"id": praise_id})
