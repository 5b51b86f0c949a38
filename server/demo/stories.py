"""What has happened in the demo town: half a year of reports, told by chance but lawfully.

Most are closed; some are late, some came back, some were argued about; the youngest are still on
their way. Every story is told to its end and cut off at `now`.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from server.base import spans
from server.base.spans import Calendar
from server.cases import Plan
from server.catalogue import CategoryRow
from server.demo.chance import Chance
from server.demo.ground import Land
from server.demo.line import Line
from server.demo.words import answers
from server.demo.words.reports import REPORTS, SPOTS
from server.places import Ground

DAYS = 180
RECENT = timedelta(hours=84)
SHARES = {"recent": 10, "overdue": 5, "reopened": 8, "dispute": 4}  # Of a hundred; the rest ended.
DECLINED, WITHDRAWN, UNRATED, LATE, SECONDED, WITH_PHONE = 2, 1, 22, 6, 14, 40

# What is reported at a kind of place, and how often.
AT = {
    "entrance": {
        "P02": 10, "P03": 6, "P04": 8, "P05": 12, "E01": 12, "E05": 8, "K01": 6, "S03": 4, "N01": 4,
        "S04": 3, "P06": 3, "P01": 1, "P09": 1, "F01": 2, "E03": 3, "S02": 2, "Z99": 3, "C03": 1,
        "C04": 1, "P07": 1, "S01": 1,
    },
    "room": {
        "P03": 4, "P04": 4, "P08": 5, "N01": 3, "C01": 3, "C02": 3, "S02": 2, "S05": 2, "S06": 2,
    },
    "estate": {"E01": 6, "K01": 6, "F03": 5, "E04": 5, "F02": 3, "S03": 3, "F04": 3, "E03": 3},
    "street": {
        "E02": 8, "F02": 6, "F01": 3, "K02": 5, "E04": 4, "M01": 4, "N02": 3, "F04": 3, "V01": 2,
    },
    "premises": {"M01": 5, "M02": 5, "M03": 3, "E06": 4, "N02": 3},
}  # fmt: skip
WINTER_ONLY = frozenset({"P08", "F04"})
WINTER = (10, 11, 12, 1, 2, 3)
# Whoever accepts it handles it: the grid worker's own matters, and complaints about people.
OWN_HANDS = frozenset({"S02", "S05", "Z99", "P06", "C04"})
# Arguable inside an estate: what the firm returns, and whose the street says it is.
ARGUED = {
    "F01": "municipal", "F02": "municipal", "E03": "urban_management", "K01": "traffic",
    "P04": "water", "P05": "power", "E01": "sanitation", "F04": "sanitation", "E04": "greening",
    "S03": "traffic", "P03": "heating",
}  # fmt: skip
_HOURS = (0, 0, 0, 0, 0, 0, 2, 6, 9, 10, 9, 7, 6, 5, 6, 7, 8, 8, 9, 9, 7, 5, 2, 1)
_MINUTE = timedelta(minutes=1)


@dataclass
class Teller:
    """Knows the town and its clocks; tells one story after the other."""

    chance: Chance
    land: Land
    categories: dict[str, CategoryRow]
    calendar: Calendar
    units: dict[str, UUID]  # by trade
    now: datetime

    def tell(self, count: int) -> list[Plan]:
        """So many stories, the oldest first."""
        plans = [self._story(kind) for kind in self._kinds(count)]
        return sorted(plans, key=lambda plan: plan.opened_at)

    def _kinds(self, count: int) -> list[str]:
        kinds = [kind for kind, share in SHARES.items() for _ in range(count * share // 100)]
        return [*kinds, *("ended" for _ in range(count - len(kinds)))]

    def _story(self, kind: str) -> Plan:
        ground, key = self._where_and_what(kind)
        category = self.categories[key]
        opened_at = self._opened(kind, category)
        late = kind != "recent" and self.chance.share(LATE)
        line = Line(self.chance, self.calendar, category, opened_at, late=late)
        getattr(self, f"_{kind}")(line, category)
        return Plan(
            place_id=ground.id,
            category=key,
            opened_at=opened_at,
            text=self.chance.one_of(REPORTS[key]),
            spot=self.chance.one_of(SPOTS.get(ground.kind, SPOTS["other"])),
            phone=self._phone(),
            acts=line.until(self.now),
        )

    def _where_and_what(self, kind: str) -> tuple[Ground, str]:
        """A place, and what is reported there; what is argued about lies in an estate."""
        while True:
            place = self.chance.weighted(("entrance", "room", "estate", "street", "premises"),
                                         (62, 8, 12, 13, 5))  # fmt: skip
            ground = self._ground(place)
            kinds = AT[place]
            key = self.chance.weighted(list(kinds), list(kinds.values()))
            arguable = ground.inside_estate and key in ARGUED
            if (kind != "dispute" or arguable) and self._in_season(key, kind):
                return ground, key

    def _ground(self, place: str) -> Ground:
        if place == "room":
            return self.chance.one_of(self.chance.one_of(self.land.rooms))
        outside = [one for one in self.land.facilities if not one.inside_estate]
        inside = [one for one in self.land.facilities if one.inside_estate]
        options = {
            "entrance": self.land.entrances,
            "estate": [*self.land.estates, *inside],
            "street": outside,
            "premises": self.land.premises,
        }
        return self.chance.one_of(options[place])

    def _in_season(self, key: str, kind: str) -> bool:
        return key not in WINTER_ONLY or (kind == "recent" and self.now.month in WINTER)

    def _opened(self, kind: str, category: CategoryRow) -> datetime:
        """When it was reported: by day, in the half year, or in the last few days."""
        if kind == "recent":
            minutes = self.chance.between(3, int(RECENT.total_seconds() // 60))
            return self._waking(self.now - minutes * _MINUTE)
        first = 1 if kind == "overdue" else 5
        last = 18 if kind == "overdue" else DAYS
        while True:
            day = self.now - timedelta(days=self.chance.between(first, last))
            opened_at = self._at_hour(day, self.chance.weighted(range(24), _HOURS))
            if kind != "overdue" or self.due(opened_at, category.resolve) < self.now - _MINUTE:
                return opened_at
            last += 2  # What has long clocks must be older to be late.

    def _at_hour(self, day: datetime, hour: int) -> datetime:
        local = day.astimezone(self.calendar.zone)
        when = time(hour, self.chance.between(0, 59), self.chance.between(0, 59))
        at = datetime.combine(local.date(), when, self.calendar.zone).astimezone(day.tzinfo)
        return min(at, self.now - 3 * _MINUTE)

    def _waking(self, at: datetime) -> datetime:
        """The same, but nobody reports in the small hours."""
        hour = at.astimezone(self.calendar.zone).hour
        return at if 6 <= hour <= 23 else at - timedelta(hours=7)

    def _phone(self) -> str | None:
        number = self.chance.between(1200, 9999)
        return f"1600000{number}" if self.chance.share(WITH_PHONE) else None

    def due(self, start: datetime, span: str) -> datetime:
        return spans.due(start, spans.parse(span), self.calendar)

    # How a story goes, by its kind.

    def _ended(self, line: Line, category: CategoryRow) -> None:
        if self.chance.share(DECLINED) and not category.direct:
            line.responding().act("decline", reason=self.chance.one_of(answers.DECLINED))
        elif self.chance.share(WITHDRAWN):
            line.after(5, 60).act("withdraw", by="raiser")
        else:
            self._recent(line, category)

    def _recent(self, line: Line, category: CategoryRow) -> None:
        if category.public and self.chance.share(SECONDED):
            for _ in range(self.chance.between(1, 3)):
                line.after(2, 12).act("second", by="neighbour")
        self._handed_over(line, category)
        line.resolved()
        self._judged(line)

    def _overdue(self, line: Line, category: CategoryRow) -> None:
        """Somebody has it, and has had it too long."""
        self._handed_over(line, category, signs=self.chance.share(70))

    def _reopened(self, line: Line, category: CategoryRow) -> None:
        self._handed_over(line, category)
        line.resolved()
        line.after(90, 2400).act(
            "reopen", by="raiser", reason=self.chance.one_of(answers.REOPENED), solved="no"
        )
        line.after(20, 300).act("dispatch", text=self.chance.one_of(answers.DISPATCHED))
        line.after(10, 120).act("sign", text=self.chance.one_of(answers.SIGNED))
        line.resolved()
        self._judged(line)

    def _dispute(self, line: Line, category: CategoryRow) -> None:
        if not category.direct:
            line.responding().act("accept", text=self.chance.one_of(answers.ACCEPTED))
            line.after(3, 30).act("dispatch", text=self.chance.one_of(answers.DISPATCHED))
        line.after(15, 200).act("return", reason=self.chance.one_of(answers.RETURNED))
        unit = str(self.units[ARGUED[category.key]])
        line.after(60, 1200).act("rule_dispute", unit=unit, text=self.chance.one_of(answers.RULED))
        line.after(10, 120).act("sign", text=self.chance.one_of(answers.SIGNED))
        line.resolved()
        self._judged(line)

    def _handed_over(self, line: Line, category: CategoryRow, *, signs: bool = True) -> None:
        """From the grid worker to whoever handles it, or straight to them."""
        line.responding()
        if not category.direct:
            line.act("accept", text=self.chance.one_of(answers.ACCEPTED))
            if category.key in OWN_HANDS:
                line.after(1, 20).act("self_handle")
                return
            line.after(2, 40).act("dispatch", text=self.chance.one_of(answers.DISPATCHED))
            line.after(5, 90)
        if signs:
            line.act("sign", text=self.chance.one_of(answers.SIGNED))

    def _judged(self, line: Line) -> None:
        if self.chance.share(UNRATED):
            return  # Silence: the clock closes it as unrated.
        rating = self.chance.weighted(("satisfied", "fair", "dissatisfied"), (70, 20, 10))
        solved = self.chance.weighted(("yes", "partly", "no"), (88, 10, 2))
        words = {
            "satisfied": answers.THANKS,
            "fair": answers.SO_SO,
            "dissatisfied": answers.BAD,
        }[rating]
        line.after(60, 2600).act(
            "confirm", by="raiser", solved=solved, rating=rating, text=self.chance.one_of(words)
        )
