"""Thanking somebody, and taking it back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from server import notices, trust
from server.base import changes, clock, database, fields
from server.base.errors import FieldError, Invalid, Unavailable
from server.base.ids import new_id
from server.base.unit import Duplicate, LostRace, Unit, unit_of_work
from server.base.viewer import Viewer
from server.praise import screening
from server.praise.errors import PraisedEnough, PraisedToday, PraiseUnknown
from server.praise.models import Praise
from server.praise.rules import MOST_A_DAY, TAGS, TEXT_LIMIT, day_of
from server.praise.targets import Target, Wanted, find_target
from server.trust import ReplayKey

MOST_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPraise:
    """Thanks as they were sent."""

    wanted: Wanted
    tag: str = ""
    text: str = ""
    nameless: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What became of it at once: `waiting` for somebody to read its words, or `accepted`."""

    id: UUID
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPraise:
    """Praise of earlier days, brought in with a demo's town."""

    target: Target
    account_id: UUID
    tag: str
    text: str = ""
    state: str
    given_at: datetime
    id: UUID = field(default_factory=new_id)


async def give(new: NewPraise, *, by: Viewer, asked: ReplayKey) -> Given:
    """Thank a target once a day. A tag alone is passed on at once; words are read before.

    The same request again answers the same. Raises what `find_target` raises, PraisedToday,
    PraisedEnough, and Invalid with every wrong field.
    """
    if (made := await trust.find_replay(asked)) is not None:
        return Given(UUID(made["id"]), made["state"])
    now = clock.now()
    target = await find_target(new.wanted, by, now)
    text = _words(new, target)
    await _refuse_too_many(by, now)
    praise_id, state = new_id(), "waiting" if text else "accepted"
    try:
        async with unit_of_work() as unit:
            said = {"tag": new.tag, "text": text, "nameless": new.nameless or target.nameless}
            row = _row(target, by.account_id, now) | said | {"flag": screening.flag(text)}
            unit.insert(Praise, id=praise_id, state=state, **row)
            trust.remember(unit, asked, {"id": str(praise_id), "state": state}, at=now)
            if state == "accepted":
                told(unit, {"id": praise_id, **row}, at=now)
    except Duplicate as taken:
        made = await trust.find_replay(asked)
        if made is not None:
            return Given(UUID(made["id"]), made["state"])
        if taken.table == Praise._meta.db_table:
            raise PraisedToday(name=target.name) from None
        raise
    return Given(praise_id, state)


async def withdraw(praise_id: UUID, *, by: Viewer) -> None:
    """Take one's own praise back, whatever became of it: its words are destroyed.

    Twice is as good as once. Raises PraiseUnknown for another's.
    """
    for _ in range(MOST_TRIES):
        row = await database.fetch_one(
            "SELECT state, covers_path FROM praise WHERE id = $1 AND account_id = $2",
            praise_id,
            by.account_id,
        )
        if row is None:
            raise PraiseUnknown
        if row["state"] == "withdrawn":
            return
        try:
            async with unit_of_work() as unit:
                unit.update(
                    Praise,
                    where={"id": praise_id, "account_id": by.account_id, "state": row["state"]},
                    set={"state": "withdrawn", "text": "", "reason": "", "flag": ""},
                )
                if row["state"] == "accepted":
                    wall_changed(unit, row["covers_path"])
            return
        except LostRace:
            continue
    raise Unavailable(retry_after_s=1)


def told(unit: Unit, row: dict[str, Any], *, at: datetime) -> None:
    """Put into the unit: whoever is praised hears of it, and the signs it stands on are made anew.

    The message names what was pressed, never the words: those can still be taken back.
    """
    post_id, unit_id = row["post_id"], row["unit_id"]
    if post_id or unit_id:
        values = {
            "name": row["target_name"],
            "place": row["place_name"],
            "tag": TAGS[row["target_kind"]][row["tag"]],
        }
        notices.tell(
            unit,
            to=notices.Receiver(post_id=post_id) if post_id else notices.Receiver(unit_id=unit_id),
            text_key="praised.accepted",
            values=values,
            case_id=None,
            occasion=str(row["id"]),
            at=at,
        )
    wall_changed(unit, row["covers_path"])


def wall_changed(unit: Unit, covers_path: str) -> None:
    """After commit the signs on which it was or will be read are made anew."""
    if covers_path:
        unit.after_commit(partial(changes.changed, covers_path))


async def bring_in(past: Iterable[PastPraise]) -> int:
    """Write praise of earlier days, told to nobody; how many."""
    rows = [
        _row(one.target, one.account_id, one.given_at)
        | {"id": one.id, "tag": one.tag, "text": one.text, "state": one.state}
        | {"flag": screening.flag(one.text), "nameless": one.target.nameless}
        for one in past
    ]
    async with unit_of_work() as unit:
        unit.bulk(Praise, rows)
    return len(rows)


def _row(target: Target, account_id: UUID | None, at: datetime) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "target_kind": target.kind,
        "target_id": target.id,
        "target_name": target.name[:160],
        "post_id": target.post_id,
        "unit_id": target.unit_id,
        "place_id": target.ground.id,
        "place_name": target.ground.full_name[:160],
        "path": target.ground.path,
        "covers_path": target.covers_path,
        "on_day": day_of(at),
        "given_at": at,
    }


def _words(new: NewPraise, target: Target) -> str:
    """The words as they may be read by a clerk. Raises Invalid with everything that is wrong."""
    wrong: list[FieldError] = []
    if new.tag not in TAGS[target.kind]:
        wrong.append(FieldError("tag", "required", "请选一个最贴切的。"))
    text = ""
    try:
        text = fields.clean_text(new.text, TEXT_LIMIT)
        wrong += screening.faults(text)
    except Invalid as error:
        wrong += error.fields
    if wrong:
        raise Invalid(*wrong)
    return text


async def _refuse_too_many(by: Viewer, now: datetime) -> None:
    given = await database.fetch_value(
        "SELECT count(*) AS n FROM praise WHERE account_id = $1 AND on_day = $2",
        by.account_id,
        day_of(now),
    )
    if given >= MOST_A_DAY:
        raise PraisedEnough(max(1, int(clock.left_of_day(now).total_seconds())), most=MOST_A_DAY)
