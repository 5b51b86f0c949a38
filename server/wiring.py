"""Tables of names: what the flows name and which function answers it; whose rows are anchored;
who may be praised beside those praise itself knows."""

from server import cases, merchants, praise, trust
from server.places import Ground

DEEDS = {
    "cases.claim": cases.claim_deed,
    "cases.follow": cases.follow,
    "cases.leave": cases.leave_deed,
    "cases.step_back": cases.step_back_deed,
    "cases.succeed": cases.succeed_deed,
    "merchants.deduct": merchants.deduct,
    "merchants.give_back": merchants.give_back,
}
QUESTIONS: dict[str, cases.QuestionFunction] = {}

# Marks of their streams stand in every anchor, so a table keeps its mark for ever.
ANCHORED = (cases.EVENTS, trust.RECORDS)


def wire() -> None:
    """Hand the tables over. Refuses unless names used and names wired are the same."""
    cases.wire(DEEDS, QUESTIONS)
    praise.wire(_merchant_here)


async def _merchant_here(ground: Ground) -> tuple[praise.Target, ...]:
    """Who trades at this place; read on its own sign alone, and told to whoever has the shop."""
    found = await merchants.at_place(ground.id) if ground.kind == "premises" else None
    if found is None:
        return ()
    return (
        praise.Target(
            kind="merchant",
            id=found.id,
            name=found.name,
            ground=ground,
            covers_path=ground.path,
            unit_id=found.unit_id,
        ),
    )
