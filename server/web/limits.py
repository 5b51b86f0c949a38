"""How often is often enough: counts per person or address, in memory, over a moving window."""

import time
from array import array
from bisect import bisect_right
from collections import OrderedDict
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, parse_many
from limits.storage import MovingWindowSupport, Storage
from limits.strategies import MovingWindowRateLimiter
from sanic import Request

from server.base import clock
from server.base.errors import TooMany
from server.base.viewer import Viewer

# Many phones share one address in China, so addresses get much and accounts little.
BY_ADDRESS = {
    "read": "3000/minute",
    "scan": "1200/minute",
    "submit": "60/minute; 600/hour",
    "move": "240/minute",
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
    "photo": "60/minute; 600/hour",
    "signin": "30/minute",
    "own": "60/minute",
    "short-code": "20/hour",
    "export": "10/minute; 60/hour",
}
FREE = "free"  # for what costs nothing and machines ask for: health, files of our own
MOST_COUNTED = 100_000


class Windows(Storage, MovingWindowSupport):
    """The moments of the last hits, per key, in the memory of this process.

    The library's own memory store looks through every key after every hit, in another thread. Most
    addresses come once or twice: an array of eight bytes a hit is a tenth of a deque.
    """

    STORAGE_SCHEME = None

    def __init__(self) -> None:
        super().__init__()
        self._hits: OrderedDict[str, array[float]] = OrderedDict()

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count a hit unless `limit` hits lie in the last `expiry` seconds."""
        now = time.monotonic()
        hits = self._hits.get(key)
        if hits is None:
            if len(self._hits) >= MOST_COUNTED:
                self._hits.popitem(last=False)  # whoever was quiet longest
            hits = self._hits[key] = array("d")
        else:
            self._hits.move_to_end(key)
        if hits and hits[0] <= now - expiry:
            del hits[: bisect_right(hits, now - expiry)]
        if len(hits) + amount > limit:
            return False
        hits.extend([now] * amount)
        return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """When the window began, by the clock on the wall, and how many hits are in it."""
        now = time.monotonic()
        recent = [at for at in self._hits.get(key, ()) if at > now - expiry]
        began = recent[0] if recent else now
        return clock.now().timestamp() - (now - began), len(recent)

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        raise NotImplementedError("only moving windows are counted here")

    def get(self, key: str) -> int:
        return len(self._hits.get(key, ()))

    def get_expiry(self, key: str) -> float:
        return clock.now().timestamp()

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        count = len(self._hits)
        self._hits.clear()
        return count

    def clear(self, key: str) -> None:
        self._hits.pop(key, None)


_windows = Windows()
_counter = MovingWindowRateLimiter(_windows)


def _rules(table: dict[str, str]) -> dict[str, list[RateLimitItem]]:
    return {name: parse_many(rule.replace(" ", "")) for name, rule in table.items()}


_BY_ADDRESS = _rules(BY_ADDRESS) | {FREE: []}
_BY_ACCOUNT = _rules(BY_ACCOUNT) | {FREE: []}
CLASSES = frozenset(_BY_ADDRESS)


def count(request: Request, rate: str, person: Viewer) -> None:
    """Count this request against its class. Raises TooMany with the seconds to wait."""
    if not getattr(request.app.ctx, "limits", True):
        return
    if person.account_id is None:
        hit(rate, address_of(request), _BY_ADDRESS[rate])
    else:
        hit(rate, str(person.account_id), _BY_ACCOUNT[rate])


def hit(rate: str, who: str, rules: list[RateLimitItem]) -> None:
    """Count once for `who` under every rule of a class."""
    for rule in rules:
        if not _counter.hit(rule, rate, who):
            began = _counter.get_window_stats(rule, rate, who).reset_time
            raise TooMany(max(1, round(began - clock.now().timestamp())))


def forget_all() -> None:
    """Begin to count afresh."""
    _windows.reset()


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
