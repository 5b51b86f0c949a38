"""我的社区: one page for a whole community, made for those who read in the largest letters."""

from uuid import UUID

from sanic import HTTPResponse, Request

from server import views
from server.pages.drawing import after_id, show
from server.web import Routes, public

routes = Routes(kind="page")
PATH = "/community/<community_id:uuid>"
FOR_NEIGHBOURS = public("what a community tells is for everyone who lives there or passes")


@routes.get(PATH, access=FOR_NEIGHBOURS, rate="scan")
async def get_community(request: Request, community_id: UUID) -> HTTPResponse:
    """Its board; with ?code=… for the place of that sign."""
    board = await views.community_board(community_id, request.args.get("code", ""))
    return await show(request, "community.html", kept=True, board=board)


@routes.get(f"{PATH}/bulletins", access=FOR_NEIGHBOURS, rate="scan")
async def get_bulletins(request: Request, community_id: UUID) -> HTTPResponse:
    """Everything that is out for its residents."""
    board = await views.community_board(community_id)
    found = await views.community_bulletins(community_id, after=after_id(request))
    return await show(request, "community_bulletins.html", kept=True, board=board, list=found)


@routes.get(f"{PATH}/praises", access=FOR_NEIGHBOURS, rate="scan")
async def get_praises(request: Request, community_id: UUID) -> HTTPResponse:
    """Everything that was passed on there."""
    after, code = request.args.get("after") or None, request.args.get("code", "")
    board = await views.community_board(community_id, code)
    praises = await views.community_wall(community_id, after)
    return await show(request, "community_wall.html", kept=True, board=board, praises=praises)
