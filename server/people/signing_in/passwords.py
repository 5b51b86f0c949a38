"""Passwords of staff: argon2, two at a time in threads, a short queue; nobody learns who exists."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.base.errors import Unavailable

R = TypeVar("R")

AT_ONCE = 2
QUEUE = 16
LIMIT = 200  # Longer passwords are refused unread: hashing costs what it is given.

# 64 MiB and three rounds, one lane: two at once stay within the memory of a small machine.
_hasher = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1)
_threads = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="argon2")
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=1"
    "$SdHEeTQvDIyI3g+GGmdVUA$oK6n/Oajf9uPk871pg6VKR79s3zo2+cnFXFvpfeQ0Ak"
)


class _Line:
    """How many wait for a thread."""

    waiting = 0


async def hash_password(password: str) -> str:
    return await _in_thread(_hasher.hash, password)


async def matches(kept: str | None, password: str) -> bool:
    """Whether the password is the kept one; nobody's password takes the same time to refuse."""
    if len(password) > LIMIT:
        return False
    right = await _in_thread(_verify, kept or _NOBODY, password.encode(errors="replace"))
    return right and kept is not None


def _verify(kept: str, password: bytes) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


async def _in_thread(work: Callable[..., R], *given: object) -> R:
    if _Line.waiting >= AT_ONCE + QUEUE:
        raise Unavailable(retry_after_s=5)
    _Line.waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads, work, *given)
    finally:
        _Line.waiting -= 1
