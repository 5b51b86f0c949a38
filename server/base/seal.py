"""Personal values: sealed in the table, found by a blind index, masked on the screen."""

import hmac
import logging
import secrets
import time
import unicodedata
from base64 import urlsafe_b64encode
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from server.base import keyring
from server.base.keyring import KEY_ID_BYTES, Keyring, SealError

__all__ = ["SealError", "Sealer", "configure"]

TAG_BYTES = 16
AES_256_GCM = 1  # The first byte of a sealed value names the algorithm, so another may follow.
LOOK_EVERY_S = 1.0
_NONCE_BYTES = 12
_HEAD_BYTES = 1 + KEY_ID_BYTES
log = logging.getLogger("mashang.seal")


class Sealer:
    """Seals with the newest key in use of a folder and opens with any of them.

    A key added to the folder, put in use or taken away is noticed within a second; a value sealed
    with a key not known yet opens at once if the key is there by now.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        keyring.make_missing(folder)
        self._look_again_at = 0.0
        self._take(keyring.read(folder))

    @property
    def keys(self) -> Keyring:
        """The keys as they lie in the folder now."""
        self._look()
        return self._ring

    def seal(self, value: str, *, aad: str) -> bytes:
        """Seal for one cell; `aad` is "table:column:row-id", and only there it opens again."""
        self._look()
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._ciphers[self._current].encrypt(nonce, value.encode(), aad.encode())
        return bytes([AES_256_GCM]) + self._current + nonce + sealed

    def open(self, sealed: bytes, *, aad: str) -> str:
        """The value again. Raises SealError when moved to another cell, changed, or keyless."""
        key_id, body = sealed[1:_HEAD_BYTES], sealed[_HEAD_BYTES:]
        if key_id not in self._ciphers:
            self._look(at_once=True)
        cipher = self._ciphers.get(key_id)
        if sealed[:1] != bytes([AES_256_GCM]) or cipher is None:
            raise SealError(f"no key {key_id.hex()} among the secrets to open {aad}")
        try:
            return cipher.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], aad.encode()).decode()
        except InvalidTag:
            raise SealError(f"the sealed value of {aad} was changed or belongs elsewhere") from None

    def is_current(self, sealed: bytes) -> bool:
        """Whether it is sealed with the key in use, so that a rotation may skip it."""
        return sealed[1:_HEAD_BYTES] == self._current

    def key_id_of(self, sealed: bytes) -> bytes:
        """The id of the key a value is sealed with."""
        return sealed[1:_HEAD_BYTES]

    def blind(self, value: str, purpose: str) -> bytes:
        """Sixteen bytes to find a sealed value by: equal values, equal bytes, per purpose."""
        self._look()
        return _blinded(self._blind_keys[0], value, purpose)

    def blinds(self, value: str, purpose: str) -> list[bytes]:
        """All it may be found by: while the blind key changes, rows bear the old tag or the new."""
        self._look()
        return [_blinded(key, value, purpose) for key in self._blind_keys]

    def sign(self, purpose: str, data: bytes) -> bytes:
        """Sixteen bytes that only this town can make for this purpose."""
        return _tag(self._sign_key, purpose, data)

    def _look(self, *, at_once: bool = False) -> None:
        """Read the folder again if its names changed. A broken new key changes nothing here."""
        now = time.monotonic()
        if now < self._look_again_at and not at_once:
            return
        self._look_again_at = now + LOOK_EVERY_S
        try:
            if keyring.names_in(self.folder) != self._ring.names:
                self._take(keyring.read(self.folder))
        except (SealError, OSError) as cause:
            log.error("the keys stay as they were: %s", cause)

    def _take(self, ring: Keyring) -> None:
        self._ring = ring
        self._ciphers = {key.id: AESGCM(key.secret) for key in ring.of("seal")}
        self._current = ring.in_use("seal").id
        self._blind_keys = [key.secret for key in ring.of("blind")]
        self._sign_key = ring.in_use("sign").secret


class _Town:
    """The one sealer of this process, set at start."""

    sealer: Sealer | None = None


def configure(secrets_dir: Path) -> Sealer:
    """Read the keys, making them at the first start; the functions below use them from now on."""
    _Town.sealer = Sealer(secrets_dir)
    return _Town.sealer


def sealer() -> Sealer:
    """The one of this process."""
    if _Town.sealer is None:
        raise SealError("the keys were not read: seal.configure(secrets_dir) comes first")
    return _Town.sealer


def seal(value: str, *, aad: str) -> bytes:
    return sealer().seal(value, aad=aad)


def open(sealed: bytes, *, aad: str) -> str:
    return sealer().open(sealed, aad=aad)


def blind(value: str, purpose: str) -> bytes:
    return sealer().blind(value, purpose)


def blinds(value: str, purpose: str) -> list[bytes]:
    """For looking up: `column IN …` finds the row whichever key it was written under."""
    return sealer().blinds(value, purpose)


def sign(purpose: str, data: bytes) -> bytes:
    return sealer().sign(purpose, data)


def sign_key(purpose: str, data: bytes) -> str:
    """The same as letters that fit an address: a key somebody carries."""
    return urlsafe_b64encode(sign(purpose, data)).decode().rstrip("=")


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


def _blinded(key: bytes, value: str, purpose: str) -> bytes:
    return _tag(key, purpose, unicodedata.normalize("NFKC", value).strip().encode())


def _tag(key: bytes, purpose: str, data: bytes) -> bytes:
    return hmac.digest(key, purpose.encode() + b"\0" + data, "sha256")[:TAG_BYTES]
