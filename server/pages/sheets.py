"""On paper: the sheet of a case, one A4 page; and the receipt of whom somebody else filed for."""

from urllib.parse import quote

from sanic import HTTPResponse, Request

from server import codes, views
from server.base import clock
from server.pages.drawing import face, show
from server.pages.qr import qr
from server.views.case_shapes import CasePage
from server.web import PARTY, Routes, staff, viewer

routes = Routes(kind="page")
# So many lines of the history fit on one page; a long report takes the place of some.
MOST_STEPS, FEWEST_STEPS, CHARACTERS_A_STEP = 13, 6, 130


@routes.get("/cases/<number>/sheet", access=PARTY)
async def get_sheet(request: Request, number: str) -> HTTPResponse:
    """事项单: what was reported, promised and done, as far as this reader may see it.

    Paper goes from hand to hand, so its QR opens what everybody may see: the place's own page.
    """
    case = await views.case_page(number, viewer(request))
    sign = await codes.sign_at(case.place.id)
    later, room = case.timeline[1:], _room_for_steps(case)
    return await show(
        request,
        "sheet.html",
        path=f"/cases/{number}",
        case=case,
        steps=[case.timeline[0], *later[-room:]],
        left_out=max(0, len(later) - room),
        code=_code(request, f"/c/{sign}", "sheet.code") if sign else "",
        printed_at=clock.now(),
    )


@routes.get("/cases/<number>/receipt", access=staff())
async def get_receipt(request: Request, number: str) -> HTTPResponse:
    """上报回执: number, promises, her own way back as a QR. For who filed it, for a day."""
    receipt = await views.filed_receipt(number, viewer(request))
    case = await views.case_page(number, viewer(request))
    way_back = f"/cases/{number}?key={quote(receipt.key or '')}"
    return await show(
        request,
        "paper_receipt.html",
        path=f"/cases/{number}",
        case=case,
        receipt=receipt,
        code=_code(request, way_back, "receipt.code"),
        site=request.app.ctx.public_url,
        printed_at=clock.now(),
    )


def _room_for_steps(case: CasePage) -> int:
    words = len(case.text or "")
    return max(FEWEST_STEPS, MOST_STEPS - words // CHARACTERS_A_STEP)


def _code(request: Request, path: str, label: str) -> str:
    return qr(request.app.ctx.public_url + path, face().words.plain(label))
