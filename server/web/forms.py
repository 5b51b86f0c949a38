"""A form as it was filled in: words in memory, photos in temporary files, all within limits.

Words are kept exactly as they were typed, so that a page can show them again beside an error.
"""

import asyncio
import hashlib
import logging
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.parse import parse_qsl

from multipart import (
    MultipartError,
    MultipartSegment,
    ParserLimitReached,
    PushMultipartParser,
    parse_options_header,
)
from sanic import Request

from server.base.errors import Failure, Unavailable
from server.web.problems import Malformed, TooLarge, WrongType

WORDS_LIMIT = 1_000_000  # bytes of all words together
FIELDS_LIMIT = 200
PHOTO_LIMIT = 20_000_000  # bytes of one photo
PHOTOS_LIMIT = 9
REFUSED_LIMIT = 16_000_000  # bytes read of a form nobody may send, so that its sender hears why
IN_MEMORY = 256_000  # bytes of a photo before it goes to disk
KEY_FIELD = "idempotency_key"

log = logging.getLogger("mashang.web")


@dataclass(slots=True)
class Upload:
    """One file of a form. `too_large` or `unkept` means its bytes are not here."""

    name: str
    filename: str
    file: IO[bytes]
    size: int = 0
    summed: Any = field(default_factory=hashlib.sha256)
    too_large: bool = False
    unkept: bool = False

    async def read(self) -> bytes:
        """Its bytes, read beside the loop. Raises TooLarge if there were too many to keep,
        Unavailable if there was no room for them.
        """
        if self.too_large:
            raise TooLarge
        if self.unkept:
            raise Unavailable
        await asyncio.to_thread(self.file.seek, 0)
        return await asyncio.to_thread(self.file.read)

    def write(self, chunk: bytes) -> None:
        self.size += len(chunk)
        self.summed.update(chunk)
        if self.size > PHOTO_LIMIT:
            self.too_large = True
            self.file.truncate(0)
        elif not self.unkept:
            self._keep(chunk)

    def _keep(self, chunk: bytes) -> None:
        """A full disk costs the photo, not the words that are sent with it."""
        try:
            self.file.write(chunk)
        except OSError as cause:
            log.error("a photo on its way could not be kept: %s", cause)
            self.unkept = True


@dataclass(slots=True)
class Form:
    """What was sent: every word by its name, in order, and the files."""

    words: dict[str, list[str]] = field(default_factory=dict)
    uploads: list[Upload] = field(default_factory=list)

    def first(self, name: str, default: str = "") -> str:
        """The first value of a name."""
        return self.words.get(name, [default])[0]

    def all(self, name: str) -> list[str]:
        """Every value of a name."""
        return self.words.get(name, [])

    def files(self, name: str) -> list[Upload]:
        """The files chosen under a name; an empty file input gives none."""
        return [upload for upload in self.uploads if upload.name == name]

    def digest(self) -> bytes:
        """A hash of everything but the idempotency key: is this the same form again?"""
        summed = hashlib.sha256()
        for name in sorted(self.words):
            if name != KEY_FIELD:
                summed.update(repr((name, self.words[name])).encode())
        for upload in self.uploads:
            summed.update(repr((upload.name, upload.summed.digest())).encode())
        return summed.digest()

    def close(self) -> None:
        """Let go of the temporary files."""
        for upload in self.uploads:
            upload.file.close()


async def read_form(request: Request) -> Form:
    """The form in this request's body, urlencoded or multipart. The caller closes it."""
    form = Form()
    try:
        await _read(request, form, PHOTO_LIMIT * PHOTOS_LIMIT + WORDS_LIMIT, keeps=True)
    except BaseException:
        form.close()
        raise
    return form


async def read_refused(request: Request) -> Form:
    """The words of a form that is refused whatever is in it: they are not lost.

    No file is kept, and who sends more than words and a few photos is not heard out.
    """
    form = Form()
    with suppress(Failure):
        await _read(request, form, REFUSED_LIMIT, keeps=False)
    return form


async def _read(request: Request, form: Form, limit: int, *, keeps: bool) -> None:
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind == "application/x-www-form-urlencoded":
        form.words = await _urlencoded(request)
        return
    if kind != "multipart/form-data":
        raise WrongType
    try:
        await _multipart(request, options.get("boundary", ""), _Parts(form, keeps=keeps), limit)
    except ParserLimitReached as cause:
        raise TooLarge from cause
    except (MultipartError, UnicodeError) as cause:
        raise Malformed from cause


async def _urlencoded(request: Request) -> dict[str, list[str]]:
    body = b"".join([chunk async for chunk in _chunks(request, WORDS_LIMIT)])
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=FIELDS_LIMIT,
        )
    except ValueError as cause:
        raise Malformed from cause
    words: dict[str, list[str]] = {}
    for name, value in pairs:
        words.setdefault(name, []).append(value.replace("\0", ""))
    return words


async def _multipart(request: Request, boundary: str, parts: "_Parts", limit: int) -> None:
    parser = PushMultipartParser(
        boundary, max_segment_count=FIELDS_LIMIT, max_header_size=2048, strict=False
    )
    async for chunk in _chunks(request, limit):
        for event in _events(parser, chunk):
            parts.take(event)
    if not parser.closed:
        parser.close()


def _events(
    parser: PushMultipartParser, chunk: bytes
) -> Iterator[MultipartSegment | bytes | bytearray | None]:
    if not parser.closed:  # What follows the last boundary is read and left.
        yield from parser.parse(chunk)


class _Parts:
    """Sorts the parts of a multipart form into words and files as they arrive."""

    def __init__(self, form: Form, *, keeps: bool) -> None:
        self._form, self._keeps = form, keeps
        self._segment: MultipartSegment | None = None
        self._upload: Upload | None = None
        self._word = bytearray()
        self._words_size = 0

    def take(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        if isinstance(event, MultipartSegment):
            self._begin(event)
        elif event is None:
            self._end()
        elif self._upload is not None:
            if self._keeps:
                self._upload.write(bytes(event))
        else:
            self._words_size += len(event)
            if self._words_size > WORDS_LIMIT:
                raise TooLarge
            self._word += event

    def _begin(self, segment: MultipartSegment) -> None:
        self._segment, self._upload, self._word = segment, None, bytearray()
        if segment.filename is not None:
            file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)
            self._upload = Upload(segment.name or "", segment.filename, file)
            self._form.uploads.append(self._upload)

    def _end(self) -> None:
        assert self._segment is not None
        if self._upload is None:
            value = self._word.decode("utf-8").replace("\0", "")
            self._form.words.setdefault(self._segment.name or "", []).append(value)
        elif self._upload.size == 0:
            self._form.uploads.remove(self._upload)  # An input left empty.
            self._upload.file.close()


async def _chunks(request: Request, limit: int) -> AsyncIterator[bytes]:
    """The body as it comes, streamed or not, never more than `limit` bytes."""
    if request.body or not request.stream:
        if len(request.body) > limit:
            raise TooLarge
        yield request.body
        return
    size = 0
    stream: Any = request.stream  # Sanic types its base class, which cannot read
    while chunk := await stream.read():
        size += len(chunk)
        if size > limit:
            raise TooLarge
        yield chunk
