"""A form shown again keeps the key it was sent with, however often that happens."""

import pytest

from server.base.errors import Conflict, FieldError, Invalid
from server.pages.drawing import new_key
from server.pages.retry import typed_again
from server.web import Form

WRONG = Invalid(FieldError("reason", "required", "请写明原因。"))


@pytest.mark.parametrize("of_form", ["", "-home", "-01a21e6b-fd87-7f9c-81d5-96781328575d-no"])
def test_the_key_of_a_form_does_not_grow_with_each_mistake(of_form):
    key = new_key()
    again = typed_again(Form(), ("reason",), wrong=WRONG, key=key + of_form)
    assert again.key == key


def test_a_key_made_elsewhere_is_kept_as_it_is():
    key = "0198c0de-7000-8000-9000-000000000001"
    assert typed_again(Form(), ("reason",), wrong=WRONG, key=key).key == key


def test_after_a_conflict_it_is_another_request():
    key = new_key()
    assert typed_again(Form(), (), wrong=Conflict(), key=key).key != key


def test_what_is_wrong_is_said_from_the_top_of_the_page_down():
    wrong = Invalid(*(FieldError(name, "wrong", name) for name in ("phone", "text", "elsewhere")))
    again = typed_again(Form(), ("text", "name", "phone"), wrong=wrong)
    assert list(again.errors.values()) == ["elsewhere", "text", "phone"]
