"""Photos to test with, good and hostile, made on the spot.

The scene is a red left half and a blue right half with a green bar along the top, seen upright,
so that a test can tell which way a picture lies.
"""

import io
import random
import struct
import zipfile
import zlib
from functools import cache

from PIL import Image, ImageDraw
from PIL.TiffImagePlugin import IFDRational

RED, BLUE, GREEN = (200, 30, 30), (30, 30, 200), (30, 160, 30)
SERIAL = "SN-1600000-KANGBASHI"
MAKER = "MashangPhone"
PLACE_NOTE = "home of the raiser"
SCRIPT = b"<script>alert(1)</script>"
SECRETS = tuple(word.encode() for word in (SERIAL, MAKER, PLACE_NOTE))
TRACES = (b"Exif\x00\x00", b"http://ns.adobe.com", b"ICC_PROFILE", b"GPS", b"<?xpacket", *SECRETS)

_TO_STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def scene(width: int = 800, height: int = 600) -> Image.Image:
    """The scene, upright."""
    image = Image.new("RGB", (width, height), RED)
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height), fill=BLUE)
    draw.rectangle((0, 0, width, height // 4), fill=GREEN)
    return image


def jpeg(width: int = 800, height: int = 600, **options: object) -> bytes:
    return _saved(scene(width, height), "JPEG", quality=85, **options)


def rotated_jpeg_with_gps(width: int = 3000, height: int = 4000, orientation: int = 6) -> bytes:
    """What a phone held upright sends: 12 megapixels, stored lying, with GPS, serial, XMP, ICC.

    `width` and `height` are those of the upright picture.
    """
    return _rotated(width, height, orientation)


@cache
def _rotated(width: int, height: int, orientation: int) -> bytes:
    turn = _TO_STORED[orientation]
    upright = scene(width, height)
    stored = upright if turn is None else upright.transpose(turn)
    return _saved(
        stored,
        "JPEG",
        quality=85,
        exif=_exif(orientation),
        xmp=_xmp(),
        icc_profile=b"\x00" * 128 + SERIAL.encode(),
        comment=PLACE_NOTE.encode(),
    )


def heic(width: int = 640, height: int = 480, orientation: int = 1) -> bytes:
    """What an iPhone sends, with GPS."""
    import pillow_heif

    stored = scene(width, height)
    turn = _TO_STORED[orientation]
    stored = stored if turn is None else stored.transpose(turn)
    picture = pillow_heif.from_pillow(stored)
    out = io.BytesIO()
    picture.save(out, quality=60, exif=_exif(orientation))
    return out.getvalue()


def png(width: int = 640, height: int = 480) -> bytes:
    """A screenshot with EXIF and a text chunk."""
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Location", PLACE_NOTE)
    return _saved(scene(width, height), "PNG", exif=_exif(1), pnginfo=notes)


def webp(width: int = 640, height: int = 480) -> bytes:
    return _saved(scene(width, height), "WEBP", quality=80, exif=_exif(1), xmp=_xmp())


def bomb_png(width: int = 13000, height: int = 13000) -> bytes:
    """169 megapixels in about 20 kB: one bit a pixel, all black."""
    squeeze = zlib.compressobj(9)
    row = b"\x00" + b"\x00" * ((width + 7) // 8)
    rows = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    return png_of_chunks(width, height, rows, bits=1, colours=0)


def large_png(width: int = 8000, height: int = 6400, *, alpha: bool = False) -> bytes:
    """Just under the limit of pixels, of one colour, a small file."""
    squeeze = zlib.compressobj(1)
    row = b"\x00" + (b"\x40\x80\xc0\xff" if alpha else b"\x40\x80\xc0") * width
    rows = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    return png_of_chunks(width, height, rows, bits=8, colours=6 if alpha else 2)


def huge_webp_header() -> bytes:
    """A WebP that says it is 16384 × 16384 and holds nothing."""
    side = (16384 - 1).to_bytes(3, "little")
    chunk = b"VP8X" + struct.pack("<I", 10) + b"\x02\x00\x00\x00" + side + side
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def truncated_jpeg() -> bytes:
    whole = jpeg(1600, 1200)
    return whole[: len(whole) // 2]


def text_file() -> bytes:
    """What arrives when somebody renames notes.txt to photo.jpg."""
    return "这不是照片。\n".encode() * 50


def svg() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"


def gif() -> bytes:
    return _saved(scene(64, 64), "GIF")


def animated_webp(frames: int = 5) -> bytes:
    return _animated("WEBP", frames)


def animated_png(frames: int = 5) -> bytes:
    return _animated("PNG", frames)


def multi_picture_jpeg() -> bytes:
    """What some phones send as .jpg: the photo, and a second picture behind it."""
    return _saved(scene(), "MPO", save_all=True, append_images=[Image.new("RGB", (800, 600))])


def polyglot_jpeg() -> bytes:
    """A good photo with a script behind its end."""
    return jpeg() + SCRIPT * 20


def cmyk_jpeg() -> bytes:
    return _saved(scene().convert("CMYK"), "JPEG", quality=85)


def grey_jpeg() -> bytes:
    return _saved(scene().convert("L"), "JPEG", quality=85)


def palette_png() -> bytes:
    return _saved(scene().quantize(16), "PNG")


def clear_palette_png() -> bytes:
    """A palette whose first colour is see-through, all of it."""
    image = Image.new("P", (64, 64), 0)
    image.putpalette([0, 0, 0, 255, 0, 0])
    return _saved(image, "PNG", transparency=0)


def alpha_png() -> bytes:
    """See-through everywhere: on paper it is white."""
    return _saved(Image.new("RGBA", (64, 64), (255, 0, 0, 0)), "PNG")


def sixteen_bit_png() -> bytes:
    """Grey of 16 bits at half brightness."""
    return _saved(Image.new("I;16", (64, 64), 0x8000), "PNG")


def tiny_png() -> bytes:
    return _saved(Image.new("RGB", (1, 1), RED), "PNG")


def broken_checksum_png() -> bytes:
    good = bytearray(png())
    at = good.index(b"IDAT") + 40
    good[at] ^= 0xFF
    return bytes(good)


def many_framed_png(frames: int = 10_000) -> bytes:
    """A PNG that says it has ten thousand frames."""
    good = png()
    at = good.index(b"IDAT") - 4
    return good[:at] + _chunk(b"acTL", struct.pack(">II", frames, 0)) + good[at:]


def swollen_png() -> bytes:
    """A small PNG whose text and colour profile unpack to 200 MB."""
    flood = zlib.compress(bytes(200_000_000), 9)
    good = png()
    at = good.index(b"IDAT") - 4
    text = _chunk(b"zTXt", b"Comment\x00\x00" + flood)
    profile = _chunk(b"iCCP", b"profile\x00\x00" + flood)
    return good[:at] + profile + text + good[at:]


def archive_with_a_photo() -> bytes:
    """A good photo that is a good archive as well."""
    out = io.BytesIO(jpeg())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("index.html", SCRIPT)
    return out.getvalue()


def damaged(seed: int) -> bytes:
    """One of the good photos with some of its bytes changed, or some of it missing."""
    chance = random.Random(seed)
    photo = bytearray(chance.choice((_small_jpeg, _small_png, _small_webp, _small_heic))())
    for _ in range(chance.randint(1, 12)):
        photo[chance.randrange(len(photo))] = chance.randrange(256)
    return bytes(photo[: chance.randint(len(photo) // 3, len(photo) * 2)])


@cache
def _small_jpeg() -> bytes:
    return rotated_jpeg_with_gps(300, 200)


@cache
def _small_png() -> bytes:
    return png(300, 200)


@cache
def _small_webp() -> bytes:
    return webp(300, 200)


@cache
def _small_heic() -> bytes:
    return heic(300, 200)


def png_of_chunks(width: int, height: int, rows: bytes, *, bits: int, colours: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _animated(kind: str, frames: int) -> bytes:
    first = scene(200, 150)
    rest = [Image.new("RGB", (200, 150), (index * 20, 0, 0)) for index in range(frames - 1)]
    return _saved(first, kind, save_all=True, append_images=rest, duration=100)


def _exif(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = MAKER
    exif[0x010E] = PLACE_NOTE
    exif.get_ifd(0x8769)[0xA431] = SERIAL
    exif.get_ifd(0x8825).update(
        {
            1: "N",
            2: (IFDRational(39), IFDRational(36), IFDRational(0)),
            3: "E",
            4: (IFDRational(109), IFDRational(47), IFDRational(0)),
        }
    )
    return exif.tobytes()


def _xmp() -> bytes:
    return f'<?xpacket begin=""?><x:xmpmeta>{PLACE_NOTE}</x:xmpmeta>'.encode()


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
