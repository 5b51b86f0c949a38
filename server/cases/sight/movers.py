"""A viewer as the law knows one who acts: relations, posts that count here, keys they hold."""

from server import flows
from server.base.viewer import Viewer
from server.cases.record.files import CaseFile
from server.cases.record.keys import key_hash, key_of
from server.cases.sight.relations import is_raiser, posts_in, reaches


def mover_of(case: CaseFile, viewer: Viewer, *, visiting: bool = False) -> flows.Mover:
    """Who acts: their relations, their posts that count here, and the keys they hold."""
    relations = {"raiser"} if is_raiser(case, viewer) else set()
    if visiting:
        relations.add("visitor")
    return flows.Mover(
        relations=frozenset(relations),
        posts=tuple(
            flows.MoverPost(post.id, post.unit_id, post.role, here=reaches(post, case.path))
            for post in posts_in(case, viewer)
        ),
        account_id=viewer.account_id,
        keys=frozenset(key_hash(key).hex() for key in viewer.keys),
    )


def joining(case: CaseFile, viewer: Viewer) -> tuple[flows.Mover, str | None]:
    """Somebody about to join: by their account, or as a guest by the key of the row to be."""
    relations = frozenset({"visitor"})
    if viewer.account_id is not None:
        return flows.Mover(relations=relations, account_id=viewer.account_id), None
    key = key_of(case.id, len(case.rows))
    return flows.Mover(relations=relations, keys=frozenset({key_hash(key).hex()})), key
