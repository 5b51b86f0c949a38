"""The QR of a plaque: error level H, so that a scratched or half-hidden one is still read."""

import re

import zxingcpp

LEVEL = "H"
_WIDTH = re.compile(r'<svg width="(\d+)"')
_BAR = re.compile(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+[Zz]")
_PATH = re.compile(r'<path d="([^"]+)"')


Bar = tuple[int, int, int, int]


def modules_of(text: str) -> tuple[int, list[Bar]]:
    """How many modules wide it is with its quiet zone, and its dark bars: x, y, width, height."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=LEVEL)
    drawn = barcode.to_svg()
    width = _WIDTH.search(drawn)
    if width is None:
        raise ValueError("the library draws QR codes in a way we do not know")
    return int(width[1]), bars_of(drawn)


def bars_of(drawn: str) -> list[Bar]:
    """The dark bars of a QR as the library draws it."""
    path = _PATH.search(drawn)
    if path is None or _BAR.sub("", path[1]):
        raise ValueError("the library draws QR codes in a way we do not know")
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h in _BAR.findall(path[1])]
