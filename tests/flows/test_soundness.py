"""A flow that would leave somebody stuck is refused before it is law."""

import pytest

from server.flows import FLOWS
from server.flows.errors import Unsound
from server.flows.guards import Ahead, AtMost, Before, Every, Outside, within
from server.flows.notation import clock, lane, move, rung, state
from server.flows.soundness import check
from server.flows.structure import BACK, Flow
from server.flows.wording import deeds_of, questions_of, texts_of
from tests.flows.throwaway import REPAIR, WHISTLE, WISH

OPEN = move("open", "开", "anyone", needs="text", holder="catalogue")
STATES = (state("new"), state("doing"), state("done", end=True))
START = move("start", "办", "owner", "new", "doing")
DONE = move("finish", "办好", "owner", "doing", "done")


def a_flow(*moves, states=STATES, clocks=(), opening=OPEN, lanes=None, **more):
    return Flow("t", 1, "试", opening, lane(states, moves, clocks), lanes or {}, **more)


def test_a_plain_flow_is_sound():
    assert check(a_flow(START, DONE))


FAULTS = [
    (a_flow(START), "never reached|trap"),
    (a_flow(START, DONE, states=(*STATES, state("lost"))), "state lost is never reached"),
    (
        a_flow(
            START, DONE, move("x", "x", "owner", "doing", "lost"), states=(*STATES, state("lost"))
        ),
        "lost is a trap",
    ),
    (a_flow(START, DONE, move("undo", "反悔", "owner", "done", "new")), "undo leaves the end done"),
    (
        a_flow(START, move("finish", "x", "clock", "doing", "done")),
        "doing: nobody who is waited on",
    ),
    (a_flow(START, move("finish", "x", "flow", "doing", "done")), "doing: nobody who is waited on"),
    (a_flow(START, move("finish", "x", "grant", "doing", "done")), "nobody who is waited on"),
    (a_flow(START, DONE, move("x", "x", "owner", "gone", "done")), "unknown state 'gone'"),
    (a_flow(START, DONE, move("x", "x", "owner", "doing", "gone")), "unknown state 'gone'"),
    (a_flow(START, DONE, move("x", "x", "boss", "doing", "done")), "by the unknown boss"),
    (
        a_flow(START, DONE, states=(state("new", next_for="mine=您来"), *STATES[1:])),
        "state new tells the unknown lens mine",
    ),
    (a_flow(START, DONE, move("x", "x", "owner", needs="money")), "unknown field money"),
    (a_flow(START, DONE, move("x", "x", "owner", needs="sum:1>text")), "unknown field sum"),
    (a_flow(START, DONE, move("x", "x", "owner", needs="@evidence")), "@evidence, which the flow"),
    (a_flow(START, DONE, move("x", "x", "owner", holder="somebody")), "holder rule somebody"),
    (a_flow(START, DONE, move("x", "x", "owner", holder="role:boss")), "holder rule role:boss"),
    (a_flow(START, DONE, move("x", "x", "owner", tells="boss:new")), "boss:new tells nobody"),
    (
        a_flow(START, DONE, move("x", "x", "owner", tells="raiser")),
        "tells nobody known, or nothing",
    ),
    (a_flow(START, DONE, move("x", "x", "owner", seen="all")), "unknown lens all"),
    (a_flow(START, DONE, sees={"raiser": "all"}), "raiser through all"),
    (a_flow(START, DONE, move("x", "x", "owner", adds="seats")), "unknown lane seats"),
    (a_flow(START, DONE, move("x", "x", "owner", then="gone")), "unknown move gone"),
    (a_flow(START, DONE, move("x", "x", "owner", during="doing")), "`during` is for the moves"),
    (a_flow(START, DONE, move("x", "x", "owner", when=AtMost("gone", 1))), "unknown move gone"),
    (a_flow(START, DONE, move("x", "x", "owner", when=AtMost("x|gone", 1))), "unknown move gone"),
    (a_flow(START, DONE, move("x", "x", "owner", when=Before("x|gone"))), "unknown move gone"),
    (a_flow(START, DONE, move("x", "x", "owner", when=Every("seats", "in"))), "unknown lane"),
    (a_flow(START, DONE, move("x", "x", "owner", when=Ahead("seats", "until"))), "unknown lane"),
    (a_flow(START, DONE, move("x", "x", "owner", when=Outside("gone"))), "unknown state 'gone'"),
    (a_flow(START, DONE, move("x", "x", "owner", resets="gone")), "unknown clock gone"),
    (a_flow(START, DONE, move("x", "x", "owner", extends="gone=2wd")), "unknown clock gone"),
    (a_flow(START, DONE, move("open", "x", "owner")), "move open means two things"),
    (a_flow(START, DONE, move("ring", "x", "owner")), "move ring means two things"),
    (a_flow(START, DONE, move("a_very_long_name_for_a_move", "x", "owner")), "too long a name"),
    (a_flow(START, DONE, states=(*STATES, state("doing"))), "each with its own name"),
    (a_flow(START, DONE, clocks=(clock("c", "c", "gone", "2h"),)), "unknown state 'gone'"),
    (a_flow(START, DONE, clocks=(clock("c", "c", "doing", "2x"),)), "not a span"),
    (a_flow(START, DONE, clocks=(clock("c", "c", "doing"),)), "either a length or"),
    (
        a_flow(START, DONE, clocks=(clock("c", "c", "doing", "2h", until="@x"),)),
        "either a length or",
    ),
    (a_flow(START, DONE, clocks=(clock("c", "c", "doing", {"a": "2h"}),)), "`of` names the fact"),
    (
        a_flow(START, DONE, clocks=(clock("c", "c", "doing", "2h", met="gone"),)),
        "met by the unknown",
    ),
    (
        a_flow(START, DONE, clocks=(clock("c", "c", "doing", "2h", rungs=(rung("25%"),)),)),
        "rung at",
    ),
    (
        a_flow(
            START, DONE, clocks=(clock("c", "c", "doing", "2h", rungs=(rung("0", makes="x"),)),)
        ),
        "no clock can make",
    ),
    (
        a_flow(START, DONE, clocks=(clock("c", "c", "new", "2h"), clock("c", "c", "doing", "2h"))),
        "two clocks of one name",
    ),
    (a_flow(START, DONE, opening=move("open", "开", "anyone")), "the opening move names no holder"),
    (
        a_flow(START, DONE, opening=move("open", "开", "anyone", "new", holder="mover")),
        "first state",
    ),
    (a_flow(START, DONE, lanes={"seats": lane((state("in"),))}), "seats is never added to"),
    (
        a_flow(
            START, DONE, move("x", "x", "owner", adds="owner"), lanes={"owner": lane((state("i"),))}
        ),
        "named like a relation",
    ),
    (
        a_flow(
            START,
            DONE,
            move("x", "x", "owner", adds="seats"),
            lanes={
                "seats": lane(
                    (state("in"), state("out", end=True), state("lost")),
                    (move("leave", "走", "holder", "in", "out|lost"),),
                )
            },
        ),
        "unknown state 'out|lost'",
    ),
    (
        a_flow(
            START,
            DONE,
            move("x", "x", "owner", adds="seats"),
            lanes={
                "seats": lane(
                    (state("in"), state("out", end=True), state("lost")),
                    (
                        move("leave", "走", "holder", "in", "out"),
                        move("lose", "丢", "holder", "in", "lost"),
                    ),
                )
            },
        ),
        "lost is a trap",
    ),
    (
        a_flow(
            START,
            DONE,
            move("x", "x", "owner", "doing", "old"),
            states=(*STATES, state("old", retired=True)),
        ),
        "goes to the retired state old",
    ),
]


