"""What people are shown of stations, field by field: the shapes of `stations.py`."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server.views.shape import Shape


class StationShape(Shape, frozen=True, kw_only=True):
    """One station as everybody sees it. `until`: when it next shuts, or opens; absent: never."""

    id: UUID
    name: str
    kind_title: str
    place: str
    facilities: list[str]  # titles
    hours: str
    is_open: bool
    until: datetime | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    distance_m: int | UnsetType = UNSET  # from where somebody asked


class CommunityName(Shape, frozen=True, kw_only=True):
    """The community a place lies in; its page is `/community/<id>`."""

    id: UUID
    name: str
