"""How a change is put down: at the version it was read, once for one request, told to signs."""

from collections.abc import Callable
from functools import partial
from typing import Any

from server import trust
from server.base import changes, clock
from server.base.unit import Duplicate, LostRace, Unit, unit_of_work
from server.base.viewer import Viewer
from server.bulletins.errors import BulletinMovedOn
from server.bulletins.lines import Bulletin
from server.bulletins.models import Bulletin as BulletinRow
from server.bulletins.rules import minding_post
from server.trust import Act, ReplayKey

Put = Callable[[Unit], None]


def act_of(action: str, by: Viewer, old: Bulletin, **said: Any) -> Act:
    """The record of it, under the post that looks after this bulletin."""
    post = minding_post(by, old.path, old.by_area, old.unit_id)
    return Act(action=action, by=by, post=post, target=old.title, **said)


def update_row(unit: Unit, old: Bulletin, **columns: Any) -> None:
    """Change the row as it was read, or lose the race."""
    unit.update(
        BulletinRow,
        where={"id": old.id, "version": old.version},
        set=columns | {"version": old.version + 1, "changed_at": clock.now()},
    )


def tell_signs(unit: Unit, *paths: str) -> None:
    """After commit every sign under these nodes is made anew."""
    for path in dict.fromkeys(paths):
        unit.after_commit(partial(changes.changed, path))


async def put_once(put: Put, asked: ReplayKey, act: Act | None) -> None:
    """Write it, with its record where it has one, unless this request did so before."""

    def also(unit: Unit) -> None:
        put(unit)
        trust.remember(unit, asked, {"done": "1"}, at=clock.now())

    try:
        await put_row(also, act)
    except (Duplicate, BulletinMovedOn):
        if await trust.find_replay(asked) is None:
            raise


async def put_row(put: Put, act: Act | None) -> None:
    """Write it, with its record where it has one. Raises BulletinMovedOn for a lost race."""
    try:
        if act is not None:
            await trust.record(act, also=put)
            return
        async with unit_of_work() as unit:
            put(unit)
    except LostRace:
        raise BulletinMovedOn from None
