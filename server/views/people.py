"""Who is named on a page: staff by their plate, residents masked or not at all."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import UNSET

from server import cases, org
from server.base import seal
from server.base.viewer import OUTSIDE_ROLES, Viewer
from server.cases import CaseFile, EventFile
from server.flows import FLOWS
from server.views.case_shapes import HolderShape, RaiserShape, WhoShape
from server.views.words import AUTOMATIC, AUTOMATIC_TITLES, RESIDENT, role_title

GONE = "已注销"


async def holder_shape(case: CaseFile, now: datetime) -> HolderShape | None:
    """Who has the case now: a post with its holder's name, or a whole unit."""
    main = case.main
    if not case.live:
        return None
    if main.post_id is not None:
        card = await org.post_card(main.post_id, now)
        if card is not None:
            return HolderShape(
                unit=card.unit_name,
                name=card.name or UNSET,
                role_title=card.role_title,
                phone=card.phone or UNSET,
            )
    if main.unit_id is not None:
        return HolderShape(unit=await org.unit_name(main.unit_id))
    return None


def raiser_shape(case: CaseFile, viewer: Viewer, lens: str) -> RaiserShape | None:
    """The raiser: herself to herself, masked to who handles it, nobody where she is concealed.

    Whoever erased the account is called so, and nothing else is left to show; of a case that is
    forgotten nothing is.
    """
    if lens == "own":
        me = cases.is_raiser(case, viewer)
        return RaiserShape(me=me, concealed=case.conceal) if not me else _masked(case, me=True)
    if lens != "work":
        return None
    if case.raiser_gone:
        return _nobody(case)
    if not cases.sees_raiser(case, lens):
        return RaiserShape(me=False, concealed=True)
    return _masked(case, me=False)


def who_shape(event: EventFile, names: Mapping[str, str]) -> WhoShape:
    """Who made a move: staff by name and role as they stood then, a resident without a name, of a
    shop what it is called in `names`, whoever keeps it."""
    by = event.by_role
    if by in AUTOMATIC_TITLES:
        return WhoShape(name=AUTOMATIC_TITLES[by], role_title=AUTOMATIC)
    if event.by_post_id is None:
        return WhoShape(name=RESIDENT, role_title=role_title(by))
    if by in OUTSIDE_ROLES:
        return WhoShape(name=names.get(str(event.by_post_id), ""), role_title=role_title(by))
    return WhoShape(name=event.by_name, role_title=role_title(by))


def _nobody(case: CaseFile) -> RaiserShape | None:
    """Whoever erased the account; of what an office opened there never was anybody, of what is
    forgotten nobody knows who it was."""
    if FLOWS[case.flow].in_office or case.forgotten_at is not None:
        return None
    return RaiserShape(me=False, name=GONE, gone=True)


def _masked(case: CaseFile, *, me: bool) -> RaiserShape:
    name = cases.raiser_name(case)
    phone = cases.raiser_phone(case)
    return RaiserShape(
        me=me,
        name=seal.mask_name(name) if name else UNSET,
        phone=seal.mask_phone(phone) if phone else UNSET,
        concealed=case.conceal,
    )
