"""Lists of conversations: whose they are, and what is told of one in which nothing was said."""

import pytest


@pytest.fixture
def contact(phone):
    """Who answers at the entrance."""
    return phone.get(f"/codes/{phone.code}").json()["contacts"][0]


def test_what_was_written_to_posts_is_refused_to_who_holds_none(phone, signed_in):
    nobody, resident = phone, signed_in("resident")
    answers = [each.get("/conversations", list="work") for each in (nobody, resident)]
    assert [each.status_code for each in answers] == [401, 403]


def test_what_was_written_to_ones_posts_is_listed(phone, signed_in, contact):
    begun = phone.post(
        "/conversations",
        {"code": phone.code, "post_id": contact["post_id"], "text": "楼道灯几时修？"},
    ).json()
    listed = signed_in(contact["role"]).get("/conversations", list="work").json()["items"]
    assert begun["id"] in [one["id"] for one in listed]


def test_where_nothing_was_said_nobody_has_answered(phone, contact):
    body = {"code": phone.code, "post_id": contact["post_id"]}
    begun = phone.post("/conversations", body).json()
    assert (begun["last_seq"], begun["state_title"]) == (0, "还没有留言")


@pytest.mark.parametrize("which", ["waiting", "bound"])
def test_an_invented_cursor_is_told_by_its_own_name(signed_in, which):
    refused = signed_in("grid_worker").get("/bindings", **{which: "x"})
    assert [one["field"] for one in refused.json()["errors"]] == [which]
