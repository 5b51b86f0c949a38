"""What people are shown of conversations, field by field: the shapes of `conversations.py`."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server.views.shape import Shape
from server.views.shapes import OptionShape, PhotoShape, PlaceShape
from server.views.sign_shapes import ContactShape


class SpeakerShape(Shape, frozen=True, kw_only=True):
    """Who says something: staff by name, a resident masked, the town itself."""

    name: str
    role_title: str
    me: bool


class MessageShape(Shape, frozen=True, kw_only=True):
    """One message; `seq` counts from 1 without a gap."""

    seq: int
    at: datetime
    who: SpeakerShape
    kind: str  # said auto rung case handed ended blocked appeal lifted upheld
    text: str | UnsetType = UNSET
    photos: list[PhotoShape] | UnsetType = UNSET
    emergency: bool = False  # the words sound like danger: show 110, 119 and 120
    case: str | UnsetType = UNSET  # the number of what became of it
    case_key: str | UnsetType = UNSET  # a guest's way to it
    may_case: bool = False  # may be made a case in one tap


class MessageList(Shape, frozen=True, kw_only=True):
    items: list[MessageShape]
    next: int | UnsetType = UNSET


class ConversationShape(Shape, frozen=True, kw_only=True):
    """One conversation; `to` is who answers as of now, `me` how the viewer stands to it."""

    id: UUID
    me: str  # resident holder leader duty; "" to whoever has just handed it on
    state: str
    state_title: str
    to: ContactShape
    place: str
    opened_at: datetime
    last_at: datetime
    last_seq: int
    unread: int
    seen: int  # how far the other side has read
    blocked: bool
    agrees: bool
    may: list[str]
    resident: str | UnsetType = UNSET  # to staff
    waiting_since: datetime | UnsetType = UNSET
    key: str | UnsetType = UNSET  # a guest's way back


class ConversationList(Shape, frozen=True, kw_only=True):
    items: list[ConversationShape]
    next: str | UnsetType = UNSET


class ConversationPage(Shape, frozen=True, kw_only=True):
    """A conversation with its newest messages, for its page."""

    conversation: ConversationShape
    place: PlaceShape
    messages: list[MessageShape]
    earlier: bool  # there are older ones
    colleagues: list[OptionShape]  # to whom it may be handed over
    canned: list[OptionShape]  # to press; of a resident none
    code: str | UnsetType = UNSET  # a sign of the place, to begin again
    duty_phone: str | UnsetType = UNSET
    keeps_canned: bool = False  # the viewer may change what there is to press


class TicketShape(Shape, frozen=True, kw_only=True):
    """Good once, for so many seconds."""

    ticket: str
    expires_s: int


class WaitsShape(Shape, frozen=True, kw_only=True):
    """How long one role takes to answer."""

    role_title: str
    answers: int
    half_within_minutes: int
    became_cases: int
