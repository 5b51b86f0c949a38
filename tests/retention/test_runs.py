"""What is over goes, everywhere, and every chain stays whole; what is not over, or held, stays."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server import cases, contact, people, praise, retention, trust, wiring
from server.base import clock, database, schema
from server.base.unit import unit_of_work
from server.base.viewer import Viewer
from server.cases import CaseFile
from server.photos.models import Photo
from server.praise import NewPraise, Wanted
from server.retention import RULES, Kept
from server.trust import Act, Findings
from tests import makers
from tests.desk import Desk, a_photo, asked, inbox

PHONE, SAID, WHY, THANKS = "16000001234", "三楼老王家门口", "还在漏，请来看", "谢谢老李"
YEAR = timedelta(days=366)
OF_PEOPLE = {"account"}  # an account lasts until its holder gives it up


async def an_ended_case(desk: Desk, resident: Viewer) -> CaseFile:
    """Raised with everything one may leave, joined, sent back with words, confirmed, praised,
    and a conversation."""
    photo = await a_photo(resident)
    opened = await desk.report(
        resident, category="F02", text=SAID, spot=SAID, phone=PHONE, photos=(photo,)
    )
    neighbour = await makers.a_resident("演示-李先生")
    await cases.second(opened.number, desk.town.token, by=neighbour, asked=asked("second"))
    await desk.move(opened, "accept", desk.grid_worker)
    await desk.move(opened, "self_handle", desk.grid_worker)
    await desk.move(opened, "resolve", desk.grid_worker, outcome="fixed", text="修好了")
    await desk.move(opened, "reopen", resident, reason=WHY)
    await desk.move(opened, "resolve", desk.street_dispatcher, outcome="fixed", text="换了")
    await desk.move(opened, "confirm", resident, solved="yes", text=THANKS)
    wanted = Wanted(code=desk.town.token, post_id=desk.town.posts["grid_worker"])
    thanks = NewPraise(wanted=wanted, tag="kind", text=SAID)
    await praise.give(thanks, by=resident, asked=asked("praises"))
    said, post = contact.Said(text=SAID), desk.town.posts["grid_worker"]
    await contact.begin(desk.town.token, post, said, by=resident, asked=asked("talk"))
    await inbox(desk.grid_worker, opened)
    return await cases.find_case(opened.number, desk.grid_worker)


async def rows_of(table: str) -> int:
    return int(await database.fetch_value(f"SELECT count(*) AS n FROM {table}"))


async def everything() -> str:
    """Every row of every table but those of people themselves, as text."""
    tables = {model._meta.db_table for model in schema.all_models()} - OF_PEOPLE
    return "".join([str(await database.fetch(f"SELECT * FROM {name}")) for name in sorted(tables)])


async def audit_faults(outside: Path) -> list[str]:
    found = Findings()
    _, broken = await cases.check_chains()
    floor = await trust.check_records(found)
    await trust.check_anchors(found, wiring.ANCHORED, floor, outside, clock.now())
    return found.faults + [fault.what for fault in broken]


async def test_after_three_years_nothing_tells_who_raised_it_and_all_chains_hold(
    desk: Desk, hands: clock.Hands, studio: Path, outside: Path
) -> None:
    resident = await makers.a_resident()
    case = await an_ended_case(desk, resident)
    await trust.anchor_all(wiring.ANCHORED, clock.now())
    before = await everything()
    hands.move(3 * YEAR)

    await retention.run(clock.now(), name="worker")

    after = await everything()
    for told in (SAID, str(resident.account_id)):
        assert (told in before, told in after) == (True, False)
    kept = await cases.find_case(case.number, desk.grid_worker)
    assert (kept.name_sealed, kept.phone_sealed, kept.text, kept.spot) == (None, None, "", "")
    assert (kept.category, kept.place_name) == (case.category, case.place_name)
    assert [await rows_of(name) for name in ("case_words", "photo")] == [0, 0]
    assert await cases.check_cases() == []
    assert await audit_faults(outside) == []


async def test_what_is_short_lived_is_gone_everywhere_after_its_time(
    desk: Desk, hands: clock.Hands, studio: Path, outside: Path
) -> None:
    await an_ended_case(desk, await makers.a_resident())
    await people.sign_in_demo("grid_worker")
    await a_photo()
    await trust.record(Act(action="keys.rotate"))
    await trust.anchor_all(wiring.ANCHORED, clock.now())
    gone = ("notice", "inbox_item", "session", "replay", "unmask_use")
    there = [await rows_of(name) > 0 for name in gone[:4]]
    hands.move(YEAR)

    await retention.run(clock.now(), name="worker")

    assert there == [True] * 4
    assert [await rows_of(name) for name in gone] == [0] * 5
    assert await rows_of("photo") == 1  # the one of the case
    actions = await database.fetch("SELECT action FROM audit_record")
    assert {row["action"] for row in actions} == {"retention.run"}
    assert await audit_faults(outside) == []


async def test_a_day_before_its_time_everything_is_still_there(
    desk: Desk, hands: clock.Hands, studio: Path
) -> None:
    case = await an_ended_case(desk, await makers.a_resident())
    hands.move(datetime(2029, 11, 22, 1, 0, tzinfo=UTC) - clock.now())

    await retention.run(clock.now(), name="worker")

    kept = await cases.find_case(case.number, desk.grid_worker)
    assert (kept.text, cases.raiser_phone(kept)) == (SAID, PHONE)


async def test_a_case_that_goes_on_is_not_forgotten(
    desk: Desk, hands: clock.Hands, studio: Path
) -> None:
    opened = await desk.report(text=SAID, phone=PHONE)
    hands.move(3 * YEAR)

    await retention.run(clock.now(), name="worker")

    kept = await cases.find_case(opened.number, desk.grid_worker)
    assert cases.raiser_phone(kept) == PHONE


async def test_a_case_on_legal_hold_waits_until_it_is_released(
    desk: Desk, hands: clock.Hands, studio: Path
) -> None:
    case = await an_ended_case(desk, await makers.a_resident())
    await cases.hold(case.number, reason="康巴什区法院调取", name="operator test")
    hands.move(3 * YEAR)

    await retention.run(clock.now(), name="worker")
    held = await cases.find_case(case.number, desk.grid_worker)
    await cases.release(case.number, reason="已结案", name="operator test")
    await retention.run(clock.now(), name="worker")
    released = await cases.find_case(case.number, desk.grid_worker)

    assert (held.text, released.text) == (SAID, "")


async def test_a_legal_hold_and_its_end_are_on_record(desk: Desk) -> None:
    opened = await desk.report()

    await cases.hold(opened.number, reason="康巴什区法院调取", name="operator test")
    await cases.release(opened.number, reason="已结案", name="operator test")

    rows = await database.fetch("SELECT * FROM audit_record ORDER BY id")
    assert [(row["action"], row["target"], row["reason"], row["by_name"]) for row in rows] == [
        ("case.hold", opened.number, "康巴什区法院调取", "operator test"),
        ("case.release", opened.number, "已结案", "operator test"),
    ]


async def test_the_report_says_what_is_due_and_touches_nothing(
    desk: Desk, hands: clock.Hands, studio: Path
) -> None:
    await an_ended_case(desk, await makers.a_resident())
    await trust.record(Act(action="keys.rotate"))
    await a_photo()
    hands.move(3 * YEAR)
    before = await everything()

    due = {one.rule.key: one.count for one in await retention.report(clock.now())}
    untouched = await everything() == before
    done = {one.rule.key: one.count for one in await retention.run(clock.now(), name="worker")}

    assert untouched
    assert due == done
    nothing = {key for key, count in due.items() if count == 0}
    assert nothing == {"bindings", "sessions", "codes", "tallies", "plaques", "bulletins"}
    (row,) = await database.fetch(
        "SELECT detail FROM audit_record WHERE by_name = 'worker' ORDER BY id DESC LIMIT 1"
    )
    assert row["detail"] == done


async def test_a_photo_nobody_attached_goes_within_hours(
    desk: Desk, hands: clock.Hands, studio: Path
) -> None:
    await a_photo()
    hands.move(timedelta(hours=23, minutes=59))
    await retention.run_short_lived(clock.now())
    still_there = await rows_of("photo")
    hands.move(timedelta(minutes=2))

    await retention.run_short_lived(clock.now())

    assert (still_there, await rows_of("photo")) == (1, 0)


async def test_audit_records_taken_away_before_their_time_are_missed(
    desk: Desk, hands: clock.Hands, outside: Path
) -> None:
    for _ in range(3):
        await trust.record(Act(action="keys.rotate"))
    await trust.anchor_all(wiring.ANCHORED, clock.now())
    hands.move(timedelta(days=100))
    detail = {"audit_through": 2}
    await trust.record(Act(action="retention.run", name="worker", detail=detail))
    async with unit_of_work().models():
        await _records().filter(seq__lte=2, stream="keys").delete()

    assert [fault.partition(" (")[0] for fault in await audit_faults(outside)] == [
        "audit record 1 is gone",
        "audit record 2 is gone",
    ]


def _records() -> type:
    return next(one for one in schema.all_models() if one._meta.db_table == "audit_record")


async def test_a_rule_shorter_than_the_law_allows_is_refused(desk: Desk) -> None:
    with pytest.raises(ValueError, match="six months"):
        await trust.forget_records(clock.now() - timedelta(days=179))


@pytest.mark.parametrize(
    ("rested", "hour", "runs"),
    [
        (None, 12, True),  # never yet
        (timedelta(hours=19), 3, False),
        (timedelta(hours=21), 3, True),
        (timedelta(hours=21), 12, False),
        (timedelta(hours=31), 12, True),  # nobody was up at night
    ],
)
async def test_it_runs_once_a_night(
    sqlite_db: str, studio: Path, rested: timedelta | None, hour: int, runs: bool
) -> None:
    now = datetime(2026, 11, 23, hour, 30, tzinfo=UTC) - timedelta(hours=8)
    if rested is not None:
        with clock.stopped_at(now - rested):
            await trust.record(Act(action="retention.run", name="worker"))

    with clock.stopped_at(now):
        assert await retention.run_at_night(now) is runs


@pytest.mark.parametrize(
    ("kept", "before"),
    [
        (Kept(3, "年"), datetime(2025, 2, 28, tzinfo=UTC)),
        (Kept(90, "天"), datetime(2027, 12, 1, tzinfo=UTC)),
        (Kept(24, "小时"), datetime(2028, 2, 28, tzinfo=UTC)),
    ],
)
def test_a_time_is_reckoned_back_by_the_calendar(kept: Kept, before: datetime) -> None:
    assert kept.before(datetime(2028, 2, 29, tzinfo=UTC)) == before


def test_audit_records_are_kept_as_long_as_the_law_wants() -> None:
    rule = next(rule for rule in RULES if rule.key == "audit")
    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert now - rule.kept.before(now) >= timedelta(days=180)


async def test_photos_of_staff_stay_as_evidence(
    desk: Desk, hands: clock.Hands, studio: Path
) -> None:
    case = await an_ended_case(desk, await makers.a_resident())
    evidence = await a_photo(desk.grid_worker)
    async with unit_of_work() as unit:
        unit.update(Photo, where={"id": evidence}, set={"case_id": case.id, "stamped": True})
    hands.move(3 * YEAR)

    await retention.run(clock.now(), name="worker")

    rows = await database.fetch("SELECT id FROM photo")
    assert [row["id"] for row in rows] == [evidence]
