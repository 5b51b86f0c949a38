"""The case desk in a small town, on both databases, in working hours."""

from tests.cases.conftest import desk, hands

__all__ = ["desk", "hands"]
