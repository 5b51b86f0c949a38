"""A page made once for many readers, but for the gaps each reader's own word goes into.

Packed once as well: between the parts of one gzip stream, each closed at a byte, a word is put in
as it is. The check at the end of the stream is not counted over the page again: how it turns with
the word is known from when the page was made. Both together cost some microseconds.
"""

import struct
import zlib
from array import array

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_END = b"\x03\x00"  # an empty last block
_RAW = -15  # deflate without a header of its own


class Pieces:
    """`gap` in `text` is where the word goes; a text without one is the same for everybody.

    Only what is packed is kept: thousands of pages may lie in memory, and few phones cannot unpack.
    """

    def __init__(self, text: str, gap: str = "") -> None:
        parts = text.split(gap) if gap else [text]
        self._packed = [_pack(part.encode()) for part in parts]
        self._checks: dict[int, _Check] = {}  # by the length of the word
        self._whole = self._stream(b"") if len(self._packed) == 1 else None

    def plain(self, word: bytes) -> bytes:
        """The page with this word in its gaps."""
        return word.join(map(_unpack, self._packed))

    def packed(self, word: bytes) -> bytes:
        """The same as gzip."""
        return self._whole or self._stream(word)

    def _stream(self, word: bytes) -> bytes:
        check = self._checks.get(len(word))
        if check is None:
            parts = list(map(_unpack, self._packed))
            check = self._checks[len(word)] = _Check(parts, len(word))
        stored = struct.pack("<BHH", 0, len(word), len(word) ^ 0xFFFF) + word
        return b"".join((_HEADER, stored.join(self._packed), _END, check.of(word)))


class _Check:
    """CRC-32 and length of the page with any word of one length in its gaps.

    The CRC is linear: pages of one length differ in it by what their words differ by, carried on
    over what follows each gap. Once it is known how each value of each half of its four bytes is
    carried, a page costs eight steps, however long it is.
    """

    def __init__(self, parts: list[bytes], length: int) -> None:
        blank = bytes(length)
        page = blank.join(parts)
        self._page, self._blank = zlib.crc32(page), zlib.crc32(blank)
        self._length = struct.pack("<I", len(page) & 0xFFFFFFFF)
        carried = [0] * 32  # of each bit
        rest = len(page)
        for part in parts[:-1]:
            rest -= len(part) + length
            still = zlib.crc32(bytes(rest))
            for bit in range(32):
                carried[bit] ^= zlib.crc32(bytes(rest), 1 << bit) ^ still
        self._carried = [_sums(carried[first : first + 4]) for first in range(0, 32, 4)]

    def of(self, word: bytes) -> bytes:
        """The last eight bytes of the stream of this page."""
        check, turned = self._page, zlib.crc32(word) ^ self._blank
        for carried in self._carried:
            check ^= carried[turned & 15]
            turned >>= 4
        return check.to_bytes(4, "little") + self._length


def _sums(carried: list[int]) -> "array[int]":
    """Of four bits, how each of the sixteen values they make is carried."""
    sums = [0]
    for one in carried:
        sums += [each ^ one for each in sums]
    return array("L", sums)


def _pack(part: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, _RAW)
    return packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)


def _unpack(part: bytes) -> bytes:
    return zlib.decompressobj(_RAW).decompress(part)
