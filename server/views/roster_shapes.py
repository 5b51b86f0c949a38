"""What people are shown of rosters, field by field: the shapes of `rosters.py`. Staff alone."""

from datetime import date, datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server.views.choosing import PlaceChoice
from server.views.shape import Shape
from server.views.shapes import OptionShape


class OnPost(Shape, frozen=True, kw_only=True):
    """Somebody who holds a post, stands in, or is away."""

    id: UUID  # of the appointment
    name: str
    kind: str  # holder deputy away
    since: datetime
    until: datetime | UnsetType = UNSET
    instead_of: str | UnsetType = UNSET


class ShiftShape(Shape, frozen=True, kw_only=True):
    """One line of a roster: whose turn, when, and how often it comes again."""

    id: int
    who: str
    title: str
    hours: str
    on_day: date
    every: int
    until: date | UnsetType = UNSET


class HoursShape(Shape, frozen=True, kw_only=True):
    """One stretch of a week, as it is edited."""

    days: str
    starts: str
    ends: str


class RosterPost(Shape, frozen=True, kw_only=True):
    """A post on the roster of its unit, as of now."""

    id: UUID
    role_title: str
    place: str
    on_duty: bool
    hours: str
    may_set_up: bool
    now: str | UnsetType = UNSET  # who answers
    next_duty: datetime | UnsetType = UNSET
    people: list[OnPost]
    shifts: list[ShiftShape]
    week: list[str]  # the turns of the next seven days, a line a day
    oddities: list[str]


class LeaveShape(Shape, frozen=True, kw_only=True):
    """One leave, now or to come."""

    id: UUID
    name: str
    since: datetime
    until: datetime
    now: bool
    me: bool  # is away; else stands in, or looks after those who do
    may_end: bool  # the viewer may take it back
    deputy: str | UnsetType = UNSET


class RosterCard(Shape, frozen=True, kw_only=True):
    """The roster of a unit, and the units whose roster one may look at."""

    unit_id: UUID
    unit: str
    units: list[OptionShape]
    posts: list[RosterPost]
    leaves: list[LeaveShape]


class PostCardShape(Shape, frozen=True, kw_only=True):
    """One post as whoever stands above it sets it up."""

    unit_id: UUID
    unit: str
    post: RosterPost
    hours: list[HoursShape]
    holders: list[OptionShape]  # whose turns may be entered
    colleagues: list[OptionShape]  # to whom it may be handed over
    may_badge: bool = False  # the viewer makes codes where it serves
    badge: UUID | UnsetType = UNSET  # its code, once made


class OwnDuty(Shape, frozen=True, kw_only=True):
    """One post of the viewer's: when on duty, and the number on its sign."""

    role_title: str
    unit: str
    place: str
    hours: str
    on_duty: bool
    answering: bool  # the viewer is who answers now, or next
    next_duty: datetime | UnsetType = UNSET
    phone: str | UnsetType = UNSET


class DutyCard(Shape, frozen=True, kw_only=True):
    """Everything about one's own duty on one page."""

    posts: list[OwnDuty]
    leaves: list[LeaveShape]
    colleagues: list[OptionShape]
    own_phone: str | UnsetType = UNSET  # one's own, as it stands on the sign


class FirmShape(Shape, frozen=True, kw_only=True):
    """An estate with its firm, and the one that is to come."""

    estate: str
    firm: str
    comes: str | UnsetType = UNSET
    comes_at: datetime | UnsetType = UNSET


class FirmCard(Shape, frozen=True, kw_only=True):
    """Which firm is where, and what there is to choose from."""

    estates: PlaceChoice
    firms: list[OptionShape]
    here: list[FirmShape]
    next: str | UnsetType = UNSET


class StepShape(Shape, frozen=True, kw_only=True):
    """One thing a town needs before residents can scan."""

    key: str
    done: bool
    have: int
    lacking: int
    named: list[str]
    next: int | UnsetType = UNSET  # how many are named before those that are not named here
