"""Addresses that list cases: exactly those of the table, no line less and none more."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from tests.access.actors import ALL
from tests.access.asking import Asker, kind_of
from tests.access.docket import FILED
from tests.access.doors import hidden, said
from tests.access.reading import CALLED_ONLY, CALLS, GROUPS, ON_THE_SIGN, SIGHT, WAITING
from tests.access.rows import ABSENT, number
from tests.access.table import KEPT

HERE, EXPORT = "entrance one", "POST /desk/export"
AT_THE_SIGN = frozenset({"new", "firm", "complaint", "against", "concealed", "ended"})
EVERY = frozenset(FILED)
Found = Iterator[tuple[str, str, partial]]


def handled(who: str) -> frozenset[str]:
    """What somebody sees as one who handles it."""
    return frozenset(label for label in FILED if SIGHT[who][label] in "Ww")


def on_desk(who: str, *, ended: bool = False) -> frozenset[str]:
    """What stands in a tab of the desk: the closed one, or all that is open."""
    called = {"guests"} if who in CALLED_ONLY else set()
    return frozenset(one for one in handled(who) - called if (one == "ended") is ended)


def theirs(who: str) -> frozenset[str]:
    """What they raised or joined, and what they hold the key of."""
    return frozenset(
        label for label in FILED if SIGHT[who][label] in "OP" or KEPT.get(who) == label
    )


def on_sign(who: str) -> frozenset[str]:
    """What stands on the sign for them: what is open to all eyes, and above it their own."""
    own = theirs(who) & {*AT_THE_SIGN, "guests"}
    return ON_THE_SIGN | own


@dataclass(frozen=True, slots=True)
class Look:
    """One way of asking: for whom it is, and which cases it must hold then."""

    name: str
    sent: dict
    holds: object  # of somebody, the labels
    whose: str = "all"  # all, staff, or a group


LOOKS = {
    "GET /c/<token>": [Look("sign", {"query": {"open": "all"}}, on_sign)],
    "GET /m/v1/codes/<token>": [Look("sign", {}, on_sign)],
    "GET /mine": [Look("mine", {}, theirs)],
    "GET /m/v1/cases": [
        Look("mine", {"query": {"list": "mine", "limit": 100}}, theirs),
        Look("todo", {"query": {"list": "todo", "limit": 100}}, WAITING.__getitem__, "staff"),
        Look("here", {"query": {"list": "here"}}, lambda who: ON_THE_SIGN - theirs(who)),
        Look("nowhere", {"query": {"list": "here", "code": "nowhere"}}, None, "nobody"),
    ],
    "GET /work": [
        Look("work", {}, WAITING.__getitem__, "staff"),
        Look("part", {"query": {"part": "list"}}, WAITING.__getitem__, "staff"),
    ],
    "GET /desk": [
        Look("open", {}, on_desk, "staff"),
        Look("part", {"query": {"part": "list"}}, on_desk, "staff"),
        Look("closed", {"query": {"tab": "closed"}}, partial(on_desk, ended=True), "staff"),
        Look("search", {"query": {"q": "龘0"}}, on_desk, "staff"),
    ],
    EXPORT: [
        Look("csv", {"form": {"format": "csv"}}, on_desk, "exporters"),
        Look("xlsx", {"form": {"format": "xlsx"}}, on_desk, "exporters"),
    ],
    "GET /callbacks": [Look("calls", {}, CALLS.__getitem__, "callers")],
    "GET /bulk": [Look("every", {"query": {"move": "progress"}}, handled, "staff")],
}


def listed(route: str) -> Found:
    """Everybody, in every way the address may be asked."""
    for who in ALL:
        for look in LOOKS[route]:
            yield who, look.name, partial(_listed, who, look, route)
        if route == EXPORT:
            yield who, "not raised", partial(_not_raised, who, route)
        if route == "GET /desk" and kind_of(who) == "staff":
            for label in FILED:
                yield who, f"beside {label}", partial(_beside, who, label, route)


async def _listed(who: str, look: Look, route: str, asker: Asker) -> None:
    answer = await asker.ask(who, route, raised=look.whose == "exporters", **_sent(asker, look))
    asker.expect(who, route, said(answer), _status(who, look, route), look.name)
    if answer.status == 200:
        found = asker.listed_in(answer)
        asker.expect(who, route, found, set(look.holds(who)), f"{look.name} lists")


async def _not_raised(who: str, route: str, asker: Asker) -> None:
    answer = await asker.ask(who, route, form={"format": "csv"})
    among = "up" if who in GROUPS["exporters"] else "403"
    wanted = {"guest": "401", "staff": among}.get(kind_of(who), "403")
    asker.expect(who, route, said(answer), wanted, "not raised")


def _sent(asker: Asker, look: Look) -> dict:
    sent, city = dict(look.sent), asker.city
    if look.name == "here":
        return {"query": sent["query"] | {"code": city.land.codes[HERE]}}
    if look.name == "every":
        chosen = [number(asker, label) for label in (*FILED, ABSENT)]
        return {"query": sent["query"] | {"case": chosen}}
    return sent | {"at": {"token": city.land.codes[HERE]}}


def _status(who: str, look: Look, route: str) -> str:
    kind = kind_of(who)
    if look.whose == "nobody":
        return hidden(who, route)
    if look.whose == "all":
        return "200"
    if kind == "guest":
        return "in" if route.startswith("GET") and "/m/v1/" not in route else "401"
    if kind != "staff":
        return "403"
    return "200" if look.whose == "staff" or who in GROUPS[look.whose] else "403"


async def _beside(who: str, label: str, route: str, asker: Asker) -> None:
    """One case opened beside the list."""
    answer = await asker.ask(who, route, query={"case": number(asker, label)})
    there = SIGHT[who][label] != "."
    asker.expect(who, route, said(answer), "200" if there else hidden(who, route), label)
