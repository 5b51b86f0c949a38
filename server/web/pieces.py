"""A page made once for many readers, but for the gaps each reader's own word goes into.

Packed once as well: between the parts of one gzip stream, each closed at a byte, a word is put in
as it is. That costs some ten microseconds instead of the page's whole compression.
"""

import struct
import zlib

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_END = b"\x03\x00"  # an empty last block
_RAW = -15  # deflate without a header of its own


class Pieces:
    """`gap` in `text` is where the word goes; a text without one is the same for everybody."""

    def __init__(self, text: str, gap: str) -> None:
        self._parts = [part.encode() for part in text.split(gap)]
        self._packed = [_pack(part) for part in self._parts]
        self._whole = None if len(self._parts) > 1 else self._stream(b"", self._parts[0])

    @property
    def is_whole(self) -> bool:
        """Whether it has no gap: no word is needed."""
        return self._whole is not None

    def plain(self, word: bytes) -> bytes:
        """The page with this word in its gaps."""
        return word.join(self._parts)

    def packed(self, word: bytes) -> bytes:
        """The same as gzip."""
        return self._whole or self._stream(word, self.plain(word))

    def _stream(self, word: bytes, plain: bytes) -> bytes:
        stored = struct.pack("<BHH", 0, len(word), len(word) ^ 0xFFFF) + word
        check = struct.pack("<II", zlib.crc32(plain), len(plain) & 0xFFFFFFFF)
        return b"".join((_HEADER, stored.join(self._packed), _END, check))


def _pack(part: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, _RAW)
    return packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)
