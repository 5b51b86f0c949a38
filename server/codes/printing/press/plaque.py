"""What stands on a plaque, and where: one layout for all kinds, sheets and formats.

A household plaque shows neither place nor number: it says nothing about who lives there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .marks import Box, Code, Figure, Mark, Words
from .qr import modules_of

WIDTH, HEIGHT = 70.0, 74.25  # twelve on A4
COLOURS = {
    "outdoor": "#0B6B57",
    "household": "#1F5FA8",
    "merchant": "#B3541E",
    "vendor": "#8A5A00",
    "station": "#B42318",
    "staff": "#4B3B8F",
}
INK, MUTED, WHITE, DANGER = "#1D2A33", "#55636D", "#FFFFFF", "#B42318"
EDGE, BAND = 2.0, 12.0
LEFT, RIGHT = 4.5, WIDTH - 4.5
# Where the town's second script stands (x, y, width, height): under our name, or beside it.
LYING, STANDING = (14.5, EDGE + 7.6, 24.0, 3.6), (14.5, EDGE + 1.6, 4.6, 8.8)
SCAN, ASK, FREE = "扫一扫", "找管这里的人", "不收费"
DUTY, RESCUE, SHORT, AT_HOME = "值班电话", "电梯救援", "短号", "请贴在家里，不要拍照外传"
_TILE = (
    ("M", 4, 0), ("L", 14, 0), ("C", 16.2, 0, 18, 1.8, 18, 4), ("L", 18, 14),
    ("C", 18, 16.2, 16.2, 18, 14, 18), ("L", 4, 18), ("C", 1.8, 18, 0, 16.2, 0, 14),
    ("L", 0, 4), ("C", 0, 1.8, 1.8, 0, 4, 0), ("Z",),
)  # fmt: skip
_HOUSE = (
    ("M", 4.2, 9.6), ("L", 9, 5.2), ("L", 13.8, 9.6), ("L", 13.8, 14), ("L", 4.2, 14), ("Z",),
)  # fmt: skip

Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plaque:
    """One of them. `lines` is the place, "" and () where nothing is to be said."""

    url: str
    kind: str
    kind_title: str
    lines: tuple[str, ...] = ()
    short: str = ""
    site: str = ""
    domain: str = ""
    duty: str = ""
    rescue: str = ""

    @classmethod
    def of(cls, said: dict[str, Any]) -> "Plaque":
        return cls(**(said | {"lines": tuple(said.get("lines", ()))}))


@dataclass(frozen=True, slots=True)
class Art:
    """A drawing of the town's own: the commands of a figure and how large that is."""

    commands: Sequence[Sequence[Any]]
    width: float
    height: float

    @property
    def stands(self) -> bool:
        """Whether it is written downwards, as Mongolian is."""
        return self.height > self.width

    def fitted(
        self, box: "tuple[float, float, float, float]", colour: str, *, middle: bool
    ) -> Figure:
        """As large as it may be in a box (x, y, width, height): at its left, or in its middle."""
        x, y, wide, high = box
        scale = min(wide / self.width, high / self.height)
        if middle:
            x, y = x + (wide - self.width * scale) / 2, y + (high - self.height * scale) / 2
        return Figure(x, y, scale, self.commands, colour)


def laid_out(plaque: Plaque, measure: Measure, art: Mapping[str, Art] | None = None) -> list[Mark]:
    """Everything on it. `measure` is how wide a text is at size 1; `art` the town's "line" in its
    second script and its "logo"."""
    colour = COLOURS[plaque.kind]
    return [
        *_frame(colour),
        *_head(plaque, colour, measure, art or {}),
        *_place(plaque, measure),
        _code(plaque.url),
        *_beside(plaque, colour, measure),
        *_foot(plaque, measure),
    ]


def _frame(colour: str) -> list[Mark]:
    wide, high = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    return [
        Box(EDGE, EDGE, wide, high, colour, 2.4),
        Box(EDGE + 0.5, EDGE + 0.5, wide - 1, high - 1, WHITE, 2.0),
    ]


