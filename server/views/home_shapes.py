"""What people are shown of who lives where, field by field: the shapes of `homes.py`."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server.views.shape import Shape


class HomeShape(Shape, frozen=True, kw_only=True):
    """A home the viewer said is theirs: named by its house, and by its door once they are bound."""

    id: UUID
    place: str
    kin_title: str
    state: str  # claimed bound refused ended
    state_title: str
    at: datetime
    due: datetime | UnsetType = UNSET  # while it waits: by when it is verified
    until: datetime | UnsetType = UNSET  # of a bound one
    reason: str | UnsetType = UNSET
    token: str | UnsetType = UNSET  # of the sign at which a bound one reports from home


class HomeList(Shape, frozen=True, kw_only=True):
    """What somebody said of homes and what became of it, the newest first."""

    items: list[HomeShape]


class DwellerShape(Shape, frozen=True, kw_only=True):
    """Somebody who says they live there, or was found to, for who verifies it."""

    id: UUID
    place: str
    kin_title: str
    at: datetime
    late: bool
    match: str | UnsetType = UNSET  # yes no unknown, while it waits: is the number registered there
    name: str | UnsetType = UNSET  # masked


class BindingCard(Shape, frozen=True, kw_only=True):
    """What waits to be verified in the viewer's areas, and who is bound there."""

    waiting: list[DwellerShape]
    bound: list[DwellerShape]
    more_waiting: str | UnsetType = UNSET  # where each list goes on
    more_bound: str | UnsetType = UNSET
