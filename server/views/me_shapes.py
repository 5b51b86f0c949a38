"""What people are shown of their own account, field by field: the shapes of `me.py`."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server.views.home_shapes import HomeShape
from server.views.shape import Shape


class CodeAsked(Shape, frozen=True, kw_only=True):
    """A code is on its way. `ask` belongs to whoever asked, and proves it when shown with it."""

    ask: str
    valid_s: int
    again_s: int  # how long until another may be asked for


class SteppedUp(Shape, frozen=True, kw_only=True):
    """A raised session: its new token, and until when it counts."""

    token: str
    raised_until: datetime


class SessionShape(Shape, frozen=True, kw_only=True):
    """One place where the viewer is signed in."""

    id: UUID
    device: str
    since: datetime
    used_at: datetime
    me: bool  # the one this was asked from


class ConsentShape(Shape, frozen=True, kw_only=True):
    """How a resident stands to the privacy notice as it reads now."""

    version: int
    agreed: bool
    accepted_at: datetime | UnsetType = UNSET


class FactorShape(Shape, frozen=True, kw_only=True):
    """A member of staff's password and second factor."""

    has_password: bool
    has_otp: bool
    paper_codes: int  # left to be used


class OwnPostShape(Shape, frozen=True, kw_only=True):
    """A post the viewer holds now, or stands in for."""

    post_id: UUID
    role: str
    role_title: str
    unit: str


class MeShape(Shape, frozen=True, kw_only=True):
    """What is kept of the viewer, for the viewer. The number is masked: others may look on."""

    id: UUID
    kind: str  # resident staff
    name: str
    roles: list[str]  # in words, of the posts held now
    posts: list[OwnPostShape]
    since: datetime
    sessions: list[SessionShape]
    homes: list[HomeShape]  # of a resident: said to be theirs, and what became of it
    claimable: int  # cases and conversations the keys on this phone hold and no account does
    phone: str | UnsetType = UNSET
    phone_may_change: bool = False
    consent: ConsentShape | UnsetType = UNSET  # residents only
    factor: FactorShape | UnsetType = UNSET  # staff only


class Claimed(Shape, frozen=True, kw_only=True):
    """How many cases and conversations became the account's."""

    claimed: int
