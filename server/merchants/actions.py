"""Keeping the registry: a merchant is registered, corrected, closed. Every act is on record."""

from functools import partial
from typing import Any
from uuid import UUID

from server import codes, org, places, trust
from server.base import changes, clock
from server.base.errors import FieldError, Invalid, wrong
from server.base.ids import new_id
from server.base.unit import Duplicate, Unit
from server.base.viewer import HeldPost, Viewer
from server.merchants.checking import Written, checked
from server.merchants.errors import AppealOpen, MerchantMovedOn
from server.merchants.inspections.lists import appeal_at
from server.merchants.models import Merchant
from server.merchants.queries import MerchantFile, at_place, find_kept, last_name_at
from server.merchants.recording import record_once
from server.merchants.rules import ROLE, UNIT_KIND, keeping_post
from server.places import Ground
from server.trust import Act, ReplayKey

# Where one may set up new premises for a merchant that has none yet.
HOLDS_PREMISES = ("grid", "estate", "building", "entrance")


async def register(place_id: UUID, written: Written, *, by: Viewer, asked: ReplayKey) -> UUID:
    """A merchant trades at these premises from now on; its id.

    Where the place is a grid, an estate or a house, new premises of the merchant's name are set up
    in it. Premises that are called like whoever traded there before are called like this one now.
    The same request again answers the same. Raises Invalid with every wrong field.
    """
    if (before := await trust.find_replay(asked)) is not None:
        return UUID(before["id"])
    now = clock.now()
    try:
        ground, post = await _ground(place_id, by)
    except Invalid:
        if (before := await trust.find_replay(asked)) is not None:
            return UUID(before["id"])  # The same request has just registered it here.
        raise
    columns = checked(written, now)
    merchant_id, last_name = new_id(), await last_name_at(ground.id)

    def put(unit: Unit) -> None:
        here = ground
        if here.kind != "premises":
            here = places.put_premises(unit, ground, columns["name"])
        elif here.name == last_name != columns["name"]:
            places.rename_premises(unit, here, columns["name"])
            columns["renamed_at"] = now
        put_merchant(unit, here.id, here.path, columns, merchant_id=merchant_id)
        unit.after_commit(partial(changes.changed, here.path))

    act = _act("merchant.register", by, post, merchant_id, columns["name"])
    try:
        made = await record_once(act, asked, put, {"id": str(merchant_id)})
    except Duplicate as taken:
        raise _taken(taken, await at_place(ground.id)) from None
    return UUID(made["id"])


async def correct(
    merchant_id: UUID, written: Written, *, seen_version: int, by: Viewer, asked: ReplayKey
) -> None:
    """What is written about a merchant, put right; where it trades stays.

    Premises that were called like it are called so after, too; premises with a name of their own
    keep it. Raises MerchantUnknown, MerchantMovedOn where somebody else changed it since
    `seen_version`, and Invalid with every wrong field.
    """
    now = clock.now()
    kept, columns = await find_kept(merchant_id, by), checked(written, now)
    ground = await places.find(kept.place_id)

    def put(unit: Unit) -> None:
        where = {"id": kept.id, "version": seen_version, "closed_at": None}
        more: dict[str, Any] = {"trading_as": columns["uscc"], "version": seen_version + 1}
        if columns["name"] != kept.name:
            more["renamed_at"] = now
            org.rename_unit(unit, kept.unit_id, columns["name"])
            if ground.name == kept.name:
                places.rename_premises(unit, ground, columns["name"])
        unit.update(Merchant, where=where, set=columns | more)
        unit.after_commit(partial(changes.changed, kept.path))

    act = _act("merchant.correct", by, _under(by, kept), kept.id, columns["name"])
    try:
        await record_once(act, asked, put)
    except Duplicate as taken:
        raise _taken(taken, None) from None


async def close(merchant_id: UUID, *, by: Viewer, asked: ReplayKey) -> None:
    """It trades no longer: door and code are free again, and nobody is its owner here.

    Twice is as good as once. Raises MerchantUnknown, and AppealOpen until what its owner appealed
    against is decided.
    """
    kept, now = await find_kept(merchant_id, by), clock.now()
    if kept.closed_at is not None:
        return
    if (number := await appeal_at(kept)) is not None:
        raise AppealOpen(number=number)

    def put(unit: Unit) -> None:
        unit.update(
            Merchant,
            where={"id": kept.id, "closed_at": None},
            set={"closed_at": now, "trading_at": None, "trading_as": None},
        )
        org.end_whole_post(unit, kept.post_id, now)
        unit.after_commit(partial(changes.changed, kept.path))

    await record_once(_act("merchant.close", by, _under(by, kept), kept.id, kept.name), asked, put)


async def make_code(merchant_id: UUID, *, by: Viewer, asked: ReplayKey) -> codes.Made:
    """Make the code for its door or stall, if it has none. Raises MerchantUnknown, MerchantMovedOn
    for one that is closed, and what `codes.make_one` raises.
    """
    kept = await find_kept(merchant_id, by)
    if kept.closed_at is not None:
        raise MerchantMovedOn
    kind = "vendor" if kept.kind == "vendor" else "merchant"
    return await codes.make_one(kept.place_id, kind, by=by, asked=asked)


def put_merchant(
    unit: Unit, place_id: UUID, path: str, columns: dict[str, Any], *, merchant_id: UUID
) -> UUID:
    """Put into the unit: a merchant with a unit and a post of its own; the post's id.

    Duplicate where the door or the credit code is another's.
    """
    now = clock.now()
    unit_id = org.put_unit(unit, UNIT_KIND, columns["name"], path)
    post_id = org.put_post(unit, ROLE, unit_id, path, since=now)
    unit.insert(
        Merchant,
        id=merchant_id,
        place_id=place_id,
        path=path,
        unit_id=unit_id,
        post_id=post_id,
        registered_at=now,
        trading_at=place_id,
        trading_as=columns["uscc"],
        **columns,
    )
    return post_id


async def _ground(place_id: UUID, by: Viewer) -> tuple[Ground, HeldPost]:
    """Where it trades, or in what; and the post under which the viewer keeps merchants there."""
    try:
        ground = await places.find(place_id)
    except places.NoSuchPlace:
        raise wrong("place", "required", "请先选在哪儿。") from None
    post = keeping_post(by, ground.path)
    if post is None or ground.retired_at is not None:
        raise wrong("place", "not-your-area", "这个地方不归您管，请从列出的里面选。")
    if ground.kind != "premises" and ground.kind not in HOLDS_PREMISES:
        detail = "商户要登记在门面或摊位上。请选那个门面，或者所在的楼栋、小区、网格。"
        raise wrong("place", "not-premises", detail)
    here = await at_place(ground.id)
    if here is not None:
        raise _occupied(here)
    return ground, post


def _taken(taken: Duplicate, here: MerchantFile | None) -> Exception:
    """Whose door or code it is already, in words; anything else is as it was."""
    if taken.table != Merchant._meta.db_table:
        return taken
    if here is not None:
        return _occupied(here)
    return Invalid(
        FieldError("uscc", "uscc-taken", "这个统一社会信用代码已经登记在另一家商户名下。")
    )


def _occupied(here: MerchantFile) -> Invalid:
    return wrong("place", "occupied", f"这里已经登记了“{here.name}”。它不做了，请先把它注销。")


def _under(by: Viewer, kept: MerchantFile) -> HeldPost | None:
    return keeping_post(by, kept.path)


def _act(action: str, by: Viewer, post: HeldPost | None, merchant_id: UUID, name: str) -> Act:
    return Act(action=action, by=by, post=post, target=str(merchant_id), detail={"name": name})
