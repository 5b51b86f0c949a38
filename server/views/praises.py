"""Praise as each reader sees it: the wall, one's own, what was received, what waits to be read."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET

from server import cases, codes, people, praise
from server.base import clock, seal
from server.base.errors import FieldError, Invalid
from server.base.ids import id_in
from server.base.viewer import Viewer
from server.praise import PraiseFile, Praises, Target
from server.views.praise_shapes import (
    GridPraise,
    OddPraise,
    OwnPraise,
    OwnPraiseList,
    PraiseCard,
    PraiseGiven,
    PraiseList,
    PraiseShape,
    PraiseTarget,
    TagShape,
    WaitingList,
    WaitingPraise,
)

OF_ONE = ("post", "unit", "merchant", "place")


async def praise_list(found: Praises) -> PraiseList:
    """What was passed on, as everybody reads it: the giver masked, or not named at all."""
    givers = await _givers(found.items)
    return PraiseList(
        items=[
            PraiseShape(
                target_kind=one.target_kind,
                target=one.target_name,
                tag=one.tag,
                tag_title=tag_title(one),
                at=one.given_at,
                giver=givers.get(one.id, UNSET),
                text=one.text or UNSET,
            )
            for one in found.items
        ],
        next=found.next or UNSET,
    )


async def wall(token: str, *, after: str | None = None) -> PraiseList:
    """Everything that is read on a sign. Raises CodeUnknown or CodeRetired."""
    code = await codes.read(token)
    if code.post_id is not None:
        return await praise_list(await praise.of_target("post", code.post_id, after=after))
    return await praise_list(await praise.wall(code.shown, after=after))


async def praises_of(target: str, viewer: Viewer, *, after: str | None = None) -> PraiseList:
    """What was passed on of a target named `code:…`, `post:…`, `unit:…`, `merchant:…`, `place:…`
    or `case:…`.

    Raises Invalid for what names nothing, CaseUnknown for a case that is not the viewer's.
    """
    kind, _, said = target.partition(":")
    if kind == "code":
        return await wall(said, after=after)
    if kind == "case":
        case = await cases.find_case(said, viewer)
        return await praise_list(await praise.of_target("case", case.id, after=after))
    key = id_in(said)
    if kind not in OF_ONE or key is None:
        detail = "没有认出要看谁的点赞，请重新选。"
        raise Invalid(FieldError("target", "not-a-target", detail))
    return await praise_list(await praise.of_target(kind, key, after=after))


async def own_praises(viewer: Viewer, *, after: str | None = None) -> OwnPraiseList:
    """What the viewer gave, and what became of it."""
    found = await praise.given_by(viewer, after=after)
    return OwnPraiseList(items=[_own(one) for one in found.items], next=found.next or UNSET)


async def received_praises(viewer: Viewer, *, after: str | None = None) -> PraiseList:
    """What was passed on to the viewer's posts and units."""
    return await praise_list(await praise.received_by(viewer, after=after))


async def praise_card(token: str, viewer: Viewer, chosen: str) -> PraiseCard:
    """Whom one may thank at this sign, oneself and one's own unit left out. Raises CodeUnknown or
    CodeRetired."""
    code = await codes.read(token)
    listed = await praise.targets_of_sign(code, viewer, clock.now())
    others = [_target(one) for one in listed if not praise.is_own(one, viewer)]
    found = next((one for one in map(_target, listed) if one.value == chosen), None)
    tags = praise.TAGS[found.kind] if found else {}
    return PraiseCard(
        targets=others,
        chosen=found or UNSET,
        tags=[TagShape(value=value, title=title) for value, title in tags.items()],
    )


def praise_given(given: praise.Given) -> PraiseGiven:
    """What became of it at once."""
    return PraiseGiven(id=given.id, state=given.state, state_title=praise.STATES[given.state])


async def waiting_praises(viewer: Viewer, *, after: str | None = None) -> WaitingList:
    """What waits to be read in the viewer's areas, the longest first."""
    found = await praise.waiting(viewer, after=after)
    givers, now = await _givers(found.items), clock.now()
    items = [
        WaitingPraise(
            id=one.id,
            target=one.target_name,
            tag_title=tag_title(one),
            place=one.place_name,
            at=one.given_at,
            late=_is_late(one, now),
            text=one.text,
            giver=givers.get(one.id, UNSET),
            flag_title=praise.FLAGS.get(one.flag, UNSET),
        )
        for one in found.items
    ]
    return WaitingList(items=items, next=found.next or UNSET)


async def odd_praises(viewer: Viewer) -> list[OddPraise]:
    """What looks odd in the viewer's areas, with the rules it meets in words; never who gave it."""
    return [
        OddPraise(
            target=one.target_name,
            praises=one.praises,
            accounts=one.accounts,
            first_at=one.first_at,
            last_at=one.last_at,
            rules=[praise.ODD[key] for key in one.rules],
        )
        for one in await praise.odd_ones(viewer)
    ]


async def grid_praises(viewer: Viewer) -> list[GridPraise]:
    """The figures of the grids in the viewer's areas."""
    return [
        GridPraise(grid=one.name, praises=one.praises, reports=one.reports)
        for one in await praise.grid_figures(viewer)
    ]


def tag_title(one: PraiseFile) -> str:
    """The word that was pressed; of one no longer offered its key."""
    return praise.TAGS[one.target_kind].get(one.tag, one.tag)


def _own(one: PraiseFile) -> OwnPraise:
    return OwnPraise(
        id=one.id,
        state=one.state,
        state_title=praise.STATES[one.state],
        target_kind=one.target_kind,
        target=one.target_name,
        tag=one.tag,
        tag_title=tag_title(one),
        place=one.place_name,
        at=one.given_at,
        text=one.text or UNSET,
        reason=one.reason or UNSET,
    )


def _target(one: Target) -> PraiseTarget:
    value = f"case:{one.number}" if one.kind == "case" else f"{one.kind}:{one.id}"
    return PraiseTarget(kind=one.kind, value=value, name=one.name)


async def _givers(items: tuple[PraiseFile, ...]) -> dict[UUID, str]:
    """The masked names of those who may be named, by the praise."""
    named = {one.id: one.account_id for one in items if one.account_id and not one.nameless}
    names = await people.own_names(named.values()) if named else {}
    return {key: seal.mask_name(names[who]) for key, who in named.items() if names.get(who)}


def _is_late(one: PraiseFile, now: datetime) -> bool:
    return now - one.given_at > praise.SCREENED_WITHIN
