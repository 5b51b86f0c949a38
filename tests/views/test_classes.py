"""Every field of every view has a class, and shows no more than its class allows, to anyone."""

from collections.abc import Iterator
from typing import Any, get_args

import msgspec
import pytest
from msgspec import UNSET, Struct

from miniapp_api.cases import OpenCaseList
from server import cases, views
from server.base.seal import mask_name, mask_phone
from server.base.viewer import GUEST, Viewer
from server.cases import DeskFilter, Opened
from server.views.classes import CLASSES, CLEAR, MASKED
from server.views.shape import Shape
from tests import makers
from tests.desk import Desk, a_photo, asked, guest

PHONE, NAME = "16099887766", "龗女士"
WORDS, SPOT, WHY = "龗家门口的灯", "龗家三楼", "龗家还是黑的"
ALL_SHAPES = {
    each.__name__: each
    for each in Shape.__subclasses__()
    if each.__module__.startswith("server.views.") or each is OpenCaseList
}


def leaves(shape: type[Struct]) -> set[str]:
    """The fields that are no views themselves."""
    return {field.name for field in msgspec.structs.fields(shape) if not _holds_a_shape(field.type)}


def _holds_a_shape(kind: Any) -> bool:
    if isinstance(kind, type) and issubclass(kind, Struct):
        return True
    return any(_holds_a_shape(each) for each in get_args(kind))


@pytest.mark.parametrize("name", sorted(ALL_SHAPES))
def test_every_field_has_one_class(name: str) -> None:
    assert set(CLASSES[name]) == leaves(ALL_SHAPES[name])


def test_no_view_is_classed_that_is_not_there() -> None:
    assert set(CLASSES) == set(ALL_SHAPES)


def shown(value: object) -> Iterator[tuple[str, str]]:
    """Every field that is shown, however deep: its class, and what it says."""
    if isinstance(value, Struct):
        classes = CLASSES[type(value).__name__]
        for name in value.__struct_fields__:
            part = getattr(value, name)
            if part is UNSET:
                continue
            if name in classes:
                yield classes[name], msgspec.json.encode(part).decode()
            else:
                yield from shown(part)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from shown(each)
    elif isinstance(value, dict):
        yield from shown(list(value.values()))


async def a_told_case(desk: Desk, **more: object) -> tuple[Opened, Viewer]:
    """Taken down with name and number, joined by a neighbour, sent back with words."""
    said = {"category": "F02", "text": WORDS, "spot": SPOT, "phone": PHONE, "name": NAME}
    raiser = desk.community_secretary
    opened = await desk.report(
        raiser, on_behalf=True, photos=(await a_photo(raiser),), **said | more
    )
    joined = await cases.second(opened.number, desk.town.token, by=GUEST, asked=asked("second"))
    await desk.move(opened, "accept", desk.grid_worker)
    await desk.move(opened, "self_handle", desk.grid_worker)
    await desk.move(opened, "resolve", desk.grid_worker, outcome="fixed", text="换了灯泡")
    await desk.move(opened, "reopen", guest(opened), reason=WHY)
    return opened, guest(joined)


async def everything_for(desk: Desk, viewer: Viewer, number: str) -> list[object]:
    """Every view this viewer can get at."""
    found: list[object] = [
        await views.scan_card(desk.town.token, viewer),
        await views.my_cases(viewer),
        await views.todo(viewer),
        *[await views.desk_list(viewer, DeskFilter(tab=tab)) for tab in cases.TABS],
    ]
    try:
        found.append(await views.case_page(number, viewer))
        found.append(await views.receipt_of(number, viewer))
    except cases.CaseUnknown:
        pass
    return found


STAFF = (
    "grid_worker",
    "grid_leader",
    "grid_police",
    "property_manager",
    "community_secretary",
    "street_dispatcher",
    "duty_post",
    "municipal",
)
# Who watches over the place, and the street's other posts once the street has it.
HANDLE_IT = {"grid_worker", "grid_leader", "community_secretary", "street_dispatcher", "duty_post"}


def who_is_shown(told: dict[str, list[tuple[str, str]]], *needles: str) -> set[tuple[str, str]]:
    """By whom, and in fields of which class, any of these is read."""
    return {
        (who, kind)
        for who, fields in told.items()
        for kind, text in fields
        if any(needle in text for needle in needles)
    }


@pytest.mark.parametrize("conceal", [False, True], ids=["open", "concealed"])
async def test_no_field_shows_more_than_its_class_allows(desk: Desk, conceal: bool) -> None:
    opened, neighbour = await a_told_case(desk, conceal=conceal)
    viewers = {role: await makers.a_viewer(desk.town, role) for role in STAFF}
    viewers |= {"raiser": guest(opened), "neighbour": neighbour, "stranger": GUEST}

    told = {
        who: list(shown(await everything_for(desk, viewer, opened.number)))
        for who, viewer in viewers.items()
    }

    see_her = {"raiser"} if conceal else {"raiser", *HANDLE_IT}
    assert who_is_shown(told, PHONE, NAME) == set()
    assert who_is_shown(told, WORDS, SPOT, WHY) == {(who, CLEAR) for who in {"raiser", *HANDLE_IT}}
    assert who_is_shown(told, mask_phone(PHONE)) == {(who, MASKED) for who in see_her}
    assert who_is_shown(told, f'"{mask_name(NAME)}"') == {(who, MASKED) for who in see_her}
