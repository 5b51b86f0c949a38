"""The desk without a script: several cases at once, each on its own; filters kept and dropped."""

import re

import pytest

from tests.journeys.plain_browser import Counter, Page, PlainBrowser


@pytest.fixture
def manager(sqlite_counter: Counter) -> PlainBrowser:
    return sqlite_counter.browser("property_manager")


@pytest.fixture
def dispatched(sqlite_counter: Counter) -> list[str]:
    """Three lifts that stand still; the firm is to sign."""
    guest = sqlite_counter.browser()
    path = f"/c/{guest.town.code()}/report"
    sent = [guest.submit(guest.open(path).form(path), category="P02") for _ in range(3)]
    return [re.search(r"/cases/(\d{12})", page.path)[1] for page in sent]


def _chosen(who: PlainBrowser, move: str, numbers: list[str], back: str = "/desk") -> Page:
    ticked = "&".join(f"case={number}" for number in numbers)
    return who.open(f"/bulk?move={move}&back={back}&{ticked}")


def test_the_list_has_a_tick_for_each_and_a_button_for_each_move(manager, dispatched):
    page = manager.open("/desk?tab=to_sign")
    form = page.form("/bulk")
    assert (form.method, form.first("back")) == ("get", "/desk?tab=to_sign")
    assert f'name="case" value="{dispatched[0]}" form="bulk"' in page.text
    assert 'name="move" value="sign"' in page.text


def test_numbers_of_whole_tabs_do_not_stand_above_a_narrowed_list(manager, dispatched):
    counted = 'data-count="to_sign"'
    assert counted in manager.open("/desk?tab=to_sign").text
    assert counted not in manager.open("/desk?tab=to_sign&q=电梯故障停运").text
    assert manager.finds(dispatched[0], "/desk?tab=to_sign&q=电梯故障停运")


def test_what_has_ended_has_no_tick(manager):
    ended = manager.open("/desk?tab=closed")
    assert not ended.offers("/bulk")


def test_several_go_at_once_and_who_was_there_before_is_told_why_not(manager, dispatched):
    form = _chosen(manager, "sign", dispatched).form("/bulk")
    assert len(form.values["case"]) == 3
    manager.submit(manager.open(f"/cases/{dispatched[0]}").form("/moves/sign"))

    done = manager.submit(form, text="马上去修")

    assert done.status == 200
    assert "2件办成了" in done.text
    assert "1件没有办成" in done.text
    assert "这件事刚刚有了新进展" in done.text
    assert "马上去修" in manager.open(f"/cases/{dispatched[1]}").text


def test_sent_twice_it_is_done_once(manager, dispatched):
    form = _chosen(manager, "sign", dispatched).form("/bulk")
    first, again = manager.submit(form), manager.submit(form)
    assert "3件办成了" in first.text
    assert "3件办成了" in again.text
    assert manager.open(f"/cases/{dispatched[0]}").text.count("<h3>签收</h3>") == 1


def test_what_the_move_is_not_open_to_is_named_and_left_alone(manager, dispatched):
    manager.submit(manager.open(f"/cases/{dispatched[0]}").form("/moves/sign"))
    page = _chosen(manager, "sign", dispatched)
    assert "这2件一起办" in page.text
    assert "有1件现在不能这样办" in page.text
    assert "现在都不能办这一步" in _chosen(manager, "accept", dispatched).text


def test_a_colleague_must_be_chosen_before_any_of_them_goes(manager, dispatched):
    manager.submit(_chosen(manager, "sign", dispatched).form("/bulk"))
    form = _chosen(manager, "reassign", dispatched).form("/bulk")
    page = manager.submit(form)
    assert page.status == 422
    assert "这3件一起办" in page.text
    assert 'id="reassign-post"' in page.text


def test_all_of_them_go_to_a_colleague(manager, dispatched):
    manager.submit(_chosen(manager, "sign", dispatched).form("/bulk"))
    page = _chosen(manager, "reassign", dispatched)
    colleague = re.search(r'<option value="([^"]+)">演示-物业工作人员', page.text)[1]
    assert "3件办成了" in manager.submit(page.form("/bulk"), post=colleague).text


def test_what_cannot_be_done_for_many_is_refused(manager, dispatched):
    assert _chosen(manager, "resolve", dispatched).status == 422
    assert _chosen(manager, "sign", dispatched * 20).status == 422


def test_nothing_chosen_goes_back_to_the_list(manager):
    again = manager.open("/bulk?move=sign&back=/desk?tab=to_sign")
    assert again.path.startswith("/desk?tab=to_sign")
    assert "请先选中要一起办的" in again.text
    assert "请先选中" not in manager.open("/desk?tab=to_sign").text


def test_only_what_one_may_do_there_is_offered_for_many(manager, dispatched):
    offered = re.findall('name="move" value="([a-z]+)"', manager.open("/desk?tab=to_sign").text)
    assert offered == ["sign", "reassign", "progress"]
    assert not manager.open("/desk?tab=resolved").offers("/bulk")


def test_a_filter_is_kept_looked_through_and_dropped(manager):
    form = manager.open("/desk?tab=to_sign&q=电梯").form("/desk/filters")
    kept = manager.submit(form, title="没签收的电梯")
    assert "筛选存好了" in kept.text
    address = re.search(r'<nav class="chips".*?href="([^"]+)"[^>]*>没签收的电梯<', kept.text)[1]
    assert "tab=to_sign" in address
    assert 'aria-current="page">没签收的电梯' in kept.text
    dropped = manager.submit(kept.form("/drop"))
    assert "没签收的电梯" not in dropped.text


def test_a_filter_without_a_name_is_asked_for_one_beside_what_was_typed(manager):
    form = manager.open("/desk?tab=to_sign").form("/desk/filters")
    page = manager.submit(form, title="长" * 30)
    assert page.status == 422
    assert page.form("/desk/filters").first("title") == "长" * 30
    assert 'id="filter-title-error"' in page.text
