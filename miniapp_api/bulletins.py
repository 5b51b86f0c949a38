"""公告: one of them whole, for those who may read it; signs and communities list what is out."""

from uuid import UUID

from sanic import HTTPResponse, Request

from miniapp_api.bodies import SignQuery
from server import bulletins, places, views
from server.bulletins import Bulletin, audiences_of
from server.views.bulletin_shapes import BulletinShape
from server.web import PARTY, Routes, answer, parse_query, viewer

routes = Routes("/m/v1")


@routes.get(
    "/bulletins/<bulletin_id:uuid>",
    access=PARTY,
    rate="scan",
    gives=BulletinShape,
    query=SignQuery,
    refuses=(410,),
)
async def get_bulletin(request: Request, bulletin_id: UUID) -> HTTPResponse:
    """What it says, cleaned, and its photos; with `code` as it hangs at that sign. That it was
    opened is counted for the community, and nothing else."""
    asked = parse_query(request, SignQuery)
    if asked.code:
        found = await _at_sign(bulletin_id, asked.code)
    else:
        found = await bulletins.find_readable(bulletin_id, viewer(request))
        if found.for_residents or found.for_merchants:
            bulletins.count_read(found.id, await places.find(found.place_id))
    return answer(await views.bulletin_shape(found))


async def _at_sign(bulletin_id: UUID, token: str) -> Bulletin:
    board = await views.board(token)
    readers = audiences_of(board.card.code.kind)
    found = await bulletins.find_posted(bulletin_id, board.shown, readers)
    bulletins.count_read(found.id, board.shown)
    return found
