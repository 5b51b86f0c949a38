"""Anything people may do with a phone, in any order: the town and a small model of it agree.

Reports, the same again, the same key with other words, moves by those who may and those who may
not, by an old version, joined by neighbours, looked at and listed. Whatever the order: one case a
key, one event a version, a replay answers the same, everyone sees theirs alone, counts agree.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from server import people
from server.base import database
from tests.databases import a_database_of
from tests.faults.conftest import mortal
from tests.fuzz.model import EVERYBODY, MOVES, RESIDENTS, STAFF, STRANGER, Case, given_for
from tests.hostile.problems import problem
from tests.journeys.town_client import Person, Street, a_key, done
from tests.journeys.wholeness import faults_of

PLACE, CATEGORY = "entrance", "E05"
MOST_ON_A_SIGN = 20
FEW = 3  # cases at once: with more, none gets far
ENDING = ("withdraw", "decline", "confirm")
REFUSED = (403, 404, 409, 422)
EXAMPLES, STEPS = (25, 200), (30, 50)  # in the short form and in the long


@dataclass(frozen=True, slots=True)
class Made:
    """A move that was made, to be sent again."""

    who: str
    case: Case
    body: dict[str, Any]
    move: str
    key: str


class Phones(RuleBasedStateMachine):
    """Everybody's phones. Cases of other runs lie in the same town and are not looked at."""

    street: Street
    persons: dict[str, Person]
    passer_by: Person

    def __init__(self) -> None:
        super().__init__()
        self.cases: list[Case] = []
        self.reports: list[tuple[str, str, Case]] = []  # who, key, what it made
        self.made: list[Made] = []

    # Reports.

    @precondition(lambda self: len(self.cases) < FEW)
    @rule(who=st.sampled_from(RESIDENTS))
    def reports_something(self, who: str) -> None:
        key, text = a_key(), f"楼道堆物 {a_key()}"
        self._opened(who, key, text)

    @precondition(lambda self: self.reports)
    @rule(data=st.data())
    def sends_a_report_again(self, data: st.DataObject) -> None:
        who, key, case = data.draw(st.sampled_from(self.reports))

        again = done(self._report(who, key, case.text), 201)

        assert again["number"] == case.number

    @precondition(lambda self: self.reports)
    @rule(data=st.data())
    def uses_a_key_for_other_words(self, data: st.DataObject) -> None:
        who, key, case = data.draw(st.sampled_from(self.reports))

        refused = self._report(who, key, case.text + "，还有")

        assert problem(refused, 409)["code"] == "key-reused"

    @precondition(lambda self: self.reports and len(self.cases) < 2 * FEW)
    @rule(data=st.data())
    def somebody_else_has_the_same_key(self, data: st.DataObject) -> None:
        _, key, case = data.draw(st.sampled_from(self.reports))
        used_by = {other for other, used, _ in self.reports if used == key}
        for other in sorted({*RESIDENTS} - used_by)[:1]:
            self._opened(other, key, case.text)

    # Moves.

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), steps=st.integers(1, 5))
    def goes_on(self, data: st.DataObject, steps: int) -> None:
        """Somebody does what may be done, and the next one goes on from there."""
        case = data.draw(st.sampled_from(self.cases))
        for _ in range(steps):
            for who, move in self._one_of(case, data):
                self._moves(case, who, move, case.version)

    @precondition(lambda self: any(case.changed > 1 for case in self.cases))
    @rule(data=st.data())
    def is_late(self, data: st.DataObject) -> None:
        """Somebody does what may be done, but looked before it last changed."""
        case = data.draw(st.sampled_from([case for case in self.cases if case.changed > 1]))
        for who, move in self._one_of(case, data):
            self._moves(case, who, move, data.draw(st.integers(1, case.changed - 1)))

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), who=st.sampled_from(EVERYBODY), move=st.sampled_from(MOVES))
    def tries(self, data: st.DataObject, who: str, move: str) -> None:
        """Somebody does something, having seen some version."""
        case = data.draw(st.sampled_from(self.cases))
        self._moves(case, who, move, data.draw(st.integers(1, case.version)))

    @precondition(lambda self: self.made)
    @rule(data=st.data())
    def sends_a_move_again(self, data: st.DataObject) -> None:
        made = data.draw(st.sampled_from(self.made))

        again = done(self._send_move(made))

        assert (again["number"], again["version"]) == (made.case.number, made.case.version)

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), who=st.sampled_from(RESIDENTS))
    def joins(self, data: st.DataObject, who: str) -> None:
        case = data.draw(st.sampled_from(self.cases))
        person = self.persons[who]
        answer = person.send(f"/cases/{case.number}/second", {"code": person.town.code(PLACE)})
        if who == case.raiser:
            problem(answer, 409)
        elif who in case.joined:
            assert done(answer)["seconded"] == len(case.joined)
        elif not case.live:
            problem(answer, *REFUSED)
        else:
            case.joins(who)
            joined = done(answer)
            assert joined["seconded"] == len(case.joined)
            person.keys |= {case.number: joined["key"]} if "key" in joined else {}

    # Reading.

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), who=st.sampled_from(EVERYBODY))
    def looks(self, data: st.DataObject, who: str) -> None:
        self._sees(data.draw(st.sampled_from(self.cases)), who)

    @rule(who=st.sampled_from(("anna", "bao")))
    def looks_for_hers(self, who: str) -> None:
        self._lists_hers(who)

    @rule(who=st.sampled_from((*STAFF, STRANGER)))
    def looks_for_work(self, who: str) -> None:
        self._lists_work(who)

    def _lists_hers(self, who: str) -> None:
        hers = {case.number for case in self.cases if who == case.raiser or who in case.joined}

        assert self._known("mine", who) == hers

    def _lists_work(self, who: str) -> None:
        waiting = {case.number for case in self.cases if case.waits_for(who)}

        assert self._known("todo", who) == waiting

    @rule()
    def scans(self) -> None:
        live = [case for case in self.cases if case.live]

        shown = {one["number"]: one for one in self.passer_by.scan(PLACE)["open_cases"]}

        assert {case.number for case in live[-MOST_ON_A_SIGN:]} <= shown.keys()
        assert not {case.number for case in self.cases if not case.live} & shown.keys()
        seconded = {case.number: len(case.joined) for case in live if case.number in shown}
        assert seconded == {number: shown[number]["seconded"] for number in seconded}

    def teardown(self) -> None:
        """What everybody sees at the end, and what lies in the tables."""
        for case in self.cases:
            for who in EVERYBODY:
                self._sees(case, who)
        for who in (*STAFF, STRANGER):
            self._lists_work(who)
        for who in ("anna", "bao"):
            self._lists_hers(who)
        assert faults_of(self.street.town, *(case.number for case in self.cases)) == []
        assert self._numbers() == {case.text: self._of(case.text) for case in self.cases}

    # How it is done.

    def _opened(self, who: str, key: str, text: str) -> None:
        receipt = done(self._report(who, key, text), 201)
        assert receipt["number"] not in {case.number for case in self.cases}
        case = Case(receipt["number"], text, who)
        self.cases.append(case)
        self.reports.append((who, key, case))
        self.persons[who].keys |= {case.number: receipt["key"]} if "key" in receipt else {}

    def _report(self, who: str, key: str, text: str) -> httpx.Response:
        person = self.persons[who]
        body = {"flow": "report", "category": CATEGORY, "text": text}
        return person.send("/cases", body | {"code": person.town.code(PLACE)}, key=key)

    def _moves(self, case: Case, who: str, move: str, seen: int) -> None:
        given = {
            name: self.street.town.unit("property_firm") if value == "firm" else value
            for name, value in given_for(move).items()
        }
        made = Made(who, case, {"seen_version": seen, "given": given}, move, a_key())
        answer, step = self._send_move(made), case.step_of(who, move)
        if step is None:
            problem(answer, *(REFUSED if case.lens_of(who) else (404,)))
        elif seen < case.changed:
            assert problem(answer, 409)["code"] == "case-moved-on"
            assert answer.json()["case"]["version"] == case.version
        else:
            case.takes(step, who)
            self._agrees(done(answer), case)
            self.made.append(made)

    def _one_of(self, case: Case, data: st.DataObject) -> list[tuple[str, str]]:
        """Who may do what; what ends a case comes seldom, or nobody would see the rest."""
        possible = [(who, move) for who in EVERYBODY for move in MOVES if case.step_of(who, move)]
        lasting = [(who, move) for who, move in possible if move not in ENDING]
        chosen = lasting if lasting and data.draw(st.integers(0, 9)) else possible
        return [data.draw(st.sampled_from(chosen))] if chosen else []

    def _send_move(self, made: Made) -> httpx.Response:
        path = f"/cases/{made.case.number}/moves/{made.move}"
        return self.persons[made.who].send(path, made.body, key=made.key)

    def _sees(self, case: Case, who: str) -> None:
        answer = self.persons[who].ask(f"/cases/{case.number}")
        lens = case.lens_of(who)
        if lens is None:
            problem(answer, 404)
            return
        shown = done(answer)
        self._agrees(shown, case)
        assert shown["lens"] == lens
        assert (case.text in answer.text) == (lens != "progress")

    def _agrees(self, shown: dict[str, Any], case: Case) -> None:
        said = (shown["number"], shown["state"], shown["version"], shown["seconded"])
        assert said == (case.number, case.state, case.version, len(case.joined))

    def _known(self, which: str, who: str) -> set[str]:
        listed = [item["number"] for item in self.persons[who].list(which)]
        assert len(listed) == len(set(listed))
        return set(listed) & {case.number for case in self.cases}

    def _of(self, text: str) -> set[str]:
        return {case.number for case in self.cases if case.text == text}

    def _numbers(self) -> dict[str, set[str]]:
        """Every case the tables hold with one of our texts."""

        async def ask() -> list[dict[str, str]]:
            return await database.fetch("SELECT number, text FROM cases")

        found: dict[str, set[str]] = {case.text: set() for case in self.cases}
        for row in self.street.town.look(ask):
            if row["text"] in found:
                found[row["text"]].add(row["number"])
        return found


async def _add_residents() -> None:
    await people.add_resident_account("演示-安女士", persona="anna")
    await people.add_resident_account("演示-包先生", persona="bao")


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.pg)])
def street(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Street]:
    """A town of one's own, so that no list holds what others do meanwhile."""
    folder = tmp_path_factory.mktemp("phones") / "data"
    url = f"sqlite://{folder / 'town.db'}"
    if request.param == "postgres":
        url = a_database_of(request.getfixturevalue("postgres_server"))
    with mortal(folder, url) as town, ExitStack() as phones:
        town.look(_add_residents)
        yield Street(town.open, phones)


def test_whatever_people_do_the_town_and_the_model_agree(street: Street, long_form: bool) -> None:
    class Here(Phones):
        pass

    Here.street = street
    Here.persons = {who: street.persona(who) for who in EVERYBODY if who != "guest"}
    Here.persons["guest"], Here.passer_by = street.guest(), street.guest()

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=EXAMPLES[long_form],
            stateful_step_count=STEPS[long_form],
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],  # each step tells what it did; shrinking takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
