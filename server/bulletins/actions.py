"""Writing a bulletin and letting it out: drafted, changed, published, pinned, withdrawn."""

from datetime import datetime
from uuid import UUID

from server import photos, trust
from server.base import clock
from server.base.errors import FieldError, Invalid
from server.base.fields import clean_text
from server.base.ids import new_id
from server.base.unit import Duplicate, LostRace, Unit, unit_of_work
from server.base.viewer import Viewer
from server.bulletins.checking import Wording, checked, copied, signed_by
from server.bulletins.errors import BulletinMovedOn, BulletinOver, FirmsOwnWords, NotADraft
from server.bulletins.lines import Bulletin
from server.bulletins.models import Bulletin as BulletinRow
from server.bulletins.putting import act_of, put_once, put_row, tell_signs, update_row
from server.bulletins.queries import find_minded
from server.bulletins.rules import REASON_LIMIT, speaks_for, wrong_start, wrong_times
from server.trust import ReplayKey

OVER = ("expired", "withdrawn")


async def draft(
    wording: Wording, *, like: UUID | None = None, by: Viewer, asked: ReplayKey
) -> UUID:
    """Keep it as a draft, which only those see who look after it; its id. Photos of the bulletin it
    is written `like` are copied, and stay where they are.

    The same request again gives the same. Raises Invalid with every wrong field, BulletinUnknown
    for a `like` that is not theirs.
    """
    if (made := await trust.find_replay(asked)) is not None:
        return UUID(made["id"])
    columns, post = await checked(wording, by)
    fresh = await photos.claim(await copied(wording.photo_ids, like, by), by=by)
    columns["photo_ids"] = [str(one.id) for one in fresh]
    bulletin_id, now = new_id(), clock.now()
    try:
        async with unit_of_work() as unit:
            unit.insert(
                BulletinRow,
                id=bulletin_id,
                state="draft",
                changed_at=now,
                by_account_id=by.account_id,
                **columns,
                **signed_by(post),
            )
            photos.attach(unit, fresh, case_id=bulletin_id)
            trust.remember(unit, asked, {"id": str(bulletin_id)}, at=now)
    except (Duplicate, LostRace):
        made = await trust.find_replay(asked)
        if made is None:
            await photos.claim(wording.photo_ids, by=by)  # Refused if one was just used elsewhere.
            raise
        return UUID(made["id"])
    return bulletin_id


@trust.twice_is_once
async def change(
    bulletin_id: UUID, wording: Wording, *, seen_version: int, by: Viewer, asked: ReplayKey
) -> None:
    """Word it anew; what is out already changes on every sign at once, and on record.

    Raises BulletinUnknown, BulletinOver, FirmsOwnWords, Invalid, and BulletinMovedOn where a
    colleague changed it since `seen_version`.
    """
    if await trust.find_replay(asked) is not None:
        return
    old = await find_minded(bulletin_id, by)
    _refuse_over(old)
    _refuse_others_words(old, by)
    if old.version != seen_version:
        raise BulletinMovedOn
    columns, _ = await checked(wording, by)
    fresh = [one for one in wording.photo_ids if one not in old.photo_ids]
    claimed = await photos.claim(fresh, by=by)
    dropped = [one for one in old.photo_ids if one not in wording.photo_ids]

    def put(unit: Unit) -> None:
        update_row(unit, old, **columns)
        photos.attach(unit, claimed, case_id=bulletin_id)
        photos.give_up(unit, dropped, case_id=bulletin_id)
        if old.state == "published":
            tell_signs(unit, old.path, columns["path"])

    act = act_of("bulletin.change", by, old) if old.state == "published" else None
    await put_once(put, asked, act)


@trust.twice_is_once
async def publish(
    bulletin_id: UUID,
    *,
    out_at: datetime | None,
    until_at: datetime | None,
    seen_version: int,
    by: Viewer,
    asked: ReplayKey,
) -> None:
    """Let it out, now or at a time, until a time; of one that waits or is out, change these.

    When one came out that is out already does not change. On record. Raises BulletinUnknown,
    BulletinOver, FirmsOwnWords of a draft, BulletinMovedOn where it is no longer as it was read at
    `seen_version`, and Invalid with what is wrong with the times.
    """
    if await trust.find_replay(asked) is not None:
        return
    old, now = await find_minded(bulletin_id, by), clock.now()
    _refuse_over(old)
    if old.state == "draft":
        _refuse_others_words(old, by)
    if old.version != seen_version:
        raise BulletinMovedOn
    is_out = old.standing(now) == "out"
    begins = old.out_at if is_out and old.out_at else max(out_at or now, now)
    wrong = [] if is_out else wrong_start(out_at, now)
    if wrong := wrong + wrong_times(begins, until_at, now):
        raise Invalid(*wrong)

    def put(unit: Unit) -> None:
        update_row(unit, old, state="published", out_at=begins, until_at=until_at)
        tell_signs(unit, old.path)

    said = {"out_at": begins.isoformat(), "until_at": until_at.isoformat() if until_at else ""}
    await put_once(put, asked, act_of("bulletin.publish", by, old, detail=said))


async def pin(bulletin_id: UUID, pinned: bool, *, by: Viewer) -> None:
    """Put it above the others, or back among them. Raises BulletinUnknown, BulletinOver."""
    old = await find_minded(bulletin_id, by)
    _refuse_over(old)
    if old.pinned == pinned:
        return

    def put(unit: Unit) -> None:
        update_row(unit, old, pinned=pinned)
        tell_signs(unit, old.path)

    await put_row(put, None)


@trust.twice_is_once
async def withdraw(bulletin_id: UUID, reason: str, *, by: Viewer, asked: ReplayKey) -> None:
    """Take it down for good and say why, to colleagues and auditors. On record.

    Raises BulletinUnknown, BulletinOver, Invalid without a reason.
    """
    if await trust.find_replay(asked) is not None:
        return
    old = await find_minded(bulletin_id, by)
    why = clean_text(reason, REASON_LIMIT, field="reason")
    if not why:
        raise Invalid(FieldError("reason", "required", "写一句为什么撤下，同事看得到。"))
    if old.state != "published" or old.standing(clock.now()) in OVER:
        raise BulletinOver

    def put(unit: Unit) -> None:
        update_row(unit, old, state="withdrawn", withdrawn_at=clock.now(), reason=why)
        tell_signs(unit, old.path)

    await put_once(put, asked, act_of("bulletin.withdraw", by, old, reason=why))


@trust.twice_is_once
async def throw_away(bulletin_id: UUID, *, seen_version: int, by: Viewer, asked: ReplayKey) -> None:
    """A draft that nobody needs, with its photos; the same request again does nothing.

    Raises BulletinUnknown, FirmsOwnWords, NotADraft, and BulletinMovedOn where a colleague went on
    writing since `seen_version`.
    """
    if await trust.find_replay(asked) is not None:
        return
    old = await find_minded(bulletin_id, by)
    _refuse_others_words(old, by)
    if old.state != "draft":
        raise NotADraft
    if old.version != seen_version:
        raise BulletinMovedOn

    def put(unit: Unit) -> None:
        unit.delete(BulletinRow, where={"id": old.id, "version": old.version}, expecting=1)
        photos.give_up(unit, old.photo_ids, case_id=old.id)

    await put_once(put, asked, None)


def _refuse_over(old: Bulletin) -> None:
    if old.standing(clock.now()) in OVER:
        raise BulletinOver


def _refuse_others_words(old: Bulletin, by: Viewer) -> None:
    if not speaks_for(by, old.kind, old.unit_id):
        raise FirmsOwnWords
