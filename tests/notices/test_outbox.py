"""A message is delivered after commit, once for the person, whatever happens in between."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from server import notices
from server.base import database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.base.viewer import Viewer
from server.notices import Receiver
from server.notices.channels import CHANNELS, Channel
from server.notices.models import InboxItem, Notice
from server.notices.outbox import BACK_OFF, LEASE
from server.notices.taken import Taken
from tests.counting import counting

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
CASE = UUID(int=7)
VALUES = {"unit": "演示·安居物业", "resolve_by": "今天18:00"}


async def told(to: Receiver, occasion: str = "3") -> None:
    async with unit_of_work() as unit:
        notices.tell(
            unit,
            to=to,
            text_key="raiser.signed",
            values=VALUES,
            case_id=CASE,
            occasion=occasion,
            at=NOW,
        )


async def _unread(viewer: Viewer, key_hashes: tuple[bytes, ...] = ()) -> int:
    """How many messages about the case wait for this viewer."""
    return len((await notices.unread_for_cases(viewer, [CASE], key_hashes)).get(CASE, []))


async def test_a_delivered_message_is_unread_for_its_receiver_alone(db: None) -> None:
    account = new_id()
    await told(Receiver(account_id=account))

    await notices.deliver_due(NOW)

    assert await notices.unread_for_cases(Viewer(account_id=account), [CASE]) == {
        CASE: ["演示·安居物业开始办了"]
    }
    assert await _unread(Viewer(account_id=new_id())) == 0


async def test_receivers_whose_ids_begin_alike_are_each_told(db: None) -> None:
    accounts = [UUID(int=n) for n in (1, 2, 3)]
    for account in accounts * 2:
        await told(Receiver(account_id=account), occasion=f"{UUID(int=9)}:turned:{NOW.isoformat()}")

    await notices.deliver_due(NOW)

    assert [await _unread(Viewer(account_id=one)) for one in accounts] == [1, 1, 1]


async def test_a_guest_finds_her_message_by_the_hash_of_her_key(db: None) -> None:
    await told(Receiver(key_hash=b"k" * 16))

    await notices.deliver_due(NOW)

    assert await _unread(Viewer(), (b"k" * 16,)) == 1


async def test_reading_a_case_empties_its_inbox(db: None) -> None:
    reader = Viewer(account_id=new_id())
    await told(Receiver(account_id=reader.account_id))
    await notices.deliver_due(NOW)

    await notices.mark_read(reader, CASE, at=NOW)

    assert await _unread(reader) == 0


async def test_the_same_occasion_is_told_once(db: None) -> None:
    to = Receiver(unit_id=new_id())
    await told(to)
    await told(to)

    assert await notices.deliver_due(NOW) == 1


async def test_a_message_that_was_delivered_twice_is_read_once(db: None) -> None:
    account = new_id()
    await told(Receiver(account_id=account))
    await notices.deliver_due(NOW)
    async with unit_of_work().models():  # as after a crash between delivery and its mark
        await Notice.all().update(run_at=NOW, done_at=None)

    await notices.deliver_due(NOW)

    assert await InboxItem.filter(account_id=account).count() == 1


async def test_a_hundred_messages_are_delivered_in_as_many_statements_as_one(db: None) -> None:
    for n in range(100):
        await told(Receiver(account_id=new_id()), str(n))

    with counting() as counted:
        assert await notices.deliver_due(NOW) == 100

    assert (counted.reads, counted.writes) == (1, 1)


async def test_a_message_nobody_can_write_does_not_hold_up_the_others(db: None) -> None:
    account = new_id()
    await told(Receiver(account_id=new_id()), "1")
    await told(Receiver(account_id=account), "2")
    async with unit_of_work().models():
        await Notice.filter(id=await first_id()).update(text_key="no.such.text")

    await notices.deliver_due(NOW)

    assert await _unread(Viewer(account_id=account)) == 1
    assert await notices.count_waiting() == 1


async def first_id() -> int:
    return int(await database.fetch_value("SELECT min(id) AS id FROM notice"))


async def test_two_workers_lay_a_message_in_the_inbox_once(db: None) -> None:
    account = new_id()
    for n in range(20):
        await told(Receiver(account_id=account), str(n))

    await asyncio.gather(*(notices.deliver_due(NOW) for _ in range(4)))

    assert await InboxItem.filter(account_id=account).count() == 20
    assert await Notice.filter(done_at=None).count() == 0
    assert await Notice.filter(tries__gt=0).count() == 0


async def test_who_fails_after_another_delivered_it_does_not_bring_it_back(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    account, deliver = new_id(), CHANNELS["inbox"].deliver

    async def delivered_and_then_lost(taken: Sequence[Taken], now: datetime) -> None:
        await deliver(taken, now)
        raise ConnectionError("the answer was lost")

    monkeypatch.setitem(CHANNELS, "inbox", Channel(delivered_and_then_lost, outside=False))
    await told(Receiver(account_id=account))
    await notices.deliver_due(NOW)

    assert await notices.deliver_due(NOW + timedelta(days=1)) == 0
    assert await InboxItem.filter(account_id=account).count() == 1


async def test_a_message_by_a_way_nobody_knows_holds_up_no_other(db: None) -> None:
    account = new_id()
    await told(Receiver(account_id=new_id()), "1")
    async with unit_of_work().models():
        await Notice.all().update(channel="pigeon")
    await told(Receiver(account_id=account), "2")

    await notices.deliver_due(NOW)

    assert await _unread(Viewer(account_id=account)) == 1
    assert await notices.count_waiting() == 1


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Which messages went out by a channel that reaches outside, each as often as it did."""
    went: list[int] = []

    async def send(taken: Sequence[Taken], now: datetime) -> None:
        went.extend(notice.id for notice in taken)
        await asyncio.sleep(0)
        async with unit_of_work() as unit:
            for notice in taken:
                unit.update(
                    Notice,
                    where={"id": notice.id, "lease": notice.lease},
                    set={"done_at": now, "run_at": None, "lease": None},
                )

    monkeypatch.setitem(CHANNELS, "inbox", Channel(send))
    return went


