"""Questions about people: what an account is called, which personas a demo offers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from server.base import database, seal


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


async def account_names(account_ids: list[UUID]) -> dict[UUID, str]:
    """The names on the plates of staff accounts."""
    if not account_ids:
        return {}
    marks, values = database.in_list(account_ids, start=1)
    rows = await database.fetch(
        f"SELECT id, name FROM account WHERE kind = 'staff' AND id IN {marks}", *values
    )
    return {row["id"]: row["name"] for row in rows}


async def find_staff_login(login: str) -> dict[str, Any] | None:
    """The staff account that signs in by this name: id, kind, names, and what is kept of the
    password. For the door alone."""
    return await database.fetch_one(
        "SELECT id, kind, name, name_sealed, password_hash FROM account"
        " WHERE login = $1 AND kind = 'staff' AND disabled_at IS NULL",
        login,
    )


def plain_name(row: dict[str, Any]) -> str:
    """A staff name as it stands, a resident's opened."""
    if row["name_sealed"] is None:
        return str(row["name"])
    return seal.open(row["name_sealed"], aad=f"account:name_sealed:{row['id']}")
