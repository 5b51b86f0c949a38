"""A request sent twice is carried out once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from server import trust
from server.base.errors import Conflict
from server.base.unit import Duplicate, unit_of_work
from server.trust import KeyReused, ReplayKey

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ASKED = ReplayKey(actor="guest", route="POST /cases", key="k1", body_hash=b"a" * 32)


async def remembered(asked: ReplayKey) -> None:
    async with unit_of_work() as unit:
        trust.remember(unit, asked, {"number": "1"}, at=NOW)


async def test_an_unknown_key_has_made_nothing(db: None) -> None:
    assert await trust.find_replay(ASKED) is None


async def test_a_replay_finds_what_was_made(db: None) -> None:
    await remembered(ASKED)

    assert await trust.find_replay(ASKED) == {"number": "1"}


async def test_the_same_key_with_another_body_is_refused(db: None) -> None:
    await remembered(ASKED)

    with pytest.raises(KeyReused):
        await trust.find_replay(ReplayKey("guest", "POST /cases", "k1", b"b" * 32))


async def test_two_people_may_use_the_same_key(db: None) -> None:
    await remembered(ASKED)

    await remembered(ReplayKey("another", "POST /cases", "k1", b"b" * 32))


async def test_a_twin_writes_nothing(db: None) -> None:
    await remembered(ASKED)

    with pytest.raises(Duplicate):
        await remembered(ASKED)


async def test_a_key_is_forgotten_after_seven_days(db: None) -> None:
    await remembered(ASKED)

    await trust.forget_replays(NOW + timedelta(seconds=1))

    assert await trust.find_replay(ASKED) is None


async def test_what_the_same_request_did_meanwhile_is_not_refused_to_it(sqlite_db):
    @trust.twice_is_once
    async def late(*, asked: ReplayKey) -> None:
        await remembered(asked)  # the other tap, between our look and our act
        raise Conflict

    @trust.twice_is_once
    async def refused(*, asked: ReplayKey) -> None:
        raise Conflict

    await late(asked=ASKED)
    with pytest.raises(Conflict):
        await refused(asked=replace(ASKED, key="k2"))
