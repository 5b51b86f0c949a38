"""Identity numbers and phone numbers that can be, and what entering people refuses."""

import pytest

from server import people


@pytest.mark.parametrize(
    "number",
    ["11010519491231002X", "159999198001010015", "159999198506150021", "159999195207080058"],
)
def test_a_number_that_checks_is_taken(number):
    assert people.valid_id_no(number)


@pytest.mark.parametrize(
    "number", ["110105194912310021", "11010519491231002x", "", "1101051949123100", "一" * 18]
)
def test_a_number_that_does_not_check_is_refused(number):
    assert not people.valid_id_no(number)


@pytest.mark.parametrize(
    ("number", "can_be"),
    [
        ("16000000001", True),
        ("12000000001", False),
        ("1600000000", False),
        ("１６000000001", False),
    ],
)
def test_a_mobile_number_has_eleven_digits_and_begins_with_13_to_19(number, can_be):
    assert people.valid_phone(number) is can_be


def test_a_wrong_identity_number_is_not_entered(keys):
    with pytest.raises(ValueError, match="does not check") as refused:
        people.Registry().resident("演示-王某", id_no="110105194912310021")
    assert "110105" not in str(refused.value)
