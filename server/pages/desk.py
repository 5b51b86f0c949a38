"""工单, on a desktop: the list by deadline, tabs, filters, search, one case open beside it."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from sanic import HTTPResponse, Request

from server import cases, views
from server.base.viewer import Viewer
from server.pages.drawing import face, fragment, new_key, show
from server.pages.moves import move_forms
from server.pages.notes import done_words, mark_read
from server.pages.rendering import Typed
from server.web import Routes, staff, viewer

routes = Routes(kind="page")
FILTERS = ("tab", "estate", "q", "case", "after")
PATH = "/desk"


@routes.get(PATH, access=staff())
async def get_desk(request: Request) -> HTTPResponse:
    """The list, and the case chosen in it; with ?part=list only the list, for its refreshing."""
    asked = {name: request.args.get(name, "") for name in FILTERS}
    context = await _context(viewer(request), asked, Typed(new_key()))
    if request.args.get("part") == "list":
        return await fragment(request, "desk_list.html", **context)
    if asked["case"]:
        await mark_read(request, asked["case"])
    return await show(request, "desk.html", notice=done_words(request), **context)


def is_desk(address: str) -> bool:
    """Is this an address of the desk?"""
    return urlsplit(address).path == PATH


async def show_again(
    request: Request, address: str, number: str, typed: Typed, status: int
) -> HTTPResponse:
    """The desk at `address` with a form shown again in its case."""
    given = dict(parse_qsl(urlsplit(address).query))
    asked = {name: given.get(name, "") for name in FILTERS} | {"case": number}
    context = await _context(viewer(request), asked, typed)
    path = _link(asked)()
    return await show(request, "desk.html", status=status, path=path, notice="", **context)


async def _context(person: Viewer, asked: Mapping[str, str], typed: Typed) -> dict[str, Any]:
    tab = asked["tab"] if asked["tab"] in cases.TABS else next(iter(cases.TABS))
    estate = _id(asked["estate"])
    wanted = cases.DeskFilter(tab=tab, estate_id=estate, q=asked["q"])
    case = await views.case_page(asked["case"], person) if asked["case"] else None
    link = _link({**asked, "tab": tab})
    return {
        "tab": tab,
        "q": asked["q"],
        "estate": asked["estate"] if estate else "",
        "list": await views.desk_list(person, wanted, after=asked["after"] or None),
        "link": link,
        "fragment_url": link(part="list"),
        "case": case,
        "forms": move_forms(case, face().words, typed) if case else (),
    }


def _link(asked: Mapping[str, str]) -> Callable[..., str]:
    """The desk's own address with some of its filters changed; a new filter begins at the top."""

    def link(**changes: str) -> str:
        starts_anew = {"tab", "estate", "q"} & changes.keys()
        words = {**asked, **({"after": ""} if starts_anew else {}), **changes}
        return PATH + "?" + urlencode({name: value for name, value in words.items() if value})

    return link


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
