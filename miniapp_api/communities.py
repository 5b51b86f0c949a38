"""我的社区: the board of a community, and its bulletins."""

from uuid import UUID

from sanic import HTTPResponse, Request

from miniapp_api.bodies import BoardQuery, SignQuery
from server import views
from server.views.bulletin_shapes import BulletinList
from server.views.communities import CommunityBoard
from server.web import Routes, answer, parse_query, public

routes = Routes("/m/v1")
FOR_NEIGHBOURS = public("what a community tells is for everyone who lives there or passes")


@routes.get(
    "/community/<community_id:uuid>",
    access=FOR_NEIGHBOURS,
    rate="scan",
    gives=CommunityBoard,
    query=SignQuery,
)
async def get_community(request: Request, community_id: UUID) -> HTTPResponse:
    """Who answers there and when, its stations, its thanks; for the place of a sign with `code`."""
    asked = parse_query(request, SignQuery)
    return answer(await views.community_board(community_id, asked.code))


@routes.get(
    "/community/<community_id:uuid>/bulletins",
    access=FOR_NEIGHBOURS,
    rate="scan",
    gives=BulletinList,
    query=BoardQuery,
)
async def get_bulletins(request: Request, community_id: UUID) -> HTTPResponse:
    """Everything that is out for its residents, pinned first, then the newest; for the place of a
    sign with `code`."""
    asked = parse_query(request, BoardQuery)
    return answer(await views.community_bulletins(community_id, asked.code, after=asked.after))
