"""What is typed becomes paragraphs, headings and lists; whatever else it is, nothing of it runs."""

import re
from html.parser import HTMLParser

import pytest

from server.bulletins.wording import TAGS, clean, written
from tests.bulletins.hostile import HOSTILE

ALLOWED = {("a", "href"), ("a", "rel"), ("ol", "start")}
ADDRESS = re.compile(r"(https?://|tel:)[^\s\"'<>]+")


class Tags(HTMLParser):
    """Everything in a piece of markup that is no plain text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str | None]] = []
        self.others: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)


@pytest.mark.parametrize("make", [clean, written])
def test_of_hostile_markup_only_harmless_tags_are_left(make):
    found = [Tags(make(one)) for one in HOSTILE]
    attributes = [one for tags in found for one in tags.attributes]
    assert set().union(*(tags.tags for tags in found)) <= TAGS
    assert {(tag, name) for tag, name, _ in attributes} <= ALLOWED
    assert [tags.others for tags in found if tags.others] == []
    links = [value for _, name, value in attributes if name == "href"]
    assert [one for one in links if not ADDRESS.fullmatch(one or "")] == []


def test_what_was_cleaned_is_the_same_when_cleaned_again():
    assert [clean(clean(one)) for one in HOSTILE] == [clean(one) for one in HOSTILE]


def test_a_tag_that_is_typed_is_read_as_it_was_typed():
    assert written("1 < 2 和 <b>粗</b>") == "<p>1 &lt; 2 和 &lt;b&gt;粗&lt;/b&gt;</p>\n"


def test_paragraphs_headings_and_lists_are_what_they_look_like():
    source = "# 时间\n明天\n后天\n\n- 一号楼\n- 二号楼\n\n3. 关阀\n4. 存水\n\n## 电话\n**24小时**"
    assert written(source) == (
        "<h2>时间</h2>\n<p>明天<br>\n后天</p>\n<ul>\n<li>一号楼</li>\n<li>二号楼</li>\n</ul>\n"
        '<ol start="3">\n<li>关阀</li>\n<li>存水</li>\n</ol>\n<h3>电话</h3>\n'
        "<p><strong>24小时</strong></p>\n"
    )


def test_what_is_set_in_by_spaces_is_still_a_paragraph():
    assert written("    首行空四格") == "<p>首行空四格</p>\n"


def test_a_link_says_where_it_goes_and_tells_nobody_where_it_came_from():
    made = written("[办事指南](https://www.example.gov.cn/a) [拨号](tel:12345)")
    assert made == (
        '<p><a href="https://www.example.gov.cn/a" rel="noopener noreferrer nofollow">办事指南</a>'
        ' <a href="tel:12345" rel="noopener noreferrer nofollow">拨号</a></p>\n'
    )


def test_what_is_nested_a_thousand_deep_is_cut_and_breaks_nothing():
    assert written("- " * 1000 + "x").count("<ul>") <= 20
    assert "x" in written("*" * 2000 + "x" + "*" * 2000)
