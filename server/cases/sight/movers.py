"""A viewer as the law knows one who acts: relations, posts that count here, keys they hold."""

from dataclasses import replace
from uuid import UUID

from server import flows, org
from server.base.viewer import HeldPost, Viewer
from server.cases.record.files import CaseFile
from server.cases.record.keys import key_hash, key_of
from server.cases.sight.relations import is_caller, is_filer, is_raiser, posts_in, reaches


async def mover_of(case: CaseFile, viewer: Viewer) -> flows.Mover:
    """Who acts: their relations, their posts that count here, and the keys they hold."""
    alone = mover_alone(case, viewer)
    if not alone.posts or not await _stands_above(case, alone.posts):
        return alone
    return replace(alone, relations=alone.relations | {"supervisor"})


def mover_alone(case: CaseFile, viewer: Viewer) -> flows.Mover:
    """The same as far as the case and they themselves say: not whether they stand above anybody."""
    relations = {"raiser"} if is_raiser(case, viewer) else set()
    if is_caller(case, viewer):
        relations.add("caller")
    if is_filer(case, viewer):
        relations.add("filer")
    return flows.Mover(
        relations=frozenset(relations),
        posts=tuple(as_mover(post, case.path) for post in posts_in(case, viewer)),
        account_id=viewer.account_id,
        keys=frozenset(key_hash(key).hex() for key in viewer.keys),
    )


def as_mover(post: HeldPost, path: str) -> flows.MoverPost:
    """A post as the law knows it, in a case at that place."""
    alone = post.role in org.PERSONAL_ROLES
    return flows.MoverPost(post.id, post.unit_id, post.role, here=reaches(post, path), alone=alone)


async def _stands_above(case: CaseFile, posts: tuple[flows.MoverPost, ...]) -> bool:
    above = await org.standing_above(case.main.post_id, case.main.unit_id)
    return any(post.here and post.role in above for post in posts)


def claiming(viewer: Viewer) -> flows.Mover:
    """A guest who has signed in: takes what her keys hold into the account."""
    return flows.Mover(
        relations=frozenset({"claimant"}),
        account_id=viewer.account_id,
        keys=frozenset(key_hash(key).hex() for key in viewer.keys),
    )


def leaving(account_id: UUID) -> flows.Mover:
    """Whoever erases this account."""
    return flows.Mover(relations=frozenset({"leaver"}), account_id=account_id)


# The town itself, when a firm has left an estate: nobody on the staff acts.
SUCCESSION = flows.Mover(relations=frozenset({"succession"}))


def joining(case: CaseFile, viewer: Viewer) -> tuple[flows.Mover, str | None]:
    """Somebody about to join: by their account, or as a guest by the key of the row to be."""
    relations = frozenset({"visitor"})
    if viewer.account_id is not None:
        return flows.Mover(relations=relations, account_id=viewer.account_id), None
    key = key_of(case.id, len(case.rows))
    return flows.Mover(relations=relations, keys=frozenset({key_hash(key).hex()})), key
