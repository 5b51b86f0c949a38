"""The kinds of value a setting can have, each read from a text; ValueError for what is none."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SMS_TO_LOG = "log:"
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


def folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


def switch(text: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise ValueError
    return text.lower() in _TRUE


def between(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text)
        if not low <= number <= high:
            raise ValueError
        return number

    return read


def url(*schemes: str, needs_host: bool = True) -> Callable[[str], str]:
    def read(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or (needs_host and not parts.hostname):
            raise ValueError
        _ = parts.port  # What is no number raises ValueError here, and not later in a driver.
        return text.rstrip("/") if needs_host else text

    return read


def public(text: str) -> str:
    """A host alone: every page and every code is at the top of it."""
    read = url("http", "https")(text)
    parts = urlsplit(read)
    if parts.path or parts.query or parts.fragment or parts.username:
        raise ValueError
    return read


def database(text: str) -> str:
    read = url("sqlite", "postgres", "postgresql", needs_host=False)(text)
    if not read.partition("://")[2]:
        raise ValueError
    return read


def store(text: str) -> str:
    """Of a folder the whole path, or its first part would be taken for a host; else a bucket."""
    read = url("file", "s3", needs_host=False)(text)
    parts = urlsplit(read)
    if bool(parts.netloc) == (parts.scheme == "file") or not (parts.netloc or parts.path):
        raise ValueError
    return read


def optional(read: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: read(text) if text else ""


def sms(text: str) -> str:
    """An address of a provider; plain http only on this machine, for codes and phones go there."""
    if text in ("", SMS_TO_LOG):
        return text
    parts = urlsplit(text)
    here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    if not parts.hostname or (parts.scheme != "https" and not here):
        raise ValueError
    return text


def address(text: str) -> tuple[str, int] | None:
    """ "127.0.0.1:9108" or "[::1]:9108"."""
    if not text:
        return None
    host, _, port = text.rpartition(":")
    if not host:
        raise ValueError
    return host.strip("[]"), between(1, 65535)(port)


def zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except ZoneInfoNotFoundError:
        raise ValueError from None
