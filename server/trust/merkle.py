"""Leaves and roots, pure: what one row weighs in an anchor, and one hash over all of them."""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

_FORM = struct.Struct(">Bq16s32s")
_LEAF, _NODE = b"\0", b"\1"  # so that no inner node can be passed off as a row


@dataclass(frozen=True, slots=True)
class Leaf:
    """One row: of which table (by its mark), which row, of what it is a part, and its hash."""

    mark: int
    row: int
    of: bytes
    hash: bytes

    def packed(self) -> bytes:
        return _FORM.pack(self.mark, self.row, self.of, self.hash)


def leaf(mark: int, row: int, of: bytes, nth: int, chain: bytes) -> Leaf:
    """The leaf of a row that is the `nth` link of the chain of `of`."""
    said = struct.pack(">Bqq", mark, row, nth) + of + chain
    return Leaf(mark, row, of, sha256(said).digest())


def pack(leaves: Iterable[Leaf]) -> bytes:
    return b"".join(one.packed() for one in leaves)


def unpack(kept: bytes) -> list[Leaf]:
    """The leaves of an anchor. Raises ValueError where they were cut."""
    if len(kept) % _FORM.size:
        raise ValueError("leaves were cut")
    return [Leaf(*one) for one in _FORM.iter_unpack(kept)]


def root(leaves: Sequence[Leaf]) -> bytes:
    """One hash that changes with every row, and with their order; an odd one goes up as it is."""
    level = [sha256(_LEAF + one.packed()).digest() for one in leaves]
    while len(level) > 1:
        odd = level[len(level) & ~1 :]
        pairs = zip(level[::2], level[1::2], strict=bool(not odd))
        level = [sha256(_NODE + a + b).digest() for a, b in pairs] + odd
    return level[0] if level else sha256(b"").digest()
