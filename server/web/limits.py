"""How often is often enough: counts per person or address, in memory, over a moving window."""

import time
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from limits import parse_many
from sanic import Request

from server.base.errors import TooMany
from server.base.viewer import Viewer

# Many phones share one address in China, so addresses get much and accounts little.
BY_ADDRESS = {
    "read": "3000/minute",
    "scan": "1200/minute",
    "submit": "60/minute; 600/hour",
    "move": "240/minute",
    "talk": "240/minute; 3000/hour",
    "photo": "120/minute; 1200/hour",
    "signin": "30/minute; 300/hour",
    "own": "60/minute",
    "short-code": "20/hour",
    "export": "20/hour",
}
BY_ACCOUNT = {
    "read": "1200/minute",
    "scan": "600/minute",
    "submit": "20/minute; 200/hour",
    "move": "120/minute",
    "talk": "60/minute; 900/hour",
    "photo": "60/minute; 600/hour",
    "signin": "30/minute",
    "own": "60/minute",
    "short-code": "20/hour",
    "export": "10/minute; 60/hour",
}
FREE = "free"  # for what costs nothing and machines ask for: health, files of our own
MOST_COUNTED = 100_000


class Windows:
    """The moments of the last hits, per key, in the memory of this process.

    The library's own memory store looks through every key after every hit, in another thread, and
    makes a key anew from each rule. Most addresses come once or twice: an array of eight bytes a
    hit is a tenth of a deque.
    """

    def __init__(self) -> None:
        self._hits: OrderedDict[str, array[float]] = OrderedDict()

    def take(self, key: str, most: int, seconds: int) -> float:
        """Count a hit and give 0.0; if `most` lie in the last `seconds`, the seconds to wait."""
        now = time.monotonic()
        hits = self._hits.get(key)
        if hits is None:
            if len(self._hits) >= MOST_COUNTED:
                self._hits.popitem(last=False)  # whoever was quiet longest
            hits = self._hits[key] = array("d")
        else:
            self._hits.move_to_end(key)
            if hits and hits[0] <= now - seconds:
                del hits[: bisect_right(hits, now - seconds)]
        if len(hits) >= most:
            return hits[0] + seconds - now
        hits.append(now)
        return 0.0

    def clear(self) -> None:
        """Forget every hit."""
        self._hits.clear()


@dataclass(frozen=True, slots=True)
class Rule:
    """So many in so many seconds; `name` tells its counts from another rule's."""

    name: str
    most: int
    seconds: int


def rules_of(rate: str, written: str) -> tuple[Rule, ...]:
    """The rules of a class as written above: "60/minute; 600/hour"."""
    items = parse_many(written.replace(" ", ""))
    return tuple(Rule(f"{rate} {each}: ", each.amount, each.get_expiry()) for each in items)


def _rules(table: dict[str, str]) -> dict[str, tuple[Rule, ...]]:
    return {rate: rules_of(rate, written) for rate, written in table.items()} | {FREE: ()}


_windows = Windows()
_BY_ADDRESS, _BY_ACCOUNT = _rules(BY_ADDRESS), _rules(BY_ACCOUNT)
CLASSES = frozenset(_BY_ADDRESS)


def count(request: Request, rate: str, person: Viewer) -> None:
    """Count this request against its class. Raises TooMany with the seconds to wait."""
    if not getattr(request.app.ctx, "limits", True):
        return
    if person.account_id is None:
        hit(address_of(request), _BY_ADDRESS[rate])
    else:
        hit(str(person.account_id), _BY_ACCOUNT[rate])


def hit(who: str, rules: Iterable[Rule]) -> None:
    """Count once for `who` under every rule of a class. Raises TooMany."""
    for rule in rules:
        if wait_s := _windows.take(rule.name + who, rule.most, rule.seconds):
            raise TooMany(max(1, round(wait_s)))


def forget_all() -> None:
    """Begin to count afresh."""
    _windows.clear()


def _sender(request: Request) -> str:
    """The peer, or what the farthest of our own proxies saw; further back anyone may write."""
    ours = request.app.config.PROXIES_COUNT
    if not ours:
        return str(request.ip)
    hops = ",".join(request.headers.getall("x-forwarded-for", [])).split(",")
    return hops[-ours].strip().strip("[]") if len(hops) >= ours and hops[-1] else str(request.ip)


def address_of(request: Request) -> str:
    """Where this request comes from: what a trusted proxy says, else the peer; IPv6 by its /64."""
    address = _sender(request)
    if ":" not in address:
        return address
    try:
        number = ip_address(address)
    except ValueError:
        return str(address)
    if isinstance(number, IPv6Address) and number.ipv4_mapped is None:
        return f"{IPv6Address(int(number) >> 64 << 64)}/64"
    return str(number)
