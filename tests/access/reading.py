"""The tables of this folder as values."""

from dataclasses import dataclass

from tests.access import moves_table, routes_table, table
from tests.access.actors import ALL, BESIDE
from tests.access.closer import table as closer_table
from tests.access.docket import FILED


@dataclass(frozen=True, slots=True)
class Row:
    """One address: by which table it is judged, or what the four kinds of people are answered."""

    route: str
    judged_by: str = ""
    answers: tuple[str, ...] = ()


def _routes() -> dict[str, Row]:
    found = {}
    for line in filter(None, map(str.strip, routes_table.ROUTES.splitlines())):
        method, path, *said = line.split()
        route = f"{method} {path}"
        assert route not in found, f"twice in the table: {route}"
        found[route] = Row(route, said[0]) if len(said) == 1 else Row(route, "", tuple(said))
    return found


def _sight() -> dict[str, dict[str, str]]:
    head, *lines = table.SIGHT.strip("\n").splitlines()
    assert [label[: len(short)] for label, short in zip(FILED, head.split(), strict=True)]
    found = {who: dict(zip(FILED, sight, strict=True)) for who, *sight in map(str.split, lines)}
    assert tuple(found) == ALL, "somebody has no line in the table"
    like_others = moves_table.SEEN_LIKE | closer_table.SEEN_LIKE
    found |= {who: dict(found[like]) for who, like in BESIDE.items()}
    for sights in found.values():
        sights |= {label: sights[like] for label, like in like_others.items()}
    for label, others in (moves_table.SEEN_BESIDE | closer_table.SEEN_BESIDE).items():
        for who, sight in others.items():
            found[who][label] = sight
    return found


def _lists(text: str) -> dict[str, frozenset[str]]:
    found = {who: frozenset[str]() for who in ALL}
    for line in filter(None, map(str.strip, text.splitlines())):
        who, *labels = line.split()
        found[who] = frozenset(labels)
    return found


def _moves() -> dict[str, dict[str, frozenset[str]]]:
    """Of each case the moves that are open in it, and to whom."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for line in filter(None, map(str.strip, moves_table.MOVES.splitlines())):
        if line.endswith(":"):
            line_of = line[:-1]
            now = found[line_of] = {}
            continue
        move, *who = line.split()
        if move.endswith("?"):
            LACKING.add((line_of, move := move[:-1]))
        now[move] = frozenset(one for word in who for one in moves_table.ANY_OF.get(word, [word]))
    return found


LACKING: set[tuple[str, str]] = set()  # moves tried without what they need
ROUTES = _routes()
SIGHT = _sight()
WAITING, CALLS, UNMASK, RECEIPT = map(
    _lists, (table.WAITING, table.CALLS, table.UNMASK, table.RECEIPT)
)
ON_THE_SIGN = frozenset(table.ON_THE_SIGN.split())
OVER = frozenset(table.NO_LONGER_ON_THE_SIGN.split())
CALLED_ONLY = frozenset(table.CALLED_ONLY.split())
GROUPS = {name: frozenset(who.split()) for name, who in table.GROUPS.items()}
READS_PRAISE = frozenset(routes_table.READS_PRAISE.split())
KEEPS_REPLIES = frozenset(routes_table.KEEPS_REPLIES.split())
MAKES = frozenset(routes_table.MAKES.split())
INSPECTS = frozenset(routes_table.INSPECTS.split())
VERIFIES = frozenset(routes_table.VERIFIES.split())
MOUNTS = frozenset(routes_table.MOUNTS.split())
MINDS = {how: frozenset(who.split()) for how, who in routes_table.MINDS.items()}
READS_FOR_STAFF = frozenset(routes_table.READS_FOR_STAFF.split())
READS_FOR_STREET = frozenset(routes_table.READS_FOR_STREET.split())
KEEPS = frozenset(routes_table.KEEPS.split())
PUBLISHES = frozenset(routes_table.PUBLISHES.split())
READS_ROSTER = {unit: frozenset(who.split()) for unit, who in routes_table.READS_ROSTER.items()}
SETS_UP = {post: frozenset(who.split()) for post, who in routes_table.SETS_UP.items()}
SITS_BESIDE = {post: frozenset(who.split()) for post, who in routes_table.SITS_BESIDE.items()}
SOME = tuple(routes_table.SOME.split())
TAKES_BACK = frozenset(routes_table.TAKES_BACK.split())
OUTAGE = frozenset(routes_table.OUTAGE.split())
MOVES = _moves()
CALLED = {label: frozenset(who.split()) for label, who in closer_table.CALLED.items()}
