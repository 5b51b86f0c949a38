"""A sensitive act leaves a record that only this town can have written, in a chain without gaps."""

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from server import trust
from server.base import clock, database, seal
from server.base.ids import new_id
from server.base.unit import Duplicate, unit_of_work
from server.base.viewer import HeldPost, Viewer
from server.people.models import Account
from server.trust import Act, Findings, verify
from server.trust.models import AuditRecord

POST = HeldPost(new_id(), "grid_worker", "网格员", new_id(), "演示·湖畔社区", "1506/")
WORKER = Viewer(new_id(), "演示-巴特尔", (POST,))


def a_look(number: str = "261123004701") -> Act:
    return Act(
        action="case.unmask", by=WORKER, post=POST, target=number, reason="回访", request="r-1"
    )


async def records() -> list[dict]:
    return await database.fetch("SELECT * FROM audit_record ORDER BY id")


async def faults() -> list[str]:
    findings = Findings()
    await verify.check_records(findings)
    return findings.faults


async def test_a_record_says_who_did_what_on_what_why_and_when(db: str) -> None:
    await trust.record(a_look())

    (row,) = await records()

    assert (row["action"], row["by_name"], row["by_role"]) == (
        "case.unmask",
        "演示-巴特尔",
        "grid_worker",
    )
    assert (row["by_account_id"], row["by_post_id"]) == (WORKER.account_id, POST.id)
    assert (row["target"], row["reason"], row["request"]) == ("261123004701", "回访", "r-1")
    assert row["result"] == "done"
    assert clock.now() - row["at"] < timedelta(minutes=1)


async def test_a_residents_name_is_not_written_down(db: str) -> None:
    resident = Viewer(new_id(), "演示-王女士")

    await trust.record(Act(action="account.export", by=resident))

    (row,) = await records()
    assert (row["by_name"], row["by_account_id"]) == ("", resident.account_id)


async def test_each_stream_is_counted_by_itself(db: str) -> None:
    for action in ("case.unmask", "keys.rotate", "case.export"):
        await trust.record(Act(action=action))

    assert [(row["stream"], row["seq"]) for row in await records()] == [
        ("case", 1),
        ("keys", 1),
        ("case", 2),
    ]


async def test_acts_at_the_same_moment_make_one_chain_without_a_gap(db: str) -> None:
    await asyncio.gather(*(trust.record(a_look(str(n))) for n in range(12)))

    assert [row["seq"] for row in await records()] == list(range(1, 13))
    assert await faults() == []


async def test_what_is_written_with_the_act_is_written_once(db: str) -> None:
    key = new_id()

    def also(unit: object) -> None:
        unit.insert(Account, id=key, kind="staff", created_at=clock.now())

    await trust.record(a_look(), also=also)
    with pytest.raises(Duplicate):
        await trust.record(a_look(), also=also)

    assert len(await records()) == 1


async def test_an_act_nobody_named_is_refused(db: str) -> None:
    with pytest.raises(ValueError, match="not an act that is recorded"):
        await trust.record(Act(action="case.peek"))


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "别的"},
        {"by_name": "别人"},
        {"by_account_id": UUID(int=7)},
        {"target": "261123004718"},
        {"detail": {"count": 0}},
        {"result": "refused"},
        {"chain": b"x" * 16},
    ],
)
async def test_a_changed_record_is_named(db: str, change: dict) -> None:
    for number in ("1", "2", "3"):
        await trust.record(a_look(number))
    second = (await records())[1]["id"]
    async with unit_of_work() as unit:
        unit.update(AuditRecord, where={"id": second}, set=change)

    assert (await faults())[0].startswith(f"audit record {second} (case.unmask")


async def test_a_record_taken_out_of_the_middle_is_missed(db: str) -> None:
    for number in ("1", "2", "3"):
        await trust.record(a_look(number))
    async with unit_of_work() as unit:
        unit.delete(AuditRecord, where={"stream": "case", "seq": 2})

    assert len(await faults()) == 1
    assert "follows number 1 of its stream and is number 3" in (await faults())[0]


async def test_the_beginning_of_a_stream_is_missed(db: str) -> None:
    for number in ("1", "2"):
        await trust.record(a_look(number))
    async with unit_of_work() as unit:
        unit.delete(AuditRecord, where={"stream": "case", "seq": 1})

    assert await faults() == ["the records of case before number 2 are gone"]


async def test_a_record_written_without_the_key_is_noticed(db: str, tmp_path: Path) -> None:
    await trust.record(a_look("1"))
    own = seal.sealer()
    seal.configure(tmp_path / "stolen-database-without-keys")
    await trust.record(a_look("2"))
    seal._Town.sealer = own

    assert "was changed" in (await faults())[0]
