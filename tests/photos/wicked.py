"""Files nobody takes with a camera, made on the spot: each family a way to hurt whoever opens them.

`FAMILIES` gives name and bytes of every file. Whatever comes out must hold none of `MARKS`.
"""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache

from PIL import Image

from tests.photos import samples

PHP = b"<?php system($_GET['c']); ?>"
HTML = b"<html><script>alert(document.domain)</script></html>"
JAR = b"META-INF/MANIFEST.MF"
MARKS = (PHP, b"<script", b"<?php", b"PK\x03\x04", b"GIF8", JAR, b"<svg", b"%PDF", samples.SCRIPT)
Files = dict[str, bytes]
_PARASITES = {"php": PHP, "html": HTML, "svg": samples.svg(), "script": b"*/alert(1)/*"}
_CUTS = 12


@cache
def _carriers() -> Files:
    """Small good photos of the four kinds."""
    return {
        "jpeg": samples.rotated_jpeg_with_gps(300, 200),
        "png": samples.png(300, 200),
        "webp": samples.webp(300, 200),
        "heic": samples.heic(300, 200),
    }


def _jar() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(JAR.decode(), "Main-Class: Evil\n")
    return out.getvalue()


def two_things_at_once() -> Files:
    """A photo, and a program, a page or an archive as well."""
    found = {}
    for kind, photo in _carriers().items():
        for name, parasite in {**_PARASITES, "jar": _jar(), "gif": samples.gif()}.items():
            found[f"{name} behind a {kind}"] = photo + parasite
            found[f"{name} before a {kind}"] = parasite + photo
    for name, parasite in _PARASITES.items():
        found[f"{name} in a comment"] = samples.jpeg(64, 48, comment=parasite)
        found[f"{name} in a colour profile"] = samples.jpeg(64, 48, icc_profile=parasite * 9)
        found[f"{name} in the camera's words"] = samples.jpeg(64, 48, xmp=parasite)
        found[f"{name} in a text chunk"] = _with_chunk(b"tEXt", b"Comment\0" + parasite)
        found[f"{name} in an unknown chunk"] = _with_chunk(b"evIl", parasite)
    # GIF's magic is the word a comment begins with; both readers find their own picture.
    found["a gif that is a script"] = b"GIF89a/*" + samples.gif()[6:] + b"*/=1;alert(1)"
    return found


def lies_about_its_size() -> Files:
    """Small files that say they are enormous, empty, or as thin as a thread."""
    found = {}
    for width, height in ((65535, 65535), (2**31 - 1, 2**31 - 1), (0, 0), (0, 9), (2**31, 1)):
        found[f"png {width}x{height}"] = _png_that_says(width, height)
    for width, height in ((65535, 65535), (65500, 65500), (0, 0), (65535, 1), (1, 65535)):
        found[f"jpeg {width}x{height}"] = _jpeg_that_says(width, height)
        found[f"heic {width}x{height}"] = _heic_that_says(width, height)
    found |= {
        "a bomb": samples.bomb_png(),
        "a webp of nothing": samples.huge_webp_header(),
        "a lossless webp of nothing": _lossless_webp_that_says(16383, 16383),
        "a thread": samples.png_of_chunks(
            50_000_000, 1, zlib.compress(bytes(6_250_001), 9), bits=1, colours=0
        ),
        "a hanging thread": samples.png_of_chunks(
            1, 20_000_000, zlib.compress(bytes(40_000_000), 9), bits=8, colours=0
        ),
    }
    return found


def swells_when_opened() -> Files:
    """Profiles, words and frames that unpack to a hundred megabytes and more, or never end."""
    flood = zlib.compress(bytes(90_000_000), 9)
    words = b"XML:com.adobe.xmp\0\1\0\0\0" + flood
    return {
        "profile and text": samples.swollen_png(),
        "camera's words": _with_chunk(b"iTXt", words),
        "a profile alone": _with_chunk(b"iCCP", b"p\0\0" + flood),
        "ten thousand frames said": samples.many_framed_png(),
        "ten thousand frames": _png_of_frames(10_000),
        "a thousand texts": _with_chunk(b"tEXt", b"a\0" + b"b" * 900, times=1_000),
        "a thousand profiles in parts": _jpeg_with_segments(b"\xe2", b"ICC_PROFILE\0\1\1", 1_000),
        "a thousand camera's words": _jpeg_with_segments(
            b"\xe1", b"http://ns.adobe.com/xap/1.0/\0", 1_000
        ),
        "a thousand EXIF": _jpeg_with_segments(b"\xe1", b"Exif\0\0II*\0\x08\0\0\0\xff\xff", 1_000),
        "EXIF that leads to itself": _jpeg_with_segments(b"\xe1", _circular_exif(), 1),
        "many animated frames": samples.animated_webp(200),
    }


