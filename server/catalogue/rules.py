"""Place × category × time → the role that owns it; and which kinds to show at which place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from server.places import Ground

NOBODY_ELSE = "street_dispatcher"
# Who owns it where the role has nobody: an estate without a firm is the community's.
INSTEAD = {"property_firm": ("community",), "community_secretary": ("community",)}
TILES = 8
WINTER = (10, 11, 12, 1, 2, 3, 4)  # The months of heating and of snow.
_ONLY_IN_WINTER = frozenset({"P08", "F04"})

_AT_HOME = ("P09", "P08", "P03", "P04", "N01", "P06", "E05", "S02", "C02", "C01")
_AT_THE_DOOR = ("P01", "P09", "P02", "P03", "P04", "P05", "E05", "E01", "K01")
_IN_THE_ESTATE = ("S03", "E01", "K01", "P05", "F03", "F04", "E04", "F02", "P06")
_IN_THE_STREET = ("F01", "F04", "E02", "F02", "K02", "E04", "M01", "E03", "N02")
_AT_A_SHOP = ("M01", "M02", "M03", "E06", "N02", "E02", "F01", "S03")
_BY_KIND = {
    "room": _AT_HOME,
    "entrance": _AT_THE_DOOR,
    "building": _AT_THE_DOOR,
    "estate": _IN_THE_ESTATE,
    "premises": _AT_A_SHOP,
}


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """One kind of report, with everything that differs by city."""

    key: str
    title: str
    icon: str
    rank: int
    respond: str  # a span: "30m", "4wh", "1wd"
    resolve: str
    direct: bool
    public: bool
    conceal: bool
    covers: str
    evidence: str
    urgent: bool
    advice: str | None
    escalate: str
    gb_code: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the dispatch catalogue; what is None fits always."""

    category_key: str
    inside_estate: bool | None
    starts: str | None
    ends: str | None
    owner: str
    weight: int

    def fits(self, inside_estate: bool, clock_time: str) -> bool:
        if self.inside_estate is not None and self.inside_estate != inside_estate:
            return False
        if self.starts is None or self.ends is None:
            return True
        if self.starts <= self.ends:
            return self.starts <= clock_time < self.ends
        return clock_time >= self.starts or clock_time < self.ends  # Over midnight.


def choose(rules: Iterable[Rule], inside_estate: bool, clock_time: str) -> str:
    """The role of the heaviest rule that fits; the street's dispatcher if none does."""
    fitting = [rule for rule in rules if rule.fits(inside_estate, clock_time)]
    return max(fitting, key=lambda rule: rule.weight).owner if fitting else NOBODY_ELSE


def roles_in_turn(role: str) -> tuple[str, ...]:
    """Whom to ask for, one after the other, so that nothing is ever without an owner."""
    return (role, *INSTEAD.get(role, ()), NOBODY_ELSE)


def shown_at(ground: Ground, today: date) -> list[str]:
    """The keys of the kinds to show first at this place, urgent ones leading."""
    in_street = _IN_THE_ESTATE if ground.inside_estate else _IN_THE_STREET
    keys = _BY_KIND.get(ground.kind, in_street)
    season = [key for key in keys if today.month in WINTER or key not in _ONLY_IN_WINTER]
    return season[:TILES]
