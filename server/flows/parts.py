"""A case as plain values: its rows, clocks and facts, who holds it and who moves it.

Everything that is kept can be turned into plain JSON (`plain()`) and read back equal (`read()`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct

from server.flows.structure import ROLES


class Holder(Struct, frozen=True):
    """Who has a row: a post; a unit until one of its posts signs; a person, by account or key.

    `key` is whatever stable text stands for a guest's key, for example its hash.
    """

    post_id: UUID | None = None
    unit_id: UUID | None = None
    account_id: UUID | None = None
    key: str | None = None

    def plain(self) -> dict[str, str]:
        said = {name: getattr(self, name) for name in ("post_id", "unit_id", "account_id", "key")}
        return {name: str(value) for name, value in said.items() if value is not None}

    @classmethod
    def read(cls, kept: Mapping[str, str]) -> "Holder":
        ids = {name: UUID(value) for name, value in kept.items() if name != "key"}
        return cls(**ids, key=kept.get("key"))


def named_holder(facts: Mapping[str, Any], name: str) -> Holder:
    """The post a fact of the case names, whoever holds it now."""
    kept = facts[name]
    return Holder(post_id=UUID(kept["post_id"]), unit_id=UUID(kept["unit_id"]))


class MoverPost(Struct, frozen=True):
    """A post the mover holds; `here`: its reach has the place of the case.

    One that works `alone` holds what is its own, never what its unit has.
    """

    post_id: UUID
    unit_id: UUID
    role: str
    here: bool = True
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Mover:
    """Who acts. The caller says which relations hold: raiser, visitor (scanned a covering code),
    follower (raiser of a case merged into this one), claimant (a guest who has an account now),
    leaver (erases it), supervisor (above whoever has it), succession (the town itself, when the
    firm that has it has left). Roles are never relations: they come with
    `posts`. Whether somebody holds a row, owns the case, is a colleague of its owner or is accused
    in it the engine decides.
    """

    relations: frozenset[str] = frozenset()
    posts: tuple[MoverPost, ...] = ()
    account_id: UUID | None = None
    keys: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.relations & ROLES:
            raise ValueError(f"roles come with posts: {sorted(self.relations & ROLES)}")

    def holds(self, holder: Holder | None) -> bool:
        """Whether this person, or a post of theirs, is that holder."""
        if holder is None:
            return False
        if holder.post_id or holder.unit_id:
            return self.post_of(holder) is not None
        if holder.account_id is not None:
            return holder.account_id == self.account_id
        return holder.key in self.keys

    def post_of(self, holder: Holder) -> MoverPost | None:
        """The post by which they are that holder."""
        for post in self.posts:
            if holder.post_id is not None:
                if post.post_id == holder.post_id:
                    return post
            elif post.unit_id == holder.unit_id and not post.alone:
                return post
        return None

    def colleague_of(self, holder: Holder) -> MoverPost | None:
        """The post by which they belong to the unit that holds it."""
        mine = (post for post in self.posts if post.unit_id == holder.unit_id)
        return next(mine, None)

    def in_person(self) -> Holder:
        """Themselves as a holder: the account, or the key of a guest."""
        if self.account_id is not None:
            return Holder(account_id=self.account_id)
        return Holder(key=min(self.keys, default=None))


class RowState(Struct, frozen=True):
    """One row. `changed`: the version at which its state or holder last changed.

    `live`: its own state is no end; a lane's row outlives the case it belongs to.
    """

    no: int
    lane: str
    state: str
    holder: Holder | None
    changed: int
    came_from: str = ""
    live: bool = True

    def plain(self) -> dict[str, Any]:
        return {
            "no": self.no,
            "lane": self.lane,
            "state": self.state,
            "holder": None if self.holder is None else self.holder.plain(),
            "changed": self.changed,
            "came_from": self.came_from,
            "live": self.live,
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "RowState":
        holder = kept["holder"]
        return cls(**{**kept, "holder": None if holder is None else Holder.read(holder)})


class ClockState(Struct, frozen=True):
    """One clock of one row. `left` is time of the clock's own unit, as it stood at `since`.

    `due` is missing while paused, unless it was late before. Once late it stays late.
    `ran`: stretches that are over; with the one since `since` they are all the time it ran.
    `rung` rungs have rung; the next rings at `ring_at`. A stopped clock was met at `since`.
    """

    row: int
    key: str
    mode: str  # running paused stopped
    span: str  # "" for a clock that runs until a date
    total: timedelta
    left: timedelta
    started: datetime
    since: datetime
    due: datetime | None
    late: bool = False
    rung: int = 0
    ring_at: datetime | None = None
    ran: tuple[tuple[datetime, datetime], ...] = ()

    def is_late(self, now: datetime) -> bool:
        """Whether the promise is broken by `now`, rung or not."""
        return self.late or (self.mode == "running" and self.due is not None and now > self.due)

    def plain(self) -> dict[str, Any]:
        return {
            "mode": self.mode,
            "span": self.span,
            "total_us": self.total // _MICROSECOND,
            "left_us": self.left // _MICROSECOND,
            "started": self.started.isoformat(),
            "since": self.since.isoformat(),
            "due": None if self.due is None else self.due.isoformat(),
            "late": self.late,
            "rung": self.rung,
            "ring_at": None if self.ring_at is None else self.ring_at.isoformat(),
            "ran": [[a.isoformat(), b.isoformat()] for a, b in self.ran],
        }

    @classmethod
    def read(cls, row: int, key: str, kept: Mapping[str, Any]) -> "ClockState":
        """A clock as it was kept; `row` and `key` stand beside it."""
        at = datetime.fromisoformat
        return cls(
            row=row,
            key=key,
            mode=kept["mode"],
            span=kept["span"],
            total=kept["total_us"] * _MICROSECOND,
            left=kept["left_us"] * _MICROSECOND,
            started=at(kept["started"]),
            since=at(kept["since"]),
            due=at(kept["due"]) if kept["due"] else None,
            late=kept["late"],
            rung=kept["rung"],
            ring_at=at(kept["ring_at"]) if kept["ring_at"] else None,
            ran=tuple((at(a), at(b)) for a, b in kept["ran"]),
        )


_MICROSECOND = timedelta(microseconds=1)


class CaseState(Struct, frozen=True):
    """A case as the engine knows it; `facts` holds plain JSON values and is never changed in place.

    Facts the engine keeps itself: `made` ({move: [how often, last at]}), `ending`, and whatever
    the flow's `keeps` and `sets` name (category, outcome, solved, rating, into …).
    """

    flow: str
    flow_version: int
    version: int
    rows: tuple[RowState, ...]
    clocks: tuple[ClockState, ...]
    facts: Mapping[str, Any]
    opened_at: datetime

    @property
    def state(self) -> str:
        return self.rows[0].state

    @property
    def live(self) -> bool:
        return self.rows[0].live

    @property
    def owner(self) -> Holder | None:
        return self.rows[0].holder

    def clock(self, key: str, row: int = 0) -> ClockState | None:
        """The clock of that name, if it ever started."""
        return next((one for one in self.clocks if one.key == key and one.row == row), None)

    def rows_in(self, lane: str) -> tuple[RowState, ...]:
        return tuple(row for row in self.rows[1:] if row.lane == lane)
