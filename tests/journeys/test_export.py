"""The desk's list as a file, without a script: two buttons, a Chinese name, only for whom it is."""

import io
import zipfile

import pytest

from tests.journeys.factors import paper_code
from tests.journeys.plain_browser import Counter

FORMATS = {"xlsx": "application/vnd.openxmlformats", "csv": "text/csv"}


@pytest.mark.parametrize("kind", FORMATS)
def test_the_desk_gives_its_list_as_a_file(sqlite_counter: Counter, kind: str) -> None:
    resident, manager = sqlite_counter.browser(), sqlite_counter.browser("property_manager")
    path = f"/c/{resident.town.code()}/report"
    resident.submit(resident.open(path).form(path), category="P02", text="给名单用的")

    form = manager.open("/desk?tab=to_sign&q=给名单用的").form("/desk/export")
    asked = manager.submit(form, format=kind)
    code = paper_code(manager.town, "property_manager")
    got = manager.submit(asked.form("/desk/export"), step_up_code=code).answer

    assert asked.status == 403

    assert got.headers["content-type"].startswith(FORMATS[kind])
    named = got.headers["content-disposition"]
    assert f'filename="list.{kind}"' in named
    assert "filename*=UTF-8''%E5%B7%A5%E5%8D%95-%E5%BE%85%E7%AD%BE%E6%94%B6-" in named
    content = got.content
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = book.read("xl/worksheets/sheet1.xml")
    assert "给名单用的" in content.decode()


def test_one_kind_of_file_does_not_hold_up_the_other(sqlite_counter: Counter) -> None:
    page = sqlite_counter.browser("property_manager").open("/desk")
    assert page.answer.text.count('action="/desk/export"') == 2


def test_whoever_was_asked_for_a_code_finds_back_to_the_list(sqlite_counter: Counter) -> None:
    manager = sqlite_counter.browser("property_manager")
    listed, on = "/desk?tab=open", f"{manager.town.base_url}/desk"
    form = manager.open(listed).form("/desk/export")
    manager.http.headers["referer"] = f"{on}?tab=open"
    asked = manager.submit(form, format="csv")
    manager.http.headers["referer"] = f"{on}/export"
    again = manager.submit(asked.form("/desk/export"), step_up_code="000000")

    assert "这一页还停在这里" in asked.text
    assert [f'href="{listed}"' in page.text for page in (asked, again)] == [True, True]


def test_who_may_not_export_has_no_button_and_no_way(sqlite_counter: Counter) -> None:
    worker, manager = (sqlite_counter.browser(p) for p in ("grid_worker", "property_manager"))
    form = manager.open("/desk").form("/desk/export")
    assert not worker.open("/desk").offers("/desk/export")
    assert worker.submit(form, format="csv").status == 403
