"""Homes: one's own as the person sees them, and what a grid worker needs to verify one."""

from collections.abc import Iterable
from uuid import UUID

from msgspec import UNSET

from server import bindings, codes, people
from server.base import clock, seal
from server.base.viewer import Viewer
from server.bindings import BindingFile
from server.views.home_shapes import BindingCard, DwellerShape, HomeShape


async def own_home(viewer: Viewer, room_id: UUID) -> HomeShape | None:
    """How the viewer stands to this home, if their claim waits or holds; of others nothing."""
    found = await bindings.own_at(viewer, room_id)
    return await _home(found) if found else None


async def home_at(token: str, viewer: Viewer) -> HomeShape | None:
    """The same at the code of the home. Raises what `codes.read` raises."""
    return await own_home(viewer, (await codes.read(token)).place_id)


async def own_homes(viewer: Viewer) -> list[HomeShape]:
    """What the viewer said of homes and what became of it, the newest first."""
    return [await _home(one) for one in await bindings.own_bindings(viewer)]


async def binding_card(
    viewer: Viewer, *, waiting_after: str | None = None, bound_after: str | None = None
) -> BindingCard:
    """What waits for the viewer to verify it, and who is bound, in their areas; a page of each."""
    waiting = await bindings.waiting(viewer, after=waiting_after)
    bound = await bindings.bound_in(viewer, after=bound_after)
    names = await people.own_names(one.account_id for one in (*waiting.items, *bound.items))
    return BindingCard(
        waiting=await _dwellers(waiting.items, names),
        bound=await _dwellers(bound.items, names),
        more_waiting=waiting.next or UNSET,
        more_bound=bound.next or UNSET,
    )


async def _home(one: BindingFile) -> HomeShape:
    bound, waits = one.state == "bound", one.state == "claimed"
    return HomeShape(
        id=one.id,
        place=one.door if bound else one.place,
        kin_title=bindings.KIN[one.kin],
        state=one.state,
        state_title=bindings.STATES[one.state],
        at=one.claimed_at,
        due=one.due_at if waits else UNSET,
        until=one.until_at or UNSET,
        reason=one.reason or bindings.ENDED_FOR.get(one.ended_for) or UNSET,
        token=(await codes.home_sign(one.room_id) or UNSET) if bound else UNSET,
    )


async def _dwellers(found: Iterable[BindingFile], names: dict[UUID, str]) -> list[DwellerShape]:
    now = clock.now()
    return [
        DwellerShape(
            id=one.id,
            place=one.door,
            kin_title=bindings.KIN[one.kin],
            at=one.claimed_at,
            late=one.is_late(now),
            match=await _match(one) if one.state == "claimed" else UNSET,
            name=seal.mask_name(names[one.account_id]) if names.get(one.account_id) else UNSET,
        )
        for one in found
    ]


async def _match(one: BindingFile) -> str:
    """Match or no match, and never the record itself."""
    today = clock.local(clock.now()).date()
    known = await people.number_on_record(one.account_id, one.room_id, on=today)
    return {True: "yes", False: "no", None: "unknown"}[known]
