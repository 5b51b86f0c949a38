"""A body is read strictly: what cannot be meant is refused in words, and nothing crashes."""

from types import SimpleNamespace

import msgspec
import pytest

from server.base.errors import Invalid
from server.web.forms import Form
from server.web.parse import Body, Count, fill, glance, read_json
from server.web.problems import Malformed, TooLarge, WrongType

JSON = "application/json"


class Inner(Body, frozen=True, kw_only=True):
    lng: float
    crs: str = "wgs84"


class Outer(Body, frozen=True, kw_only=True):
    text: str
    times: Count = 1
    tags: list[str] = msgspec.field(default_factory=list)
    point: Inner | None = None
    given: dict = msgspec.field(default_factory=dict)


def test_a_good_body_becomes_what_was_meant():
    meant = read_json(b'{"text": "\xe7\x81\xaf", "tags": ["a"]}', JSON, Outer)
    assert (meant.text, meant.tags, meant.times) == ("灯", ["a"], 1)


class Kind(msgspec.Struct, frozen=True):
    kind: str = ""


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        (b'{"more": [1, {"kind": "b"}], "kind": "a"}', Kind("a")),
        (b"{}", Kind()),
        (b'{"kind": 1}', None),
        (b'{"kind": "a"', None),
        (b'{"kind": "a", "deep": ' + b"[" * 100_000, None),
        (b"\xff", None),
    ],
)
def test_a_glance_at_a_body_tells_its_kind_or_nothing(body, seen):
    assert glance(SimpleNamespace(body=body), Kind) == seen


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[1]",
        b'"text"',
        b'{"text": NaN}',
        b'{"text": "a", "given": {"x": Infinity}}',
        b'{"text": "\xff\xfe"}',
        b'{"text": "\\ud800"}',
        b'{"text": "a\x00b"}',
        b"[" * 100_000,
        b'{"text": "a", "given": {"x": ' + b"[" * 40 + b"]" * 40 + b"}}",
    ],
)
def test_what_is_no_json_is_malformed(body):
    with pytest.raises(Malformed):
        read_json(body, JSON, Outer)


def test_thirty_levels_are_not_too_deep():
    body = b'{"text": "a", "given": {"x": ' + b"[" * 29 + b"]" * 29 + b"}}"
    assert read_json(body, JSON, Outer).text == "a"


def test_many_brackets_beside_each_other_are_not_deep():
    body = b'{"text": "a", "given": {"x": [' + b",".join([b"[]"] * 60) + b"]}}"
    assert len(read_json(body, JSON, Outer).given["x"]) == 60


def test_nul_characters_are_left_out():
    assert read_json(b'{"text": "a\\u0000b"}', JSON, Outer).text == "ab"


def test_nul_characters_are_left_out_of_what_is_given_freely():
    meant = read_json(b'{"text": "a", "given": {"k\\u0000": ["\\u0000x"]}}', JSON, Outer)
    assert meant.given == {"k": ["x"]}


def test_every_wrong_field_is_named_at_once():
    body = b'{"times": "many", "tags": "a", "colour": 1}'
    with pytest.raises(Invalid) as caught:
        read_json(body, JSON, Outer)
    assert {each.field: each.code for each in caught.value.fields} == {
        "text": "missing",
        "times": "wrong",
        "tags": "wrong",
        "colour": "unknown",
    }


def test_a_wrong_field_inside_a_field_is_named_by_both():
    with pytest.raises(Invalid) as caught:
        read_json(b'{"text": "a", "point": {"lng": "east", "height": 3}}', JSON, Outer)
    assert [each.field for each in caught.value.fields] == ["point.lng", "point.height"]


def test_a_wrong_member_of_a_list_is_named_by_its_place():
    with pytest.raises(Invalid) as caught:
        read_json(b'{"text": "a", "tags": ["x", 7]}', JSON, Outer)
    assert caught.value.fields[0].field == "tags[1]"


def test_a_number_beyond_counting_is_a_wrong_field():
    with pytest.raises(Invalid) as caught:
        read_json(b'{"text": "a", "times": 1' + b"0" * 400 + b"}", JSON, Outer)
    assert caught.value.fields[0].field == "times"


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_only_json_is_taken_as_json(kind):
    with pytest.raises(WrongType):
        read_json(b'{"text": "a"}', kind, Outer)


def test_a_body_over_a_megabyte_is_too_large():
    with pytest.raises(TooLarge):
        read_json(b'{"text": "' + b"a" * 1_000_001 + b'"}', JSON, Outer)


def test_a_form_becomes_the_same_as_json():
    form = Form(words={"text": ["灯"], "times": ["3"], "tags": ["a", "b"], "point.lng": ["109.8"]})
    meant = fill(form, Outer)
    assert (meant.text, meant.times, meant.tags) == ("灯", 3, ["a", "b"])
    assert meant.point is not None
    assert meant.point.lng == 109.8


def test_an_empty_input_of_a_form_is_as_good_as_none():
    assert fill(Form(words={"text": ["a"], "times": [""], "point.lng": [" "]}), Outer).times == 1


def test_a_form_may_send_names_nobody_asked_for():
    assert fill(Form(words={"text": ["a"], "submit": ["提交"]}), Outer).text == "a"


def test_a_form_with_something_wrong_names_it():
    with pytest.raises(Invalid) as caught:
        fill(Form(words={"times": ["many"]}), Outer)
    assert {each.field for each in caught.value.fields} == {"text", "times"}


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    row: Count | None = None
    version: Count = 0


@pytest.mark.parametrize("name", ["row", "version"])
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("many", "这里要填数字。"),
        ("-1", "太小了。"),
        (str(2**31), "太大了。"),
        ("9" * 99, "太大了。"),
    ],
)
def test_what_is_wrong_with_a_number_is_said_in_chinese(name, given, told):
    with pytest.raises(Invalid) as caught:
        fill(Form(words={name: [given]}), Numbers)
    assert [(each.field, each.detail) for each in caught.value.fields] == [(name, told)]
