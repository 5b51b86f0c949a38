"""What is shown of one case, field by field: its page, its receipt, what may be done in it."""

from datetime import date, datetime

from msgspec import UNSET, UnsetType

from server.views.praise_shapes import PraiseList
from server.views.shape import Shape
from server.views.shapes import OptionShape, PhotoShape, PlaceShape


class Receipt(Shape, frozen=True, kw_only=True):
    """What a resident holds after sending. `key` is a guest's way back."""

    number: str
    state: str
    state_title: str
    respond_by: datetime
    resolve_by: datetime
    starts_at: datetime | UnsetType = UNSET
    duty_phone: str | UnsetType = UNSET
    key: str | UnsetType = UNSET
    emergency: bool = False  # the words sound like danger: show 110, 119 and 120 first


class WhoShape(Shape, frozen=True, kw_only=True):
    name: str
    role_title: str


class EventShape(Shape, frozen=True, kw_only=True):
    at: datetime
    who: WhoShape
    move: str
    move_title: str
    state_title: str | UnsetType = UNSET  # where the case stood afterwards
    text: str | UnsetType = UNSET
    photos: list[PhotoShape] | UnsetType = UNSET


class MoveShape(Shape, frozen=True, kw_only=True):
    """A move this viewer may make now. `options` are the choices of a field, by its name; `asked`:
    what somebody asks for that this move grants or refuses.
    """

    key: str
    title: str
    needs: list[str]
    options: dict[str, list[OptionShape]] | UnsetType = UNSET
    row: int | UnsetType = UNSET
    asked: str | UnsetType = UNSET


class RaiserShape(Shape, frozen=True, kw_only=True):
    """Masked for everyone but the raiser herself; without a name where she is concealed."""

    me: bool
    name: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    concealed: bool = False
    gone: bool = False  # erased the account: nobody is left to ask


class ReferenceShape(Shape, frozen=True, kw_only=True):
    """What a case is called in another system."""

    system: str
    number: str


class HolderShape(Shape, frozen=True, kw_only=True):
    unit: str
    name: str | UnsetType = UNSET
    role_title: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET


class NextShape(Shape, frozen=True, kw_only=True):
    step: str
    by: datetime | UnsetType = UNSET


class BeforeShape(Shape, frozen=True, kw_only=True):
    """The same kind of thing reported at the same place not long before."""

    number: str
    state_title: str
    opened_at: datetime


class CasePage(Shape, frozen=True, kw_only=True):
    """One case, made for one viewer through the widest lens of their relations to it."""

    number: str
    flow: str
    state: str
    state_title: str
    version: int
    category: str
    category_title: str
    place: PlaceShape
    opened_at: datetime
    respond_by: datetime | UnsetType = UNSET  # where its kind promises an answer
    resolve_by: datetime | UnsetType = UNSET
    responded_at: datetime | UnsetType = UNSET
    resolved_at: datetime | UnsetType = UNSET
    overdue: bool
    seconded: int
    lens: str  # own work progress bare title
    text: str | UnsetType = UNSET
    photos: list[PhotoShape] | UnsetType = UNSET
    spot: str | UnsetType = UNSET
    raiser: RaiserShape | UnsetType = UNSET
    now_with: HolderShape | UnsetType = UNSET
    next: NextShape | UnsetType = UNSET
    ending: str | UnsetType = UNSET
    outcome: str | UnsetType = UNSET
    solved: str | UnsetType = UNSET
    rating: str | UnsetType = UNSET
    points: int | UnsetType = UNSET  # what a finding at a shop costs if it is not put right
    passed_over: str | UnsetType = UNSET  # the role in whose stead somebody else decides
    merged_into: str | UnsetType = UNSET
    question: str | UnsetType = UNSET  # what the raiser is asked, while it waits for her
    hung_until: date | UnsetType = UNSET
    before: list[BeforeShape] | UnsetType = UNSET
    timeline: list[EventShape]
    moves: list[MoveShape]
    unread: list[str]  # titles of notices not read before
    emergency: bool = False
    channel: str | UnsetType = UNSET  # how it came; to staff
    channel_title: str | UnsetType = UNSET
    external_refs: list[ReferenceShape] | UnsetType = UNSET  # to staff
    evidence: str | UnsetType = UNSET  # photo text call: what its end is shown with
    unmask: list[str] | UnsetType = UNSET  # what of the raiser may be opened, with a reason
    praises: PraiseList | UnsetType = UNSET  # once it has ended
    publishes: bool = False  # whether this viewer may publish its photos
    praise_at: str | UnsetType = UNSET  # the sign at which this viewer may give thanks for it


class Unmasked(Shape, frozen=True, kw_only=True):
    """What a raiser left, in clear, for one who said why. Said once and kept nowhere."""

    field: str
    value: str
    left_today: int  # how many more this person may open


class Seconded(Shape, frozen=True, kw_only=True):
    seconded: int
    key: str | UnsetType = UNSET
