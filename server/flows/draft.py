"""The case on the desk while one step is made: moves are applied here, one event a version."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from server.base.spans import Calendar
from server.flows.clocks import Keeper, is_extended, wanted
from server.flows.history import Deed, Event, HolderRule, Step, Tell, counted
from server.flows.moment import Moment
from server.flows.needs import asked_of
from server.flows.parts import CaseState, ClockState, Holder, Mover, RowState, named_holder
from server.flows.standing import Acting, is_open_to
from server.flows.structure import BACK, FLOW, MAIN, Flow, Move, Told

_MOST_FOLLOWING = 1000
_NOBODY = Mover()


class Draft:
    """A case being moved. Nothing outside sees it before `step()` hands out the result."""

    def __init__(
        self,
        flow: Flow,
        case: CaseState | None,
        *,
        now: datetime,
        calendar: Calendar,
        answers: Mapping[str, Any],
    ) -> None:
        self.flow, self.calendar, self.answers = flow, calendar, answers
        self.now = now = now.astimezone(UTC)
        self.rows: list[RowState] = list(case.rows) if case else []
        self.clocks = {(one.row, one.key): one for one in case.clocks} if case else {}
        self.facts: dict[str, Any] = dict(case.facts) if case else {}
        self.version = case.version if case else 0
        self.opened_at = case.opened_at if case else now
        self.events: list[Event] = []
        self.tells: list[Tell] = []
        self.deeds: list[Deed] = []
        self.rules: dict[int, HolderRule] = {}
        self._rows_before: list[RowState] = list(self.rows)
        self._clocks_before: dict[tuple[int, str], ClockState] = dict(self.clocks)
        self._facts_before: dict[str, Any] = dict(case.facts) if case else {}

    def moment(self, who: Mover, given: Mapping[str, Any]) -> Moment:
        """What a guard may look at."""
        return Moment(self.rows, self.facts, who, given, self.now, self.calendar, self.answers)

    def open(self, acting: Acting, who: Mover, given: Mapping[str, Any]) -> None:
        """Make the opening move, and every move by the flow that follows."""
        first = self.flow.main.states[0].key
        self.rows.append(RowState(0, MAIN, "", None, 0))
        self.make(self.flow.opening, 0, acting=acting, who=who, given=given, target=first)
        self.follow()

    def make(
        self,
        move: Move,
        no: int,
        *,
        acting: Acting,
        who: Mover,
        given: Mapping[str, Any],
        target: str = "",
    ) -> None:
        """Apply one move to one row and record it; what it makes (`then`) as well."""
        version, row = self.version + 1, self.rows[no]
        kept = {**self.facts.get(f"row{no}", {}), **given}
        goes_to = target or (row.came_from if move.target == BACK else move.target) or row.state
        self._place(row, goes_to, self._holder(move, row, acting, who, given), version)
        self._take_facts(move, no, given)
        if move.remembers:
            self.facts[move.remembers] = acting.named(who)
        self._add_rows(move, acting, who, given)
        self._turn_clocks(move, given)
        self.record(move.key, no, by=acting.word, given=given, acting=acting, source=row.state)
        self.tell(move.tells, no)
        if move.deed:
            self.deeds.append(Deed(move.deed, no, version, given))
        if move.then:
            self._then(move, kept)

    def _holder(
        self, move: Move, row: RowState, acting: Acting, who: Mover, given: Mapping[str, Any]
    ) -> Holder | None:
        """The holder after the move; None while its rule waits for the caller's answer."""
        if not move.holder:
            return row.holder
        if self.rules.pop(row.no, None) is not None:  # Whoever would have had it never hears of it.
            gone = ("owner", "holder")
            self.tells = [one for one in self.tells if one.to not in gone or one.row != row.no]
        unit, post = given.get("unit"), given.get("post")
        rule = next(one for one in move.holder if one != "given" or unit or post)
        rule, _, but = rule.partition(" but ")
        if rule == "mover":
            return acting.as_holder(who)
        if rule.startswith("@"):
            return named_holder(self.facts, rule[1:])
        self.rules[row.no] = HolderRule(
            row=row.no,
            rule=rule,
            version=self.version + 1,
            move=move.key,
            unit_id=UUID(unit) if unit and rule == "given" else None,
            post_id=UUID(post) if post and rule == "given" else None,
            before=row.holder,
            but=tuple(but.split()),
        )
        return None

    def _place(self, row: RowState, state: str, holder: Holder | None, version: int) -> None:
        moved, lane = state != row.state, self.flow.lane(row.lane)
        if not moved and holder is not None and holder == row.holder:
            return
        if self.facts.get(f"row{row.no}") and lane.by_key[state].end:
            self.facts[f"row{row.no}"] = None
        self.rows[row.no] = replace(
            row,
            state=state,
            holder=holder,
            changed=version,
            came_from=row.state if moved else row.came_from,
            live=not lane.by_key[state].end,
        )

    def _take_facts(self, move: Move, no: int, given: Mapping[str, Any]) -> None:
        if self.rows[no].lane == MAIN:
            self.facts |= {name: given[name] for name in self.flow.keeps if name in given}
        for name, value in move.sets:
            self.facts[name] = (given.get(value[1:]) if value[:1] == "@" else value) or None

    def _add_rows(self, move: Move, acting: Acting, who: Mover, given: Mapping[str, Any]) -> None:
        if not move.adds:
            return
        lane = self.flow.lane(move.adds)
        for unit in given.get(move.adds) or [None]:
            no = len(self.rows)
            rule, _, but = ("given" if unit else lane.held).partition(" but ")
            holder = None if rule else acting.as_holder(who)
            self.rows.append(RowState(no, move.adds, lane.states[0].key, holder, self.version + 1))
            if rule:
                self.rules[no] = HolderRule(
                    row=no,
                    rule=rule,
                    version=self.version + 1,
                    move=move.key,
                    unit_id=UUID(unit) if unit else None,
                    before=self.rows[0].holder,
                    but=tuple(but.split()),
                )
            if lane.keeps:
                self.facts[f"row{no}"] = dict(given)

    def _turn_clocks(self, move: Move, given: Mapping[str, Any]) -> None:
        keeper = Keeper(self.now, self.calendar, self.facts)
        case = self.flow.main.by_key[self.rows[0].state]
        made = {**self.facts.get("made", {}), move.key: None}
        for row in self.rows:
            if row.lane not in self.flow.clocked:
                continue
            lane = self.flow.lane(row.lane)
            for clock in lane.clocks:
                old = self.clocks.get((row.no, clock.key))
                mode = wanted(clock, lane, row, case=case, made=made)
                new = keeper.turn(clock, old, mode, row.no)
                if new is not None:
                    self.clocks[row.no, clock.key] = new
        self._change_lengths(move, given, keeper)

    def _change_lengths(self, move: Move, given: Mapping[str, Any], keeper: Keeper) -> None:
        if not (move.resets or move.extends):
            return
        told = {**self.facts, **given}
        extends = {key: told.get(by[1:]) if by[:1] == "@" else by for key, by in move.extends}
        for clock in self.flow.main.clocks:
            old, by = self.clocks.get((0, clock.key)), extends.get(clock.key)
            if old is None:
                continue
            new = keeper.reset(clock, old) if clock.key in move.resets else old
            if by and (clock.key not in move.resets or is_extended(old)):
                new = keeper.extend(clock, new, by)
            self.clocks[0, clock.key] = new

    def rung(self, row: int, key: str) -> None:
        """Count one rung of a clock as rung, and wind it for the next."""
        lane = self.flow.lane(self.rows[row].lane)
        clock = next(one for one in lane.clocks if one.key == key)
        old = self.clocks[row, key]
        late = old.late or (old.due is not None and self.now >= old.due)
        keeper = Keeper(self.now, self.calendar, self.facts)
        self.clocks[row, key] = keeper.wind(clock, replace(old, rung=old.rung + 1, late=late))

    def tell(self, tells: tuple[Told, ...], row: int) -> None:
        self.tells += [Tell(told.who, told.text, row, self.version) for told in tells]

    def record(
        self,
        move: str,
        no: int,
        *,
        by: str,
        given: Mapping[str, Any],
        acting: Acting | None = None,
        source: str | None = None,
    ) -> None:
        """Write the event: who did what, and everything that differs from before it."""
        self.version += 1
        before, row = self._rows_before, self.rows[no]
        facts = {
            name: value
            for name, value in self.facts.items()
            if name != "made" and self._facts_before.get(name) != value
        }
        event = Event(
            version=self.version,
            at=self.now,
            move=move,
            row=no,
            source=row.state if source is None else source,
            target=row.state,
            by=by,
            post_id=acting.post.post_id if acting and acting.post else None,
            given=given,
            rows=tuple(r for r in self.rows if r.no >= len(before) or before[r.no] is not r),
            clocks=tuple(c for k, c in self.clocks.items() if self._clocks_before.get(k) is not c),
            facts=facts,
            flow_version=self.flow.version,
        )
        self.events.append(event)
        self.facts = {name: value for name, value in self.facts.items() if value is not None}
        self._facts_before = dict(self.facts)
        if row.lane == MAIN:
            self.facts["made"] = counted(self.facts.get("made", {}), move, self.now)
        self._rows_before, self._clocks_before = list(self.rows), dict(self.clocks)

    def _then(self, move: Move, told: Mapping[str, Any]) -> None:
        ways = self.flow.by_key[move.then]
        then = next(m for n, m in ways if is_open_to(self.flow, self.rows, self.rows[0], n, m))
        asked = {field for need in asked_of(self.flow, then, self.facts) for field in need.fields}
        kept = {field: value for field, value in told.items() if field in asked}
        self.make(then, 0, acting=Acting(FLOW), who=_NOBODY, given=kept)

    def follow(self) -> None:
        """Make every move by the flow that has become possible, until none is."""
        if not self.flow.has_flow_moves:
            return
        for _ in range(_MOST_FOLLOWING):
            found = self._next_by_flow()
            if found is None:
                return
            move, no = found
            self.make(move, no, acting=Acting(FLOW), who=_NOBODY, given={})
        raise RuntimeError(f"the flow {self.flow.key} never comes to rest")

    def _next_by_flow(self) -> tuple[Move, int] | None:
        moment = self.moment(_NOBODY, {})
        lanes = [(MAIN, self.flow.main), *self.flow.lanes.items()]
        for name, lane in lanes:
            for move in lane.flow_moves:
                for row in self.rows if name else self.rows[:1]:
                    if row.lane != name or not is_open_to(self.flow, self.rows, row, name, move):
                        continue
                    if all(guard.holds(moment) for guard in move.when):
                        return move, row.no
        return None

    def step(self) -> Step:
        """What all of it brings about."""
        case = CaseState(
            flow=self.flow.key,
            flow_version=self.flow.version,
            version=self.version,
            rows=tuple(self.rows),
            clocks=tuple(self.clocks.values()),
            facts=self.facts,
            opened_at=self.opened_at,
        )
        return Step(
            case,
            tuple(self.events),
            tuple({(tell.to, tell.text, tell.row): tell for tell in self.tells}.values()),
            tuple(self.deeds),
            tuple(self.rules.values()),
        )
