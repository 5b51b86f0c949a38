"""Faces and plates made unrecognisable: of each area nothing is left but a few rough colours.

Pure: bytes in, bytes out. An area is kept as at most six blocks along its longer side, none smaller
than a twelfth of the picture, each of one colour out of eight steps; no filter brings back what was
never written.
"""

import io
from collections.abc import Sequence

from PIL import Image

from .pictures import Developed, rendered
from .stamps import stamp

BLOCKS = 6  # along the longer side of an area
SMALLEST = 12  # of a block: this part of the picture's shorter side
STEP = 32  # of 256 shades of a colour
WHOLE = 1000  # areas are given in thousandths of the picture
MARGIN = 10  # of them, beyond what was drawn: a finger is not exact


def blot(jpeg: bytes, areas: Sequence[Sequence[int]], lines: list[str]) -> Developed:
    """The photo with these areas (x, y, width, height) blotted out; then marked with the lines."""
    photo = Image.open(io.BytesIO(jpeg), formats=("JPEG",)).convert("RGB")
    for area in areas:
        box = _box(area, photo.size)
        photo.paste(_rough(photo.crop(box), min(photo.size)), box)
    made = rendered(photo)
    return stamp(made.full, lines) if lines else made


def _box(area: Sequence[int], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The area in pixels with its margin, at least one, within the picture."""
    x, y, width, height = area
    across, down = size
    left = min(max(0, x - MARGIN) * across // WHOLE, across - 1)
    top = min(max(0, y - MARGIN) * down // WHOLE, down - 1)
    right = -(-min(WHOLE, x + width + MARGIN) * across // WHOLE)
    bottom = -(-min(WHOLE, y + height + MARGIN) * down // WHOLE)
    return left, top, max(left + 1, right), max(top + 1, bottom)


def _rough(part: Image.Image, shorter: int) -> Image.Image:
    block = max(max(part.size) / BLOCKS, shorter / SMALLEST, 1)
    few = part.resize(
        (max(1, int(part.width / block)), max(1, int(part.height / block))), Image.Resampling.BOX
    )
    few = few.point([shade // STEP * STEP + STEP // 2 for shade in range(256)] * 3)
    return few.resize(part.size, Image.Resampling.NEAREST)
