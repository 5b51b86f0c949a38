"""A QR drawn into a page: dark modules as one path, so that paper and screen show it sharp."""

import re

from markupsafe import Markup

_WIDTH = re.compile(r'<svg width="(\d+)"')
_MODULES = re.compile(r'<path d="([^"]+)"')


def qr(text: str, label: str) -> Markup:
    """The drawing of this text; `label` says to those who cannot see it what it opens."""
    import zxingcpp  # only here, and only when somebody prints: 60 ms nobody else should wait

    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn = barcode.to_svg()
    width, modules = _WIDTH.search(drawn), _MODULES.search(drawn)
    if width is None or modules is None:
        raise ValueError("the library draws QR codes in a way we do not know")
    return Markup(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}"><path d="{}"/></svg>'
    ).format(label, width[1], width[1], modules[1])
