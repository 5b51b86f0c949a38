"""Conditions on a move: frozen values that hold or do not, with the sentence a person is told."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from server.base import spans
from server.flows.moment import Moment

HEARD = "heard"  # answered where a bell rings


@dataclass(frozen=True, slots=True)
class AtMost:
    """The move, or any of several ("a|b"), was made fewer than `n` times so far."""

    move: str
    n: int
    sentence: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "sentence", self.sentence or f"这一步最多{self.n}次，已经用完了。")

    def holds(self, at: Moment) -> bool:
        return sum(map(at.made, self.move.split("|"))) < self.n

    def __str__(self) -> str:
        return f"{self.move} ≤ {self.n}"


@dataclass(frozen=True, slots=True)
class Before:
    """None of the moves "a|b" was made yet."""

    moves: str
    sentence: str = "已经过了这一步。"

    def holds(self, at: Moment) -> bool:
        return not any(map(at.made, self.moves.split("|")))

    def __str__(self) -> str:
        return f"before {self.moves}"


@dataclass(frozen=True, slots=True)
class Made:
    """The move was made at least `n` times."""

    move: str
    n: int = 1
    sentence: str = "还差前面一步，办完再来。"

    def holds(self, at: Moment) -> bool:
        return at.made(self.move) >= self.n

    def __str__(self) -> str:
        return f"{self.move} ≥ {self.n}"


@dataclass(frozen=True, slots=True)
class Within:
    """The latest of `moves` ("a|b") was made no longer ago than `span`."""

    moves: str
    span: str
    sentence: str = ""

    def __post_init__(self) -> None:
        sentence = self.sentence or f"过了{said(self.span)}，不能再办这一步了。"
        object.__setattr__(self, "sentence", sentence)

    def holds(self, at: Moment) -> bool:
        made = [last for move in self.moves.split("|") if (last := at.last(move))]
        if not made:
            return False
        return at.now <= spans.due(max(made), spans.parse(self.span), at.calendar)

    def __str__(self) -> str:
        return f"≤ {self.span} since {self.moves}"


@dataclass(frozen=True, slots=True)
class NotWithin:
    """The move was not made in the last `span`."""

    move: str
    span: str
    sentence: str = ""

    def __post_init__(self) -> None:
        sentence = self.sentence or f"刚办过这一步，{said(self.span)}以后才能再办。"
        object.__setattr__(self, "sentence", sentence)

    def holds(self, at: Moment) -> bool:
        last = at.last(self.move)
        return last is None or at.now >= spans.due(last, spans.parse(self.span), at.calendar)

    def __str__(self) -> str:
        return f"> {self.span} since {self.move}"


@dataclass(frozen=True, slots=True)
class Every:
    """There are rows in the lane, and every one is in one of `states` ("a|b")."""

    lane: str
    states: str
    sentence: str = "还要等其他几方都办完。"

    def holds(self, at: Moment) -> bool:
        states = frozenset(self.states.split("|"))
        rows = [row for row in at.rows[1:] if row.lane == self.lane]
        return bool(rows) and all(row.state in states for row in rows)

    def __str__(self) -> str:
        return f"every {self.lane} in {self.states}"


@dataclass(frozen=True, slots=True)
class Some:
    """At least `n` rows of the lane are in `states`; `n` may be "@seats"."""

    lane: str
    states: str
    n: int | str = 1
    sentence: str = "人数还不够。"

    def holds(self, at: Moment) -> bool:
        return at.count(self.lane, frozenset(self.states.split("|"))) >= at.number(self.n)

    def __str__(self) -> str:
        return f"{self.lane} in {self.states} ≥ {self.n}"


@dataclass(frozen=True, slots=True)
class Fewer:
    """Fewer than `n` rows of the lane are in `states`; `n` may be "@seats"."""

    lane: str
    states: str
    n: int | str = 1
    sentence: str = "已经满了。"

    def holds(self, at: Moment) -> bool:
        return at.count(self.lane, frozenset(self.states.split("|"))) < at.number(self.n)

    def __str__(self) -> str:
        return f"{self.lane} in {self.states} < {self.n}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A feature answered yes to the question, asked before the step."""

    question: str
    sentence: str = "条件还不够，现在不能办这一步。"

    def holds(self, at: Moment) -> bool:
        return bool(at.answers.get(self.question, at.hopeful))

    def __str__(self) -> str:
        return f"{self.question}?"


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody hears what the bell that makes this move tells; whoever rings it says so."""

    sentence: str = "没有人可以报了。"

    def holds(self, at: Moment) -> bool:
        return bool(at.answers.get(HEARD, True))

    def __str__(self) -> str:
        return "somebody hears of it"


@dataclass(frozen=True, slots=True)
class GivenMin:
    """At least `n` of the given list (or the given number is at least `n`)."""

    on_given: ClassVar[bool] = True
    field: str
    n: int | str
    sentence: str = "数量不够，请再加几个。"

    def holds(self, at: Moment) -> bool:
        given = at.given.get(self.field)
        if at.hopeful and given is None:
            return True
        amount = given if isinstance(given, int) else len(given or ())
        return amount >= at.number(self.n)

    def __str__(self) -> str:
        return f"{self.field} ≥ {self.n}"


@dataclass(frozen=True, slots=True)
class GivenBy:
    """The given date lies no more than `days` ahead."""

    on_given: ClassVar[bool] = True
    field: str
    days: int
    sentence: str = ""

    def __post_init__(self) -> None:
        sentence = self.sentence or f"日子太远了，最远{self.days}天。"
        object.__setattr__(self, "sentence", sentence)

    def holds(self, at: Moment) -> bool:
        given = at.given.get(self.field)
        if given is None:
            return at.hopeful
        ahead = date.fromisoformat(given) - at.calendar.day_of(at.now)
        return ahead <= timedelta(days=self.days)

    def __str__(self) -> str:
        return f"{self.field} ≤ {self.days}d ahead"


@dataclass(frozen=True, slots=True)
class Ahead:
    """The day named `field` in what a row of the lane still asks for has not passed."""

    lane: str
    field: str
    sentence: str = "申请里定的日子已经过了，不能再批准。请不批准，让承办人重新申请。"

    def holds(self, at: Moment) -> bool:
        rows = (row for row in at.rows[1:] if row.lane == self.lane and row.live)
        asked = (at.facts.get(f"row{row.no}", {}).get(self.field) for row in rows)
        return all(at.calendar.day_of(at.now) <= date.fromisoformat(day) for day in asked if day)

    def __str__(self) -> str:
        return f"{self.field} of {self.lane} has not passed"


@dataclass(frozen=True, slots=True)
class Fact:
    """The fact is set; or, with values "a|b", it is one of them."""

    name: str
    values: str = ""
    sentence: str = "这件事的情况不适合办这一步。"

    def holds(self, at: Moment) -> bool:
        value = at.facts.get(self.name)
        return str(value) in self.values.split("|") if self.values else bool(value)

    def __str__(self) -> str:
        return f"{self.name} is {self.values or 'set'}"


@dataclass(frozen=True, slots=True)
class Stranger:
    """The mover has none of the relations or lanes "a|b" yet."""

    words: str
    sentence: str = "您已经在这件事里了，有进展会告诉您。"

    def holds(self, at: Moment) -> bool:
        words = self.words.split("|")
        if not at.who.relations.isdisjoint(words):
            return False
        return not any(row.lane in words and at.who.holds(row.holder) for row in at.rows[1:])

    def __str__(self) -> str:
        return f"not yet {self.words}"


@dataclass(frozen=True, slots=True)
class Outside:
    """The case itself is in none of the states "a|b"."""

    states: str
    sentence: str = "现在还不到这一步。"

    def holds(self, at: Moment) -> bool:
        return at.rows[0].state not in self.states.split("|")

    def __str__(self) -> str:
        return f"case not in {self.states}"


@dataclass(frozen=True, slots=True)
class AnotherThan:
    """The mover is not whom the fact names: neither holds that post nor is that person."""

    fact: str
    sentence: str = "这一步要由别人来办。"

    def holds(self, at: Moment) -> bool:
        named = at.facts.get(self.fact) or {}
        if named.get("account_id") == str(at.who.account_id):
            return False
        return named.get("post_id") not in {str(post.post_id) for post in at.who.posts}

    def __str__(self) -> str:
        return f"another than the {self.fact}"


_UNITS = {"m": "分钟", "h": "小时", "d": "天", "wh": "个工作小时", "wd": "个工作日"}


def said(span: str) -> str:
    """ "4wh" as people say it: 4个工作小时."""
    read = spans.parse(span)
    return f"{read.amount}{_UNITS[read.unit]}"


at_most, before, made, within, not_within = AtMost, Before, Made, Within, NotWithin
every, some, fewer = Every, Some, Fewer
answer, ahead, fact, stranger, outside = Answer, Ahead, Fact, Stranger, Outside
another_than, heard = AnotherThan, Heard
given_min, given_by = GivenMin, GivenBy
