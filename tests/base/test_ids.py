"""Keys sort by their moment; a mistyped receipt number is noticed."""

import subprocess
import sys
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.base.ids import (
    check_digit,
    has_check_digit,
    id_in,
    new_id,
    new_number,
    valid_number,
)


def test_keys_are_version_seven_uuids() -> None:
    assert new_id().version == 7
    assert new_id().variant == UUID(int=0x8 << 60).variant


def test_a_key_is_read_from_a_text_and_anything_else_is_none() -> None:
    assert id_in("019abcde-0000-7000-8000-000000000001").version == 7
    assert id_in("") is None
    assert id_in("网格员") is None


def test_keys_made_one_after_the_other_sort_so() -> None:
    made = [new_id() for _ in range(100)]

    assert [key.int >> 80 for key in made] == sorted(key.int >> 80 for key in made)


def test_ten_thousand_keys_are_all_different() -> None:
    assert len({new_id() for _ in range(10_000)}) == 10_000


def test_a_receipt_number_begins_with_the_day_in_town() -> None:
    late_in_greenwich = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)

    assert new_number(late_in_greenwich).startswith("261124")


def test_a_new_receipt_number_is_valid() -> None:
    assert valid_number(new_number(datetime(2026, 11, 23, tzinfo=UTC)))


@pytest.mark.parametrize("typed", ["", "26112", "26112400000a", "２６" * 6, "2611240000011"])
def test_what_cannot_be_a_receipt_number_is_not_valid(typed: str) -> None:
    assert not valid_number(typed)


@given(st.text("0123456789", min_size=1, max_size=20), st.integers(0, 19), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(digits: str, at: int, off: int) -> None:
    at %= len(digits)
    wrong = digits[:at] + str((int(digits[at]) + off) % 10) + digits[at + 1 :]

    assert has_check_digit(digits + check_digit(digits))
    assert not has_check_digit(wrong + check_digit(digits))


def test_the_check_digit_is_the_standards_own() -> None:
    assert check_digit("0794") == "5"  # the example of ISO 7064, MOD 11,10


FORKED = """
import os
from server.base.ids import new_id
new_id()
ours, theirs = os.pipe()
child = os.fork()
if not child:
    os.write(theirs, new_id().bytes)
    os._exit(0)
os.waitpid(child, 0)
print(os.read(ours, 16)[-7:] == new_id().bytes[-7:])
"""


def test_a_process_made_of_another_gives_other_ids():
    told = subprocess.run(
        [sys.executable, "-c", FORKED], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "False"