def _head(plaque: Plaque, colour: str, measure: Measure, art: Mapping[str, Art]) -> list[Mark]:
    title, line, logo = plaque.kind_title, art.get("line"), art.get("logo")
    beside, under = bool(line and line.stands), bool(line and not line.stands)
    tile = (LEFT + 0.8, EDGE + 2.8, 6.4, 6.4)
    found: list[Mark] = [
        Box(EDGE, EDGE, WIDTH - 2 * EDGE, BAND, colour, 2.4),
        # Within the frame: square edges and round ones would not end on the same pixel.
        Box(EDGE + 0.25, EDGE + BAND - 3, WIDTH - 2 * EDGE - 0.5, 3, colour),
        Figure(LEFT, EDGE + 2, 8 / 18, _TILE, WHITE),
        logo.fitted(tile, colour, middle=True)
        if logo
        else Figure(LEFT, EDGE + 2, 8 / 18, _HOUSE, colour),
        Words(20.4 if beside else 14.5, EDGE + (6.2 if under else 8), 5.4, plaque.site, WHITE),
        Words(RIGHT, EDGE + 7.6, _fitting(title, 4.2, 30, measure), title, WHITE, "end"),
    ]
    if line:
        found.append(line.fitted(STANDING if beside else LYING, WHITE, middle=beside))
    return found


def _place(plaque: Plaque, measure: Measure) -> list[Mark]:
    lines = plaque.lines or (AT_HOME,)
    if len(lines) == 1:
        lines = _broken(lines[0], measure)
    rows = ((22.4, 4.8),) if len(lines) == 1 else ((19.2, 4.0), (24.8, 4.8))
    return [
        Words(LEFT, y, _fitting(text, size, RIGHT - LEFT, measure), text, INK)
        for text, (y, size) in zip(lines, rows, strict=True)
    ]


def _code(url: str) -> Code:
    modules, bars = modules_of(url)
    return Code(LEFT - 1, 26.2, 38.6, modules, bars)


def _beside(plaque: Plaque, colour: str, measure: Measure) -> list[Mark]:
    x, wide = 43.6, RIGHT - 43.6
    found: list[Mark] = [
        Words(x, 32.4, 5.4, SCAN, colour),
        Words(x, 36.8, _fitting(ASK, 3.2, wide, measure), ASK, INK),
        Box(x, 39.0, 15, 6.0, colour, 1.2),
        Words(x + 7.5, 43.4, 3.8, FREE, WHITE, "middle"),
    ]
    y = 50.0
    for title, number, ink in ((DUTY, plaque.duty, MUTED), (RESCUE, plaque.rescue, DANGER)):
        if number:
            size = _fitting(number, 3.6, wide, measure)
            found += [Words(x, y, 2.7, title, ink), Words(x, y + 4.0, size, number, INK)]
            y += 8.6
    return found


def _foot(plaque: Plaque, measure: Measure) -> list[Mark]:
    room = 26 if plaque.short else 58
    size = _fitting(plaque.domain, 2.8, room, measure)
    found: list[Mark] = [Words(RIGHT, 70.2, size, plaque.domain, MUTED, "end")]
    if plaque.short:
        number = f"{SHORT} {plaque.short[:3]} {plaque.short[3:6]} {plaque.short[6:]}"
        found.append(Words(LEFT, 70.2, _fitting(number, 4.2, 33, measure), number, INK))
    return found


def _fitting(text: str, size: float, width: float, measure: Measure) -> float:
    """This size, or as much smaller as it must be."""
    return min(size, width / (measure(text) or 1.0))


def _broken(text: str, measure: Measure) -> tuple[str, ...]:
    """One line if it fits, else two as long as each other."""
    if measure(text) * 4.8 <= RIGHT - LEFT:
        return (text,)
    half = (len(text) + 1) // 2
    return text[:half], text[half:]
