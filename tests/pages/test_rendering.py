"""Every page, made from invented shapes: whole, quiet under a strict policy, marked, light."""

import gzip
import re
from html.parser import HTMLParser

import msgspec
import pytest
from jinja2 import UndefinedError

from server.base import phones
from server.pages.rendering import SIZES, Face, Sign, Typed, sign
from server.views import case_shapes
from tests.pages import case_samples, samples
from tests.pages.case_contexts import judge, receipt, report
from tests.pages.contexts import PAGES, page, scan
from tests.pages.desk_contexts import desk_empty

every_page = pytest.mark.parametrize("name", PAGES)


class Outline(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str | None]:
        return [attrs[attribute] for _, attrs in self.tags if attribute in attrs]


@every_page
def test_a_page_has_no_inline_script_style_or_handler(face: Face, name: str) -> None:
    tags = Outline(page(face, name)).tags
    assert [
        tag for tag, attrs in tags if tag == "style" or (tag == "script" and "src" not in attrs)
    ] == []
    assert [
        key for _, attrs in tags for key in attrs if key == "style" or key.startswith("on")
    ] == []


def test_no_page_of_a_code_is_taken_up_by_search_engines(face: Face) -> None:
    unlisted = '<meta name="robots" content="noindex">'
    assert unlisted in face.render("scan.html", samples.a_frame(path="/c/X"), **scan(face))
    assert unlisted not in face.render("help.html", samples.a_frame(path="/help"))


@every_page
def test_no_two_things_on_a_page_share_an_id(face: Face, name: str) -> None:
    ids = Outline(page(face, name)).values("id")
    assert len(ids) == len(set(ids))


@every_page
def test_every_label_and_description_leads_to_something_on_the_page(face: Face, name: str) -> None:
    outline = Outline(page(face, name))
    wanted = {
        one
        for key in ("for", "aria-describedby", "aria-labelledby")
        for value in outline.values(key)
        for one in (value or "").split()
    }
    assert wanted - set(outline.values("id")) == set()


@every_page
def test_every_page_of_a_demo_says_so(face: Face, name: str) -> None:
    assert "演示数据" in page(face, name)


@every_page
def test_a_page_carries_every_drawing_it_uses(face: Face, name: str) -> None:
    html = page(face, name)
    used = set(re.findall(r'href="#i-([a-z]+)"', html))
    assert set(re.findall(r'<symbol id="i-([a-z]+)"', html)) == used


@pytest.mark.parametrize("size", SIZES)
def test_the_server_writes_the_chosen_text_size(face: Face, size: str) -> None:
    html = page(face, "scan", size)
    assert f'class="text-{size}"' in html
    assert f'value="{size}" aria-pressed="true"' in html


def test_what_was_typed_comes_back_escaped(face: Face) -> None:
    html = page(face, "report with errors")
    assert "&lt;b&gt;&#34;电梯&#34;&lt;/b&gt;" in html
    assert "<b>&#34;" not in html


def test_an_error_stands_beside_its_field_and_in_the_summary(face: Face) -> None:
    html = page(face, "report with errors")
    assert html.count("电话号码不对。") == 2
    assert 'aria-describedby="phone-hint phone-error"' in html


def test_a_page_with_something_wrong_begins_with_it(face: Face) -> None:
    html = page(face, "report with errors")
    assert "<title>有错误：我要上报" in html
    assert html.index('id="errors"') < html.index('class="plate"')
    assert "wrong-->" not in html + page(face, "report")


def test_the_hidden_choice_that_was_made_is_unfolded(face: Face) -> None:
    context = report(face) | {"typed": Typed("k", values={"category": "C02"})}
    assert "<details data-kinds open>" in face.render("report.html", samples.a_frame(), **context)


def test_the_three_answers_of_the_resident_look_the_same(face: Face) -> None:
    html = page(face, "case to judge")
    labels = re.findall(r'<label for="solved-\w+">', html)
    assert labels == [
        '<label for="solved-yes">',
        '<label for="solved-partly">',
        '<label for="solved-no">',
    ]


@pytest.mark.parametrize("outcome", ["explained", "planned", "not_ours"])
def test_what_is_not_done_is_not_called_done(face: Face, outcome: str) -> None:
    context = judge(face)
    context["case"] = msgspec.structs.replace(context["case"], outcome=outcome)
    html = face.render("case.html", samples.a_frame(), **context)
    assert "真的解决了吗" in html
    assert "已办好" not in html


def test_a_seconder_sees_no_words_and_no_photos_of_the_raiser(face: Face) -> None:
    html = page(face, "case of a seconder")
    assert "photo" not in re.sub(r"data-words='[^']*'", "", html).split("<ol")[0].split("<main")[1]


