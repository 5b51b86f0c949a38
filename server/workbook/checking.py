"""A whole file checked against the town: what is wrong, what would be written, sheet by sheet."""

from dataclasses import dataclass

from server.workbook.draft import Draft
from server.workbook.laying import lay_out
from server.workbook.offering import offer
from server.workbook.parsing import Finding, Line, Sent
from server.workbook.sheets import SHEETS
from server.workbook.staffing import staff
from server.workbook.standing import Standing


@dataclass(frozen=True, slots=True)
class Tally:
    """How a sheet stands: rows in the file, wrong ones, whether it is left out whole."""

    title: str
    rows: int
    wrong: int
    refused: bool


@dataclass
class Checked:
    """What came of checking: the draft to be written, and everything to be told."""

    draft: Draft
    tallies: list[Tally]
    findings: list[Finding]
    notes: list[str]


def check(sent: Sent, standing: Standing, *, whole: bool, crs: str = "wgs84") -> Checked:
    """Check every row. With `whole` a sheet with anything wrong is left out, and what hangs on it.

    Without it the good rows of every sheet are taken.
    """
    refused = frozenset[str]()
    while True:
        draft = Draft(standing, sent, crs, refused)
        lay_out(draft)
        staff(draft)
        offer(draft)
        wrong = frozenset(key for key, lines in sent.lines.items() if any(map(_is_wrong, lines)))
        if not whole or wrong == refused:
            break
        refused = wrong
    return Checked(draft, _tallies(sent, refused), _findings(sent), [*sent.notes, *draft.notes])


def counts_of(checked: Checked) -> dict[str, int]:
    """How many rows each sheet had, for the record: nothing of what stands in them."""
    return {tally.title: tally.rows - tally.wrong for tally in checked.tallies if not tally.refused}


def _is_wrong(line: Line) -> bool:
    return bool(line.findings)


def _tallies(sent: Sent, refused: frozenset[str]) -> list[Tally]:
    broken = {finding.sheet for finding in sent.broken}
    return [
        Tally(sheet.title, len(lines), sum(map(_is_wrong, lines)), sheet.key in refused)
        for sheet in SHEETS
        if (lines := sent.lines.get(sheet.key)) is not None
    ] + [Tally(title, 0, 0, True) for title in sorted(broken)]


def _findings(sent: Sent) -> list[Finding]:
    found = list(sent.broken)
    for sheet in SHEETS:
        for line in sent.lines.get(sheet.key, ()):
            found += line.findings
    return found
