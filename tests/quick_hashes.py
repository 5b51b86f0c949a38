"""Passwords hashed as cheaply as can be, where what is proven is who may come in, not the hash."""

import pytest
from argon2 import PasswordHasher

from server.people.signing_in import passwords

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """No password costs anything in this test."""
    monkeypatch.setattr(passwords, "_hasher", QUICK)
    monkeypatch.setattr(passwords, "_NOBODY", QUICK.hash("nobody"))
