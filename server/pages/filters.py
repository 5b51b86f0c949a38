"""存好的筛选: keep the desk's filters under a name, and drop those no longer needed."""

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import cases
from server.base.errors import Failure
from server.pages import desk
from server.pages.drawing import own_address, with_word
from server.pages.retry import refused
from server.web import Routes, parse, see_other, staff, viewer

routes = Routes(kind="page")
PATH = f"{desk.PATH}/filters"


class KeepForm(Struct, frozen=True, kw_only=True):
    """The filters one looks through, and the name to keep them under."""

    title: str = ""
    tab: str = ""
    estate: str = ""
    q: str = ""


class DropForm(Struct, frozen=True, kw_only=True):
    """Where to go on."""

    back: str = ""


@routes.post(PATH, access=staff(), body=KeepForm, rate="move")
async def post_filter(request: Request) -> HTTPResponse:
    """Keep the filters and go back; or the desk again, with what is wrong. Twice is as once."""
    sent = parse(request, KeepForm)
    asked = {"tab": sent.tab, "estate": sent.estate, "q": sent.q}
    try:
        await cases.keep_filter(viewer(request), sent.title, desk.kept_of(asked))
    except Failure as wrong:
        return await desk.show_keeping(request, asked, refused(request, ("title",), wrong))
    return see_other(with_word(desk.address_of(asked), done="filter_kept"))


@routes.post(f"{PATH}/<filter_id:int>/drop", access=staff(), body=DropForm, rate="move")
async def post_drop(request: Request, filter_id: int) -> HTTPResponse:
    """Forget one. Twice is as good as once."""
    await cases.drop_filter(viewer(request), filter_id)
    back = own_address(parse(request, DropForm).back, desk.PATH)
    return see_other(with_word(back, done="filter_dropped"))