@pytest.mark.parametrize(("flow", "fault"), FAULTS)
def test_a_faulty_flow_is_refused_with_the_fault(flow, fault):
    with pytest.raises(Unsound, match=fault):
        check(flow)


def test_a_guard_with_an_unreadable_span_is_never_made():
    with pytest.raises(ValueError, match="not a span"):
        within("start", "2 h")


def test_an_owner_who_gives_a_case_up_says_to_whom():
    give_up = move("return", "退回", "owner", "doing", "dispute")
    rule = move("rule", "裁定", "street_dispatcher", "dispute", "doing")
    states = (*STATES, state("dispute"))
    with pytest.raises(Unsound, match="return gives the case up to nobody"):
        check(a_flow(START, DONE, give_up, rule, states=states))


def test_every_fault_is_named_at_once():
    with pytest.raises(Unsound) as caught:
        check(a_flow(START, DONE, move("x", "x", "boss", needs="money", seen="all")))
    assert len(str(caught.value).splitlines()) == 3


def test_back_leads_to_where_one_came_from():
    ask = move("ask", "问", "owner", "doing", "asking")
    reply = move("reply", "答", "raiser", "asking", BACK)
    assert check(a_flow(START, DONE, ask, reply, states=(*STATES, state("asking"))))


@pytest.mark.parametrize("flow", [*FLOWS.values(), WHISTLE, WISH, REPAIR], ids=lambda f: f.key)
def test_every_flow_is_sound(flow):
    assert check(flow) is flow


