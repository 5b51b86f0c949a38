"""工单, on a desktop: the list by deadline, tabs, filters, search, one case open beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import cases, contact, views
from server.base import clock
from server.base.ids import id_in
from server.base.spreadsheets import CSV, XLSX, Table, as_csv, as_xlsx
from server.base.viewer import Viewer
from server.pages.bulk import BULK_MOVES, UNCHOSEN
from server.pages.drawing import face, fragment, new_key, show
from server.pages.moves import move_forms
from server.pages.notes import done_words, mark_read
from server.pages.rendering import Typed
from server.web import Routes, file, parse, staff, viewer

routes = Routes(kind="page")
FORMATS = {"xlsx": (as_xlsx, XLSX), "csv": (as_csv, CSV)}
FILTERS = ("tab", "estate", "q", "case", "after")
PATH = "/desk"


@dataclass(frozen=True, slots=True)
class Saved:
    """A filter somebody kept, as a link; `current` where it is what one looks at."""

    id: int
    title: str
    address: str
    current: bool


@routes.get(PATH, access=staff())
async def get_desk(request: Request) -> HTTPResponse:
    """The list, and the case chosen in it; with ?part=list only the list, for its refreshing."""
    asked = {name: request.args.get(name, "") for name in FILTERS}
    context = await _context(viewer(request), asked, Typed(new_key()))
    if request.args.get("part") == "list":
        return await fragment(request, "desk_list.html", **context)
    context["unchosen"] = request.args.get("done") == UNCHOSEN
    if asked["case"]:
        await mark_read(request, asked["case"])
    return await _show(request, asked, context, notice=done_words(request))


class ExportForm(Struct, frozen=True, kw_only=True):
    """The list one looks at, by its filters, and the kind of file."""

    format: Literal["xlsx", "csv"]
    tab: str = ""
    estate: str = ""
    q: str = ""


@routes.post(
    f"{PATH}/export",
    access=staff(*views.EXPORT_ROLES, stepped_up=True),
    body=ExportForm,
    rate="export",
)
async def post_export(request: Request) -> HTTPResponse:
    """The whole list under these filters as a file; asked for twice, made twice."""
    sent = parse(request, ExportForm)
    wanted = _wanted({"tab": sent.tab, "estate": sent.estate, "q": sent.q})
    table = await views.export_list(viewer(request), wanted, sent.format)
    tab = face().words.plain(f"desk.tab.{wanted.tab}")
    return await export(table, f"{table.title}-{tab}", sent.format)


async def export(table: Table, title: str, ending: str) -> HTTPResponse:
    """The table as a file that bears its title and the minute it was made in."""
    make, kind = FORMATS[ending]
    name = f"{title}-{clock.shown(clock.now()):%Y%m%d-%H%M}.{ending}"
    return file(await make(table), kind, name)


def is_desk(address: str) -> bool:
    """Is this an address of the desk?"""
    return urlsplit(address).path == PATH


async def show_again(request: Request, address: str, number: str, typed: Typed) -> HTTPResponse:
    """The desk at `address` with a form shown again in its case."""
    given = dict(parse_qsl(urlsplit(address).query))
    asked = {name: given.get(name, "") for name in FILTERS} | {"case": number}
    context = await _context(viewer(request), asked, typed)
    return await _show(request, asked, context, status=typed.status)


async def show_keeping(request: Request, asked: Mapping[str, str], keeping: Typed) -> HTTPResponse:
    """The desk with these filters, and what is wrong with the name to keep them under."""
    whole = dict.fromkeys(FILTERS, "") | dict(asked)
    context = await _context(viewer(request), whole, Typed(new_key()))
    return await _show(request, whole, context, status=keeping.status, keeping=keeping)


def kept_of(asked: Mapping[str, str]) -> dict[str, str]:
    """The filters worth keeping: what is chosen, and nothing of what is not."""
    wanted = _wanted(asked)
    chosen = {"tab": wanted.tab, "estate": str(wanted.estate_id or ""), "q": wanted.q.strip()}
    return {name: value for name, value in chosen.items() if value}


def address_of(wanted: Mapping[str, str]) -> str:
    """The desk seen through these filters."""
    words = urlencode({name: value for name, value in wanted.items() if value})
    return f"{PATH}?{words}" if words else PATH


async def _show(
    request: Request,
    asked: Mapping[str, str],
    context: Mapping[str, Any],
    *,
    status: int = 200,
    notice: str = "",
    keeping: Typed | None = None,
) -> HTTPResponse:
    """The whole page, with what its reader kept."""
    now = kept_of(asked)
    saved = [
        Saved(one.id, one.title, address_of(one.wanted), one.wanted == now)
        for one in await cases.list_filters(viewer(request))
    ]
    return await show(
        request, "desk.html", status=status, path=_link(asked)(), notice=notice,
        saved=saved, keeping=keeping or Typed(""), **context,
    )  # fmt: skip


async def _context(person: Viewer, asked: Mapping[str, str], typed: Typed) -> dict[str, Any]:
    wanted = _wanted(asked)
    tab, estate = wanted.tab, wanted.estate_id
    case = await views.case_page(asked["case"], person) if asked["case"] else None
    link = _link({**asked, "tab": tab})
    listed = await views.desk_list(person, wanted, after=asked["after"] or None, moves=BULK_MOVES)
    return {
        "tab": tab,
        "q": asked["q"],
        "estate": asked["estate"] if estate else "",
        "talking": await contact.waiting_for(person),
        "list": listed,
        "link": link,
        "fragment_url": link(part="list"),
        "case": case,
        "forms": move_forms(case, face().words, typed) if case else (),
        "bulk_moves": listed.moves,
        "unchosen": False,
        "may_export": person.holds(*views.EXPORT_ROLES),
    }


def _wanted(asked: Mapping[str, str]) -> cases.DeskFilter:
    """The filters as the case desk knows them; what it does not know is left out."""
    tab = asked["tab"] if asked["tab"] in cases.TABS else next(iter(cases.TABS))
    return cases.DeskFilter(tab=tab, estate_id=id_in(asked["estate"]), q=asked["q"])


def _link(asked: Mapping[str, str]) -> Callable[..., str]:
    """The desk's own address with some of its filters changed; a new filter begins at the top."""

    def link(**changes: str) -> str:
        starts_anew = {"tab", "estate", "q"} & changes.keys()
        words = {**asked, **({"after": ""} if starts_anew else {}), **changes}
        return address_of(words)

    return link
