"""The calls of the matrix: every address, as everybody, at everything it may be about."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass

from tests.access import (
    bringing_in,
    doors,
    homes,
    keeping,
    lists,
    moving,
    neighbours,
    posting,
    praising,
    rostering,
    rows,
    signs,
    talking,
    trading,
)
from tests.access.asking import Asker
from tests.access.closer.questions import CLOSER
from tests.access.reading import ROUTES

Run = Callable[[Asker], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Probe:
    """One question to the town, by one person; `run` remembers what was wrong in the asker."""

    route: str
    who: str
    about: str
    run: Run
    is_closer: bool = False  # one of `closer/`


JUDGES: dict[str, Callable[[str], Iterator[tuple[str, str, Run]]]] = {
    "": doors.by_kind,
    "session": doors.sessions,
    "filter": doors.filters,
    "outage": doors.outages,
    "import": bringing_in.imports,
    "roster": rostering.read,
    "post": rostering.set_up,
    "leave": rostering.taken_back,
    "given": praising.given,
    "praises": praising.read,
    "decided": praising.decided,
    "talked": talking.talked,
    "acted": talking.acted,
    "talks": talking.lists,
    "replies": keeping.kept,
    "pressed": talking.pressed,
    "coded": signs.coded,
    "traded": trading.traded,
    "inspected": trading.inspected,
    "kept": trading.kept,
    "homed": homes.homed,
    "housed": homes.housed,
    "posted": posting.read,
    "minded": posting.minded,
    "stationed": neighbours.stationed,
    "published": neighbours.published,
    "publicly": neighbours.publicly,
    "sight": rows.seen,
    "photo": rows.photos,
    "second": rows.joined,
    "unmask": rows.unmasked,
    "receipt": rows.receipts,
    "call": rows.called,
    "list": lists.listed,
    "moves": moving.moved,
}


def probes(routes: Iterable[str] = ROUTES) -> Iterator[Probe]:
    """Every question about these addresses, those that change a case at last."""
    last = [route for route in routes if ROUTES[route].judged_by == "moves"]
    for route in (*(one for one in routes if one not in last), *last):
        for who, about, run in JUDGES[ROUTES[route].judged_by](route):
            yield Probe(route, who, about, run)
        for who, about, run in CLOSER[route](route) if route in CLOSER else ():
            yield Probe(route, who, about, run, is_closer=True)
