"""Names used in flows and names wired are the same, or the town does not start."""

import pytest

from server import cases, wiring


def test_the_table_of_names_is_whole() -> None:
    wiring.wire()


def test_a_deed_nobody_wired_stops_the_start() -> None:
    with pytest.raises(cases.NotWired, match=r"cases\.follow"):
        cases.wire({}, {})


def test_a_deed_no_flow_names_stops_the_start() -> None:
    with pytest.raises(cases.NotWired, match=r"ledgers\.write_back"):
        cases.wire({**wiring.DEEDS, "ledgers.write_back": cases.follow}, {})
