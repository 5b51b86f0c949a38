"""Entering people: residents and where they live, staff, and residents who sign in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from server.base import cache, clock, seal
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.people.models import Account, Occupancy, Resident
from server.people.rules import valid_id_no, valid_phone
from server.people.signing_in import passwords

OCCUPANCY_KINDS = ("owner", "tenant", "family", "other")


@dataclass
class Registry:
    """People being entered. `make_id` may be replaced, so that a demo is the same every time."""

    make_id: Callable[[], UUID] = new_id
    residents: list[dict[str, Any]] = field(default_factory=list)
    occupancies: list[dict[str, Any]] = field(default_factory=list)
    accounts: list[dict[str, Any]] = field(default_factory=list)

    def resident(
        self,
        name: str,
        *,
        id_no: str | None = None,
        phone: str | None = None,
        birth_year: int | None = None,
        sex: str | None = None,
    ) -> UUID:
        """A resident; name, identity number and phone are sealed before anything is written."""
        if id_no is not None and not valid_id_no(id_no):
            raise ValueError("an identity number does not check")
        if phone is not None and not valid_phone(phone):
            raise ValueError("a phone number does not have the form of one")
        key = self.make_id()
        self.residents.append(
            {
                "id": key,
                "name_sealed": seal.seal(name, aad=f"resident:name_sealed:{key}"),
                "id_no_sealed": _sealed(id_no, f"resident:id_no_sealed:{key}"),
                "id_no_blind": _blind(id_no, "id_no"),
                "phone_sealed": _sealed(phone, f"resident:phone_sealed:{key}"),
                "phone_blind": _blind(phone, "phone"),
                "birth_year": birth_year,
                "sex": sex,
            }
        )
        return key

    def lives_in(
        self,
        resident_id: UUID,
        room_id: UUID,
        *,
        kind: str,
        since: date,
        recorded_at: datetime,
        verified_at: datetime | None = None,
    ) -> None:
        """A resident occupies a room, in one of four ways."""
        if kind not in OCCUPANCY_KINDS:
            raise ValueError(f"not a kind of occupancy: {kind!r}")
        self.occupancies.append(
            {
                "id": self.make_id(),
                "resident_id": resident_id,
                "room_id": room_id,
                "kind": kind,
                "from_on": since,
                "to_on": None,
                "verified_at": verified_at,
                "recorded_at": recorded_at,
            }
        )

    def staff(
        self, name: str, *, at: datetime, login: str | None = None, persona: str | None = None
    ) -> UUID:
        """A staff account; without a login it can only be entered as a persona of the demo."""
        return self._account("staff", at, name=name, login=login, persona=persona)

    def resident_account(
        self, name: str, *, at: datetime, phone: str | None = None, persona: str | None = None
    ) -> UUID:
        """A resident who signs in: name and phone sealed."""
        key = self._account("resident", at, persona=persona)
        self.accounts[-1] |= {
            "name_sealed": seal.seal(name, aad=f"account:name_sealed:{key}"),
            "phone_sealed": _sealed(phone, f"account:phone_sealed:{key}"),
            "phone_blind": _blind(phone, "phone"),
        }
        return key

    def _account(self, kind: str, at: datetime, **given: Any) -> UUID:
        key = self.make_id()
        empty = {"login": None, "name": "", "name_sealed": None, "persona": None}
        sealed = {"phone_sealed": None, "phone_blind": None, "password_hash": None}
        row = {"id": key, "kind": kind, "created_at": at, "disabled_at": None} | empty | sealed
        self.accounts.append(row | given)
        return key


async def register(registry: Registry) -> None:
    """Write everybody who was entered, all or nothing."""
    async with unit_of_work() as unit:
        unit.bulk(Resident, registry.residents)
        unit.bulk(Occupancy, registry.occupancies)
        unit.bulk(Account, registry.accounts)
    cache.clear()


async def add_staff(
    login: str, password: str | None, name: str, *, persona: str | None = None
) -> UUID:
    """A staff account that signs in by name and password; its posts are given by `org.appoint`."""
    registry = Registry()
    key = registry.staff(name, at=clock.now(), login=login.strip().lower(), persona=persona)
    if password is not None:
        registry.accounts[0]["password_hash"] = await passwords.hash_password(password)
    await register(registry)
    return key


async def add_resident_account(
    name: str, *, phone: str | None = None, persona: str | None = None
) -> UUID:
    """A resident's account."""
    registry = Registry()
    key = registry.resident_account(name, at=clock.now(), phone=phone, persona=persona)
    await register(registry)
    return key


def _sealed(value: str | None, aad: str) -> bytes | None:
    return None if value is None else seal.seal(value, aad=aad)


def _blind(value: str | None, purpose: str) -> bytes | None:
    return None if value is None else seal.blind(value, purpose)
