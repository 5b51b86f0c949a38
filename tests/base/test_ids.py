"""Keys that sort by time, and receipt numbers that notice a slip of the tongue."""

import sqlite3
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.base import ids

ELEVEN_DIGITS = st.text("0123456789", min_size=11, max_size=11)


def test_a_key_is_a_uuid_of_version_seven():
    key = ids.new_id()
    assert (key.version, key.variant) == (7, "specified in RFC 4122")


def test_keys_sort_in_the_order_they_were_made():
    made = [ids.new_id() for _ in range(200)]
    assert [key.int >> 64 for key in made] == sorted(key.int >> 64 for key in made)


def test_no_two_keys_are_equal():
    assert len({ids.new_id() for _ in range(2_000)}) == 2_000


def test_a_receipt_number_begins_with_the_towns_day():
    before_midnight_in_london = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    assert ids.new_number(before_midnight_in_london).startswith("261124")


def test_a_receipt_number_is_valid():
    number = ids.new_number(datetime(2026, 11, 23, tzinfo=UTC))
    assert len(number) == 12
    assert ids.valid_number(number)


@given(digits=ELEVEN_DIGITS, at=st.integers(0, 11), wrong=st.integers(1, 9))
def test_one_wrong_digit_is_noticed(digits, at, wrong):
    number = digits + ids.check_digit(digits)
    slipped = str((int(number[at]) + wrong) % 10)
    assert not ids.valid_number(number[:at] + slipped + number[at + 1 :])


@pytest.mark.parametrize(
    "typed", ["", "2611230012", "26112300123x", "２６１１２３００１２３４", " 2611230012"]
)
def test_what_is_not_twelve_digits_is_no_number(typed):
    assert not ids.valid_number(typed)


def test_a_key_is_sixteen_bytes_on_sqlite():
    key = ids.new_id()
    with sqlite3.connect(":memory:") as connection:
        kind, size = connection.execute("SELECT typeof(?1), length(?1)", (key,)).fetchone()
    connection.close()
    assert (kind, size) == ("blob", 16)


@pytest.mark.parametrize("form", [str, lambda key: key.bytes, lambda key: key])
def test_a_key_is_read_back_from_every_form(form):
    key = UUID("018f3c5e-7a00-7000-8000-000000000001")
    assert ids.IdField().to_python_value(form(key)) == key