def test_staff_read_how_a_case_came_and_what_it_is_called_elsewhere(face: Face) -> None:
    html = page(face, "case of staff")
    assert "来源：窗口" in html
    assert "12345 YZ-1" in html


def test_a_word_a_template_forgets_to_receive_stops_it(face: Face) -> None:
    with pytest.raises(UndefinedError):
        face.render("scan.html", samples.a_frame())


def test_the_page_after_a_scan_with_its_style_weighs_less_than_14_kb(face: Face) -> None:
    style = face.assets.files["css/resident.bundle.css"].zipped
    assert len(gzip.compress(page(face, "scan").encode(), 5)) + len(style or b"") < 14_000


@pytest.mark.parametrize("name", ["screening", "plaques", "code", "homes to verify", "bulk"])
def test_what_is_wrong_far_down_a_list_is_said_on_top_and_leads_there(
    face: Face, name: str
) -> None:
    html = page(face, name)
    wrong = html.split('class="error bad" id="')[1].split('-error"')[0]
    assert f'href="#{wrong}"' in html[html.index('role="alert"') :]


@pytest.mark.parametrize("name", ["scan", "bulletin", "bulletin anywhere", "community", "results"])
def test_what_is_long_to_read_can_be_read_aloud(face: Face, name: str) -> None:
    assert "data-aloud" in page(face, name)


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("given", "/withdraw"),
        ("me", "/me/homes/"),
        ("homes to verify", "/end"),
        ("bulletin, draft", "/throw-away"),
    ],
)
def test_what_cannot_be_undone_is_folded_away_until_it_is_asked_for(
    face: Face, name: str, action: str
) -> None:
    before = page(face, name).split(f'{action}"' if action[-1] != "/" else action)[0]
    assert before.count("<details") == before.count("</details") + 1


def test_of_many_open_cases_the_page_after_a_scan_lists_the_first(face: Face) -> None:
    cut = face.render("scan.html", samples.a_frame(), **scan(face) | {"listed": 1})
    assert cut.count('/second"') == 1
    assert 'href="?open=all#open">全部2件' in cut
    whole = face.render("scan.html", samples.a_frame(), **scan(face) | {"listed": None})
    assert (whole.count('/second"'), "open=all" in whole) == (2, False)


def test_the_page_after_a_scan_asks_for_one_style_and_one_script(face: Face) -> None:
    html = page(face, "scan")
    assert html.count("/static/") == 2


def test_a_sign_gives_the_number_its_own_line() -> None:
    assert sign(samples.a_place()) == Sign("演示·湖畔社区第一网格", "演示·云锦苑小区", "1号楼1单元")


def test_a_mobile_number_is_spaced_and_a_short_one_is_not() -> None:
    assert (phones.spaced("16000000101"), phones.spaced("96333")) == ("160 0000 0101", "96333")


def test_who_handles_a_case_sees_that_a_number_was_left_though_no_name_was(face: Face) -> None:
    case = case_samples.a_staff_case(raiser=case_shapes.RaiserShape(me=False, phone="160****0123"))
    html = face.render(
        "case.html", samples.a_frame(), **PAGES["case of staff"][1](face) | {"case": case}
    )
    assert "160****0123" in html


@pytest.mark.parametrize(
    ("q", "said", "cleared"),
    [("", "这一栏现在没有工单。", False), ("灯", "没有符合条件的工单。", True)],
)
def test_an_empty_list_offers_to_clear_only_what_was_filtered(
    face: Face, q: str, said: str, cleared: bool
) -> None:
    html = face.render("desk.html", samples.a_frame(), **desk_empty(face) | {"q": q})
    assert said in html
    assert ("清空筛选</a>" in html) is cleared


def test_whose_turn_comes_next_is_not_told_to_whoever_is_away(face: Face) -> None:
    said = re.sub(r"<[^>]+>", "", page(face, "duty"))
    assert "现在不当班，11月26日18:00上班" in said
    assert "现在不当班，11月27日8:00由同事上班" in said


@pytest.mark.parametrize(
    ("signed_in", "said"),
    [("", "您没留电话，我们没法通知您。"), ("演示-王女士", "有新进展会在“我报过的”里告诉您。")],
)
def test_without_a_phone_only_who_is_signed_in_is_promised_word(
    face: Face, signed_in: str, said: str
) -> None:
    html = face.render("case.html", samples.a_frame(signed_in=signed_in), **receipt(face))
    assert said in html


def test_no_line_of_a_roster_begins_with_what_separates_names(face: Face) -> None:
    html = page(face, "roster")
    assert "、</span>" in html
    assert "</span>、" not in html


def test_a_number_on_the_sign_is_read_in_one_piece(face: Face) -> None:
    assert '<span class="whole">160 0000 0101</span>' in page(face, "duty")
