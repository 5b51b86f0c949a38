"""Forms with everything wrong: the page comes back filled in, with the error beside the field."""

import html
import re

import pytest

from tests.hostile.words import HTML, LONG, NASTY, SHORTER, SPACES
from tests.journeys.plain_browser import Counter, Files, Form, Page, PlainBrowser
from tests.photos import samples

GOOD: Files = [("photos", ("good.jpg", samples.jpeg(320, 240), "image/jpeg"))]


@pytest.fixture
def resident(sqlite_counter: Counter) -> PlainBrowser:
    return sqlite_counter.browser()


@pytest.fixture
def worker(sqlite_counter: Counter) -> PlainBrowser:
    return sqlite_counter.browser("grid_worker")


@pytest.fixture
def address(resident: PlainBrowser) -> str:
    return f"/c/{resident.town.code()}/report"


@pytest.fixture
def form(resident: PlainBrowser, address: str) -> Form:
    """The empty form of a report."""
    return resident.open(address).form("/report")


@pytest.fixture
def number(resident: PlainBrowser, form: Form) -> str:
    """A case the grid worker has to take up."""
    path = resident.submit(form, text="楼道堆物", category="E05").path
    return path.partition("?")[0].rpartition("/")[2]


def _shown_again(page: Page, status: int) -> Form:
    """The form again, as a page that says what is wrong."""
    assert page.status == status, page.text[:1_000]
    assert 'class="error bad"' in page.text or 'role="alert"' in page.text
    assert "Traceback" not in page.text
    return page.form("/report")


def test_words_too_long_come_back_with_the_error_beside_them(
    resident: PlainBrowser, form: Form
) -> None:
    typed = {"text": LONG, "spot": "三楼东", "phone": "16000000001", "category": "E05"}

    page = resident.submit(form, **typed)

    again = _shown_again(page, 422)
    assert {name: again.first(name) for name in typed} == typed
    assert 'id="text-error"' in page.text


def test_a_form_of_nothing_but_spaces_says_that_one_thing_is_enough(
    resident: PlainBrowser, form: Form
) -> None:
    page = resident.submit(form, text=SPACES, spot="三楼东")

    assert _shown_again(page, 422).first("spot") == "三楼东"
    assert "有一样就能提交" in page.text


def test_words_that_are_html_come_back_as_words(resident: PlainBrowser, form: Form) -> None:
    page = resident.submit(form, text=HTML, phone="不是号码")

    assert _shown_again(page, 422).first("text") == HTML
    assert "<script>alert(1)" not in page.text
    assert 'onerror="alert' not in page.text


def test_words_that_are_html_are_words_on_the_cases_page(
    resident: PlainBrowser, form: Form
) -> None:
    page = resident.submit(form, text=HTML, spot=HTML[:50])

    assert page.status == 200
    assert html.escape("<script>alert(1)</script>", quote=False) in page.text
    assert "<script>alert(1)" not in page.text


@pytest.mark.parametrize("words", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("name", ["text", "spot", "phone", "category", "conceal", "photo_ids", "x"])
def test_nasty_words_in_any_field_of_the_form_never_break_the_page(
    resident: PlainBrowser, form: Form, name: str, words: str
) -> None:
    page = resident.submit(form, **({"text": "门坏了"} | {name: words}))

    assert page.status in (200, 400, 404, 413, 422)


@pytest.mark.parametrize(
    ("file", "status"),
    [
        (samples.text_file(), 415),
        (samples.truncated_jpeg(), 422),
        (samples.bomb_png(), 413),
    ],
    ids=["text named jpg", "truncated", "169 megapixels"],
)
def test_a_file_that_is_no_photo_loses_nothing_typed(
    resident: PlainBrowser, form: Form, file: bytes, status: int
) -> None:
    files: Files = [*GOOD, ("photos", ("photo.jpg", file, "image/jpeg"))]

    page = resident.submit(form, files, text="门坏了", spot="三楼东")

    again = _shown_again(page, status)
    assert (again.first("text"), again.first("spot")) == ("门坏了", "三楼东")
    assert len(again.values["photo_ids"]) == 1


def test_beside_a_photo_that_is_none_every_other_error_is_told_too(
    resident: PlainBrowser, form: Form
) -> None:
    photo = ("a.jpg", b"not a photo", "image/jpeg")

    shown = resident.submit(form, [("photos", photo)], text="路灯不亮", phone="123")

    assert shown.status == 422
    assert all(f'id="{name}-error"' in shown.text for name in ("photos", "phone"))


def test_the_photo_that_was_good_is_still_there_when_the_form_is_sent_again(
    resident: PlainBrowser, form: Form
) -> None:
    refused = resident.submit(form, GOOD, text="门坏了", phone="12")

    page = resident.submit(refused.form("/report"), phone="")

    assert page.status == 200
    assert len(page.pictures) == 1
    assert resident.open(page.pictures[0]).status == 200


def test_ten_photos_keep_nine_and_say_so(resident: PlainBrowser, form: Form) -> None:
    page = resident.submit(form, GOOD * 10, text="门坏了")

    again = _shown_again(page, 422)
    assert len(again.values["photo_ids"]) == 9
    assert again.first("text") == "门坏了"


def test_the_same_key_with_other_words_shows_them_again(resident: PlainBrowser, form: Form) -> None:
    resident.submit(form, text="门坏了")

    page = resident.submit(form, text="窗坏了")

    again = _shown_again(page, 409)
    assert again.first("text") == "窗坏了"
    assert again.first("idempotency_key") != form.first("idempotency_key")


def test_a_form_without_its_key_is_refused_with_what_was_typed(
    resident: PlainBrowser, form: Form
) -> None:
    page = resident.submit(form, text="门坏了，说了很多", idempotency_key="")

    assert page.status == 400
    assert "门坏了，说了很多" in page.text


def test_a_form_from_another_site_is_refused(resident: PlainBrowser, address: str) -> None:
    answer = resident.http.post(
        address,
        data={"text": "x"},
        headers={"origin": "https://evil.example", "accept": "text/html"},
    )

    assert answer.status_code == 403
    assert "text/html" in answer.headers["content-type"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=text"),
        ("multipart/form-data; boundary=x", b"\xff" * 100),
        ("application/x-www-form-urlencoded", b"text=%FF%FE&idempotency_key=abc"),
        ("application/x-www-form-urlencoded", b"a=1&" * 5_000),
        ("application/json", b'{"text":"x"}'),
        ("text/plain", b"text=x"),
    ],
)
def test_a_body_that_is_no_form_is_refused_as_a_page(
    resident: PlainBrowser, address: str, kind: str, body: bytes
) -> None:
    headers = {"content-type": kind, "origin": resident.town.base_url, "accept": "text/html"}

    answer = resident.http.post(address, content=body, headers=headers)

    assert answer.status_code in (400, 413, 415)
    assert "text/html" in answer.headers["content-type"]


