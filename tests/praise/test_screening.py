"""What is sent back at once, what a clerk is told to look at, and what is neither."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.praise import screening


@pytest.mark.parametrize(
    "text",
    [
        "找我13812345678",
        "电话138 1234 5678",
        "138-1234-5678",
        "１３８１２３４５６７８",
        "一三八一二三四五六七八",
        "1​3812345678",
        "0477-8123456",
        "身份证150602199001011234",
        "15060219900101123X",
        "加我 88888888",
    ],
)
def test_numbers_of_people_are_sent_back(text):
    assert [fault.code for fault in screening.faults(text)] == ["number-in-praise"]


@pytest.mark.parametrize(
    "text", ["看https://x.cn/1", "ＷＷＷ．abc．com", "上abc.com看", "写到me@abc.org"]
)
def test_addresses_are_sent_back(text):
    assert "address-in-praise" in [fault.code for fault in screening.faults(text)]


@pytest.mark.parametrize(
    "text",
    [
        "谢谢巴特尔，下雪天还来扫楼道！",
        "2026-11-23那天修好的，3号楼2单元501、502都有热水了",
        "11月23日18:30来的，19:05就好了",
        "住了三四十年，第一次这么快",
        "",
    ],
)
def test_plain_thanks_pass(text):
    assert (screening.faults(text), screening.flag(text)) == ([], "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("你 个 王-八 蛋", "abuse"),
        ("SB", "abuse"),
        ("加　微信领红包", "advertising"),
        ("Ｖ X 找我", ""),
        ("vx: abc", "advertising"),
    ],
)
def test_a_word_of_a_list_tells_the_clerk_where_to_look(text, found):
    assert screening.flag(text) == found


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=220))
def test_nothing_that_is_typed_breaks_it(text):
    assert isinstance(screening.faults(text), list)
    assert screening.flag(text) in ("", *screening.LISTS)
