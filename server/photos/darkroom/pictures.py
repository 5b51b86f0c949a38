"""From whatever a phone sends to an upright JPEG that says nothing but what it shows.

Pure: bytes in, bytes out. The kind is told by the bytes, never by a name; the size is known
before a pixel is decoded; nothing of the original's metadata reaches the output.
"""

import io
import struct
from dataclasses import dataclass

from PIL import Image

from .terms import FULL_SIDE, MAX_PIXELS, THUMB_SIDE, TOO_LARGE, UNREADABLE, WRONG_TYPE, Refused

Image.MAX_IMAGE_PIXELS = None  # Our own, lower limit is checked before decoding.

FULL_QUALITY = 85
THUMB_QUALITY = 78
_ORIENTATION = 0x0112
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Developed:
    """Two JPEGs of one photo, and the size of the larger."""

    full: bytes
    thumb: bytes
    width: int
    height: int


def develop(source: bytes) -> Developed:
    """Both renderings of a photo. Raises Refused with the reason if it cannot be taken."""
    image = _opened(source)
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise Refused(TOO_LARGE, f"{width}x{height}")
    image.draft("RGB", (FULL_SIDE, FULL_SIDE))  # A JPEG may then be decoded at half size or less.
    image.load()
    turn = _TURNS.get(_orientation(image))
    image = _resizable(image)
    image.thumbnail((FULL_SIDE, FULL_SIDE), Image.Resampling.BICUBIC, reducing_gap=2.0)
    image = _on_white(image)
    return rendered(image.transpose(turn) if turn is not None else image)


def rendered(image: Image.Image) -> Developed:
    """An RGB image as the two JPEGs that are kept."""
    small = image.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.BICUBIC, reducing_gap=2.0)
    return Developed(
        full=_jpeg(image, FULL_QUALITY),
        thumb=_jpeg(small, THUMB_QUALITY),
        width=image.width,
        height=image.height,
    )


def kind_of(source: bytes) -> str | None:
    """JPEG, PNG, WEBP or HEIF by its first bytes; None for anything else."""
    if source.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if source.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if source[:4] == b"RIFF" and source[8:12] == b"WEBP":
        return "WEBP"
    if source[4:8] == b"ftyp" and source[8:12] in _HEIC_BRANDS:
        return "HEIF"
    return None


def _opened(source: bytes) -> Image.Image:
    """The image with its header read and no pixel decoded."""
    kind = kind_of(source)
    if kind is None:
        raise Refused(WRONG_TYPE)
    if kind == "WEBP" and _webp_pixels(source) > MAX_PIXELS:
        raise Refused(TOO_LARGE, "webp")
    if kind == "HEIF":
        _learn_heif()
    return Image.open(io.BytesIO(source), formats=(kind,))


def _learn_heif() -> None:
    # Not at the top: its libraries weigh more than the rest of the child together.
    import pillow_heif

    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)


def _webp_pixels(source: bytes) -> int:
    """Width × height from the first chunk, because Pillow allots an animation's canvas at open."""
    chunk, payload = source[12:16], source[20:30]
    if len(payload) < 10:
        raise Refused(UNREADABLE, "short webp")
    if chunk == b"VP8X":
        width = int.from_bytes(payload[4:7], "little") + 1
        return width * (int.from_bytes(payload[7:10], "little") + 1)
    if chunk == b"VP8L":
        bits = int.from_bytes(payload[1:5], "little")
        return ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
    width, height = struct.unpack("<HH", payload[6:10])
    return int((width & 0x3FFF) * (height & 0x3FFF))


def _orientation(image: Image.Image) -> int:
    """Which way the phone was held; 1 when it does not say, or says it wrongly."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except (OSError, ValueError, TypeError, SyntaxError, KeyError, IndexError, struct.error):
        return 1


def _resizable(image: Image.Image) -> Image.Image:
    """The image in a mode that can be scaled without losing colours or the alpha channel."""
    if image.mode.startswith("I"):
        sixteen_to_eight = [value >> 8 for value in range(65536)]
        return image.convert("I").point(sixteen_to_eight, "L")
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    return image if image.mode == "L" else image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    """A plain RGB image that carries nothing beside its pixels."""
    if image.mode == "RGBA":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        return paper
    plain = image.convert("RGB")
    plain.info = {}
    return plain


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()
