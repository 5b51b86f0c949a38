"""The page of a code for one viewer; as everybody sees it, it is kept until something changes."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from server import cases, codes, notices, places, plaques
from server.base import cache, changes, clock
from server.base.viewer import Viewer
from server.cases import CaseFile
from server.places import Ground
from server.views.homes import own_home
from server.views.inspections import may_inspect_at
from server.views.items import case_item
from server.views.list_shapes import CaseItem
from server.views.sign_shapes import ScanCard
from server.views.signs import sign_of

KEPT_S = 120  # beyond that only what nobody told of can be wrong: a command beside the server
MOST_BOARDS = 1000


@dataclass(slots=True)
class Board:
    """A sign as everybody sees it, kept until something changes under one of its paths.

    `faces` is where a surface keeps what it has made of the card; it goes when the card goes.
    `former` are those of the card before, where that said the very same.
    """

    token: str  # as it was asked for
    card: ScanCard
    code_id: UUID
    ground: Ground
    shown: Ground  # as much of it as everybody is told
    until: float
    former: dict[str, Any]
    faces: dict[str, Any] = field(default_factory=dict)

    def stands(self) -> bool:
        """Whether it still is what everybody sees."""
        return _boards.get(self.token) is self and time.monotonic() < self.until

    def count(self) -> None:
        """One more scan; of a home's code none, for that would tell who is at home."""
        if self.card.code.kind != "household":
            codes.count_scan(self.code_id)


_boards: dict[str, Board] = cache.shelf()
_at: dict[str, set[str]] = cache.shelf()  # the tokens of the boards on which a path counts


async def board(token: str) -> Board:
    """The sign with this token, in any case. Raises CodeUnknown or CodeRetired."""
    kept = _boards.get(token)
    if kept is not None and time.monotonic() < kept.until:
        return kept
    code = await codes.read(token)
    paths = places.covering_paths(code.ground)
    for path in paths:
        _at.setdefault(path, set()).add(token)
    card, changes_at = await sign_of(code)
    lasts_s = _lasts_s(card, changes_at)
    former = kept.faces if kept is not None and kept.card == card else {}
    made = Board(token, card, code.id, code.ground, code.shown, time.monotonic() + lasts_s, former)
    if all(token in _at.get(path, ()) for path in paths):  # else something changed meanwhile
        _boards[token] = made
    if len(_boards) > MOST_BOARDS:
        _drop(next(iter(_boards)))
    return made


@changes.dropper
def drop_boards(path: str) -> None:
    """A case, a praise, a merchant or a bulletin here changed: signs with it are made anew."""
    for token in list(_at.get(path, ())):
        _drop(token)
    _at.pop(path, None)


def _drop(token: str) -> None:
    dropped = _boards.pop(token, None)
    for path in places.covering_paths(dropped.ground) if dropped else ():
        _at.get(path, set()).discard(token)


async def scan_card(token: str, viewer: Viewer) -> ScanCard:
    """Everything the page of a code shows this viewer. Raises CodeUnknown or CodeRetired."""
    shown = await board(token)
    if viewer.is_nobody or shown.card.code.kind == "staff":
        return shown.card
    mine = await _mine(shown.ground, viewer, clock.now())
    own = {item.number for item in mine}
    others = [one for one in shown.card.open_cases if one.number not in own]
    actions = list(shown.card.actions)
    if plaques.mounts_at(viewer, shown.ground.path):
        actions.append("mount")
    if await may_inspect_at(shown.ground, viewer):
        actions.append("inspect")
    home = await own_home(viewer, shown.ground.id) if shown.ground.kind == "room" else None
    return msgspec.structs.replace(
        shown.card, mine=mine, open_cases=others, actions=actions, home=home or UNSET
    )


def _lasts_s(card: ScanCard, changes_at: datetime) -> float:
    """How long the card may be shown: no longer than anything on it is true."""
    times = [*(known.until for known in card.known), changes_at]
    if card.station and card.station.until:
        times.append(card.station.until)
    ends = [(at - clock.now()).total_seconds() for at in times]
    return max(0.0, min([KEPT_S, *ends]))


async def _mine(ground: Ground, viewer: Viewer, now: datetime) -> list[CaseItem]:
    found = await _told_of(ground, await cases.list_mine_here(viewer, ground))
    unread = await notices.unread_for_cases(
        viewer, [case.id for case in found], cases.key_hashes(viewer.keys)
    )
    return [await case_item(case, viewer, now=now, unread=case.id in unread) for case in found]


async def _told_of(ground: Ground, found: tuple[CaseFile, ...]) -> list[CaseFile]:
    """At a home what happened in it or is felt in the whole house. One's own case at an entrance
    would tell behind which the home lies."""
    if ground.kind != "room":
        return list(found)
    felt = places.covering_paths(await places.outside(ground))
    return [case for case in found if case.place_id == ground.id or case.covers_path in felt]
