"""Addresses of conversations: one is read and gone on with by its two sides, and is not there else.

Each asks about a conversation of the raiser with the grid worker of estate one, of her own.
"""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from server import contact
from server.base import database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.contact import ConversationFile, Said
from server.contact.models import Conversation
from server.trust import ReplayKey
from tests.access.actors import ALL
from tests.access.asking import Asker, kind_of
from tests.access.doors import hidden, said
from tests.access.reading import ROUTES, SOME

Found = Iterator[tuple[str, str, partial]]
HERS, POST = "raiser", "grid_worker"
SIDES = (HERS, POST)
TOLD = ("grid_leader", "duty_post", "municipal", "municipal_leader")


def talked(route: str) -> Found:
    """Read, written to and marked by its two sides, and by nobody else."""
    for who in ALL:
        yield who, "the raiser's", partial(_talked, who, route)
        if route.startswith("GET"):
            yield who, "told to others", partial(_told, who, route)


async def _talked(who: str, route: str, asker: Asker) -> None:
    one, words = await _begun(asker, route)
    before = await _last(one.id)
    answer = await asker.ask(who, route, at={"conversation_id": one.id}, **_sent(route, one.id))
    asker.expect(who, route, said(answer), _done(route) if who in SIDES else _no(who, route))
    asker.expect(who, route, words in answer.text, who in SIDES and _shows(route), "its words:")
    if route.startswith("POST") and not route.endswith(("/read", "/ticket")):
        written = await _last(one.id) > before
        asker.expect(who, route, written, who in SIDES, "something was said:")
    absent = new_id()
    missing = await asker.ask(who, route, at={"conversation_id": absent}, **_sent(route, absent))
    asker.expect(who, route, said(missing), _no(who, route), "absent:")


async def _told(who: str, route: str, asker: Asker) -> None:
    """Once others were told of it they read it too: a leader, whoever is on duty, a whole unit."""
    one, words = await _begun(asker, route)
    await _tell(one.id, asker)
    answer = await asker.ask(who, route, at={"conversation_id": one.id})
    asker.expect(who, route, words in answer.text, who in (*SIDES, *TOLD), "told, its words:")


async def _tell(conversation_id: UUID, asker: Asker) -> None:
    posts, units = asker.city.crowd.posts, asker.city.crowd.units
    async with unit_of_work() as unit:
        unit.update(
            Conversation,
            where={"id": conversation_id},
            set={
                "leader_post_id": posts["grid_leader"],
                "duty_post_id": posts["duty_post"],
                "leader_unit_id": units["municipal"],
            },
        )


def pressed(route: str) -> Found:
    """Staff who answer have something to press, the resident nothing, and nobody else is there."""
    for who in SOME:
        yield who, "the raiser's", partial(_pressed, who, route)


async def _pressed(who: str, route: str, asker: Asker) -> None:
    one, _ = await _begun(asker, route)
    answer = await asker.ask(who, route, at={"conversation_id": one.id})
    asker.expect(who, route, said(answer), "200" if who in SIDES else _no(who, route))
    asker.expect(who, route, '"value"' in answer.text, who == POST, "something to press:")


def acted(route: str) -> Found:
    """What each side may do in it, and nobody else."""
    for who in ALL:
        yield who, "the raiser's", partial(_acted, who, route)


# Who may do what in a conversation that goes on; the others of the two are refused (409).
MAY = {"end": SIDES, "block": (POST,), "case": (POST,), "appeal": (), "lift": (), "uphold": ()}


async def _acted(who: str, route: str, asker: Asker) -> None:
    for act, allowed in MAY.items():
        one, _ = await _begun(asker, route)
        form = {"text": "一直发广告", "seq": "1"}
        sent = {"form": form} if "/m/v1/" not in route else {"body": form | {"seq": 1}}
        at = {"conversation_id": one.id, "act": act}
        answer = await asker.ask(who, route, at=at, **sent)
        wanted = _done(route) if who in allowed else "409" if who in SIDES else _no(who, route)
        asker.expect(who, route, said(answer), wanted, act)
        changed = await _last(one.id) > 1
        asker.expect(who, route, changed, who in allowed, f"{act} is done:")


def lists(route: str) -> Found:
    """Whoever began it, and whoever it was written to, find it in their list."""
    for who in ALL:
        yield who, "the raiser's", partial(_listed, who, route)


async def _listed(who: str, route: str, asker: Asker) -> None:
    one, _ = await _begun(asker, route)
    await _tell(one.id, asker)
    for which in ("mine", "work") if "/m/v1/" in route else ("",):
        answer = await asker.ask(who, route, query={"list": which} if which else {})
        mine = which == "mine" or "/mine/" in route
        listed = who in ((HERS,) if mine else (POST, *TOLD))
        asker.expect(who, route, str(one.id) in answer.text, listed, f"{which} lists it:")
        nobody = "401" if which else "in"
        for_all = mine or kind_of(who) == "staff"
        wanted = "200" if for_all else nobody if kind_of(who) == "guest" else "403"
        asker.expect(who, route, said(answer), wanted)


async def _begun(asker: Asker, route: str) -> tuple[ConversationFile, str]:
    """A new one with words of its own; those before are over."""
    city, words = asker.city, f"请问{asker.calls:,}号灯几时修"
    by = await city.crowd.viewer(HERS)
    for old in (await contact.own_conversations(by)).items:
        await _is_over(old.id)
    begun = await contact.begin(
        city.land.codes["entrance one"],
        city.crowd.posts[POST],
        Said(text=words),
        by=by,
        asked=ReplayKey("access", route, f"talk{asker.calls}{new_id().hex[-8:]}", b""),
    )
    return begun, words


async def _is_over(conversation_id: UUID) -> None:
    """However it stood: the next one begins anew."""
    async with unit_of_work() as unit:
        unit.update(
            Conversation,
            where={"id": conversation_id},
            set={"account_id": None, "state": "ended", "ring_at": None, "blocked": False},
        )


async def _last(conversation_id: UUID) -> int:
    found = "SELECT last_seq FROM conversation WHERE id = $1"
    return int(await database.fetch_value(found, conversation_id))


def _sent(route: str, conversation_id: UUID) -> dict:
    if route.startswith("GET"):
        return {}
    if route.endswith("/live/ticket"):
        return {"body": {"conversation_id": str(conversation_id)}}
    if route.endswith("/read"):
        return {"body": {"seq": 1}}
    return {"body": {"text": "好"}} if "/m/v1/" in route else {"form": {"text": "好"}}


def _done(route: str) -> str:
    if "/m/v1/" not in route:
        return "200" if route.startswith("GET") else "303"
    if route.endswith("/read"):
        return "204"
    return "201" if route.startswith("POST") and not ROUTES[route].judged_by == "acted" else "200"


def _no(who: str, route: str) -> str:
    return hidden(who, route)


def _shows(route: str) -> bool:
    return route.startswith("GET")
