"""From moves offered to forms: which comes first, which waits folded, what each asks."""

import pytest
from msgspec.structs import replace

from server.pages.moves import buttons, main_move, move_forms
from server.pages.rendering import Face, Typed
from tests.pages.case_contexts import staff_case
from tests.pages.case_samples import a_staff_case
from tests.pages.samples import a_frame, a_move


def test_the_move_that_carries_the_case_on_is_the_main_one() -> None:
    offered = [
        a_move("return", "退回", "reason"),
        a_move("resolve", "办结", "text"),
        a_move("dispatch", "派单"),
    ]
    assert main_move(offered).key == "resolve"


def test_a_way_out_is_never_the_main_move() -> None:
    assert main_move([a_move("withdraw", "撤回"), a_move("decline", "不予受理", "reason")]) is None


def test_exactly_one_form_is_the_main_one_and_it_comes_first(face: Face) -> None:
    forms = move_forms(a_staff_case(), face.words, Typed("k"))
    assert [form.main for form in forms] == [True, False, False]


def test_what_was_typed_returns_only_to_its_own_form(face: Face) -> None:
    typed = Typed("k", values={"reason": "不是我们小区的"}, move="return")
    forms = {form.key: form for form in move_forms(a_staff_case(), face.words, typed)}
    assert forms["return"].typed.value("reason") == "不是我们小区的"
    assert forms["resolve"].typed.values == {}


@pytest.mark.parametrize(
    ("said", "summed"),
    [
        ("不能空着。", "为什么退回：不能空着。"),
        ("“该由谁管”、“为什么”至少要有一样。", "“该由谁管”、“为什么”至少要有一样。"),
    ],
)
def test_what_is_wrong_is_summed_up_by_the_label_of_its_field(
    face: Face, said: str, summed: str
) -> None:
    typed = Typed("k", errors={"reason": said}, move="return")
    context = {**staff_case(face), "forms": move_forms(a_staff_case(), face.words, typed)}
    page = face.render("case.html", a_frame(), **context)
    assert f'<a href="#return-reason">{summed}</a>' in page


def test_a_field_with_choices_is_asked_as_choices(face: Face) -> None:
    resolve = move_forms(a_staff_case(), face.words, Typed("k"))[0]
    assert [(field.name, field.kind, field.required) for field in resolve.fields] == [
        ("outcome", "choice", True),
        ("text", "text", True),
        ("photos", "photos", False),
        ("until", "date", False),
        ("unit", "line", False),
        ("reason", "text", False),
    ]


def test_a_move_that_asks_nothing_is_pressed_at_once(face: Face) -> None:
    accept, back = buttons(
        [a_move("accept", "受理"), a_move("return", "退回", "reason")], face.words
    )
    assert (accept.at_once, accept.main, back.at_once) == (True, True, False)


def test_a_planned_outcome_alone_asks_for_a_day(face: Face) -> None:
    resolve = move_forms(a_staff_case(), face.words, Typed("k"))[0]
    assert {field.name: field.only_when for field in resolve.fields if field.only_when} == {
        "until": "outcome:planned",
        "unit": "outcome:not_ours",
        "reason": "outcome:not_ours",
    }


def test_joining_is_not_offered_away_from_the_code(face: Face) -> None:
    case = a_staff_case(moves=[a_move("second", "我也遇到了")])
    assert move_forms(case, face.words, Typed("k")) == ()


def test_a_ruling_names_its_unit_and_a_dispatch_may_leave_it_to_the_catalogue(face: Face) -> None:
    offered = [a_move("rule_dispute", "裁定", "unit"), a_move("dispatch", "派单", "unit?")]
    case = replace(a_staff_case(), moves=offered)
    ruling, dispatch = (form.fields[0] for form in move_forms(case, face.words, Typed("k")))
    assert (ruling.required, dispatch.required) == (True, False)
    assert dispatch.first == "按派单目录定"


def test_a_photo_is_said_to_be_needed_where_the_move_is_not_made_without(face: Face) -> None:
    offered = [a_move("rectify", "改好了", "text", "photos"), a_move("resolve", "办结", "photos?")]
    forms = move_forms(a_staff_case(moves=offered), face.words, Typed("k"))
    needed = [(form.key, field.needed) for form in forms for field in form.fields]
    assert needed == [("rectify", False), ("rectify", True), ("resolve", False)]


def test_a_photo_expected_later_is_said_beside_its_field(face: Face) -> None:
    case = a_staff_case(moves=[a_move("resolve", "办结", "photos?")], evidence="photo")
    assert "补照片" in move_forms(case, face.words, Typed("k"))[0].fields[0].hint


def test_what_belongs_to_one_outcome_says_so_where_no_script_hides_it(face: Face) -> None:
    resolve = move_forms(a_staff_case(), face.words, Typed("k"))[0]
    labels = [field.label for field in resolve.fields if field.only_when]
    assert labels == [
        "计划哪天办完（选“排了计划”时填）",
        "该由谁管（选“不归我们管”时填）",
        "为什么不归我们管（选了这一项时填）",
    ]


@pytest.mark.parametrize(("key", "field"), [("classify", "category"), ("reassign", "post")])
def test_no_choice_is_made_before_somebody_makes_it(face: Face, key: str, field: str) -> None:
    move = a_move(key, "改类型", field, **{field: [("F01", "电梯困人"), ("P02", "电梯故障停运")]})
    forms = move_forms(a_staff_case(moves=[move]), face.words, Typed("k"))
    page = face.render("case.html", a_frame(path="/cases/1"), **staff_case(face) | {"forms": forms})
    first = page.partition(f'name="{field}" required>')[2].partition("</option>")[0]
    assert first.strip() == '<option value="">请选择'
