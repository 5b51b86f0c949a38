"""标准、大字、特大: how large the letters are, remembered by this browser."""

from msgspec import Struct
from sanic import HTTPResponse, Request

from server.pages.drawing import SIZE_COOKIE, own_address
from server.pages.rendering import SIZES
from server.web import Routes, parse, public, see_other

routes = Routes(kind="page")
A_YEAR_S = 365 * 24 * 3600


class SizeForm(Struct, frozen=True, kw_only=True):
    """The size pressed, and the page it was pressed on."""

    size: str = SIZES[0]
    back: str = "/"


@routes.post(
    "/text-size",
    access=public("everyone may choose how large the letters are"),
    body=SizeForm,
    rate="read",
)
async def post_size(request: Request) -> HTTPResponse:
    """Remember it and show the same page again."""
    chosen = parse(request, SizeForm)
    size = chosen.size if chosen.size in SIZES else SIZES[0]
    response = see_other(own_address(chosen.back, "/"))
    cookie = f"{SIZE_COOKIE}={size}; Max-Age={A_YEAR_S}; Path=/; HttpOnly; SameSite=Lax"
    response.headers.add("set-cookie", cookie)
    return response