def test_the_names_that_features_must_answer_are_known():
    assert questions_of(WISH) == {"budget_left"}
    assert deeds_of(FLOWS["report"]) == {
        *("cases.claim", "cases.follow", "cases.leave", "cases.step_back", "cases.succeed")
    }
    assert ("raiser", "resolved") in texts_of(FLOWS["report"])


# A state name once shipped never vanishes: cases in the tables stand in it. Mark it `retired`.
SHIPPED = {
    ("report", ""): "submitted accepted dispatched dispute handling waiting_raiser hung resolved"
    " closed merged",
    ("report", "second"): "joined rated left",
    ("report", "assist"): "asked helped declined lapsed",
    ("report", "extend_ask"): "asked granted refused lapsed",
    ("report", "hang_ask"): "asked granted refused lapsed",
    ("merchant_inspection", ""): "notified recheck_due deducted appealed settled reviewed",
}


@pytest.mark.parametrize(("where", "states"), SHIPPED.items())
def test_no_shipped_state_name_vanished(where, states):
    flow, name = where
    assert set(states.split()) <= set(FLOWS[flow].lane(name).by_key)


def test_every_state_is_on_the_list_of_shipped_names():
    written = {
        (key, name): set(one.by_key)
        for key, flow in FLOWS.items()
        for name, one in (("", flow.main), *flow.lanes.items())
    }
    assert written == {where: set(states.split()) for where, states in SHIPPED.items()}


def test_no_state_of_a_case_in_office_is_taken_for_one_of_a_residents():
    """The desk's tabs and figures go by the names of states."""
    names = {
        in_office: {
            state.key
            for flow in FLOWS.values()
            if flow.in_office is in_office
            for state in flow.main.states
        }
        for in_office in (True, False)
    }
    assert names[True] & names[False] == set()


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
def test_every_open_state_says_what_comes_next_or_has_a_clock_that_does(flow):
    clocked = frozenset().union(*(clock.runs for clock in flow.main.clocks))
    silent = {one.key for one in flow.main.states if not (one.end or one.next)}
    assert silent <= clocked


def test_what_comes_next_is_said_otherwise_to_whoever_does_it():
    resolved = FLOWS["report"].state("resolved")
    assert resolved.next_of("work") == "等居民说好没好"
    assert resolved.next_of("own") == "由您来说好没好"


def test_the_settled_endings_are_those_of_the_contract():
    assert set(FLOWS["report"].endings) == {"confirmed", "unrated", "declined", "withdrawn"}


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
def test_every_ending_that_is_set_has_a_title(flow):
    set_by_moves = {v for m in flow.main.moves for n, v in m.sets if n == "ending" and v}
    assert set_by_moves == set(flow.endings)
