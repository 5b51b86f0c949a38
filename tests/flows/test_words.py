"""Every text a flow names is in the book of messages, and the printed book of flows is current."""

from pathlib import Path

import pytest

from server.flows import FLOWS, texts_of
from server.flows.printed import book
from server.notices.texts import TEXTS
from tests.flows.throwaway import REPAIR, WHISTLE, WISH

BOOK = Path(__file__).parents[2] / "docs" / "flows.md"
BOOKS = {"raiser": "raiser", "second": "second", "mover": "second"}
TOLD = sorted({told for flow in FLOWS.values() for told in texts_of(flow)})


def book_of(who: str) -> str:
    return who[1:] if who.startswith("@") else BOOKS.get(who, "handler")


@pytest.mark.parametrize(("who", "text"), TOLD)
def test_whoever_is_told_has_words_to_read(who: str, text: str):
    assert f"{book_of(who)}.{text}" in TEXTS


def test_the_printed_book_of_flows_is_current():
    assert BOOK.read_text(encoding="utf-8") == book(FLOWS.values()), "run scripts/print-flows"


@pytest.mark.parametrize("flow", [WHISTLE, WISH, REPAIR], ids=lambda flow: flow.key)
def test_the_book_shows_every_state_move_and_clock(flow):
    printed = book([flow])
    lanes = (flow.main, *flow.lanes.values())
    named = [one.key for lane in lanes for one in (*lane.states, *lane.moves, *lane.clocks)]
    assert [key for key in named if f"`{key}`" not in printed] == []


def test_nothing_the_book_says_breaks_its_tables():
    rows = [line for line in book([*FLOWS.values(), WISH]).splitlines() if line.startswith("|")]
    assert {row.replace("\\|", "").count("|") for row in rows} == {6}
