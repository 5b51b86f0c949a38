"""A copy of everything that is kept of a person, for the person: nothing of theirs is masked."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from msgspec import UNSET, Struct, UnsetType

from server import bindings, cases, catalogue, contact, notices, org, people, praise, trust
from server.base.viewer import Viewer
from server.cases import CaseFile, EventFile
from server.flows import FLOWS
from server.trust import Act

AT_ONCE = 100  # cases read together
_SAID = ("text", "reason", "question", "call")


class SessionCopy(Struct, frozen=True, kw_only=True):
    """One place where somebody is signed in."""

    device: str
    since: datetime
    used_at: datetime


class ConsentCopy(Struct, frozen=True, kw_only=True):
    """One consent to the privacy notice."""

    version: int
    accepted_at: datetime
    withdrawn_at: datetime | UnsetType = UNSET


class MessageCopy(Struct, frozen=True, kw_only=True):
    """One message that was told."""

    at: datetime
    title: str
    body: str


class MoveCopy(Struct, frozen=True, kw_only=True):
    """One step of a case: by oneself, or by a member of staff as named on the plate."""

    at: datetime
    move: str
    by: str
    said: str | UnsetType = UNSET
    photos: list[str] | UnsetType = UNSET


class CaseCopy(Struct, frozen=True, kw_only=True):
    """One case that was raised or joined; of a joined one nothing of the other resident's."""

    number: str
    raised: bool  # else joined
    category: str
    state: str
    place: str
    opened_at: datetime
    spot: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    lng: float | UnsetType = UNSET
    lat: float | UnsetType = UNSET
    closed_at: datetime | UnsetType = UNSET
    solved: str | UnsetType = UNSET
    rating: str | UnsetType = UNSET
    moves: list[MoveCopy]


class PraiseCopy(Struct, frozen=True, kw_only=True):
    """One praise that was given, and what became of it."""

    at: datetime
    target: str
    place: str
    tag: str
    state: str
    text: str | UnsetType = UNSET
    reason: str | UnsetType = UNSET


class SaidCopy(Struct, frozen=True, kw_only=True):
    """One message of a conversation: by oneself, by a member of staff as named, or by the town."""

    at: datetime
    by: str
    text: str | UnsetType = UNSET
    photos: list[str] | UnsetType = UNSET


class ConversationCopy(Struct, frozen=True, kw_only=True):
    """One conversation that was begun, with everything that was said in it."""

    opened_at: datetime
    place: str
    to: str
    state: str
    messages: list[SaidCopy]


class HomeCopy(Struct, frozen=True, kw_only=True):
    """One home that was said to be one's own, and what became of it; once bound, its door."""

    at: datetime
    place: str
    kin: str
    state: str
    reason: str | UnsetType = UNSET
    until: datetime | UnsetType = UNSET
    ended_at: datetime | UnsetType = UNSET


class OwnCopy(Struct, frozen=True, kw_only=True):
    """Everything that is kept of one account."""

    account: str
    kind: str
    name: str
    phone: str
    login: str
    since: datetime
    sessions: list[SessionCopy]
    consents: list[ConsentCopy]
    cases: list[CaseCopy]
    praises: list[PraiseCopy]
    conversations: list[ConversationCopy]
    homes: list[HomeCopy]
    messages: list[MessageCopy]


async def copy_of(viewer: Viewer) -> OwnCopy:
    """The copy as it stands now: of the account alone, whatever keys the phone holds. On record."""
    viewer = Viewer(viewer.account_id, session_id=viewer.session_id)
    account = await people.own_account(viewer)
    await trust.record(Act(action="account.export", by=viewer))
    return OwnCopy(
        account=str(account.id),
        kind=account.kind,
        name=account.name,
        phone=account.phone,
        login=account.login,
        since=account.since,
        sessions=[
            SessionCopy(device=one.device, since=one.since, used_at=one.used_at)
            for one in await people.list_sessions(viewer)
        ],
        consents=[
            ConsentCopy(
                version=one.version,
                accepted_at=one.accepted_at,
                withdrawn_at=one.withdrawn_at or UNSET,
            )
            for one in await people.agreed(account.id)
        ],
        cases=[copied async for copied in _cases(viewer)],
        praises=[copied async for copied in _praises(viewer)],
        conversations=[copied async for copied in _conversations(viewer)],
        homes=[_home(one) for one in await bindings.own_bindings(viewer)],
        messages=[
            MessageCopy(at=one.at, title=one.title, body=one.body)
            for one in await notices.all_told(account.id)
        ],
    )