async def test_of_two_workers_one_sends_a_message_outside(db: None, outside: list[int]) -> None:
    for n in range(20):
        await told(Receiver(account_id=new_id()), str(n))

    await asyncio.gather(*(notices.deliver_due(NOW) for _ in range(4)))

    assert sorted(outside) == sorted(set(outside))
    assert len(outside) == 20
    assert await notices.count_waiting() == 0


async def test_who_died_sending_gives_it_back_when_the_lease_ends(
    db: None, outside: list[int]
) -> None:
    await told(Receiver(account_id=new_id()))
    async with unit_of_work().models():
        await Notice.all().update(lease="dead", run_at=NOW + LEASE)

    await notices.deliver_due(NOW)
    assert outside == []
    await notices.deliver_due(NOW + LEASE)
    assert len(outside) == 1


@pytest.fixture(params=[True, False], ids=["outside", "inside"])
def broken_channel(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = request.param

    async def broken(taken: Sequence[Taken], now: datetime) -> None:
        raise ConnectionError("down")

    monkeypatch.setitem(CHANNELS, "inbox", Channel(broken, outside=outside))


@pytest.mark.usefixtures("broken_channel")
async def test_a_failing_channel_is_tried_again_later(db: None) -> None:
    await told(Receiver(account_id=new_id()))

    await notices.deliver_due(NOW)

    waiting = await database.fetch_one("SELECT run_at, tries, last_error FROM notice")
    assert waiting is not None
    assert waiting["run_at"] == NOW + timedelta(seconds=BACK_OFF[0])
    assert waiting["tries"] == 1
    assert "down" in waiting["last_error"]


@pytest.mark.usefixtures("broken_channel")
async def test_after_the_last_try_a_message_is_dead_and_kept(db: None) -> None:
    await told(Receiver(account_id=new_id()))
    async with unit_of_work().models():
        await Notice.all().update(tries=len(BACK_OFF))

    await notices.deliver_due(NOW)

    dead = await database.fetch_one("SELECT run_at, dead_at FROM notice")
    assert dead == {"run_at": None, "dead_at": NOW}


async def test_telling_wakes_whoever_waits(db: None) -> None:

    waiting = asyncio.create_task(notices.woken(30))
    await asyncio.sleep(0)

    await told(Receiver(account_id=new_id()))

    await asyncio.wait_for(waiting, 5)


async def test_what_is_not_delivered_yet_is_counted_and_what_is_no_longer(db: None) -> None:
    await told(Receiver(account_id=new_id()))
    assert await notices.count_waiting() == 1

    await notices.deliver_due(NOW)

    assert await notices.count_waiting() == 0
