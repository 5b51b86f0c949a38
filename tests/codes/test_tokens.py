"""Tokens and short numbers: what can be one, what is forgiven, what is refused unasked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import codes
from server.codes.tokens import ALPHABET, short_of, token_of

TOKEN = token_of(0x0123456789ABCDEF0123456789ABCDEF)


def test_a_token_is_26_characters_of_crockford_s_alphabet_and_a_check():
    assert re.fullmatch(r"[0-7][0-9A-HJKMNP-TV-Z]{26}", codes.make_token())


def test_two_tokens_are_never_the_same():
    assert len({codes.make_token() for _ in range(1000)}) == 1000


@given(st.integers(0, 2**128 - 1))
def test_every_token_is_tidy_in_any_case(bits):
    token = token_of(bits)
    assert codes.tidy(token.lower()) == codes.tidy(token) == token


@given(st.integers(0, 2**128 - 1), st.integers(0, 26), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(bits, at, letter):
    token = token_of(bits)
    wrong = token[:at] + letter + token[at + 1 :]
    found = codes.CodeUnknown if wrong != token else None
    assert refusal(wrong) is found


def refusal(typed: str) -> type | None:
    try:
        codes.tidy(typed)
    except codes.CodeUnknown as refused:
        return type(refused)
    return None


def test_o_for_0_and_i_or_l_for_1_are_forgiven():
    typed = TOKEN.replace("0", "O").replace("1", "I", 1).replace("1", "l")
    assert codes.tidy(typed) == TOKEN


def test_spaces_and_hyphens_are_forgiven():
    assert codes.tidy(f" {TOKEN[:9]}-{TOKEN[9:18]} {TOKEN[18:]}\n") == TOKEN


@pytest.mark.parametrize(
    "typed",
    ["", "x", TOKEN[:-1], TOKEN + "0", "码" * 27, "U" * 27, "０" * 27, "' OR 1=1 --", "A" * 10_000],
)
def test_what_cannot_be_a_token_is_unknown(typed):
    assert refusal(typed) is codes.CodeUnknown


def test_a_short_number_has_eight_digits_and_a_check():
    assert re.fullmatch(r"\d{9}", codes.make_short())


@given(st.integers(0, 99_999_999), st.integers(0, 8), st.integers(0, 9))
def test_one_wrong_digit_is_always_found(number, at, digit):
    short = short_of(number)
    wrong = f"{short[:at]}{digit}{short[at + 1 :]}"
    assert taken(wrong) is (wrong == short)


def taken(typed: str) -> bool:
    try:
        return bool(codes.tidy_short(typed))
    except codes.CodeUnknown:
        return False


def test_a_short_number_may_be_typed_in_groups():
    short = short_of(12_345_678)
    assert codes.tidy_short(f"{short[:3]} {short[3:6]}-{short[6:]}") == short


@pytest.mark.parametrize(
    "typed", ["", "12345678", "一二三四五六七八九", "1" * 5000, "１２３４５６７８９"]
)
def test_what_cannot_be_a_short_number_is_unknown(typed):
    assert not taken(typed)