def cut_off() -> Files:
    """Every kind of photo, ending too early."""
    return {
        f"{kind} cut at {part}/{_CUTS}": photo[: len(photo) * part // _CUTS]
        for kind, photo in _carriers().items()
        for part in range(_CUTS)
    } | {"a single byte": b"\xff", "only a beginning": b"\xff\xd8\xff", "nothing": b""}


def does_not_add_up() -> Files:
    """Checksums, lengths and boxes that are wrong."""
    good = _carriers()
    found = {f"png {at}": _with_wrong_checksum(at) for at in (b"IHDR", b"IDAT", b"IEND", b"tEXt")}
    found |= {f"png with length {n}": _with_wrong_length(n) for n in (0, 2**31 - 1, 2**32 - 1)}
    found["png whose pixels are text"] = samples.png_of_chunks(
        40, 30, zlib.compress(b"words"), bits=8, colours=2
    )
    found["webp with a wrong length"] = good["webp"][:4] + b"\xff\xff\xff\xff" + good["webp"][8:]
    found |= {f"heic {seed}": _shaken_heic(seed) for seed in range(30)}
    found |= {f"heic box of {n}": _heic_with_box_size(n) for n in (0, 1, 7, 2**31, 2**32 - 1)}
    brands = (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif", b"mp42", b"\0\0\0\0")
    found |= {f"heic of {brand!r}": _heic_of(brand) for brand in brands}
    return found


def is_no_photo() -> Files:
    """Other files under a photo's name."""
    pictures = {kind: _saved(kind) for kind in ("GIF", "BMP", "TIFF", "ICO", "PPM", "TGA")}
    return pictures | {
        "text": samples.text_file(),
        "svg": samples.svg(),
        "html": HTML,
        "php": PHP,
        "jar": _jar(),
        "pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj",
        "zeros": bytes(100_000),
        "ones": b"\xff" * 100_000,
        "only a HEIC's beginning": b"\0\0\0\x18ftypheic",
        "a film": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(5_000),
        "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    }


FAMILIES: dict[str, Callable[[], Files]] = {
    each.__name__: each
    for each in (
        two_things_at_once,
        lies_about_its_size,
        swells_when_opened,
        cut_off,
        does_not_add_up,
        is_no_photo,
    )
}


def endless_scans(scans: int = 4_000) -> bytes:
    """A progressive JPEG whose last scan comes again and again: each means the whole picture."""
    good = samples.jpeg(2_000, 2_000, progressive=True)
    last = good.rindex(b"\xff\xda")
    return good[:last] + good[last:-2] * scans + b"\xff\xd9"


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at : at + 12 + length]
        at += 12 + length


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _with_chunk(name: bytes, body: bytes, *, times: int = 1) -> bytes:
    good = samples.png(60, 40)
    at = good.index(b"IDAT") - 4
    return good[:at] + _chunk(name, body) * times + good[at:]


def _png_that_says(width: int, height: int) -> bytes:
    return samples.png_of_chunks(width, height, zlib.compress(bytes(1_000)), bits=8, colours=2)


def _png_of_frames(frames: int) -> bytes:
    """An APNG with so many real frames of one pixel."""
    pixel = zlib.compress(b"\0\1\2\3")
    control = struct.pack(">IIIIHHBB", 1, 1, 0, 0, 1, 10, 0, 0)
    parts = [
        _chunk(b"acTL", struct.pack(">II", frames, 0)),
        _chunk(b"fcTL", struct.pack(">I", 0) + control),
    ]
    parts.append(_chunk(b"IDAT", pixel))
    for n in range(1, 2 * frames - 1, 2):
        parts.append(_chunk(b"fcTL", struct.pack(">I", n) + control))
        parts.append(_chunk(b"fdAT", struct.pack(">I", n + 1) + pixel))
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(parts) + _chunk(b"IEND", b"")


def _jpeg_that_says(width: int, height: int) -> bytes:
    good = bytearray(samples.jpeg(64, 48))
    at = good.index(b"\xff\xc0") + 5
    good[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(good)


def _heic_that_says(width: int, height: int) -> bytes:
    good = bytearray(_carriers()["heic"])
    at = good.index(b"ispe") + 8
    good[at : at + 8] = struct.pack(">II", width, height)
    return bytes(good)


def _lossless_webp_that_says(width: int, height: int) -> bytes:
    bits = (width - 1) | (height - 1) << 14
    body = b"\x2f" + struct.pack("<I", bits) + bytes(64)
    chunk = b"VP8L" + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def _jpeg_with_segments(kind: bytes, body: bytes, times: int) -> bytes:
    good = samples.jpeg(64, 48)
    segment = b"\xff" + kind + struct.pack(">H", len(body) + 2) + body
    return good[:2] + segment * times + good[2:]


def _circular_exif() -> bytes:
    """A directory whose sub-directory, and whose next directory, is itself."""
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)
    return (
        b"Exif\0\0II*\0"
        + struct.pack("<I", 8)
        + struct.pack("<H", 1)
        + entry
        + struct.pack("<I", 8)
    )


def _with_wrong_checksum(name: bytes) -> bytes:
    """A PNG one of whose chunks does not add up."""
    broken = bytearray(b"\x89PNG\r\n\x1a\n")
    for kind, chunk in _chunks(samples.png(60, 40)):
        broken += chunk[:-1] + bytes([chunk[-1] ^ 0x55]) if kind == name else chunk
    return bytes(broken)


def _with_wrong_length(length: int) -> bytes:
    good = bytearray(samples.png(60, 40))
    at = good.index(b"IDAT") - 4
    good[at : at + 4] = struct.pack(">I", length)
    return bytes(good)


def _shaken_heic(seed: int) -> bytes:
    """A HEIC with some bytes of its directory changed, where boxes point to one another."""
    chance, photo = random.Random(seed), bytearray(_carriers()["heic"])
    directory = photo.index(b"mdat")
    for _ in range(chance.randint(1, 6)):
        photo[chance.randrange(16, directory)] = chance.choice((0, 1, 0x7F, 0x80, 0xFF))
    return bytes(photo)


def _heic_with_box_size(size: int) -> bytes:
    good = bytearray(_carriers()["heic"])
    at = good.index(b"meta") - 4
    good[at : at + 4] = struct.pack(">I", size)
    return bytes(good)


def _heic_of(brand: bytes) -> bytes:
    good = _carriers()["heic"]
    return good[:8] + brand + good[12:]


def _saved(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (32, 32), samples.RED).save(out, kind)
    return out.getvalue()
