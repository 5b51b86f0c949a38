"""Personal values: sealed in the table, found by a blind index, masked on the screen.

Keys are files in one folder, mode 0600, made at the first start. The folder is backed up apart from
the database: without it every sealed value is lost.
"""

import hmac
import os
import secrets
import tempfile
import unicodedata
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
TAG_BYTES = 16
AES_256_GCM = 1  # The first byte of a sealed value names the algorithm, so another may follow.
_NONCE_BYTES = 12
_KEY_ID_BYTES = 4
_HEAD_BYTES = 1 + _KEY_ID_BYTES


class SealError(Exception):
    """A key is missing or broken, or a sealed value is not what it claims to be."""


class Sealer:
    """Seals with the newest `seal-NNNN.key` in a folder and opens with any of them.

    To change the key, add a file with the next number and seal the rows anew; then the old file may
    go. `blind.key` and `sign.key` stay: indexes and printed links depend on them.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not list(folder.glob("seal-*.key")):
            _make_key(folder / "seal-0001.key")
        keys = [_read_key(path) for path in sorted(folder.glob("seal-*.key"))]
        self._ciphers = {_key_id(key): AESGCM(key) for key in keys}
        self._current = _key_id(keys[-1])
        self._blind_key = _read_or_make_key(folder / "blind.key")
        self._sign_key = _read_or_make_key(folder / "sign.key")

    def seal(self, value: str, *, aad: str) -> bytes:
        """Seal for one cell; `aad` is "table:column:row-id", and only there it opens again."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._ciphers[self._current].encrypt(nonce, value.encode(), aad.encode())
        return bytes([AES_256_GCM]) + self._current + nonce + sealed

    def open(self, sealed: bytes, *, aad: str) -> str:
        """The value again. Raises SealError when moved to another cell, changed, or keyless."""
        key_id, body = sealed[1:_HEAD_BYTES], sealed[_HEAD_BYTES:]
        cipher = self._ciphers.get(key_id)
        if sealed[:1] != bytes([AES_256_GCM]) or cipher is None:
            raise SealError(f"no key {key_id.hex()} among the secrets to open {aad}")
        try:
            return cipher.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], aad.encode()).decode()
        except InvalidTag:
            raise SealError(f"the sealed value of {aad} was changed or belongs elsewhere") from None

    def is_current(self, sealed: bytes) -> bool:
        """Whether it is sealed with the newest key, so that a rotation may skip it."""
        return sealed[1:_HEAD_BYTES] == self._current

    def blind(self, value: str, purpose: str) -> bytes:
        """Sixteen bytes to look a sealed value up by: equal values, equal bytes, per purpose."""
        plain = unicodedata.normalize("NFKC", value).strip()
        return _tag(self._blind_key, purpose, plain.encode())

    def sign(self, purpose: str, data: bytes) -> bytes:
        """Sixteen bytes that only this town can make for this purpose."""
        return _tag(self._sign_key, purpose, data)


class _Town:
    """The one sealer of this process, set at start."""

    sealer: Sealer | None = None


def configure(secrets_dir: Path) -> Sealer:
    """Read the keys, making them at the first start; the functions below use them from now on."""
    _Town.sealer = Sealer(secrets_dir)
    return _Town.sealer


def seal(value: str, *, aad: str) -> bytes:
    return _sealer().seal(value, aad=aad)


def open(sealed: bytes, *, aad: str) -> str:
    return _sealer().open(sealed, aad=aad)


def blind(value: str, purpose: str) -> bytes:
    return _sealer().blind(value, purpose)


def sign(purpose: str, data: bytes) -> bytes:
    return _sealer().sign(purpose, data)


def is_signed(purpose: str, data: bytes, signature: bytes) -> bool:
    """Whether the signature is ours; takes the same time for every wrong one."""
    return hmac.compare_digest(sign(purpose, data), signature)


def mask_name(name: str) -> str:
    """王小明 → 王*, whatever the length."""
    return f"{name[:1]}*" if name else ""


def mask_phone(phone: str) -> str:
    """16000000001 → 160****0001; of a shorter number only the last two digits stay."""
    if len(phone) >= 11:
        return f"{phone[:3]}****{phone[-4:]}"
    return f"****{phone[-2:]}" if len(phone) > 4 else "****"


def _sealer() -> Sealer:
    if _Town.sealer is None:
        raise SealError("the keys were not read: seal.configure(secrets_dir) comes first")
    return _Town.sealer


def _tag(key: bytes, purpose: str, data: bytes) -> bytes:
    return hmac.digest(key, purpose.encode() + b"\0" + data, "sha256")[:TAG_BYTES]


def _key_id(key: bytes) -> bytes:
    """Taken from the key itself, so that a wrong folder is noticed and never opens as noise."""
    return sha256(b"key id\0" + key).digest()[:_KEY_ID_BYTES]


def _read_or_make_key(path: Path) -> bytes:
    if not path.exists():
        _make_key(path)
    return _read_key(path)


def _read_key(path: Path) -> bytes:
    if path.stat().st_mode & 0o077:
        raise SealError(f"others may read {path}: chmod 600 it, and think of changing the key")
    try:
        key = bytes.fromhex(path.read_text().strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise SealError(f"{path} holds no key: {KEY_BYTES * 2} hexadecimal digits are expected")
    return key


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
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
