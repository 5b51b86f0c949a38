"""Nothing here is about how dear a hash is."""

import pytest


@pytest.fixture(autouse=True)
def every_hash_is_quick(quick_hashes: None) -> None:
    """See `tests/quick_hashes.py`."""
