"""驿站、党群服务中心: houses open to whoever passes, what they offer, which is open near here."""

from server.stations.actions import StationSheet, add, bring_in, close, correct, make_code
from server.stations.errors import PlaceTaken, StationMovedOn, StationUnknown
from server.stations.queries import (
    StationFile,
    nearest,
    station_at,
    station_to_keep,
    stations_to_keep,
    stations_under,
)
from server.stations.rules import (
    FACILITIES,
    KEEPING_ROLES,
    KINDS,
    MOST_HOURS,
    STANDS_AT,
    Opening,
    keeping_areas,
    keeps_at,
    opening,
)

__all__ = [
    "FACILITIES",
    "KEEPING_ROLES",
    "KINDS",
    "MOST_HOURS",
    "STANDS_AT",
    "Opening",
    "PlaceTaken",
    "StationFile",
    "StationMovedOn",
    "StationSheet",
    "StationUnknown",
    "add",
    "bring_in",
    "close",
    "correct",
    "keeping_areas",
    "keeps_at",
    "make_code",
    "nearest",
    "opening",
    "station_at",
    "station_to_keep",
    "stations_to_keep",
    "stations_under",
]
