"""How a viewer stands to a case: the words a flow's `by` and `sees` are written in.

Authority comes from posts. A post counts where its area has the case's place, and never in a
complaint about itself or its unit: there the viewer stands as if the post were not theirs.
"""

from collections.abc import Iterable
from uuid import UUID

from server.base.viewer import HeldPost, Viewer
from server.cases.record.files import CaseFile, PartyFile, RowFile
from server.cases.record.keys import holds_key, key_hashes
from server.flows import CALLER_ROLES
from server.org import PERSONAL_ROLES


def accused(case: CaseFile, post: HeldPost) -> bool:
    """Whether the case is a complaint about this post or its unit."""
    return post.id == case.about_post_id or post.unit_id == case.about_unit_id


def posts_in(case: CaseFile, viewer: Viewer) -> tuple[HeldPost, ...]:
    """The viewer's posts that count in this case."""
    return tuple(post for post in viewer.posts if not accused(case, post))


def reaches(post: HeldPost, path: str) -> bool:
    """Whether the place lies in the post's area. An empty area reaches nothing."""
    return bool(post.area) and path.startswith(post.area)


def is_raiser(case: CaseFile, viewer: Viewer) -> bool:
    """By account, or by the key. Who filed it for her held the key to print it, and is not she.

    Nobody is once the raiser has erased the account.
    """
    if case.raiser_gone:
        return False
    if viewer.account_id is not None and viewer.account_id == case.raiser_account_id:
        return True
    return holds_key(viewer.keys, case.id) and not is_filer(case, viewer)


def is_filer(case: CaseFile, viewer: Viewer) -> bool:
    """Whether the case was filed for a resident through one of the viewer's posts or units."""
    return _among(case.parties, "filer", posts_in(case, viewer))


def is_caller(case: CaseFile, viewer: Viewer) -> bool:
    """Whether the viewer may ring the resident up and take her answer down.

    She left a number and has no account to answer by; the case was said to be solved, and not by
    the viewer's own unit; it complains about nobody of theirs.
    """
    if case.phone_sealed is None or case.raiser_account_id is not None:
        return False
    if "resolve" not in case.facts.get("made", {}):
        return False
    concerned = {case.main.unit_id, case.about_unit_id} & set(viewer.unit_ids)
    if concerned or case.about_post_id in viewer.post_ids:
        return False
    return any(one.role in CALLER_ROLES and reaches(one, case.path) for one in viewer.posts)


def holds_case(case: CaseFile, post: HeldPost) -> bool:
    """Whether the case itself is in this post's hands now, its own or its unit's."""
    return _is_post_of(case.main, (post,))


def joined_as(case: CaseFile, viewer: Viewer, lane: str) -> RowFile | None:
    """The open row of a lane that is the viewer's own, by account or by a key they hold."""
    hashes = set(key_hashes(viewer.keys))
    return next(
        (
            row
            for row in case.rows
            if row.lane == lane and row.live and _is_person_of(row, viewer, hashes)
        ),
        None,
    )


def relations(case: CaseFile, viewer: Viewer, row: int = 0, *, visiting: bool = False) -> set[str]:
    """Every word that is true of this viewer, acting on this row of this case."""
    posts = posts_in(case, viewer)
    words = {post.role for post in posts if reaches(post, case.path)}
    for word, is_so in (
        ("raiser", is_raiser(case, viewer)),
        ("filer", is_filer(case, viewer)),
        ("caller", is_caller(case, viewer) or _among(case.parties, "caller", posts)),
        ("visitor", visiting),
        ("party", _among(case.parties, "holder", posts)),
    ):
        if is_so:
            words.add(word)
    for held in _rows_of(case, viewer, posts):
        words.add(held.lane if held.no else "owner")
        if held.no == row:
            words.add("holder")
    return words


def unit_ids(posts: Iterable[HeldPost]) -> set[UUID]:
    """The units these posts act for as a whole."""
    return {post.unit_id for post in posts if post.role not in PERSONAL_ROLES}


def _rows_of(case: CaseFile, viewer: Viewer, posts: tuple[HeldPost, ...]) -> list[RowFile]:
    """The rows in the viewer's hands: their own, their posts', and of units they act for."""
    hashes = set(key_hashes(viewer.keys))
    return [
        row for row in case.rows if _is_person_of(row, viewer, hashes) or _is_post_of(row, posts)
    ]


def _is_person_of(row: RowFile, viewer: Viewer, hashes: set[bytes]) -> bool:
    if row.account_id is not None and row.account_id == viewer.account_id:
        return True
    return row.key_hash is not None and row.key_hash in hashes


def _is_post_of(row: RowFile | PartyFile, posts: Iterable[HeldPost]) -> bool:
    for post in posts:
        if row.post_id is not None and post.id == row.post_id:
            return True
        if row.unit_id == post.unit_id and post.role not in PERSONAL_ROLES:
            return True
    return False


def _among(parties: Iterable[PartyFile], relation: str, posts: tuple[HeldPost, ...]) -> bool:
    """Whether one of these posts, or a unit they act for, is a party in that relation."""
    return any(one.relation == relation and _is_post_of(one, posts) for one in parties)
