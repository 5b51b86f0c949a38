"""The same desk as the case desk's own tests."""

from tests.cases.conftest import desk, hands

__all__ = ["desk", "hands"]
