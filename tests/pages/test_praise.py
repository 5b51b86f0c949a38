"""Thanks of whoever has not signed in: nobody writes what they have no way to send."""

import dataclasses

import msgspec

from server.pages.rendering import Face
from tests.pages import samples
from tests.pages.praise_contexts import choosing, thanking

BUTTON = "登录，再送上谢谢"


def _page(face: Face, made, *, demo: bool, phone_signin: bool = False) -> str:
    town = msgspec.structs.replace(samples.a_town(), demo=demo)
    frame = dataclasses.replace(samples.a_frame(phone_signin=phone_signin), town=town)
    return face.render("praise.html", frame, **made(face))


def test_where_a_phone_signs_in_one_may_write_first(face: Face) -> None:
    page = _page(face, thanking, demo=False, phone_signin=True)
    assert BUTTON in page
    assert 'name="text"' in page


def test_where_nobody_can_sign_in_it_is_said_and_nothing_is_asked(face: Face) -> None:
    page = _page(face, choosing, demo=False)
    assert "没有开通手机号登录" in page
    assert "?target=" not in page


def test_a_form_reached_all_the_same_is_not_shown(face: Face) -> None:
    page = _page(face, thanking, demo=False)
    assert BUTTON not in page
    assert 'name="text"' not in page


def test_in_a_demo_one_of_its_people_is_chosen_before_writing(face: Face) -> None:
    page = _page(face, thanking, demo=True)
    assert 'name="text"' not in page
    assert "/praise%3Ftarget%3Dpost%253A" in page
    assert "选一位演示的人" in page