async def _cases(viewer: Viewer) -> AsyncIterator[CaseCopy]:
    titles = {key: row.title for key, row in (await catalogue.categories()).items()}
    after: str | None = None
    while True:
        listed = await cases.list_mine(viewer, after=after, limit=AT_ONCE)
        histories = await cases.read_events_of(case.id for case in listed.items)
        for case in listed.items:
            title = titles.get(case.category, case.category)
            yield _case(case, histories.get(case.id, []), title, viewer)
        after = listed.next
        if after is None:
            return


async def _praises(viewer: Viewer) -> AsyncIterator[PraiseCopy]:
    after: str | None = None
    while True:
        given = await praise.given_by(viewer, after=after, limit=AT_ONCE)
        for one in given.items:
            yield PraiseCopy(
                at=one.given_at,
                target=one.target_name,
                place=one.place_name,
                tag=praise.TAGS[one.target_kind][one.tag],
                state=praise.STATES[one.state],
                text=one.text or UNSET,
                reason=one.reason or UNSET,
            )
        after = given.next
        if after is None:
            return


async def _conversations(viewer: Viewer) -> AsyncIterator[ConversationCopy]:
    after: str | None = None
    while True:
        listed = await contact.own_conversations(viewer, after=after, limit=AT_ONCE)
        for one in listed.items:
            said = await contact.read_messages(one.id, limit=one.last_seq or 1)
            yield ConversationCopy(
                opened_at=one.opened_at,
                place=one.place_name,
                to=org.role_title(one.role),
                state=contact.STATES[one.state],
                messages=[_said(message) for message in said],
            )
        after = listed.next
        if after is None:
            return


def _home(one: bindings.BindingFile) -> HomeCopy:
    return HomeCopy(
        at=one.claimed_at,
        place=one.door if one.state == "bound" else one.place,
        kin=bindings.KIN[one.kin],
        state=bindings.STATES[one.state],
        reason=one.reason or UNSET,
        until=one.until_at or UNSET,
        ended_at=one.over_at or UNSET,
    )


def _said(message: contact.MessageFile) -> SaidCopy:
    return SaidCopy(
        at=message.at,
        by={"resident": "", "town": "自动"}.get(message.side, message.by_name),
        text=message.text or UNSET,
        photos=[str(photo) for photo in message.photos] or UNSET,
    )


def _case(case: CaseFile, events: list[EventFile], category: str, viewer: Viewer) -> CaseCopy:
    lens = cases.lens_of(case, viewer) or "title"
    own = cases.is_raiser(case, viewer)
    return CaseCopy(
        number=case.number,
        raised=own,
        category=category,
        state=FLOWS[case.flow].state(case.state).public,
        place=case.place_name,
        opened_at=case.opened_at,
        closed_at=case.closed_at or UNSET,
        moves=[_move(case, event, lens) for event in events if cases.sees_event(case, event, lens)],
        **(_of_the_raiser(case) if own else {}),
    )


def _of_the_raiser(case: CaseFile) -> dict[str, Any]:
    """What only who raised it gave, and only she gets back."""
    given = {
        "spot": case.spot,
        "text": case.text,
        "name": cases.raiser_name(case),
        "phone": cases.raiser_phone(case),
        "lng": case.lng,
        "lat": case.lat,
        "solved": case.solved,
        "rating": case.rating,
    }
    return {name: value for name, value in given.items() if value not in (None, "")}


def _move(case: CaseFile, event: EventFile, lens: str) -> MoveCopy:
    """A step with its words and photos, where the person's lens shows them."""
    shown = cases.sees_said(event, lens)
    given = cases.given_of(event) if shown else {}
    said = "\n".join(str(given[name]) for name in _SAID if given.get(name))
    photos = [str(one) for one in cases.photo_ids(event)] if shown else []
    return MoveCopy(
        at=event.at,
        move=FLOWS[case.flow].title_of(event.move),
        by=event.by_name if event.by_post_id is not None else "",
        said=said or UNSET,
        photos=photos or UNSET,
    )
