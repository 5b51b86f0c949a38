"""What residents say with a move: sealed beside the event, which holds a salted hash of it.

So their words can be destroyed, and the event with its chain stays as it was.
"""

import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from server import flows
from server.base import seal
from server.base.ids import new_id
from server.cases.record.files import EventFile

SALT_BYTES = 16
# Whatever any flow asks for as free text.
WORDS = frozenset(
    name
    for flow in flows.FLOWS.values()
    for name, field in flow.known_fields.items()
    if field.kind == "text"
)


class Apart(Struct, frozen=True):
    """An event's body without the words, and the row that keeps them; None if nothing was said."""

    body: dict[str, Any]
    row: dict[str, Any] | None


def set_apart(case_id: UUID, event: flows.Event) -> Apart:
    """The words of a resident, also taken down by phone, apart; those of staff stay in it."""
    body = event.plain()
    words = {name: value for name, value in body["given"].items() if name in WORDS}
    by_staff = event.post_id is not None and event.move not in flows.BY_PHONE
    if not words or by_staff or event.by in ("flow", "clock"):
        return Apart(body, None)
    plain = msgspec.json.encode(words | {"salt": secrets.token_hex(SALT_BYTES)}, order="sorted")
    given = {name: value for name, value in body["given"].items() if name not in WORDS}
    row_id = new_id()
    row = {
        "id": row_id,
        "case_id": case_id,
        "version": event.version,
        "words_sealed": seal.seal(plain.decode(), aad=_cell(row_id)),
    }
    return Apart(body | {"given": given, "said": sha256(plain).hexdigest()}, row)


def given_of(event: EventFile) -> Mapping[str, Any]:
    """What was given with a move, words and all; words that were forgotten are not among it."""
    given: Mapping[str, Any] = event.body["given"]
    if event.words_sealed is None or event.words_id is None:
        return given
    words: dict[str, Any] = msgspec.json.decode(_opened(event))
    words.pop("salt")
    return {**given, **words}


def are_what_was_said(event: EventFile) -> bool:
    """Whether the words beside an event, if they are still there, are those it was made with."""
    if event.words_sealed is None:
        return True
    return sha256(_opened(event).encode()).hexdigest() == event.body.get("said")


def _opened(event: EventFile) -> str:
    assert event.words_sealed is not None
    assert event.words_id is not None
    return seal.open(bytes(event.words_sealed), aad=_cell(event.words_id))


def _cell(row_id: UUID) -> str:
    return f"case_words:words_sealed:{row_id}"
