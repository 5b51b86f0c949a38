"""May this person do this now, and what follows? The one place that applies the law of a case.

Pure: no clock, no database, no message. A caller reads a case, asks `step`, answers its holder
rules with `with_holders`, and writes what the step says.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from server.base.errors import FieldError
from server.base.spans import Calendar
from server.flows.clocks import RUNNING
from server.flows.draft import Draft
from server.flows.errors import CaseMovedOn, MoveNotPossible, NoSuchMove, NotYours, WrongGiven
from server.flows.guards import GivenBy, GivenMin
from server.flows.history import Event, Offer, Step
from server.flows.moment import Moment
from server.flows.needs import asked_of, read_given, shown
from server.flows.parts import CaseState, Holder, Mover, RowState
from server.flows.standing import Acting, is_accused, is_open_to, standing, without_accused
from server.flows.structure import CLOCK, MAIN, Flow, Move, Rung, Ways

NOBODY = Mover()
PASSED_OVER = "passed_over"  # a fact: in whose stead somebody has the case
PLAIN_WEEK = Calendar()


def open_(
    flow: Flow,
    *,
    who: Mover,
    given: Mapping[str, Any],
    facts: Mapping[str, Any],
    now: datetime,
    calendar: Calendar,
    answers: Mapping[str, Any] | None = None,
) -> Step:
    """Open a case by the flow's opening move.

    `facts` are plain values the caller looked up, for a report: category, respond and resolve
    (spans), evidence, direct, urgent, and about_unit_id, about_post_id of whoever is accused.
    """
    draft = Draft(flow, None, now=now, calendar=calendar, answers=answers or {})
    draft.facts.update(facts)
    row = RowState(0, MAIN, "", None, 0)
    acting = standing(flow, [row], row, flow.opening, who)
    if acting is None:
        raise NotYours()
    asked = asked_of(flow, flow.opening, draft.facts)
    clean = read_given(flow, asked, given, calendar.day_of(now))
    moment = draft.moment(who, clean)
    _refuse_unless(flow.opening, moment, on_given=False)
    _refuse_unless(flow.opening, moment, on_given=True)
    draft.open(acting, who, clean)
    return draft.step()


def step(
    flow: Flow,
    case: CaseState,
    move_key: str,
    *,
    who: Mover,
    given: Mapping[str, Any],
    now: datetime,
    calendar: Calendar,
    row: int | None = None,
    answers: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    seen_version: int | None = None,
) -> Step:
    """Make one move, and every move by `flow` that it makes possible.

    `row` only where the mover holds several that offer the move. `answers`: the questions of
    features ("budget_left": True). `facts`: what the caller looked up for what is given (classify:
    respond, resolve, evidence, direct, about_people of the new category; straight_on: it is direct,
    and for somebody else than has it); guards look at them too, so they choose the way of the move.

    Raises NoSuchMove, CaseMovedOn (its row changed since `seen_version`), NotYours,
    MoveNotPossible with the reason, or WrongGiven with every wrong field.
    """
    ways = flow.by_key.get(move_key)
    if ways is None:
        raise NoSuchMove()
    who = without_accused(who, case.facts)
    here = _row_for(flow, case, ways, who, row)
    joins = all(move.adds and not move.target for _, move in ways)
    if seen_version is not None and not joins and here.changed > seen_version:
        raise CaseMovedOn()
    draft = Draft(flow, case, now=now, calendar=calendar, answers=answers or {})
    draft.facts.update(facts or {})
    move, acting = _choose(flow, ways, here, draft.moment(who, given))
    clean = read_given(flow, asked_of(flow, move, case.facts), given, calendar.day_of(now))
    _refuse_unless(move, draft.moment(who, clean), on_given=True)
    _refuse_the_accused(move, clean, case.facts)
    draft.make(move, here.no, acting=acting, who=who, given=clean)
    draft.follow()
    return draft.step()


def ring(
    flow: Flow,
    case: CaseState,
    row: int,
    clock_key: str,
    *,
    now: datetime,
    calendar: Calendar,
    answers: Mapping[str, Any] | None = None,
) -> Step:
    """Ring the next rung of a clock: tell whom it tells, make the move it makes if possible.

    One rung a call; too early, or no longer running: a step without events. A rung that makes no
    move is an event `ring`.
    """
    state, rung = case.clock(clock_key, row), next_rung(flow, case, row, clock_key)
    if state is None or rung is None or state.ring_at is None or now < state.ring_at:
        return Step(case)
    draft = Draft(flow, case, now=now, calendar=calendar, answers=answers or {})
    draft.rung(row, clock_key)
    for name, move in flow.by_key.get(rung.makes, ()):
        target = case.rows[row] if name else case.rows[0]
        if not (move.is_by(CLOCK) and is_open_to(flow, case.rows, target, name, move)):
            continue
        if all(guard.holds(draft.moment(NOBODY, {})) for guard in move.when):
            draft.make(move, target.no, acting=Acting(CLOCK), who=NOBODY, given={})
            break
    else:
        draft.record("ring", row, by=CLOCK, given={"clock": clock_key, "at": rung.at})
    draft.tell(rung.tells, row)
    draft.follow()
    return draft.step()


def next_rung(flow: Flow, case: CaseState, row: int, clock_key: str) -> Rung | None:
    """The rung that rings next on a running clock."""
    state = case.clock(clock_key, row)
    if state is None or state.mode != RUNNING or state.ring_at is None:
        return None
    lane = flow.lane(case.rows[row].lane)
    return next(one for one in lane.clocks if one.key == clock_key).rungs[state.rung]


def offered(
    flow: Flow,
    case: CaseState,
    *,
    who: Mover,
    now: datetime,
    calendar: Calendar = PLAIN_WEEK,
    answers: Mapping[str, Any] | None = None,
) -> list[Offer]:
    """What this person may do now, in the order the flow lists it. A question nobody answered
    counts as yes. `calendar` matters only to guards in work hours or workdays.
    """
    who = without_accused(who, case.facts)
    moment = Moment(case.rows, case.facts, who, {}, now, calendar, answers or {}, hopeful=True)
    offers = []
    rows: dict[str, list[RowState]] = {}
    for one in case.rows:
        rows.setdefault(one.lane, []).append(one)
    theirs: _Theirs = {}
    for key, lane, ways in flow.by_people[case.state]:
        open_rows = [
            (row, move)
            for row in rows.get(lane, ())
            if (move := _open_way(flow, ways, row, moment, theirs)) is not None
        ]
        for row, move in open_rows:
            needs, fields = flow.always_asks.get(id(move)) or shown(
                flow, asked_of(flow, move, case.facts)
            )
            no = row.no if len(open_rows) > 1 else None
            offers.append(Offer(key, move.title, needs, fields, no))
    return offers


def with_holders(
    step: Step, answers: Mapping[int, Holder], passed_over: Mapping[int, str] | None = None
) -> Step:
    """The step completed: for every holder rule the holder of its row. `passed_over`: the role of
    whoever would have had the row and is one of those it does not go to; a fact from then on.

    Raises ValueError if a row would be left without a holder, or given to the accused.
    """
    case, events = step.case, step.events
    for rule in step.holder_rules:
        holder = answers[rule.row]
        if holder == Holder():
            raise ValueError(f"row {rule.row} would be nobody's after {rule.move}")
        if is_accused(case.facts, holder.unit_id, holder.post_id):
            raise ValueError(f"row {rule.row} would go to the one it complains about")
        case = replace(case, rows=tuple(_held(row, rule.row, holder) for row in case.rows))
        events = tuple(
            replace(event, rows=tuple(_held(row, rule.row, holder) for row in event.rows))
            for event in events
        )
        if passed_over and rule.row in passed_over:
            learnt = {PASSED_OVER: passed_over[rule.row]}
            case = replace(case, facts={**case.facts, **learnt})
            events = tuple(_learnt(event, rule.version, learnt) for event in events)
    return replace(step, case=case, events=events, holder_rules=())


def _learnt(event: Event, version: int, facts: Mapping[str, Any]) -> Event:
    if event.version != version:
        return event
    return replace(event, facts={**event.facts, **facts})


def _held(row: RowState, no: int, holder: Holder) -> RowState:
    return replace(row, holder=holder) if row.no == no and row.holder is None else row


def _rows_of(case: CaseState, lane: str) -> tuple[RowState, ...]:
    return case.rows_in(lane) if lane else case.rows[:1]


# Whether a person may make what is by these words, on that row: many moves are by the same.
_Theirs = dict[tuple[int, tuple[tuple[str, ...], ...]], bool]


def _open_way(
    flow: Flow, ways: Ways, row: RowState, moment: Moment, theirs: _Theirs
) -> Move | None:
    for name, move in ways:
        if not is_open_to(flow, moment.rows, row, name, move):
            continue
        asked = (row.no, move.by)
        if asked not in theirs:
            theirs[asked] = standing(flow, moment.rows, row, move, moment.who) is not None
        if theirs[asked] and all(guard.holds(moment) for guard in move.when):
            return move
    return None


def _row_for(
    flow: Flow, case: CaseState, ways: Ways, who: Mover, row: int | None
) -> RowState:
    """The row a move is about: the case itself, the one named, or the only one that offers it."""
    lane = ways[0][0]
    rows = _rows_of(case, lane)
    if row is not None:
        named = next((one for one in rows if one.no == row), None)
        if named is None:
            raise NoSuchMove()
        return named
    if lane == MAIN:
        return rows[0]
    theirs = [
        one
        for one in rows
        if any(standing(flow, case.rows, one, move, who) is not None for _, move in ways)
    ]
    if not theirs:
        raise NotYours()
    now_open = [
        one
        for one in theirs
        if any(is_open_to(flow, case.rows, one, name, move) for name, move in ways)
    ]
    if len(now_open) > 1:
        raise WrongGiven(FieldError("row", "required", "您手上有几份，请选是哪一份。"))
    return (now_open or theirs)[0]


def _choose(
    flow: Flow, ways: Ways, row: RowState, moment: Moment
) -> tuple[Move, Acting]:
    """The way of making the move that is open to this person, or the nearest reason why none is."""
    refusal: Exception = NotYours()
    for name, move in ways:
        acting = standing(flow, moment.rows, row, move, moment.who)
        if acting is None:
            continue
        if not is_open_to(flow, moment.rows, row, name, move):
            if isinstance(refusal, NotYours):
                now_in = flow.state(row.state, row.lane).title
                refusal = MoveNotPossible(why=f"这件事现在是“{now_in}”，不能办“{move.title}”。")
            continue
        try:
            _refuse_unless(move, moment, on_given=False)
        except MoveNotPossible as no:
            refusal = no
            continue
        return move, acting
    raise refusal


def _refuse_unless(move: Move, moment: Moment, *, on_given: bool) -> None:
    for guard in move.when:
        if getattr(guard, "on_given", False) is on_given and not guard.holds(moment):
            if isinstance(guard, GivenBy | GivenMin):
                raise WrongGiven(FieldError(guard.field, "out-of-range", guard.sentence))
            raise MoveNotPossible(why=guard.sentence)


def _refuse_the_accused(move: Move, given: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
    if "given" not in move.holder:
        return
    for field, kind in (("unit", "about_unit_id"), ("post", "about_post_id")):
        if given.get(field) is not None and given[field] == facts.get(kind):
            detail = "不能转给被反映的一方，请换一个。"
            raise WrongGiven(FieldError(field, "conflict-of-interest", detail))
