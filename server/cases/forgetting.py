"""Forgetting who raised a case, long after it ended; and keeping a case from being forgotten.

What stays is the matter: category, place, times, what the staff did and said. Every chain stays
whole, for an event never held what is destroyed here.
"""

from datetime import datetime
from uuid import UUID

from server import photos, trust
from server.base import clock, database
from server.base.errors import FieldError, Invalid
from server.base.fields import clean_text
from server.base.unit import LostRace, Unit, unit_of_work
from server.cases.errors import CaseUnknown
from server.cases.models import Case, CaseParty, CaseReference, CaseRow, CaseWords
from server.cases.record import reading
from server.cases.search.feeding import forget_words
from server.trust import Act

BATCH = 100
HOLD_LIMIT = 200
_DUE = (
    " FROM cases WHERE closed_at < $1 AND closed_at IS NOT NULL AND forgotten_at IS NULL"
    " AND legal_hold IS NULL"
)
_NOBODY = {
    "name_sealed": None,
    "phone_sealed": None,
    "phone_blind": None,
    "raiser_account_id": None,
    "raiser_gone": True,
    "text": "",
    "spot": "",
    "lng": None,
    "lat": None,
}


async def old_cases(before: datetime) -> int:
    """How many cases ended before then, still say who raised them, and are not on legal hold."""
    return int(await database.fetch_value(f"SELECT count(*) AS n{_DUE}", before))


async def forget_old_cases(before: datetime) -> int:
    """Forget who raised them, the oldest first, each by itself; how many that were."""
    forgotten = 0
    while rows := await database.fetch(f"SELECT id{_DUE} ORDER BY closed_at LIMIT {BATCH}", before):
        for row in rows:
            try:
                async with unit_of_work() as unit:
                    forget(unit, row["id"], at=clock.now())
            except LostRace:
                continue  # Another worker was faster, or somebody put it on hold.
            forgotten += 1
    return forgotten


def forget(unit: Unit, case_id: UUID, *, at: datetime) -> None:
    """Destroy everything of one case that tells who raised or joined it; nobody of them comes back.

    The unit raises LostRace where that was done before, or the case is on legal hold.
    """
    unit.update(
        Case,
        where={"id": case_id, "forgotten_at": None, "legal_hold": None},
        set=_NOBODY | {"forgotten_at": at},
    )
    for model in (CaseWords, CaseReference):  # her number elsewhere leads to her as well
        unit.delete(model, where={"case_id": case_id})
    for relation in ("raiser", "second"):
        unit.delete(CaseParty, where={"case_id": case_id, "relation": relation})
    nobody = {"account_id": None, "key_hash": None}
    unit.update(CaseRow, where={"case_id": case_id}, set=nobody, expecting=None)
    photos.forget_plain(unit, case_id=case_id)
    forget_words(unit, case_id)


async def hold(number: str, *, reason: str, name: str) -> None:
    """Put a case on legal hold: nothing of it is forgotten until it is released. On record.

    Raises CaseUnknown, or Invalid without a reason.
    """
    await _set_hold("case.hold", number, _reason(reason), reason=reason, name=name)


async def release(number: str, *, reason: str, name: str) -> None:
    """Let a case go from legal hold; what is due goes with the next run. On record."""
    await _set_hold("case.release", number, None, reason=_reason(reason), name=name)


async def _set_hold(action: str, number: str, hold: str | None, *, reason: str, name: str) -> None:
    case = await reading.read_by_number(number)
    if case is None:
        raise CaseUnknown

    def also(unit: Unit) -> None:
        unit.update(Case, where={"id": case.id}, set={"legal_hold": hold})

    act = Act(action=action, name=name, target=number, reason=reason)
    await trust.record(act, also=also)


def _reason(given: str) -> str:
    reason = clean_text(given, HOLD_LIMIT, field="reason")
    if not reason:
        raise Invalid(FieldError("reason", "required", "请写明依据。"))
    return reason
