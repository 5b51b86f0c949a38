"""What a phone may send, field by field; a name that is not here is refused."""

from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from server.web import Body, Count


class DemoBody(Body, frozen=True, kw_only=True):
    persona: str


class StaffBody(Body, frozen=True, kw_only=True):
    login: str
    password: str
    otp: str = ""


class PhoneCodeBody(Body, frozen=True, kw_only=True):
    """With `bound` the code opens only together with the `ask` of the answer."""

    phone: str
    bound: bool = False


class PhoneBody(Body, frozen=True, kw_only=True):
    """`consent`: the version of the privacy notice this resident has just agreed to."""

    phone: str
    code: str
    ask: str = ""
    consent: Count | None = None


class StepUpBody(Body, frozen=True, kw_only=True):
    """A code of the second factor, from the app or from paper."""

    otp: str


class MeBody(Body, frozen=True, kw_only=True):
    """What to correct; what is left out stays. A number needs the code that was sent to it."""

    name: str | None = None
    phone: str | None = None
    code: str = ""
    ask: str = ""


class MePhoneBody(Body, frozen=True, kw_only=True):
    """The number a code is to be sent to."""

    phone: str


class ConsentBody(Body, frozen=True, kw_only=True):
    """The version of the privacy notice that was read."""

    version: Count


class ClaimBody(Body, frozen=True, kw_only=True):
    """The keys this phone keeps, beside those in its cookie."""

    keys: tuple[str, ...] = ()


class PasswordBody(Body, frozen=True, kw_only=True):
    old: str
    new: str


class PointBody(Body, frozen=True, kw_only=True):
    lng: float
    lat: float
    crs: Literal["wgs84", "gcj02"] = "wgs84"


class AboutBody(Body, frozen=True, kw_only=True):
    """Whom a complaint is about: a post or a unit."""

    post_id: UUID | None = None
    unit_id: UUID | None = None


class OnBehalfBody(Body, frozen=True, kw_only=True):
    """The resident a member of staff reports for."""

    name: str = ""
    phone: str = ""


class ReferenceBody(Body, frozen=True, kw_only=True):
    """What the report is called in another system."""

    system: str
    number: str


class ReportBody(Body, frozen=True, kw_only=True):
    """我要上报. A code or a place, and one of category, text and photo, is enough.

    `channel`, `on_behalf` and `external_refs` are for staff; the resident stays the raiser.
    """

    flow: Literal["report"]
    code: str | None = None
    place_id: UUID | None = None
    category: str | None = None
    text: str = ""
    photos: tuple[UUID, ...] = ()
    spot: str = ""
    point: PointBody | None = None
    about: AboutBody | None = None
    conceal: bool | None = None
    phone: str = ""
    channel: str = "code"
    on_behalf: OnBehalfBody | None = None
    external_refs: tuple[ReferenceBody, ...] = ()


class InspectionBody(Body, frozen=True, kw_only=True):
    """商户巡查: the shop by its code or place, the item of the checklist, and photos of it."""

    flow: Literal["merchant_inspection"]
    code: str | None = None
    place_id: UUID | None = None
    item: str = ""
    text: str = ""
    photos: tuple[UUID, ...] = ()


class HomeBody(Body, frozen=True, kw_only=True):
    """What one is of this home: owner, tenant, family."""

    kin: str = ""


class RefuseHomeBody(Body, frozen=True, kw_only=True):
    """Why it is not theirs."""

    reason: str = ""


class FlowBody(msgspec.Struct, frozen=True, kw_only=True):
    """Which kind of case it is to be, whatever else is said."""

    flow: str = ""


class MoveBody(Body, frozen=True, kw_only=True):
    """`seen_version` is the version of the case the person was looking at."""

    seen_version: Count
    given: dict[str, Any] = msgspec.field(default_factory=dict)
    row: Count | None = None


class UnmaskBody(Body, frozen=True, kw_only=True):
    """What to see of the raiser, and why: the reason is kept on record."""

    field: Literal["phone", "name"]
    reason: str


class SecondBody(Body, frozen=True, kw_only=True):
    """A code that covers the case, as proof of having been there."""

    code: str


class PraiseBody(Body, frozen=True, kw_only=True):
    """我要点赞. None of post, unit, merchant and case: the place itself. A case needs no code."""

    code: str = ""
    post_id: UUID | None = None
    unit_id: UUID | None = None
    merchant_id: UUID | None = None
    case: str = ""
    tag: str
    text: str = ""
    nameless: bool = False


class PraiseQuery(msgspec.Struct, frozen=True, kw_only=True):
    """`code:<token>`; `post:`, `unit:`, `merchant:`, `place:` with an id; `case:<no>`; `mine`."""

    target: str
    after: str | None = None


class ConversationBody(Body, frozen=True, kw_only=True):
    """我要联系. `agrees`: the words may go with the case that is made if nobody answers."""

    code: str
    post_id: UUID
    text: str = ""
    photos: tuple[UUID, ...] = ()
    agrees: bool = False


class ConversationQuery(msgspec.Struct, frozen=True, kw_only=True):
    """`mine`, or `work`: what was written to my posts."""

    list: Literal["mine", "work"] = "mine"
    after: str | None = None
    key: str | None = None


class MessageBody(Body, frozen=True, kw_only=True):
    """Words, photos, or both."""

    text: str = ""
    photos: tuple[UUID, ...] = ()


class MessageQuery(msgspec.Struct, frozen=True, kw_only=True):
    """After which number; a guest's key."""

    after: Count = 0
    key: str | None = None


class ReadBody(Body, frozen=True, kw_only=True):
    """Up to which number."""

    seq: Count


class ActBody(Body, frozen=True, kw_only=True):
    """What an act needs: a reason, a colleague's post, the number of a message."""

    text: str = ""
    post_id: UUID | None = None
    seq: Count = 0


class TicketBody(Body, frozen=True, kw_only=True):
    """The conversation to listen to."""

    conversation_id: UUID


class LiveQuery(msgspec.Struct, frozen=True, kw_only=True):
    """The ticket, and the last number one has."""

    ticket: str
    after: Count = 0


class ListQuery(msgspec.Struct, frozen=True, kw_only=True):
    list: Literal["mine", "todo", "here"]
    code: str | None = None
    after: str | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20


class AfterQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Where the list goes on."""

    after: str | None = None


class BindingsQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Where each of the two lists goes on."""

    waiting: str | None = None
    bound: str | None = None


class SignQuery(msgspec.Struct, frozen=True, kw_only=True):
    """The sign somebody came from."""

    code: str = ""


class BoardQuery(msgspec.Struct, frozen=True, kw_only=True):
    """The sign somebody came from; after which line the list goes on."""

    code: str = ""
    after: UUID | None = None


class KeyQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A guest's way in to one case."""

    key: str | None = None
