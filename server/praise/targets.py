"""Whom one may thank by a sign: who answers for its place, the firms, the place, a case that ended.

Every target knows who is told of the praise, and on which signs it is read.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server import cases, catalogue, codes, org, places
from server.base.viewer import Viewer
from server.cases import CaseFile
from server.places import Ground
from server.praise.errors import CaseNotOver, NotHere, OwnUnit, TargetMissing

KINDS = ("post", "unit", "merchant", "place", "case")
ENDED_WELL = ("confirmed", "unrated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Someone or something that may be praised here."""

    kind: str
    id: UUID
    name: str  # in full: 网格员演示-巴特尔
    ground: Ground
    covers_path: str  # on the signs under it the praise is read; "" on none
    post_id: UUID | None = None  # who is told: the post, else the unit
    unit_id: UUID | None = None
    nameless: bool = False  # whoever gives it is not named, not even masked
    number: str = ""  # of a case


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whom somebody wants to praise, as they said it; none of the four: the place itself."""

    code: str = ""
    post_id: UUID | None = None
    unit_id: UUID | None = None
    merchant_id: UUID | None = None
    case: str = ""


Found = Callable[[Ground], Awaitable[Sequence[Target]]]
_elsewhere: list[Found] = []


def wire(*found: Found) -> None:
    """Hand over who else may be praised at a place: of features this one knows nothing of."""
    _elsewhere[:] = found


async def targets_at(ground: Ground, viewer: Viewer, at: datetime) -> tuple[Target, ...]:
    """Everything that may be praised at a sign here, people first."""
    people = [_of_contact(one, ground) for one in await org.contacts(ground, at)]
    units = [await _of_unit(unit_id, ground) for unit_id, _ in await org.units_for_dispatch(ground)]
    mine = await cases.list_mine_here(viewer, ground) if viewer.account_id else ()
    ended = [await _of_case(case) for case in mine if may_praise_case(case, viewer)]
    others = [target for found in _elsewhere for target in await found(ground)]
    return (*people, *others, *units, await _of_place(ground, at), *ended)


async def targets_of_sign(code: codes.CodeCard, viewer: Viewer, at: datetime) -> tuple[Target, ...]:
    """The same at this sign; of a staff code it is the post alone."""
    if code.post_id is None:
        return await targets_at(code.shown, viewer, at)
    post = await org.contact_of_post(code.post_id, code.shown, at)
    return (_of_contact(post, code.shown),) if post else ()


async def find_target(wanted: Wanted, viewer: Viewer, at: datetime) -> Target:
    """The one that is meant. Raises CodeUnknown, CodeRetired, CaseUnknown, CaseNotOver,
    NotHere, TargetMissing, OwnUnit."""
    if sum(map(bool, (*_ids(wanted).values(), wanted.case))) > 1:
        raise TargetMissing
    found = await _find(wanted, viewer, at)
    if is_own(found, viewer):
        raise OwnUnit(name=found.name)
    return found


def is_own(target: Target, viewer: Viewer) -> bool:
    """Whether the thanks would go to the viewer themselves or to their own unit."""
    return target.unit_id in viewer.unit_ids or target.post_id in viewer.post_ids


async def _find(wanted: Wanted, viewer: Viewer, at: datetime) -> Target:
    if wanted.case:
        case = await cases.find_case(wanted.case, viewer)
        if not _is_own(case, viewer):
            raise cases.CaseUnknown
        if not _is_over(case):
            raise CaseNotOver
        return await _of_case(case)
    if not wanted.code:
        raise TargetMissing
    code = await codes.read(wanted.code)
    asked = ((kind, key) for kind, key in _ids(wanted).items() if key)
    kind, key = next(asked, ("place", code.shown.id))
    listed = await targets_of_sign(code, Viewer(), at)
    found = next((one for one in listed if one.kind == kind and one.id == key), None)
    if found is None:
        raise NotHere
    return found


def _ids(wanted: Wanted) -> dict[str, UUID | None]:
    return {"post": wanted.post_id, "unit": wanted.unit_id, "merchant": wanted.merchant_id}


def around(ground: Ground) -> str:
    """How far thanks to people and firms are read: the estate, outside of one the grid."""
    if ground.estate_path:
        return ground.estate_path
    for kind, path in zip(ground.kinds, places.ancestry(ground.path), strict=False):
        if kind == "grid":
            return path
    return ground.path


def _of_contact(one: org.Contact, ground: Ground) -> Target:
    return Target(
        kind="post",
        id=one.post_id,
        name=f"{one.role_title}{one.name or one.unit_name}",
        ground=ground,
        covers_path=around(ground),
        post_id=one.post_id,
        unit_id=one.unit_id,
    )


async def _of_unit(unit_id: UUID, ground: Ground) -> Target:
    return Target(
        kind="unit",
        id=unit_id,
        name=await org.unit_name(unit_id),
        ground=ground,
        covers_path=around(ground),
        unit_id=unit_id,
    )


async def _of_place(ground: Ground, at: datetime) -> Target:
    """A place; whoever keeps it is told: the firm inside an estate, else the community."""
    role = "property_firm" if ground.inside_estate else "community"
    keeps = await org.responsible_for(ground, role, at)
    return Target(
        kind="place",
        id=ground.id,
        name=ground.full_name,
        ground=ground,
        covers_path=ground.path,
        unit_id=keeps.unit_id if keeps else None,
    )


async def _of_case(case: CaseFile) -> Target:
    """A case that ended. Of a concealed one nothing stands on a sign, and nobody is named."""
    kind = (await catalogue.categories()).get(case.category)
    on_signs = case.public and not case.conceal
    return Target(
        kind="case",
        id=case.id,
        name=f"办理“{kind.title if kind else case.category}”的人",
        ground=await places.outside(await places.find(case.place_id)),
        covers_path=case.covers_path if on_signs else "",
        post_id=case.main.post_id,
        unit_id=case.main.unit_id,
        nameless=case.conceal,
        number=case.number,
    )


def may_praise_case(case: CaseFile, viewer: Viewer) -> bool:
    """Whether the viewer raised or joined it by account, and it has ended without being taken back
    or declined."""
    return viewer.account_id is not None and _is_own(case, viewer) and _is_over(case)


def _is_own(case: CaseFile, viewer: Viewer) -> bool:
    """Whether the account raised or joined it."""
    return any(
        one.relation in ("raiser", "second") and one.account_id == viewer.account_id
        for one in case.parties
    )


def _is_over(case: CaseFile) -> bool:
    return case.state == "closed" and case.ending in ENDED_WELL
