"""The page of a code: what everyone sees who scans the sign on the wall."""

from sanic import HTTPResponse, Request

from server import bindings, views
from server.pages import times
from server.pages.drawing import ASKED_AGAIN, face, frame_of, new_key, show, size_of
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.views.shapes import OptionShape
from server.views.sign_shapes import ScanCard
from server.web import HTML, Pieces, Routes, leave, public, viewer

routes = Routes(kind="page")
KEY = "a-key-of-her-own"  # where each reader's idempotency key goes
KIN = [OptionShape(value=key, title=title) for key, title in bindings.KIN.items()]
LISTED = 5  # open cases on the page; the others are a tap away


@routes.get("/c/<token>", access=public("a sign is for everyone"), rate="scan")
async def get_code(request: Request, token: str) -> HTTPResponse:
    """The place, who answers for it, what can be done here."""
    board, person = await views.board(token), viewer(request)
    board.count()
    if person.is_nobody and not request.query_string:
        return await _for_everybody(request, board)
    return await show_code(request, token, Typed(new_key()))


async def show_code(request: Request, token: str, before: Typed) -> HTTPResponse:
    """The page for one of whom we know something, with what they typed before into it."""
    card = await views.scan_card(token, viewer(request))
    joined = request.args.get("joined", "")
    return await show(
        request,
        _template(card),
        status=before.status,
        path=f"/c/{card.code.token}",
        kept=before.status == 200,
        card=card,
        typed=before,
        joined=joined if any(one.number == joined for one in card.mine) else "",
        listed=None if request.args.get("open") == "all" else LISTED,
        kin=KIN,
        notice=done_words(request),
    )


def _template(card: ScanCard) -> str:
    """Where a sign hangs, or whose post it is."""
    is_badge = card.code.kind == "staff" and "report" not in card.actions
    return "badge.html" if is_badge else "scan.html"


async def _for_everybody(request: Request, board: views.Board) -> HTTPResponse:
    """The same page for all of whom we know nothing, made once; each gets a key of her own."""
    size = size_of(request)
    made = board.faces.get(size)
    if made is None:
        frame = await frame_of(request, f"/c/{board.card.code.token}")
        made = board.former.get(size)
        around = (frame, times.today())  # a page may say 今天
        if made is None or made[0] != around:
            html = face().render(
                _template(board.card),
                frame,
                card=board.card,
                typed=Typed(KEY),
                joined="",
                listed=LISTED,
                kin=KIN,
                notice="",
            )
            made = around, Pieces(html, KEY)
        board.faces[size] = made
    return leave(
        request, made[1], HTML,
        keep=ASKED_AGAIN, word=new_key, stands=board.stands, given=board.count,
    )  # fmt: skip
