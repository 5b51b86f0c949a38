"""What came of the matrix: calls on each database, leaks, and spoilt rules that were noticed."""

from collections.abc import Iterator
from typing import Any

import pytest

CALLS, MUTANTS = "access", "access-mutants"


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    calls = sorted(_told(terminalreporter, CALLS), key=lambda each: each["database"], reverse=True)
    mutants = list(_told(terminalreporter, MUTANTS))
    said = []
    if calls:
        each = ", ".join(f"{one['calls']:,} calls on {one['database']}" for one in calls)
        said.append(f"{each}, {sum(one['leaks'] for one in calls)} leaks")
    if mutants:
        caught, every = (sum(one[name] for one in mutants) for name in ("caught", "all"))
        said.append(f"mutants caught {caught} / {every}")
    if said:
        terminalreporter.section("access")
        terminalreporter.line("access: " + "; ".join(said))


def _told(terminalreporter: Any, kind: str) -> Iterator[dict[str, Any]]:
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            if getattr(report, "when", "") == "call":
                yield from (value for name, value in report.user_properties if name == kind)
