"""What the database says became of everything that was acknowledged."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from server import notices
from server.base import clock, database
from tests.faults.crowd import Sent
from tests.faults.mortal import MortalTown
from tests.faults.records import Tally
from tests.journeys.wholeness import faults_of_all


async def _cases() -> list[dict[str, str]]:
    return await database.fetch("SELECT number, text FROM cases")


async def _undelivered() -> int:
    """Messages that are not there for their receiver, once every lease has ended.

    The server's own worker delivers at the same time: what it holds, or makes wait, is tried later.
    """
    for minutes in range(2, 40, 2):
        while await notices.deliver_due(clock.now() + timedelta(minutes=minutes)):
            pass
        waiting = await database.fetch_value("SELECT count(*) FROM notice WHERE done_at IS NULL")
        if not waiting:
            break
    return int(waiting)


async def _untold() -> int:
    """Cases of which nobody was ever to be told: their messages were lost."""
    asked = (
        "SELECT count(*) FROM cases"
        " WHERE id NOT IN (SELECT case_id FROM notice WHERE case_id IS NOT NULL)"
    )
    return int(await database.fetch_value(asked))


def count(town: MortalTown, sent: Sequence[Sent], tally: Tally) -> Tally:
    """Count what was acknowledged and is not there, and what is there more than once."""
    rows = town.look(_cases)
    numbers = {row["number"] for row in rows}
    of_text = Counter(row["text"] for row in rows)
    tally.acknowledged = sum(bool(each.number) for each in sent)
    tally.lost = sum(bool(each.number) and each.number not in numbers for each in sent)
    tally.doubled = sum(max(0, of_text[each.text] - 1) for each in sent)
    return tally


def faults(town: MortalTown) -> list[str]:
    """What else is wrong with the town: half a case, a case nobody is told of, a broken file."""
    untold = town.look(_untold)
    found = [f"{untold} cases of which nobody is told"] if untold else []
    undelivered = town.look(_undelivered)
    found += [f"{undelivered} messages not delivered"] if undelivered else []
    if town.database == "sqlite":
        said = town.look(lambda: database.fetch_value("PRAGMA integrity_check"))
        found += [] if said == "ok" else [str(said)]
    return found + faults_of_all(town.open)
