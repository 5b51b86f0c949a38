"""A whole file checked against the town: what is wrong, what would be written, sheet by sheet."""

from dataclasses import dataclass

from server.workbook.draft import Draft
from server.workbook.laying import lay_out
from server.workbook.offering import offer
from server.workbook.parsing import Finding, Line, Sent
from server.workbook.sheets import SHEETS, Sheet
from server.workbook.staffing import staff
from server.workbook.standing import Standing


@dataclass(frozen=True, slots=True)
class Tally:
    """How a sheet stands: rows in the file, wrong ones, those that only wait for others, whether
    it is left out whole."""

    title: str
    rows: int
    wrong: int
    waiting: int
    refused: bool

    @property
    def good(self) -> int:
        return self.rows - self.wrong - self.waiting


@dataclass
class Checked:
    """What came of checking: the draft to be written, and everything to be told.

    `findings` are what is to be put right; `waiting` is how many rows are good and wait for that;
    the sheets in `refused` are left out whole.
    """

    draft: Draft
    tallies: list[Tally]
    findings: list[Finding]
    waiting: int
    notes: list[str]
    refused: frozenset[str]

    @property
    def is_good(self) -> bool:
        """Whether all of it can be written."""
        return not self.findings and not self.waiting


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
        wrong = frozenset(
            key for key, lines in sent.lines.items() if any(line.findings for line in lines)
        )
        if not whole or wrong == refused:
            break
        refused = wrong
    tallies = _tallies(sent, refused)
    waiting = sum(tally.waiting for tally in tallies)
    notes = [*sent.notes, *draft.notes]
    return Checked(draft, tallies, _findings(sent), waiting, notes, refused)


def counts_of(checked: Checked) -> dict[str, int]:
    """How many rows each sheet had, for the record: nothing of what stands in them."""
    return {tally.title: tally.good for tally in checked.tallies if not tally.refused}


def _tallies(sent: Sent, refused: frozenset[str]) -> list[Tally]:
    broken = {finding.sheet for finding in sent.broken}
    return [
        _tally(sheet, lines, is_refused=sheet.key in refused)
        for sheet in SHEETS
        if (lines := sent.lines.get(sheet.key)) is not None
    ] + [Tally(title, 0, 0, 0, True) for title in sorted(broken)]


def _tally(sheet: Sheet, lines: list[Line], *, is_refused: bool) -> Tally:
    wrong = sum(line.is_wrong for line in lines)
    waiting = sum(bool(line.findings) for line in lines) - wrong
    return Tally(sheet.title, len(lines), wrong, waiting, is_refused)


def _findings(sent: Sent) -> list[Finding]:
    found = list(sent.broken)
    for sheet in SHEETS:
        for line in sent.lines.get(sheet.key, ()):
            found += (finding for finding in line.findings if not finding.follows)
    return found
