"""The town's keys: files in one folder, readable by their owner alone, added to and never changed.

    seal-0001.key   seals and opens personal values; so does any later number
    seal-0002.next  opens already, seals from the day it is called .key
    blind.key       finds sealed values again; blind-0002.key after it
    sign.key        signs case keys and audit records; it has no successor

The newest `.key` of a kind is the one in use. The folder is backed up apart from the database:
without it every sealed value is lost.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

KEY_BYTES = 32
KEY_ID_BYTES = 4
FEWEST_DISTINCT_BYTES = 16  # of 32 drawn at random some thirty differ; fewer were never drawn
TRIES = 3
IN_USE, NEXT = "key", "next"
_NAME = re.compile(r"(seal|blind|sign)(?:-(\d{4}))?\.(key|next)")
_FIRST = {"seal": "seal-0001.key", "blind": "blind.key", "sign": "sign.key"}


class SealError(Exception):
    """A key is missing or broken, or a sealed value is not what it claims to be."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key as it lies in the folder."""

    path: Path
    kind: str  # seal blind sign
    number: int
    state: str  # key next
    secret: bytes

    @property
    def id(self) -> bytes:
        """Taken from the key itself, so a wrong folder is noticed and never opens as noise."""
        return sha256(b"key id\0" + self.secret).digest()[:KEY_ID_BYTES]

    def __repr__(self) -> str:
        return f"<Key {self.path.name} {self.id.hex()}>"


@dataclass(frozen=True, slots=True)
class Keyring:
    """All keys of a folder as they lay there at one moment; `names` tells it from a later one."""

    keys: tuple[Key, ...]
    names: frozenset[str]

    def of(self, kind: str) -> list[Key]:
        """The keys of a kind: the one in use first, then those before it, then those to come."""
        some = [key for key in self.keys if key.kind == kind]
        in_use = [key for key in some if key.state == IN_USE]
        return in_use[::-1] + [key for key in some if key.state == NEXT]

    def in_use(self, kind: str) -> Key:
        return self.of(kind)[0]


def names_in(folder: Path) -> frozenset[str]:
    """The names of the key files: all there is to compare, for a key never changes."""
    return frozenset(name for name in os.listdir(folder) if _NAME.fullmatch(name))


def missing(folder: Path) -> set[str]:
    """The kinds of which there is no key."""
    there = {name.partition(".")[0].partition("-")[0] for name in names_in(folder)}
    return _FIRST.keys() - there


def make_missing(folder: Path) -> None:
    """At the first start: the folder, and one key of each kind."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for kind in missing(folder):
        _make_key(folder / _FIRST[kind])


def read(folder: Path) -> Keyring:
    """Every key of the folder. Raises SealError with the sentence to print."""
    for _ in range(TRIES):
        names = names_in(folder)
        try:
            keys = [_read_key(folder / name) for name in names]
            break
        except FileNotFoundError:
            continue  # It was put in use or taken away in this moment.
    else:
        raise SealError(f"{folder} does not hold still")
    ring = Keyring(tuple(sorted(keys, key=lambda key: key.number)), names)
    for kind in _FIRST:
        if not any(key.state == IN_USE for key in ring.of(kind)):
            raise SealError(f"{folder} holds no {kind} key in use")
    return ring


def prepare(folder: Path, kind: str) -> Path:
    """The next key of a kind, known to everyone who reads this folder and used by nobody yet."""
    ring = read(folder)
    waiting = [key for key in ring.of(kind) if key.state == NEXT]
    if waiting:
        return waiting[-1].path
    number = max(key.number for key in ring.of(kind)) + 1
    path = folder / f"{kind}-{number:04d}.{NEXT}"
    _make_key(path)
    return path


def promote(folder: Path, kind: str) -> Path:
    """Use the next key of a kind from now on; it is made if nobody prepared one."""
    waiting = prepare(folder, kind)
    path = waiting.with_suffix(f".{IN_USE}")
    waiting.rename(path)
    _make_durable(folder)
    return path


def remove(keys: Iterable[Key]) -> None:
    """Take keys away for good."""
    for key in keys:
        key.path.unlink()
        _make_durable(key.path.parent)


def _read_key(path: Path) -> Key:
    found = _NAME.fullmatch(path.name)
    assert found is not None
    kind, number, state = found.groups()
    return Key(path, kind, int(number or 1), state, _secret(path))


def _secret(path: Path) -> bytes:
    try:
        if path.stat().st_mode & 0o077:
            raise SealError(f"others may read {path}: chmod 600 it, and think of changing the key")
        secret = bytes.fromhex(path.read_text().strip())
    except FileNotFoundError:
        raise
    except OSError as cause:
        raise SealError(f"cannot read {path}: {cause.strerror}") from None
    except ValueError:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise SealError(f"{path} holds no key: {KEY_BYTES * 2} hexadecimal digits are expected")
    if len(set(secret)) < FEWEST_DISTINCT_BYTES:
        raise SealError(f"{path} was not drawn at random: delete it if nothing is sealed with it")
    return secret


def _make_key(path: Path) -> None:
    """Appears whole or not at all; of several processes starting at once the first one wins."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".key-")  # Made with mode 0600.
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        os.unlink(draft)
    _make_durable(path.parent)


def _make_durable(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
