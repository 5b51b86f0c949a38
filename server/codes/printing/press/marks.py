"""What a plaque is drawn of: rectangles, words, figures of lines and curves, a QR. Pure values.

Millimetres from the upper left corner, y downwards; colours as "#0B6B57".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle, its corners rounded by `radius`."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `y` is where its letters stand, `anchor` which end of it is at `x`."""

    x: float
    y: float
    size: float
    text: str
    colour: str
    anchor: str = "start"  # start middle end


@dataclass(frozen=True, slots=True)
class Figure:
    """A filled drawing: commands M, L, C, Z with their numbers, in units of `scale` millimetres."""

    x: float
    y: float
    scale: float
    commands: Sequence[Sequence[Any]]
    colour: str


@dataclass(frozen=True, slots=True)
class Code:
    """A QR with its quiet zone in a square of `size`: dark bars (x, y, width, height)."""

    x: float
    y: float
    size: float
    modules: int
    bars: Sequence[tuple[int, int, int, int]]


Mark = Box | Words | Figure | Code
