"""The page of a code: what everyone sees who scans the sign on the wall."""

from sanic import HTTPResponse, Request

from server import codes, views
from server.pages.drawing import ASKED_AGAIN, face, frame_of, new_key, show, size_of
from server.web import Pieces, Routes, pieces, public, viewer

routes = Routes(kind="page")
KEY = "a-key-of-her-own"  # where each reader's idempotency key goes
LISTED = 5  # open cases on the page; the others are a tap away


@routes.get("/c/<token>", access=public("a sign is for everyone"), rate="scan")
async def get_code(request: Request, token: str) -> HTTPResponse:
    """The place, who answers for it, what can be done here."""
    board, person = await views.board(token), viewer(request)
    codes.count_scan(board.code_id)
    if person.is_nobody and not request.query_string:
        return await _for_everybody(request, board)
    card = await views.scan_card(token, person)
    joined = request.args.get("joined", "")
    joined = joined if any(one.number == joined for one in card.mine) else ""
    listed = None if request.args.get("open") == "all" else LISTED
    return await show(
        request, "scan.html", kept=True, card=card, key=new_key(), joined=joined, listed=listed
    )


async def _for_everybody(request: Request, board: views.Board) -> HTTPResponse:
    """The same page for all of whom we know nothing, made once; each gets a key of her own."""
    size = size_of(request)
    made = board.faces.get(size)
    if made is None:
        frame = await frame_of(request, f"/c/{board.card.code.token}")
        html = face().render("scan.html", frame, card=board.card, key=KEY, joined="", listed=LISTED)
        made = board.faces[size] = Pieces(html, KEY)
    response = pieces(request, made, new_key)
    response.headers["cache-control"] = ASKED_AGAIN
    return response
