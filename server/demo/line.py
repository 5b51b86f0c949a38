"""One story of the demo: its acts, one after the other in time, within or beyond the promises."""

from datetime import datetime, time, timedelta

from server.base import spans
from server.base.spans import Calendar
from server.cases import Act
from server.catalogue import CategoryRow
from server.demo.chance import Chance
from server.demo.words import answers

_MINUTE = timedelta(minutes=1)


class Line:
    """The acts of one story, one after the other in time."""

    def __init__(
        self,
        chance: Chance,
        calendar: Calendar,
        category: CategoryRow,
        opened_at: datetime,
        *,
        late: bool,
    ) -> None:
        self._chance, self._calendar, self._category = chance, calendar, category
        self._late, self._opened_at, self._next = late, opened_at, opened_at
        self._acts: list[Act] = []

    @property
    def _last(self) -> datetime:
        return self._acts[-1].at if self._acts else self._opened_at

    def responding(self) -> "Line":
        """The next act comes somewhere within the promised response, or after it."""
        share = self._chance.between(110, 180) if self._late else self._chance.between(5, 85)
        self._next = self._by_day(self._opened_at + self._promise("respond") * share / 100)
        return self

    def after(self, least: int, most: int) -> "Line":
        """The next act comes so many minutes after the last one."""
        self._next = self._last + self._chance.between(least, most) * _MINUTE
        return self

    def act(self, move: str, *, by: str = "owner", **given: str) -> None:
        said = {name: value for name, value in given.items() if value}
        self._acts.append(Act(move, by, max(self._next, self._last + _MINUTE), said))

    def resolved(self) -> None:
        """Somewhere within what was promised, or after it."""
        share = self._chance.between(105, 190) if self._late else self._chance.between(25, 92)
        length, begun = self._promise("resolve"), self._last
        done = self._opened_at + length * share / 100
        if done <= begun + 10 * _MINUTE:
            done = begun + length * self._chance.between(10, 60) / 100
        self._next = self._by_day(done)
        if self._category.evidence != "photo" and self._chance.share(25):
            self.act("resolve", outcome="explained", text=self._chance.one_of(answers.EXPLAINED))
        else:
            words = answers.RESOLVED[self._category.key[0]]
            self.act("resolve", outcome="fixed", text=self._chance.one_of(words))

    def until(self, now: datetime) -> tuple[Act, ...]:
        """What has happened so far."""
        done: list[Act] = []
        for act in self._acts:
            if act.at >= now:
                break
            done.append(act)
        return tuple(done)

    def _promise(self, clock: str) -> timedelta:
        """How long the category's clock runs from submission, by the calendar."""
        span = spans.parse(getattr(self._category, clock))
        return spans.due(self._opened_at, span, self._calendar) - self._opened_at

    def _by_day(self, at: datetime) -> datetime:
        """What is not urgent is not done at night."""
        local = at.astimezone(self._calendar.zone)
        if self._category.urgent or 7 <= local.hour < 22:
            return at
        day = local.date() + timedelta(days=1 if local.hour >= 22 else 0)
        morning = datetime.combine(day, time(7, 40), local.tzinfo).astimezone(at.tzinfo)
        return morning + self._chance.between(0, 100) * _MINUTE
