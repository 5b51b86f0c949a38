"""What this viewer may do now, and what there is to choose from."""

from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from msgspec import UNSET

from server import cases, catalogue, org, places
from server.base import cache, clock
from server.base.viewer import Viewer
from server.cases import CaseFile, RowFile
from server.flows import FLOWS, Offer
from server.views.case_shapes import MoveShape
from server.views.given import facts_given
from server.views.shapes import OptionShape


async def move_shapes(case: CaseFile, viewer: Viewer, row: int = 0) -> list[MoveShape]:
    """The moves the law of the case offers this viewer, with titles and choices; of a row beside
    the case's own, those of that row alone.
    """
    offers = await cases.offered(case, viewer)
    return [
        await _shape(case, offer)
        for offer in offers
        if not row or row in (beside.no for beside in _beside(case, offer))
    ]


def _beside(case: CaseFile, offer: Offer) -> list[RowFile]:
    """The open rows beside the case's own in which a move may be made."""
    lanes = {lane for lane, _ in FLOWS[case.flow].by_key[offer.key]}
    return [
        row
        for row in case.rows
        if row.no and row.live and row.lane in lanes and offer.row in (None, row.no)
    ]


async def _shape(case: CaseFile, offer: Offer) -> MoveShape:
    options = {field.key: _listed(field.options) for field in offer.fields if field.options}
    asked = {field.key for field in offer.fields}
    if "unit" in asked:
        options["unit"] = await _units(case, but=case.about_unit_id)
    if "assist" in asked:
        units, has_it = await _units(case, but=case.about_unit_id), str(case.main.unit_id)
        options["assist"] = [one for one in units if one.value != has_it]
    if "post" in asked:
        options["post"] = await _colleagues(case)
    if "category" in asked:
        options["category"] = await _categories()
    return MoveShape(
        key=offer.key,
        title=offer.title,
        needs=list(offer.needs),
        options=options or UNSET,
        row=UNSET if offer.row is None else offer.row,
        asked=_asked(case, offer) or UNSET,
    )


def _asked(case: CaseFile, offer: Offer) -> str:
    """What was given when it was asked for, of a move that grants or refuses."""
    if len(case.rows) == 1:
        return ""
    for row in _beside(case, offer):
        if given := case.facts.get(f"row{row.no}"):
            return "，".join(filter(None, (facts_given(given, {}), given.get("reason"))))
    return ""


async def _units(case: CaseFile, *, but: UUID | None) -> list[OptionShape]:
    """The units to dispatch to here; never the one the case complains about."""
    ground = await places.find(case.place_id)
    every = _UNITS.of(await org.units_for_dispatch(ground), ground.path)
    accused = str(but)
    return every if but is None else [one for one in every if one.value != accused]


async def _colleagues(case: CaseFile) -> list[OptionShape]:
    """Whoever is in office in the unit that has the case; never the one who has it already."""
    if case.main.unit_id is None:
        return []
    now, post_id = clock.now(), case.main.post_id
    holder = await org.post_card(post_id, now) if post_id else None
    has_it = holder.account_id if holder else None
    return [
        OptionShape(value=str(card.post_id), title=f"{card.name}（{card.role_title}）")
        for card in await org.colleagues(case.main.unit_id, now, case.path)
        if card.account_id != has_it and card.post_id != case.about_post_id
    ]


async def _categories() -> list[OptionShape]:
    return _CATEGORIES.of(await catalogue.categories())


@lru_cache(64)
def _listed(options: tuple[tuple[str, str], ...]) -> list[OptionShape]:
    """What a field of the flow itself lets one choose from."""
    return [OptionShape(value=value, title=title) for value, title in options]


def _of_units(units: list[tuple[UUID, str]]) -> list[OptionShape]:
    return [OptionShape(value=str(unit_id), title=title) for unit_id, title in units]


def _of_kinds(kinds: Mapping[str, catalogue.CategoryRow]) -> list[OptionShape]:
    return [OptionShape(value=kind.key, title=kind.title) for kind in kinds.values()]


_UNITS, _CATEGORIES = cache.Derived(_of_units), cache.Derived(_of_kinds)
