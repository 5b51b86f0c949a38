"""What people write is cleaned once, here, or refused with a sentence they can act on."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.base.errors import Invalid
from server.base.fields import FIELDS, Field, NotTaken, clean_text

TODAY = date(2026, 11, 23)
ONE = "0198c0de-0000-7000-8000-000000000001"
TWO = "0198c0de-0000-7000-8000-000000000002"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("  电梯不动了 \n", "电梯不动了"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("一\t二", "一 二"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("e\u0301", "\u00e9"),
        ("\u202e反\u202c了\u200b", "反了"),
        ("👨\u200d👩\u200d👧 好", "👨\u200d👩\u200d👧 好"),
        ("\ud800半个", "半个"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("\u200d \ufe0f", ""),
        ("\u3164\u2800\n\u115f", ""),
        ("\u034f\u0301", ""),
        ("<script>alert(1)</script>'; DROP TABLE--", "<script>alert(1)</script>'; DROP TABLE--"),
    ],
)
def test_text_is_what_the_person_meant(written, meant):
    assert clean_text(written) == meant


def test_text_that_is_too_long_says_by_how_much():
    with pytest.raises(Invalid) as caught:
        clean_text("字" * 503, 500, field="reason")
    error = caught.value.fields[0]
    assert (error.field, error.code) == ("reason", "text-too-long")
    assert error.detail == "最多500字，现在多了3字。写好的都还在，删掉一些就行。"


@pytest.mark.parametrize("value", [None, 5, ["字"], {"text": "字"}, True])
def test_what_is_no_text_is_refused(value):
    with pytest.raises(Invalid):
        clean_text(value)


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_more(text):
    once = clean_text(text)
    assert clean_text(once) == once


@given(st.text(max_size=300))
def test_clean_text_can_be_stored_anywhere(text):
    assert "\x00" not in clean_text(text).encode().decode()


@pytest.mark.parametrize(
    ("key", "raw", "clean"),
    [
        ("text", " 换了皮带 ", "换了皮带"),
        ("text", "  \n ", None),
        ("photos", [ONE, ONE.upper(), TWO], [ONE, TWO]),
        ("photos", [], None),
        ("unit", ONE.replace("-", ""), ONE),
        ("category", "P02", "P02"),
        ("until", "2026-12-01", "2026-12-01"),
        ("until", "2026-11-23", "2026-11-23"),
        ("into", "2611 2300 4712", "261123004712"),
        ("outcome", "fixed", "fixed"),
        ("solved", "partly", "partly"),
        ("rating", "", None),
    ],
)
def test_a_good_answer_is_taken(key, raw, clean):
    assert FIELDS[key].take(raw, today=TODAY) == clean


@pytest.mark.parametrize(
    ("key", "raw", "code"),
    [
        ("reason", "字" * 501, "text-too-long"),
        ("text", 5, "not-text"),
        ("photos", [ONE] * 10, "too-many-photos"),
        ("photos", ONE, "not-a-list"),
        ("photos", ["../etc/passwd"], "not-an-id"),
        ("photos", [{}], "not-an-id"),
        ("unit", "0" * 10_000, "not-an-id"),
        ("unit", 7, "not-an-id"),
        ("category", "P 02", "not-a-key"),
        ("category", "P02\n", "not-a-key"),
        ("until", "2026-11-22", "date-passed"),
        ("until", "2126-11-22", "date-too-far"),
        ("until", "2026-13-01", "not-a-date"),
        ("until", "20261201", "not-a-date"),
        ("into", "abc", "not-a-number"),
        ("outcome", "done", "not-an-option"),
        ("solved", True, "not-an-option"),
        ("rating", ["fair"], "not-an-option"),
    ],
)
def test_a_bad_answer_is_refused_by_name(key, raw, code):
    with pytest.raises(NotTaken) as caught:
        FIELDS[key].take(raw, today=TODAY)
    assert caught.value.code == code


def test_a_count_is_a_whole_number_within_its_limit():
    seats = Field("seats", "人数", "count", limit=5)
    assert seats.take(5) == 5
    with pytest.raises(NotTaken):
        seats.take(6)


def test_a_field_describes_itself_for_forms():
    assert FIELDS["solved"].describe()["options"][0] == {"key": "yes", "title": "解决了"}
