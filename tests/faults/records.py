"""What became of every fault: how often it was made, what was acknowledged, lost, came twice.

`--faults` makes every fault as often as an operator would want to have seen it, and writes
`var/faults.json`; without it each is made three times. Both end with one line a fault.
"""

import json
from collections.abc import Callable, Generator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.faults.small_disk import may_mount

LONG, SHORT = 50, 3
NOT_MOUNTED = (
    "No disk was filled, because only root may mount one, and not in every container: "
    "the files of the server were limited instead."
)


@dataclass(slots=True)
class Tally:
    """One kind of fault on one database. What is counted was looked up, not told by the server."""

    failure: str
    database: str
    cycles: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    recover_s: float = 0.0  # the longest that anybody had to wait after a fault was over

    def took(self, seconds: float) -> None:
        """One more cycle, after which it took so long until all was well."""
        self.cycles += 1
        self.recover_s = round(max(self.recover_s, seconds), 2)


OpenTally = Callable[[str, str], Tally]
_TALLIES = pytest.StashKey[list[Tally]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--faults", action="store_true", help="make every fault many times; takes half an hour"
    )


@pytest.fixture(scope="session")
def long_form(request: pytest.FixtureRequest) -> bool:
    """Whether there is time for everything."""
    return bool(request.config.getoption("--faults"))


@pytest.fixture(scope="session")
def cycles(long_form: bool) -> int:
    """How often a fault is made."""
    return LONG if long_form else SHORT


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> OpenTally:
    """`tally("kill -9 during submits", "sqlite")`: what is counted in it is told at the end."""

    def opened(failure: str, database: str) -> Tally:
        made = Tally(failure, database)
        request.node.stash.setdefault(_TALLIES, []).append(made)
        return made

    return opened


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A report crosses from one process to another, so it carries plain values."""
    report = yield
    if call.when == "call":
        told = [("fault", asdict(each)) for each in item.stash.get(_TALLIES, [])]
        report.user_properties = [*report.user_properties, *told]
    return report


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    told = [
        value
        for kind in ("passed", "failed")
        for report in terminalreporter.stats.get(kind, [])
        if getattr(report, "when", "") == "call"
        for name, value in report.user_properties
        if name == "fault"
    ]
    if not told:
        return
    told.sort(key=lambda each: (each["failure"], each["database"]))
    terminalreporter.section("faults")
    for each in told:
        terminalreporter.line(_line(each))
    if config.getoption("--faults"):
        if not may_mount():
            terminalreporter.line(NOT_MOUNTED)
        _write(config.rootpath / "var" / "faults.json", told)


def _line(each: dict[str, Any]) -> str:
    return (
        "{failure}, {database}: {cycles} cycles, {acknowledged} acknowledged, {lost} lost, "
        "{doubled} doubled, all well again after {recover_s} s at most"
    ).format_map(each)


def _write(path: Path, told: list[dict[str, Any]]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
