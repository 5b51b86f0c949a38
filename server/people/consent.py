"""What residents agreed to: which version of the privacy notice, when, and when they took it back.

The notice is the page /privacy. Whoever changes what it says gives it the next version, and
everybody is asked again; a test compares the words with the version.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server.base import clock, database
from server.base.errors import wrong
from server.base.unit import Unit, unit_of_work
from server.people.models import Consent

NOTICE = 7  # the version of the words on /privacy


@dataclass(frozen=True, slots=True)
class Agreed:
    """One consent, as it stands."""

    version: int
    accepted_at: datetime
    withdrawn_at: datetime | None


def accept(unit: Unit, account_id: UUID, version: int = NOTICE) -> None:
    """Put a consent to the notice into the unit."""
    unit.insert(Consent, account_id=account_id, version=version, accepted_at=clock.now())


async def agree(account_id: UUID, version: int) -> None:
    """The resident agrees to what was read. Raises Invalid where that is not the newest version."""
    check_version(version, field="version")
    if await is_agreed(account_id):
        return
    async with unit_of_work() as unit:
        accept(unit, account_id)


def check_version(version: int, *, field: str) -> None:
    """Raises Invalid naming the field where that is not the newest version."""
    if version != NOTICE:
        raise wrong(field, "not-current", "隐私说明有了新的版本，请看过新的再同意。")


def withdraw(unit: Unit, account_id: UUID) -> None:
    """Put the withdrawal of whatever stands into the unit."""
    unit.update(
        Consent,
        where={"account_id": account_id, "withdrawn_at": None},
        set={"withdrawn_at": clock.now()},
        expecting=None,
    )


async def agreed(account_id: UUID) -> list[Agreed]:
    """Everything this resident ever agreed to, the newest first."""
    rows = await database.fetch(
        "SELECT version, accepted_at, withdrawn_at FROM consent"
        " WHERE account_id = $1 ORDER BY id DESC",
        account_id,
    )
    return [Agreed(row["version"], row["accepted_at"], row["withdrawn_at"]) for row in rows]


async def is_to_agree(account_id: UUID) -> bool:
    """Whether this is a resident who has yet to agree to the notice as it reads now, before more of
    theirs is kept. The invented people of a demo are asked nothing.
    """
    row = await database.fetch_one("SELECT kind, persona FROM account WHERE id = $1", account_id)
    asked = row is not None and row["kind"] == "resident" and row["persona"] is None
    return asked and not await is_agreed(account_id)


async def is_agreed(account_id: UUID) -> bool:
    """Whether the resident agreed to the notice as it reads now, and did not take it back."""
    found = await agreed(account_id)
    return any(one.version == NOTICE and one.withdrawn_at is None for one in found)
