"""How often is often enough: counts per person or address, in memory, over a moving window."""

import time
from array import array
from bisect import bisect_right
from ipaddress import IPv4Address, IPv6Address, ip_address

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
# What guests of one neighbourhood begin with one post, or one case: who leaves the cookie out is
# somebody new each time, and many phones share one neighbourhood.
BY_BLOCK = {"conversation": "20/hour", "second": "10/hour"}
FREE = "free"  # for what costs nothing and machines ask for: health, files of our own
MOST_COUNTED = 40_000  # of those heard lately, and as many of those heard before them


class GuestsEnough(TooMany):
    """Many guests of one neighbourhood did this to one post or one case already."""

    code = "guests-enough"
    sentence = "同一个网络里刚刚已经有很多人这样做了，请{minutes}分钟后再试。急事请打电话。"


Heard = dict[str, "float | array[float]"]  # one moment, or several


class Window:
    """At most so many in so many seconds: the moments of the last hits of each, in this process.

    The library's own memory store looks through every key after every hit, in another thread, and
    makes a key anew from each rule. Who was heard neither in this span nor in the one before is
    forgotten with it, which nobody notices. Most come once: a number, and only then an array.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self._lately: Heard = {}
        self._before: Heard = {}
        self._turns_at = 0.0

    def take(self, who: str) -> float:
        """Count a hit and give 0.0; if there are too many already, the seconds to wait."""
        now = time.monotonic()
        if now >= self._turns_at or len(self._lately) >= MOST_COUNTED:
            self._before, self._lately, self._turns_at = self._lately, {}, now + self.seconds
        hits = self._lately.get(who)
        if hits is None:
            hits = self._before.pop(who, None)
        if hits is None:
            self._lately[who] = now
            return 0.0
        return self._again(who, hits, now)

    def _again(self, who: str, hits: "float | array[float]", now: float) -> float:
        hits = array("d", (hits,)) if isinstance(hits, float) else hits
        if hits[0] <= now - self.seconds:
            del hits[: bisect_right(hits, now - self.seconds)]
        self._lately[who] = hits
        if len(hits) >= self.most:
            return hits[0] + self.seconds - now
        hits.append(now)
        return 0.0

    def clear(self) -> None:
        """Forget every hit."""
        self._lately.clear()
        self._before.clear()


Rules = tuple[Window, ...]


def rules_of(written: str) -> Rules:
    """The rules of a class as written above, "60/minute; 600/hour", with nothing counted yet."""
    items = parse_many(written.replace(" ", ""))
    return tuple(Window(each.amount, each.get_expiry()) for each in items)


def _rules(table: dict[str, str]) -> dict[str, Rules]:
    return {rate: rules_of(written) for rate, written in table.items()} | {FREE: ()}


_BY_ADDRESS, _BY_ACCOUNT = _rules(BY_ADDRESS), _rules(BY_ACCOUNT)
_BY_BLOCK = _rules(BY_BLOCK)
CLASSES = frozenset(_BY_ADDRESS)


def count(request: Request, rate: str, person: Viewer) -> None:
    """Count this request against its class. Raises TooMany with the seconds to wait."""
    if not getattr(request.app.ctx, "limits", True):
        return
    if person.account_id is None:
        hit(address_of(request), _BY_ADDRESS[rate])
    else:
        hit(str(person.account_id), _BY_ACCOUNT[rate])


def count_guest(request: Request, what: str, about: object, person: Viewer) -> None:
    """Count what somebody without an account begins with a post or a case, by the block of
    addresses it comes from. Raises GuestsEnough."""
    if person.account_id is None and getattr(request.app.ctx, "limits", True):
        hit(f"{block_of(address_of(request))} {about}", _BY_BLOCK[what], GuestsEnough)


def rules_for_guests(request: Request, rate: str) -> Rules:
    """What a class asks of whoever has no account; nothing where nothing is limited."""
    return _BY_ADDRESS[rate] if getattr(request.app.ctx, "limits", True) else ()


def is_too_often(who: str, rules: Rules) -> bool:
    """Count once for `who`, as `hit` does; whether that was too much."""
    return any(rule.take(who) for rule in rules)


def hit(who: str, rules: Rules, refused: type[TooMany] = TooMany) -> None:
    """Count once for `who` under every rule of a class. Raises TooMany, or another one of them."""
    for rule in rules:
        if wait_s := rule.take(who):
            raise refused(max(1, round(wait_s)))


def forget_all() -> None:
    """Begin to count afresh."""
    for rules in (*_BY_ADDRESS.values(), *_BY_ACCOUNT.values(), *_BY_BLOCK.values()):
        for rule in rules:
            rule.clear()


def _sender(request: Request) -> str:
    """The peer, or what the farthest of our own proxies saw; further back anyone may write."""
    ours = request.app.config.get("PROXIES_COUNT")
    if not ours:
        return str(request.ip)
    hops = ",".join(request.headers.getall("x-forwarded-for", ())).split(",")
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


def block_of(address: str) -> str:
    """The neighbourhood of an address: of IPv4 the /24; an IPv6 comes as its /64 already."""
    try:
        number = ip_address(address)
    except ValueError:
        return address
    four = number if isinstance(number, IPv4Address) else number.ipv4_mapped
    return f"{IPv4Address(int(four) >> 8 << 8)}/24" if four else address
