"""A new key while the town goes on: no read fails, all is sealed anew, the old key may go."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server import people
from server.base import database, keyring, seal
from server.base.keyring import SealError
from server.base.unit import unit_of_work
from server.people.models import Account
from server.trust import resealing

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MANY = 700  # more than one batch of accounts and of residents


@pytest.fixture
def folder(db: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The secrets of this town, looked at before every use."""
    monkeypatch.setattr(seal, "LOOK_EVERY_S", 0.0)
    return seal.sealer().folder


@pytest.fixture
async def phones(folder: Path) -> list[str]:
    """The phones of residents with accounts, written before the change of keys."""
    numbers = [f"1600000{n:04d}" for n in range(MANY)]
    await enter(numbers)
    return numbers


async def enter(phones: list[str]) -> None:
    registry = people.Registry()
    for phone in phones:
        registry.resident(f"演示-{phone}", phone=phone)
        registry.resident_account(f"演示-{phone}", at=NOW, phone=phone)
    await people.register(registry)


async def found_by_phone(phone: str) -> str:
    """The phone of the account found by it, as it opens."""
    marks, tags = database.in_list(seal.blinds(phone, "phone"))
    row = await database.fetch_one(
        f"SELECT id, phone_sealed FROM account WHERE phone_blind IN {marks}", *tags
    )
    assert row is not None
    return seal.open(row["phone_sealed"], aad=f"account:phone_sealed:{row['id']}")


async def all_found(phones: list[str]) -> bool:
    return [await found_by_phone(phone) for phone in phones] == phones


async def test_everything_is_sealed_anew_and_the_old_keys_may_go(
    folder: Path, phones: list[str]
) -> None:
    keyring.promote(folder, "seal")
    keyring.promote(folder, "blind")

    done = await resealing.reseal()
    unused = (await resealing.survey()).unused()
    keyring.remove(unused)

    assert done.changed == 4 * MANY
    assert {key.path.name for key in unused} == {"seal-0001.key", "blind.key"}
    assert await all_found(phones)


async def test_no_read_fails_while_the_keys_change_under_readers_and_writers(
    folder: Path, phones: list[str]
) -> None:
    over = asyncio.Event()

    async def read() -> int:
        count = 0
        while not over.is_set():
            phone = phones[count * 7 % MANY]
            assert await found_by_phone(phone) == phone
            count += 1
            await asyncio.sleep(0)
        return count

    async def write() -> list[str]:
        written: list[str] = []
        while not over.is_set():
            written.append(f"1600001{len(written):04d}")
            await enter(written[-1:])
        return written

    async def rotate() -> None:
        await asyncio.sleep(0.05)
        keyring.promote(folder, "seal")
        keyring.promote(folder, "blind")
        await resealing.reseal(batch=50)
        over.set()

    first, second, written, _ = await asyncio.gather(read(), read(), write(), rotate())
    await resealing.reseal()
    keyring.remove((await resealing.survey()).unused())

    assert min(first, second) > 20
    assert len(written) > 5
    assert len(keyring.names_in(folder)) == 3
    assert await all_found([*phones, *written])


async def test_a_key_that_still_holds_a_value_is_not_unused(
    folder: Path, phones: list[str]
) -> None:
    keyring.promote(folder, "seal")
    keyring.promote(folder, "blind")
    survey = await resealing.survey()

    assert sum(survey.by_key.values()) == 4 * MANY
    assert survey.stale_tags == 2 * MANY
    assert survey.unused() == []


async def test_a_second_round_finds_everything_in_order(folder: Path, phones: list[str]) -> None:
    keyring.promote(folder, "seal")
    await resealing.reseal()

    again = await resealing.reseal()

    assert (again.changed, again.in_order) == (0, 4 * MANY)


async def test_a_cell_changed_meanwhile_is_left_as_it_is(folder: Path, phones: list[str]) -> None:
    row = await database.fetch_one("SELECT id, phone_sealed FROM account ORDER BY id")
    new = seal.seal("16099999999", aad=f"account:phone_sealed:{row['id']}")
    table = next(one for one in resealing.sealed_tables() if one.name == "account")
    stale = resealing.Change(table, "phone_sealed", row["id"], row["phone_sealed"], b"late", None)
    async with unit_of_work() as unit:
        unit.update(Account, where={"id": row["id"]}, set={"phone_sealed": new})

    await resealing.write([stale])

    kept = await database.fetch_value("SELECT phone_sealed FROM account WHERE id = $1", row["id"])
    assert bytes(kept) == new


async def test_ciphertexts_swapped_between_two_cells_are_named_and_left(
    folder: Path, phones: list[str]
) -> None:
    one, other = await database.fetch("SELECT id, phone_sealed FROM account ORDER BY id LIMIT 2")
    async with unit_of_work() as unit:
        for row, sealed in ((one, other["phone_sealed"]), (other, one["phone_sealed"])):
            unit.update(Account, where={"id": row["id"]}, set={"phone_sealed": sealed})
    keyring.promote(folder, "seal")

    done = await resealing.reseal()

    assert sorted(done.faults) == sorted(
        f"the sealed value of account:phone_sealed:{row['id']} was changed or belongs elsewhere"
        for row in (one, other)
    )
    assert (await resealing.survey()).unused() == []
    with pytest.raises(SealError, match="belongs elsewhere"):
        seal.open(other["phone_sealed"], aad=f"account:phone_sealed:{one['id']}")
