"""The main job by plain forms, as a phone without a script sends them, on both databases."""

import re

import pytest

from tests.journeys.plain_browser import Counter, Files, Page, PlainBrowser
from tests.journeys.wholeness import faults_of
from tests.photos import samples

PHOTO: Files = [("photos", ("IMG_0001.jpg", samples.jpeg(640, 480), "image/jpeg"))]


@pytest.fixture
def resident(counter: Counter) -> PlainBrowser:
    return counter.browser()


def _reported(resident: PlainBrowser, **typed: str) -> str:
    """The number of a case just reported at the gate, with a photo."""
    token = resident.town.code("estate")
    form = resident.open(f"/c/{token}/report").form(f"/c/{token}/report")
    said = {"category": "F01", "text": "井盖没了"} | typed
    return _number(resident.submit(form, PHOTO, **said))


def _number(page: Page) -> str:
    assert page.status == 200, page.text[:2_000]
    found = re.search(r"/cases/(\d{12})", page.path)
    assert found, page.path
    return found[1]


def _moves(
    who: PlainBrowser, number: str, move: str, files: Files | None = None, **typed: str
) -> Page:
    """Open the case's page, fill in this move's form, press its button."""
    form = who.open(f"/cases/{number}").form(f"/moves/{move}")
    page = who.submit(form, files, **typed)
    assert page.status == 200, page.text[:2_000]
    return page


def test_the_whole_journey_needs_no_script(counter: Counter, resident: PlainBrowser) -> None:
    worker, manager = counter.browser("grid_worker"), counter.browser("property_manager")
    dispatcher = counter.browser("street_dispatcher")
    firm = counter.town.unit("property_firm")

    number = _reported(resident)
    assert worker.finds(number, "/work")
    _moves(worker, number, "accept")
    _moves(worker, number, "dispatch", unit=firm)
    assert manager.finds(number, "/desk")
    _moves(manager, number, "return", reason="不属物业范围。")
    _moves(dispatcher, number, "rule_dispute", unit=firm)
    _moves(manager, number, "sign")
    _moves(manager, number, "resolve", PHOTO, outcome="fixed", text="换了新井盖。")
    again = resident.open(f"/cases/{number}").form("/moves/confirm")
    resident.submit(again, to=f"/cases/{number}/moves/reopen", solved="no", reason="还在晃。")
    _moves(dispatcher, number, "resolve", PHOTO, outcome="fixed", text="垫平了。")
    judged = _moves(resident, number, "confirm", solved="yes", rating="satisfied")

    assert "居民已确认" in judged.text or "满意" in judged.text
    assert not judged.offers("/moves/confirm")
    assert faults_of(counter.town, number) == []


def test_a_guest_finds_the_case_again_on_this_phone(resident: PlainBrowser) -> None:
    number = _reported(resident)

    assert number in resident.open("/mine").text


def test_another_phone_does_not_find_it(counter: Counter, resident: PlainBrowser) -> None:
    number = _reported(resident)

    assert counter.browser().open(f"/cases/{number}").status == 404


def test_a_neighbour_joins_from_another_signs_page(
    counter: Counter, resident: PlainBrowser
) -> None:
    number, neighbour = _reported(resident), counter.browser()
    form = neighbour.open(f"/c/{counter.town.code('entrance')}").form(f"/cases/{number}/second")

    neighbour.submit(form)

    assert number in neighbour.open("/mine").text
    assert neighbour.open(f"/cases/{number}").status == 200


def test_an_opinion_is_kept_from_whom_it_says_it_concerns(
    counter: Counter, resident: PlainBrowser
) -> None:
    worker, post = counter.browser("grid_worker"), resident.town.town.posts["grid_worker"]
    said = {"category": "C04", "text": "态度不好"}

    about_him = _reported(resident, about=f"post_id:{post}", **said)
    about_nobody = _reported(resident, **said)
    of_another_kind = _reported(resident, about=f"post_id:{post}")

    assert worker.open(f"/cases/{about_him}").status == 404
    assert "/moves/classify" not in worker.open(f"/cases/{about_nobody}").text
    assert "/moves/classify" in worker.open(f"/cases/{of_another_kind}").text


def test_whom_an_opinion_concerns_is_chosen_from_the_list(resident: PlainBrowser) -> None:
    token = resident.town.code("estate")
    form = resident.open(f"/c/{token}/report").form(f"/c/{token}/report")

    page = resident.submit(form, category="C04", text="态度不好", about="post_id:he")

    assert "请从列出的里面选" in page.text


def test_a_form_sent_twice_makes_one_case(resident: PlainBrowser) -> None:
    token = resident.town.code("estate")
    form = resident.open(f"/c/{token}/report").form(f"/c/{token}/report")

    first = resident.submit(form, PHOTO, text="点了两下")
    again = resident.submit(form, PHOTO, text="点了两下")

    assert _number(first) == _number(again)


def test_a_complaint_about_the_firm_is_on_no_page_of_the_firm(
    counter: Counter, resident: PlainBrowser
) -> None:
    manager = counter.browser("property_manager")
    number = _reported(resident, category="P06", text="乱收费，经理骂人")
    pages = ["/desk", "/desk?tab=overdue", f"/desk?q={number}", "/desk?q=乱收费", "/work", "/mine"]

    shown = [page for page in pages if f"/cases/{number}" in manager.open(page).text]

    assert shown == []
    assert manager.open(f"/cases/{number}").status == 404
    assert manager.open(f"/desk?case={number}").status == 404


@pytest.mark.parametrize(("sign", "status"), [("retired", 410), ("unknown", 404)])
def test_words_written_for_a_sign_that_is_gone_are_shown_to_be_copied(resident, sign, status):
    form = resident.open(f"/c/{resident.town.code()}/report").form("/report")
    form.action = f"/c/{resident.town.code(sign) if sign == 'retired' else 'A' * 26}/report"
    page = resident.submit(form, category="F01", text="井盖没了，写了半天")
    assert page.status == status
    assert "井盖没了，写了半天" in page.text
