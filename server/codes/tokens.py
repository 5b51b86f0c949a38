"""What is printed on a sign: a token no one can guess, and a short number for people to type.

A token is 26 characters of Crockford's base 32 (128 random bits) and a check character by Luhn's
rule modulo 32. It says nothing of the place.
"""

import secrets

from server.base.ids import check_digit, has_check_digit
from server.codes.errors import CodeUnknown

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 27
SHORT_LENGTH = 9
_BITS = 128
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_FORGIVEN = str.maketrans("OIL", "011", " -\t\n")
_LONGEST_TYPED = 60


def make_token() -> str:
    """A new token: 128 random bits in 26 characters, and the check character."""
    return token_of(secrets.randbits(_BITS))


def token_of(bits: int) -> str:
    """The token of these 128 bits."""
    body = "".join(ALPHABET[bits >> shift & 31] for shift in range(125, -1, -5))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Luhn modulo 32: finds every single wrong character and nearly every swap of neighbours."""
    total = 0
    for at, letter in enumerate(reversed(body)):
        value = _VALUES[letter]
        doubled = value * 2 if at % 2 == 0 else value
        total += doubled // 32 + doubled % 32
    return ALPHABET[-total % 32]


def tidy(typed: str) -> str:
    """The token somebody scanned or typed, in any case, O for 0 and I or L for 1.

    Raises CodeUnknown for what cannot be a token.
    """
    if len(typed) > _LONGEST_TYPED or not typed.isascii():
        raise CodeUnknown
    token = typed.upper().translate(_FORGIVEN)
    if len(token) != LENGTH or any(letter not in _VALUES for letter in token):
        raise CodeUnknown
    if check_character(token[:-1]) != token[-1]:
        raise CodeUnknown
    return token


def make_short() -> str:
    """A new short number: eight random digits and a check digit."""
    return short_of(secrets.randbelow(100_000_000))


def short_of(number: int) -> str:
    """The short number of an integer below a hundred million."""
    digits = f"{number:08d}"
    return digits + check_digit(digits)


def tidy_short(typed: str) -> str:
    """The short number somebody typed, spaces allowed. Raises CodeUnknown for what is none."""
    if len(typed) > _LONGEST_TYPED:
        raise CodeUnknown
    digits = "".join(letter for letter in typed if not letter.isspace() and letter != "-")
    if len(digits) != SHORT_LENGTH or not has_check_digit(digits):
        raise CodeUnknown
    return digits
