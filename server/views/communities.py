"""我的社区: who answers in a community, its stations, what was done, its thanks; for everybody."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server import bulletins, codes, org, places, praise, results, stations
from server.base import clock
from server.base.errors import Failure
from server.places import Ground
from server.views.bulletin_shapes import BulletinList
from server.views.bulletins import bulletin_list, first_bulletins
from server.views.here import contact_shape
from server.views.praise_shapes import PraiseList
from server.views.praises import praise_list
from server.views.results import ResultList, result_list
from server.views.shape import Shape
from server.views.sign_shapes import ContactShape, PhoneShape
from server.views.station_shapes import StationShape
from server.views.stations import station_shape

PRAISES = RESULTS = BULLETINS = 3  # on the board; the others are a tap away
READERS = ("residents",)


class OfficeShape(Shape, frozen=True, kw_only=True):
    """The community's own office."""

    name: str
    on_duty: bool
    next_duty: datetime | UnsetType = UNSET
    phone: str | UnsetType = UNSET


class CommunityBoard(Shape, frozen=True, kw_only=True):
    """The board of a community. With the sign one came from, the people are those of its place."""

    id: UUID
    name: str
    above: str  # the street it belongs to
    contacts: list[ContactShape]
    phones: list[PhoneShape]
    stations: list[StationShape]
    results: ResultList  # the newest few
    praises: PraiseList  # likewise
    bulletins: BulletinList  # the first few of those for residents
    office: OfficeShape | UnsetType = UNSET
    code: str | UnsetType = UNSET  # the sign


async def community_board(community_id: UUID, token: str = "") -> CommunityBoard:
    """The board, as of now. Raises NoSuchPlace for what is no community."""
    community, now = await places.find_community(community_id), clock.now()
    sign = await _sign(token, community)
    here = sign.shown if sign else community
    posted = await bulletins.posted_at(here, READERS)
    return CommunityBoard(
        id=community.id,
        name=community.name,
        above=community.names[-2] if len(community.names) > 1 else "",
        contacts=[contact_shape(one) for one in await org.contacts(here, now)],
        phones=[
            PhoneShape(title=one.title, number=one.number) for one in await org.phones_for(here)
        ],
        stations=[station_shape(one) for one in await stations.stations_under(community.path, now)],
        results=await result_list(await results.results_under(community.path, limit=RESULTS)),
        praises=await praise_list(await praise.wall_under(community.path, limit=PRAISES)),
        bulletins=first_bulletins(posted, BULLETINS),
        office=await _office(here, now) or UNSET,
        code=sign.token if sign else UNSET,
    )


async def community_bulletins(
    community_id: UUID, token: str = "", *, after: UUID | None = None
) -> BulletinList:
    """Everything that is out for the residents of a community, or of the place of that sign, a page
    at a time. Raises NoSuchPlace."""
    community = await places.find_community(community_id)
    sign = await _sign(token, community)
    here = sign.shown if sign else community
    return bulletin_list(await bulletins.list_posted(here, READERS, after=after))


async def community_wall(community_id: UUID, after: str | None = None) -> PraiseList:
    """Everything that was passed on in a community. Raises NoSuchPlace."""
    community = await places.find_community(community_id)
    return await praise_list(await praise.wall_under(community.path, after=after))


async def _sign(token: str, community: Ground) -> codes.CodeCard | None:
    """The sign one came from, if it hangs in this community."""
    if not token:
        return None
    try:
        code = await codes.read(token)
    except Failure:
        return None
    return code if code.ground.path.startswith(community.path) else None


async def _office(ground: Ground, now: datetime) -> OfficeShape | None:
    found = await org.responsible_for(ground, "community", now)
    if found is None:
        return None
    return OfficeShape(
        name=found.unit_name,
        on_duty=found.on_duty,
        next_duty=found.next_duty or UNSET,
        phone=found.phone or UNSET,
    )
