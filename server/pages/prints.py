"""印牌子: have a batch printed, see how far it is, fetch the file; or one plaque at once."""

from typing import Literal, get_args
from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import codes, views
from server.base.spreadsheets import XLSX, as_xlsx
from server.pages.codes import PATH, THE_MAKERS, show_batch
from server.pages.drawing import fragment
from server.pages.retry import refused
from server.web import Routes, file, parse, replay_key, see_other, viewer

routes = Routes(kind="page")
Format = Literal["pdf", "png", "svg"]
TYPES = {"pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml"}


class PrintForm(Struct, frozen=True, kw_only=True):
    """Twelve on a sheet, or one."""

    layout: Literal["sheet", "single"]


@routes.post(
    f"{PATH}/batches/<batch_id:uuid>/print",
    access=THE_MAKERS,
    body=PrintForm,
    rate="move",
    keyed=True,
)
async def post_print(request: Request, batch_id: UUID) -> HTTPResponse:
    """Ask for it; the worker draws it. The page again where a letter cannot be printed."""
    sent, asked = parse(request, PrintForm), replay_key(request)
    try:
        await codes.ask_print(batch_id, sent.layout, by=viewer(request), asked=asked)
    except codes.LettersMissing as wrong:
        again = refused(request, (), wrong, move="print")
        return await show_batch(request, batch_id, again)
    return see_other(f"{PATH}/batches/{batch_id}?done=codes_print")


@routes.get(f"{PATH}/batches/<batch_id:uuid>/prints", access=THE_MAKERS)
async def get_prints(request: Request, batch_id: UUID) -> HTTPResponse:
    """How far it is: a part of the batch's page, for its refreshing."""
    prints = await views.prints_of(batch_id, viewer(request))
    return await fragment(request, "batch_prints.html", prints=prints)


@routes.get(f"{PATH}/batches/<batch_id:uuid>/list", access=THE_MAKERS, rate="export")
async def get_list(request: Request, batch_id: UUID) -> HTTPResponse:
    """Which plaque belongs where, for whoever hands them out."""
    name, table = await views.where_each_belongs(batch_id, viewer(request))
    return file(await as_xlsx(table), XLSX, f"{name}-发放清单.xlsx")


@routes.get(f"{PATH}/prints/<run_id:uuid>/file", access=THE_MAKERS)
async def get_file(request: Request, run_id: UUID) -> HTTPResponse:
    """A finished file."""
    name, content = await codes.printed(run_id, viewer(request))
    return file(content, TYPES["pdf"], name)


@routes.get(f"{PATH}/<code_id:uuid>/plaque/<format:str>", access=THE_MAKERS)
async def get_plaque(request: Request, code_id: UUID, format: str) -> HTTPResponse:
    """One plaque, drawn now. Of a code that is out of use there is none."""
    code = await views.code_page(code_id, viewer(request))
    wanted = next((one for one in get_args(Format) if one == format), None)
    if wanted is None or not code.in_use:
        raise codes.PrintUnknown
    content = await codes.draw_code(code.id, wanted)
    return file(content, TYPES[wanted], f"{code.place if code.short else code.kind_title}.{wanted}")
