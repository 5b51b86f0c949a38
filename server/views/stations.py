"""Stations as everybody sees them, and as whoever keeps their list does."""

from datetime import date
from uuid import UUID

from msgspec import UNSET, UnsetType

from server import codes, org, places, stations
from server.base import clock
from server.base.viewer import Viewer
from server.places import Found
from server.stations import StationFile
from server.views.places import place_shape
from server.views.roster_shapes import HoursShape
from server.views.shape import Shape
from server.views.shapes import OptionShape, PlaceShape
from server.views.station_shapes import StationShape

ROUNDED_M = 10  # where a phone or a plaque stands is not known better


class StationsNear(Shape, frozen=True, kw_only=True):
    """The stations near a sign that offer something: open ones first, the nearest of each first."""

    token: str
    place: PlaceShape
    facility: str  # "" for anything
    facilities: list[OptionShape]
    items: list[StationShape]


class StationList(Shape, frozen=True, kw_only=True):
    items: list[StationShape]  # by name
    next: str | UnsetType = UNSET


class StationSheetShape(Shape, frozen=True, kw_only=True):
    """One station as it is edited."""

    id: UUID
    name: str
    kind: str
    place: str
    phone: str
    facilities: list[str]  # keys
    hours: list[HoursShape]
    days_off: list[date]
    version: int
    code_id: UUID | UnsetType = UNSET  # of its own sign, if it has one
    lng: float | UnsetType = UNSET
    lat: float | UnsetType = UNSET


class StationOptions(Shape, frozen=True, kw_only=True):
    """What may be chosen for a station."""

    kinds: list[OptionShape]
    facilities: list[OptionShape]


def station_shape(one: StationFile, distance_m: float | None = None) -> StationShape:
    """A station as everybody sees it, as of when it was asked for."""
    far = UNSET if distance_m is None else round(distance_m / ROUNDED_M) * ROUNDED_M
    return StationShape(
        id=one.id,
        name=one.name,
        kind_title=stations.KINDS[one.kind],
        place=one.place_name,
        facilities=[stations.FACILITIES[key] for key in one.facilities],
        hours=org.duty.told(one.hours),
        is_open=one.opening.is_open,
        until=one.opening.until or UNSET,
        phone=one.phone or UNSET,
        distance_m=far,
    )


async def stations_near(token: str, facility: str) -> StationsNear:
    """The nearest stations to a sign. Raises CodeUnknown or CodeRetired."""
    code = await codes.read(token)
    wanted = facility if facility in stations.FACILITIES else ""
    found = await stations.nearest(code.shown, wanted, clock.now())
    return StationsNear(
        token=code.token,
        place=place_shape(code.shown),
        facility=wanted,
        facilities=station_options().facilities,
        items=[station_shape(one.station, one.distance_m) for one in found],
    )


async def kept_stations(viewer: Viewer, *, after: UUID | None = None) -> StationList:
    """The stations in the viewer's areas, by name."""
    found = await stations.stations_to_keep(viewer, clock.now(), after=after)
    items = [station_shape(one) for one in found.items]
    return StationList(items=items, next=str(found.next) if found.next else UNSET)


async def station_sheet(station_id: UUID, viewer: Viewer) -> StationSheetShape:
    """One of them, to be corrected. Raises StationUnknown."""
    one = await stations.station_to_keep(station_id, viewer)
    return StationSheetShape(
        id=one.id,
        name=one.name,
        kind=one.kind,
        place=one.place_name,
        phone=one.phone,
        facilities=list(one.facilities),
        hours=[
            HoursShape(days=each.days, starts=each.starts, ends=each.ends) for each in one.hours
        ],
        days_off=list(one.days_off),
        version=one.version,
        code_id=await codes.code_at(one.place_id, "station") or UNSET,
        lng=one.point.lng if one.point else UNSET,
        lat=one.point.lat if one.point else UNSET,
    )


async def station_spots(viewer: Viewer, words: str) -> list[Found]:
    """Places in the viewer's areas of this name at which a station may stand."""
    return await places.search(stations.keeping_areas(viewer), words, kinds=stations.STANDS_AT)


def station_options() -> StationOptions:
    """Every kind, and everything one may offer."""
    return StationOptions(
        kinds=[OptionShape(value=key, title=title) for key, title in stations.KINDS.items()],
        facilities=[
            OptionShape(value=key, title=title) for key, title in stations.FACILITIES.items()
        ],
    )
