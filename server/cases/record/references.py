"""What a case is called in other systems: the hotline's ticket, the district's platform.

One system and number name one case, so that what two offices take down twice is found.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from server.base import database, fields
from server.base.errors import FieldError, Invalid
from server.base.unit import Unit
from server.cases.errors import ReferenceTaken
from server.cases.models import CaseReference

SYSTEM_LIMIT, NUMBER_LIMIT = 20, 40
MOST = 5
FIELD = "external_refs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A case's number in another system."""

    system: str
    number: str


def clean_references(given: Iterable[Reference]) -> tuple[Reference, ...]:
    """The references as they are kept. Raises Invalid naming every wrong one by its place."""
    found: list[Reference] = []
    wrong: list[FieldError] = []
    for at, one in enumerate(given):
        try:
            system = fields.clean_text(one.system, SYSTEM_LIMIT, field=f"{FIELD}[{at}].system")
            number = fields.clean_text(one.number, NUMBER_LIMIT, field=f"{FIELD}[{at}].number")
        except Invalid as no:
            wrong += no.fields
            continue
        if not (system and number):
            name = "number" if system else "system"
            wrong.append(FieldError(f"{FIELD}[{at}].{name}", "missing", "系统和编号要一起填。"))
        found.append(Reference(system=plain_form(system), number=plain_form(number)))
    if len(found) > MOST:
        wrong.append(FieldError(FIELD, "too-many", f"最多登记{MOST}个外部编号。"))
    if wrong:
        raise Invalid(*wrong)
    return tuple(dict.fromkeys(found))


def plain_form(text: str) -> str:
    """The one way of writing a number down: half width, capital letters, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def write_references(unit: Unit, references: Iterable[Reference], case_id: UUID) -> None:
    for one in references:
        unit.insert(CaseReference, case_id=case_id, system=one.system, number=one.number)


async def refuse_taken(references: Iterable[Reference]) -> None:
    """Raises ReferenceTaken, naming the case, if one of these is known already."""
    wanted = list(references)
    if not wanted:
        return
    marks = (
        f"(r.number = ${2 * at + 1} AND r.system = ${2 * at + 2})" for at in range(len(wanted))
    )
    row = await database.fetch_one(
        "SELECT r.system, r.number, c.number AS known FROM case_reference r"
        f" JOIN cases c ON c.id = r.case_id WHERE {' OR '.join(marks)} ORDER BY r.id LIMIT 1",
        *(value for one in wanted for value in (one.number, one.system)),
    )
    if row is not None:
        reference = f"{row['system']} {row['number']}"
        raise ReferenceTaken(reference=reference, number=row["known"])


async def read_references(case_ids: Iterable[UUID]) -> dict[UUID, tuple[Reference, ...]]:
    """What these cases are called elsewhere, all in one statement."""
    listed, values = database.in_list(list(case_ids), start=1)
    rows = await database.fetch(
        f"SELECT case_id, system, number FROM case_reference WHERE case_id IN {listed} ORDER BY id",
        *values,
    )
    found: dict[UUID, tuple[Reference, ...]] = {}
    for row in rows:
        one = Reference(system=row["system"], number=row["number"])
        found[row["case_id"]] = (*found.get(row["case_id"], ()), one)
    return found
