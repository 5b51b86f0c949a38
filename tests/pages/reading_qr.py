"""What a phone reads from a QR drawn into a page."""

import re

import zxingcpp
from PIL import Image

_DRAWN = re.compile(r'class="qr"[^>]* viewBox="0 0 (\d+) \d+"><path d="([^"]+)"')
_BAR = re.compile(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+Z")
SCALE = 4


def read_qr(html: str) -> str:
    """The text of the first QR on the page."""
    width, path = _DRAWN.search(html).groups()
    picture = Image.new("L", (int(width), int(width)), 255)
    for bar in _BAR.findall(path):
        x, y, w, h = map(int, bar)
        picture.paste(0, (x, y, x + w, y + h))
    large = picture.resize((int(width) * SCALE, int(width) * SCALE), Image.Resampling.NEAREST)
    return zxingcpp.read_barcodes(large)[0].text
