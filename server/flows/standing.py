"""Whether somebody may make a move at all: relations, posts, rows they hold, and who is accused."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from server.flows.parts import CaseState, Holder, Mover, MoverPost, RowState
from server.flows.structure import ANYONE, CLOCK, FLOW, MAIN, RELATIONS, Flow, Move

GRID = frozenset({"grid_worker", "grid_leader"})  # whom a resident deals with at her own door


class Acting(Struct, frozen=True):
    """The word under which somebody acts, and the post, if it is a post."""

    word: str
    post: MoverPost | None = None

    def as_holder(self, who: Mover) -> Holder:
        """Who has a row that goes to the mover."""
        holder = Holder(self.post.post_id, self.post.unit_id) if self.post else who.in_person()
        if holder == Holder():
            raise ValueError(f"a mover without post, account or key cannot hold a row: {self.word}")
        return holder

    def named(self, who: Mover) -> dict[str, str]:
        """The mover as a fact of the case, that a guard compares others with."""
        person = {"account_id": str(who.account_id)} if who.account_id else {}
        return self.as_holder(who).plain() | person


def standing(
    flow: Flow, rows: Sequence[RowState], row: RowState, move: Move, who: Mover
) -> Acting | None:
    """Under which word of `by` this person may make the move on that row; None: not theirs."""
    for words in move.by:
        found = [_as(flow, rows, row, word, who) for word in words]
        if all(found):
            return max(filter(None, found), key=lambda one: one.post is not None)
    return None


def _as(
    flow: Flow, rows: Sequence[RowState], row: RowState, word: str, who: Mover
) -> Acting | None:
    if word in ("owner", "holder", "colleague"):
        return _holding(row if word == "holder" else rows[0], word, who)
    if word in flow.lanes:
        for one in rows[1:]:
            if one.lane == word and one.live and (acting := _holding(one, word, who)):
                return acting
        return None
    if word == ANYONE:  # Who comes with a post comes in office: staff who file for a resident.
        return Acting(word, next(iter(who.posts), None))
    if word in RELATIONS:
        return Acting(word) if word in who.relations and word not in (FLOW, CLOCK) else None
    return next((Acting(word, post) for post in who.posts if post.here and post.role == word), None)


def _holding(row: RowState, word: str, who: Mover) -> Acting | None:
    if row.holder is None:
        return None
    if word == "colleague":
        post = who.colleague_of(row.holder)
        return Acting(word, post) if post else None
    return Acting(word, who.post_of(row.holder)) if who.holds(row.holder) else None


def is_open_to(
    flow: Flow, rows: Sequence[RowState], row: RowState, lane_name: str, move: Move
) -> bool:
    """Whether the states of the row and of its case allow the move and what it makes (`then`)."""
    lane = flow.lane(lane_name)
    if not move.begins_in(lane.by_key[row.state]):
        return False
    if move.then and not any(
        is_open_to(flow, rows, rows[0], name, then) for name, then in flow.by_key[move.then]
    ):
        return False
    case_state = rows[0].state
    if lane_name != MAIN:
        if lane.within and case_state not in lane.within:
            return False
        if move.during and case_state not in move.during:
            return False
        ended = flow.main.by_key[case_state].end
        if ended and not move.during and not move.is_by(FLOW):
            return False
    return True


def is_theirs(flow: Flow, case: CaseState, key: str, who: Mover) -> bool:
    """Whether a move is this person's to make on some row now, as far as states and standing say;
    what may still forbid it is not asked.
    """
    who = without_accused(who, case.facts)
    return any(
        is_open_to(flow, case.rows, row, lane, move)
        and standing(flow, case.rows, row, move, who) is not None
        for lane, move in flow.by_key.get(key, ())
        for row in case.rows
        if row.lane == lane
    )


def without_accused(who: Mover, facts: Mapping[str, Any]) -> Mover:
    """The same person without any post that the case complains about, or of its unit; where it
    complains about somebody and says not whom, without the reach of the grid it may be about.
    """
    if not (facts.get("about_unit_id") or facts.get("about_post_id")):
        return _without_reach(who, GRID) if facts.get("about_people") else who
    posts = tuple(p for p in who.posts if not is_accused(facts, p.unit_id, p.post_id))
    return who if len(posts) == len(who.posts) else replace(who, posts=posts)


def _without_reach(who: Mover, roles: frozenset[str]) -> Mover:
    """The same person, whose posts in these roles count only for what they have themselves."""
    posts = tuple(
        msgspec.structs.replace(post, here=post.here and post.role not in roles)
        for post in who.posts
    )
    return replace(who, posts=posts)


def is_accused(facts: Mapping[str, Any], unit_id: UUID | None, post_id: UUID | None) -> bool:
    """Whether the case complains about that unit or post."""
    about_unit, about_post = facts.get("about_unit_id"), facts.get("about_post_id")
    return (about_unit is not None and str(unit_id) == about_unit) or (
        about_post is not None and str(post_id) == about_post
    )
