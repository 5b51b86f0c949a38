"""What every shape is made from."""

from msgspec import Struct


class Shape(Struct, frozen=True, kw_only=True, omit_defaults=False):
    """A shape made for one viewer."""
