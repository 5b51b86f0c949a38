"""Opening what a raiser left, for whoever handles the case: one value, with a reason on record."""

from collections.abc import Mapping

from server import trust
from server.base.errors import wrong
from server.base.viewer import HeldPost, Viewer
from server.cases.queries import find_case
from server.cases.record import raisers
from server.cases.record.files import CaseFile
from server.cases.sight.lenses import lens_of, sees_raiser
from server.cases.sight.relations import holds_case, posts_in, reaches
from server.cases.sight.scope import WATCHING_ROLES
from server.trust import Look, NotToUnmask, ReplayKey, Unmasked

FIELDS = ("phone", "name")


def unmaskable(case: CaseFile, viewer: Viewer) -> tuple[str, ...]:
    """Which values of this case the viewer may open: those that were left, if any at all."""
    left = tuple(field for field in FIELDS if _sealed(case)[field] is not None)
    return left if left and _post_that_opens(case, viewer) is not None else ()


async def unmask(
    number: str, field: str, *, reason: str, by: Viewer, asked: ReplayKey, request: str = ""
) -> Unmasked:
    """The raiser's phone or name, in clear, once. Never for the accused, never where concealed.

    Raises CaseUnknown, NotToUnmask, Invalid naming `field` or `reason`, UnmaskedEnough, KeyReused,
    LookOver.
    """
    case = await find_case(number, by)
    post = _post_that_opens(case, by)
    if post is None:
        raise NotToUnmask
    if field not in FIELDS:
        raise wrong("field", "not-a-field", "没有这一项，请从列出的里面选。")
    sealed = _sealed(case)[field]
    if sealed is None:
        raise wrong("field", "not-left", "诉求人没有留这一项。")
    look = Look(by, post, case.number, field, reason, asked, request)
    return await trust.unmask(look, sealed, aad=raisers.cell(f"{field}_sealed", case.id))


def _post_that_opens(case: CaseFile, viewer: Viewer) -> HeldPost | None:
    """The viewer's post that handles this case now, or watches over its place, and may open."""
    lens = lens_of(case, viewer)
    if lens is None or lens == "own" or not sees_raiser(case, lens):
        return None
    return next(
        (
            post
            for post in posts_in(case, viewer)
            if trust.may_unmask(post)
            and (
                holds_case(case, post) or (post.role in WATCHING_ROLES and reaches(post, case.path))
            )
        ),
        None,
    )


def _sealed(case: CaseFile) -> Mapping[str, bytes | None]:
    return {"phone": case.phone_sealed, "name": case.name_sealed}
