"""One table: what the flows name, and the function of a feature that does it or answers it."""

from server import cases

DEEDS = {
    "cases.claim": cases.claim_deed,
    "cases.follow": cases.follow,
    "cases.leave": cases.leave_deed,
}
QUESTIONS: dict[str, cases.QuestionFunction] = {}


def wire() -> None:
    """Hand the table to the case desk. Refuses unless names used and names wired are the same."""
    cases.wire(DEEDS, QUESTIONS)
