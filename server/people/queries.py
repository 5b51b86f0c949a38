"""Questions about people: what an account is called, which personas a demo offers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from server.base import database, seal
from server.base.seal import SealError


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody a visitor of the demo may be for a while."""

    key: str
    account_id: UUID
    kind: str
    name: str


async def personas() -> list[Persona]:
    """The personas of the demo, in the order they were made; empty outside a demo."""
    rows = await database.fetch(
        "SELECT id, kind, name, name_sealed, persona FROM account"
        " WHERE persona IS NOT NULL AND disabled_at IS NULL ORDER BY created_at, id"
    )
    return [Persona(row["persona"], row["id"], row["kind"], plain_name(row)) for row in rows]


async def own_name(account_id: UUID) -> str:
    """What the person is called, for the person and for those who may know: unmasked."""
    row = await database.fetch_one(
        "SELECT id, name, name_sealed FROM account WHERE id = $1", account_id
    )
    return plain_name(row) if row else ""


async def own_names(account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What these people are called, for who masks it or may know: unmasked."""
    marks, values = database.in_list(set(account_ids))
    rows = await database.fetch(
        f"SELECT id, name, name_sealed FROM account WHERE id IN {marks}", *values
    )
    return {row["id"]: plain_name(row) for row in rows}


async def masked_phones(account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The ends of the numbers these people sign in by; who has none is left out."""
    marks, values = database.in_list(set(account_ids))
    rows = await database.fetch(
        f"SELECT id, phone_sealed FROM account WHERE id IN {marks} AND phone_sealed IS NOT NULL",
        *values,
    )
    return {row["id"]: seal.mask_phone(_phone(row)) for row in rows}


async def number_on_record(account_id: UUID, room_id: UUID, *, on: date) -> bool | None:
    """Whether the number this account signs in with is that of somebody registered in this room.

    None where the account has no number. Never whose it is, nor who is registered.
    """
    tags = await phone_blinds_of(account_id)
    if not tags:
        return None
    marks, values = database.in_list(tags, start=3)
    found = await database.fetch_one(
        "SELECT o.id FROM occupancy o JOIN resident r ON r.id = o.resident_id"
        f" WHERE o.room_id = $1 AND r.phone_blind IN {marks}"
        " AND (o.to_on IS NULL OR o.to_on >= $2)",
        room_id,
        on,
        *values,
    )
    return found is not None


async def phone_blinds_of(account_id: UUID) -> tuple[bytes, ...]:
    """All that the number of this account may be found by, here and elsewhere; none without one."""
    row = await database.fetch_one(
        "SELECT id, phone_sealed, phone_blind FROM account WHERE id = $1", account_id
    )
    if row is None or row["phone_blind"] is None:
        return ()
    try:
        tags = seal.blinds(_phone(row), "phone")
    except SealError:  # What does not open can still be erased by what it was found by.
        tags = []
    return tuple({bytes(row["phone_blind"]), *tags})


async def find_staff_login(login: str) -> dict[str, Any] | None:
    """The staff account that signs in by this name: id, kind, names, and what is kept of the
    password. For the door alone."""
    return await database.fetch_one(
        "SELECT id, kind, name, name_sealed, password_hash FROM account"
        " WHERE login = $1 AND kind = 'staff' AND disabled_at IS NULL",
        login,
    )


def _phone(row: dict[str, Any]) -> str:
    return seal.open(row["phone_sealed"], aad=f"account:phone_sealed:{row['id']}")


def plain_name(row: dict[str, Any]) -> str:
    """A staff name as it stands, a resident's opened."""
    if row["name_sealed"] is None:
        return str(row["name"])
    return seal.open(row["name_sealed"], aad=f"account:name_sealed:{row['id']}")