def test_a_move_lacking_something_comes_back_filled_in(worker: PlainBrowser, number: str) -> None:
    form = worker.open(f"/cases/{number}").form("/moves/decline")

    page = worker.submit(form, reason=LONG)

    assert page.status == 422
    assert page.form("/moves/decline").first("reason") == LONG


def test_a_stale_form_shows_what_was_typed_and_what_happened(
    worker: PlainBrowser, number: str
) -> None:
    stale = worker.open(f"/cases/{number}").form("/moves/decline")
    worker.submit(worker.open(f"/cases/{number}").form("/moves/accept"))

    page = worker.submit(stale, reason="这不归我们，理由写了很久")

    assert page.status == 409
    assert "这不归我们，理由写了很久" in page.text


@pytest.mark.parametrize("words", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("name", ["seen_version", "row", "text", "back", "photo_ids"])
def test_nasty_words_in_any_field_of_a_move_never_break_the_page(
    worker: PlainBrowser, number: str, name: str, words: str
) -> None:
    form = worker.open(f"/cases/{number}").form("/moves/accept")

    assert worker.submit(form, **{name: words}).status in (200, 400, 409, 413, 422)


@pytest.mark.parametrize("words", SHORTER.values(), ids=SHORTER)
@pytest.mark.parametrize("name", ["tab", "estate", "q", "case", "after", "part"])
def test_nasty_words_in_the_desks_address_never_break_it(
    worker: PlainBrowser, name: str, words: str
) -> None:
    answer = worker.http.get(
        "/desk",
        params={name: words},
        headers={"accept": "text/html", "cookie": "; ".join(map("=".join, worker.cookies.items()))},
    )

    assert answer.status_code in (200, 400, 404, 422)


def test_a_wrong_password_keeps_the_name_and_drops_the_password(resident: PlainBrowser) -> None:
    form = resident.open("/signin/staff").form("/signin/staff")

    page = resident.submit(form, login="wang", password="letmein-please")

    assert page.status == 401
    assert page.form("/signin/staff").first("login") == "wang"
    assert "letmein-please" not in page.text


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example/", "/\\evil.example", "\x00"]
)
def test_nobody_is_sent_to_another_site_after_signing_in(resident: PlainBrowser, back: str) -> None:
    form = resident.open("/").form("/signin/demo")

    page = resident.submit(form, persona="grid_worker", back=back)

    assert page.status == 200
    assert page.answer.url.host == "127.0.0.1"


def test_an_unknown_sign_is_a_page_that_says_so(resident: PlainBrowser) -> None:
    page = resident.open(f"/c/{'0' * 27}")

    assert page.status == 404
    assert "没认出这个码" in page.text


def test_a_retired_sign_is_a_page_that_says_whom_to_ask_and_leads_on(
    resident: PlainBrowser,
) -> None:
    page = resident.open(f"/c/{resident.town.code('retired')}")

    assert page.status == 410
    assert "演示-网格员" in page.text
    assert f"/c/{resident.town.code('successor')}" in page.text


def test_an_unknown_short_number_is_shown_again(resident: PlainBrowser) -> None:
    page = resident.open("/?short=12345")

    assert page.status == 404
    assert "12345" in page.text


@pytest.mark.parametrize("typed", ["261128 030013", "261128030014"])
def test_a_receipts_number_is_told_where_to_ask_whether_there_is_such_a_case_or_not(
    resident: PlainBrowser, typed: str
) -> None:
    page = resident.open(f"/?short={typed}")

    assert page.status == 200
    assert "这是上报的编号" in page.text
    assert 'href="/mine"' in page.text
    assert typed not in page.text


def test_a_receipt_in_hand_is_answered_like_one_nobody_holds(resident: PlainBrowser) -> None:
    address = f"/c/{resident.town.code('estate')}/report"
    sent = resident.submit(resident.open(address).form(address), category="F01", text="井盖没了")
    number = re.search(r"/cases/(\d{12})", sent.path)[1]

    assert resident.open(f"/?short={number}").text == resident.open("/?short=261128030014").text
