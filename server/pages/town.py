"""城镇导入: the workbook to fill in, a file sent back, what is wrong in it, having it written."""

import asyncio
from typing import Literal
from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import views, workbook
from server.base.errors import Failure, FieldError, Invalid
from server.base.spreadsheets import XLSX
from server.pages.drawing import after_id, new_key, show
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.web import (
    Form,
    Nothing,
    Routes,
    file,
    parse,
    replay_key,
    see_other,
    staff,
    typed,
    viewer,
)

routes = Routes(kind="page")
PATH = "/desk/town"
THE_ADMINS = staff(*workbook.ADMIN_ROLES)
PROVEN_ADMINS = staff(*workbook.ADMIN_ROLES, stepped_up=True)


class SendForm(Struct, frozen=True, kw_only=True):
    """In what the points of the file are measured; the file comes beside."""

    crs: str = ""


class WriteForm(Struct, frozen=True, kw_only=True):
    """Whole sheets without a fault, or every good row."""

    rows: Literal["sheets", "good"]


@routes.get(PATH, access=THE_ADMINS)
async def get_town(request: Request) -> HTTPResponse:
    """The template, the form to send a file, and the files of the last week."""
    return await _show(request, Typed(new_key()))


@routes.get(f"{PATH}/template", access=THE_ADMINS)
async def get_template(request: Request) -> HTTPResponse:
    """The empty workbook."""
    return file(await asyncio.to_thread(workbook.make_template), XLSX, "城镇模板.xlsx")


@routes.post(PATH, access=THE_ADMINS, body=SendForm, rate="submit", keyed=True, uploads=True)
async def post_town(request: Request) -> HTTPResponse:
    """Keep the file to be checked; or the form again, with what is wrong."""
    form = typed(request) or Form()
    try:
        sent = parse(request, SendForm)
        files = form.files("file")
        if not files:
            raise Invalid(FieldError("file", "required", "请选一个文件。"))
        content = await files[0].read()
        import_id = await workbook.send(
            content, files[0].filename, sent.crs, by=viewer(request), asked=replay_key(request)
        )
    except Failure as wrong:
        again = refused(request, ("crs", "file"), wrong)
        return await _show(request, again)
    return see_other(f"{PATH}/{import_id}")


@routes.get(f"{PATH}/<import_id:uuid>", access=THE_ADMINS)
async def get_import(request: Request, import_id: UUID) -> HTTPResponse:
    """How far it is, what is wrong in it, and how it shall be written."""
    card = views.import_card(await workbook.find_import(import_id))
    return await show(request, "town_import.html", card=card)


@routes.post(f"{PATH}/<import_id:uuid>/write", access=PROVEN_ADMINS, body=WriteForm, rate="move")
async def post_write(request: Request, import_id: UUID) -> HTTPResponse:
    """Have it written in the background. Twice is as good as once."""
    sent = parse(request, WriteForm)
    await workbook.choose(import_id, good_rows=sent.rows == "good", by=viewer(request))
    return see_other(f"{PATH}/{import_id}")


@routes.post(f"{PATH}/<import_id:uuid>/wrong", access=PROVEN_ADMINS, body=Nothing, rate="export")
async def post_wrong(request: Request, import_id: UUID) -> HTTPResponse:
    """The wrong rows as a workbook."""
    content, name = await workbook.take_wrong_rows(import_id, by=viewer(request))
    return file(content, XLSX, name)


async def _show(request: Request, typed_before: Typed) -> HTTPResponse:
    found, following = await workbook.latest_imports(after_id(request))
    return await show(
        request,
        "town.html",
        status=typed_before.status,
        path=PATH,
        imports=[views.import_card(one) for one in found],
        following=following,
        typed=typed_before,
    )
