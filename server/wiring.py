"""Tables of names: what the flows name and which function answers it; whose rows are anchored."""

from server import cases, trust

DEEDS = {
    "cases.claim": cases.claim_deed,
    "cases.follow": cases.follow,
    "cases.leave": cases.leave_deed,
    "cases.succeed": cases.succeed_deed,
}
QUESTIONS: dict[str, cases.QuestionFunction] = {}

# Marks of their streams stand in every anchor, so a table keeps its mark for ever.
ANCHORED = (cases.EVENTS, trust.RECORDS)


def wire() -> None:
    """Hand the table to the case desk. Refuses unless names used and names wired are the same."""
    cases.wire(DEEDS, QUESTIONS)
