"""Scanning: what a code shows to whoever stands before it."""

from sanic import HTTPResponse, Request

from server import views
from server.views.sign_shapes import ScanCard
from server.web import JSON, KEEP_NOTHING, Pieces, Routes, answer, encoded, leave, public, viewer

routes = Routes("/m/v1")


@routes.get(
    "/codes/<token>",
    access=public("a sign is for everyone"),
    rate="scan",
    gives=ScanCard,
    refuses=(410,),
)
async def get_code(request: Request, token: str) -> HTTPResponse:
    """The place, who answers for it, what can be done, what is known."""
    board, person = await views.board(token), viewer(request)
    board.count()
    if not person.is_nobody:
        return answer(await views.scan_card(token, person))
    if "json" not in board.faces:
        board.faces["json"] = board.former.get("json") or Pieces(encoded(board.card))
    made = board.faces["json"]
    return leave(request, made, JSON, keep=KEEP_NOTHING, stands=board.stands, given=board.count)
