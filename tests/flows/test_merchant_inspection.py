"""商户巡查 as a table: who may do what in which state, who has it, what it costs, who decides."""

from dataclasses import replace

import pytest

from server.flows import FLOWS, Holder, MoveNotPossible, Mover, MoverPost, NotYours, WrongGiven
from tests.flows.town import (
    COMMUNITY,
    DISPATCHER,
    DISPATCHER_ELSEWHERE,
    GRID_LEADER,
    GRID_WORKER,
    MANAGER,
    NEIGHBOUR,
    PASSER_BY,
    SECRETARY,
    STREET,
    Story,
    begin,
    number,
    staff,
)

SHOP_UNIT, OTHER_SHOP_UNIT = number(40), number(41)
SHOP = staff("merchant", SHOP_UNIT, 30)
OTHER_SHOP = staff("merchant", OTHER_SHOP_UNIT, 31)
COLLEAGUE = staff("grid_worker", COMMUNITY, 32)
ELSEWHERE = staff("grid_worker", COMMUNITY, 33, here=False)
CLERK = replace(staff("community_worker", COMMUNITY, 34), relations=frozenset({"filer"}))
STRANGE_CLERK = staff("community_worker", number(9), 35)
LEADER = staff("street_leader", STREET, 36)
FINDER = replace(GRID_WORKER, account_id=number(600))
RECHECKER = replace(COLLEAGUE, account_id=number(601))
PHOTO = [str(number(700))]
FACTS = {
    "merchant": str(number(800)),
    "title": "店外经营、占道摆放",
    "points": 2,
    "shop": {"post_id": str(number(130)), "unit_id": str(SHOP_UNIT)},
}
HAS_SHOP, HAS_FINDER = Holder(number(130), SHOP_UNIT), Holder(number(101), COMMUNITY)


def a_finding(who: Mover = FINDER, **given: object) -> Story:
    given = given or {"item": "outside", "photos": PHOTO}
    return begin(FLOWS["merchant_inspection"], who, given, FACTS)


def a_rectified_one() -> Story:
    return a_finding().does(SHOP, "rectify", text="桌子搬进来了。", photos=PHOTO)


def a_passed_one() -> Story:
    return a_rectified_one().does(FINDER, "pass")


def a_deducted_one() -> Story:
    return a_rectified_one().does(FINDER, "deduct", text="桌子还在外面。", photos=PHOTO)


def an_appealed_one() -> Story:
    return a_deducted_one().does(SHOP, "appeal", reason="那是隔壁的桌子。")


def one_another_deducted() -> Story:
    """Found by one, looked at again and deducted by a colleague, appealed."""
    story = a_rectified_one().does(RECHECKER, "deduct", text="还在外面。", photos=PHOTO)
    return story.does(SHOP, "appeal", reason="那是隔壁的桌子。")


def a_reversed_one() -> Story:
    return an_appealed_one().does(DISPATCHER, "reverse", reason="照片上是隔壁。")


OFFERS = [
    (a_finding, SHOP, "rectify"),
    (a_finding, OTHER_SHOP, ""),
    (a_finding, FINDER, "pass"),
    (a_finding, COLLEAGUE, "pass"),
    (a_finding, DISPATCHER, ""),
    (a_finding, NEIGHBOUR, ""),
    (a_finding, PASSER_BY, ""),
    (a_rectified_one, SHOP, ""),
    (a_rectified_one, FINDER, "pass deduct"),
    (a_rectified_one, COLLEAGUE, "pass deduct"),
    (a_rectified_one, GRID_LEADER, "pass deduct"),
    (a_rectified_one, CLERK, "pass deduct"),
    (a_rectified_one, STRANGE_CLERK, ""),
    (a_rectified_one, ELSEWHERE, ""),
    (a_rectified_one, SECRETARY, ""),
    (a_rectified_one, MANAGER, ""),
    (a_passed_one, SHOP, ""),
    (a_passed_one, FINDER, ""),
    (a_deducted_one, SHOP, "appeal"),
    (a_deducted_one, OTHER_SHOP, ""),
    (a_deducted_one, FINDER, ""),
    (an_appealed_one, DISPATCHER, "uphold reverse"),
    (an_appealed_one, LEADER, "uphold reverse"),
    (an_appealed_one, DISPATCHER_ELSEWHERE, ""),
    (an_appealed_one, FINDER, ""),
    (an_appealed_one, SHOP, ""),
    (a_reversed_one, SHOP, ""),
    (a_reversed_one, DISPATCHER, ""),
]


@pytest.mark.parametrize(("story", "who", "moves"), OFFERS)
def test_what_one_may_do(story, who, moves):
    assert story().offers(who) == moves.split()


@pytest.mark.parametrize("who", [SHOP, DISPATCHER, ELSEWHERE, NEIGHBOUR, PASSER_BY])
def test_nobody_but_staff_of_the_place_finds_anything(who):
    with pytest.raises(NotYours):
        a_finding(who)


@pytest.mark.parametrize("given", [{"item": "outside"}, {"photos": PHOTO}])
def test_a_finding_needs_an_item_and_a_photo(given):
    with pytest.raises(WrongGiven):
        a_finding(**given)


def test_the_shop_has_it_and_hears_of_it_at_once():
    story = a_finding()
    assert (story.case.owner, story.told()) == (HAS_SHOP, {("@shop", "found")})


def test_whoever_found_it_is_remembered():
    found = {"post_id": number(101), "unit_id": COMMUNITY, "account_id": number(600)}
    assert a_finding().case.facts["finder"] == {name: str(key) for name, key in found.items()}


def test_what_the_shop_put_right_goes_back_to_the_finder():
    story = a_rectified_one()
    assert (story.case.owner, story.told()) == (HAS_FINDER, {("holder", "rectified")})


@pytest.mark.parametrize("given", [{"text": "好了。"}, {"photos": PHOTO}])
def test_putting_right_needs_words_and_a_photo(given):
    with pytest.raises(WrongGiven):
        a_finding().does(SHOP, "rectify", **given)


def test_after_three_days_without_an_answer_the_recheck_is_due():
    story = a_finding().wait(days=3, ring=True)
    assert (story.state, story.case.owner) == ("recheck_due", HAS_FINDER)
    assert story.told() == {("@shop", "time_up"), ("holder", "recheck_due")}


def test_the_shop_is_reminded_before_its_days_are_over():
    story = a_finding().wait(hours=60, ring=True)
    assert (story.state, story.told()) == ("notified", {("@shop", "soon")})


def test_nothing_is_taken_before_the_shop_could_answer():
    with pytest.raises(MoveNotPossible):
        a_finding().does(FINDER, "deduct", text="还在。", photos=PHOTO)


def test_a_pass_costs_nothing_and_ends_it():
    story = a_passed_one()
    assert (story.state, story.case.facts["ending"]) == ("settled", "passed")
    assert (story.last.deeds, story.told()) == ((), {("@shop", "passed")})


@pytest.mark.parametrize("given", [{"text": "还在。"}, {"photos": PHOTO}])
def test_points_are_taken_only_with_words_and_a_photo(given):
    with pytest.raises(WrongGiven):
        a_rectified_one().does(FINDER, "deduct", **given)


def test_taking_points_is_a_deed_and_the_shop_hears_how_to_appeal():
    story = a_deducted_one()
    assert [deed.name for deed in story.last.deeds] == ["merchants.deduct"]
    assert (story.case.owner, story.told()) == (HAS_SHOP, {("@shop", "deducted")})


def test_nobody_rechecks_a_shop_of_their_own():
    keeper = Mover(posts=(*COLLEAGUE.posts, *SHOP.posts))
    with pytest.raises(MoveNotPossible, match="自己的店"):
        a_rectified_one().does(keeper, "pass")


def test_an_appeal_goes_to_the_street():
    story = an_appealed_one()
    assert story.case.owner == Holder(number(104), STREET)
    assert story.told() == {("holder", "shop_appeals")}


def test_an_appeal_is_heard_for_five_workdays_and_then_it_is_settled():
    story = a_deducted_one().wait(days=6, hours=23)
    assert story.offers(SHOP) == ["appeal"]
    story.wait(hours=1, ring=True)
    assert (story.state, story.case.facts["ending"]) == ("settled", "deducted")


def test_a_late_bell_does_not_lengthen_the_time_to_appeal():
    with pytest.raises(MoveNotPossible):
        a_deducted_one().wait(days=7, minutes=1).does(SHOP, "appeal", reason="不是我们。")


@pytest.mark.parametrize(
    "who",
    [
        Mover(posts=DISPATCHER.posts, account_id=number(600)),
        Mover(posts=(*DISPATCHER.posts, MoverPost(number(101), COMMUNITY, "grid_worker"))),
        Mover(posts=(*DISPATCHER.posts, *SHOP.posts)),
    ],
    ids=["the finder in another post", "the finder's post beside", "the shopkeeper"],
)
def test_whoever_found_it_or_keeps_the_shop_does_not_decide_the_appeal(who):
    for move in ("uphold", "reverse"):
        with pytest.raises(MoveNotPossible):
            an_appealed_one().does(who, move, reason="看过了。")


@pytest.mark.parametrize(
    "who",
    [
        Mover(posts=DISPATCHER.posts, account_id=number(601)),
        Mover(posts=(*DISPATCHER.posts, *COLLEAGUE.posts)),
        Mover(posts=(*LEADER.posts, *COLLEAGUE.posts), account_id=number(601)),
    ],
    ids=["in another post", "with that post beside", "as the leader"],
)
@pytest.mark.parametrize("move", ["uphold", "reverse"])
def test_whoever_took_the_points_does_not_decide_the_appeal(who, move):
    story = one_another_deducted()
    assert story.offers(who) == []
    with pytest.raises(MoveNotPossible, match="您复查扣的分"):
        story.does(who, move, reason="看过了。")


def test_an_appeal_is_decided_by_whoever_had_no_part_in_it():
    story = one_another_deducted()
    assert story.offers(DISPATCHER) == ["uphold", "reverse"]
    assert story.offers(Mover(posts=DISPATCHER.posts, account_id=number(600))) == []
    assert story.replayed() == story.case


def test_giving_points_back_is_a_deed_and_both_sides_hear_of_it():
    story = a_reversed_one()
    assert [deed.name for deed in story.last.deeds] == ["merchants.give_back"]
    assert story.told() == {("@shop", "reversed"), ("@finder", "reversed")}
    assert (story.state, story.case.facts["ending"]) == ("reviewed", "reversed")


def test_what_is_upheld_stays_as_it_was():
    story = an_appealed_one().does(DISPATCHER, "uphold", reason="照片清楚。")
    assert (story.last.deeds, story.case.facts["ending"]) == ((), "upheld")


def test_a_recheck_that_nobody_makes_climbs_the_ladder_and_costs_the_shop_nothing():
    story = a_rectified_one().wait(days=20, ring=True)
    assert story.state == "recheck_due"
    assert {("supervisor", "left_alone"), ("superior", "left_alone")} <= {
        (tell.to, tell.text) for tell in story.tells
    }


@pytest.mark.parametrize("story", [a_passed_one, a_reversed_one])
def test_its_events_tell_the_whole_case(story):
    told = story()
    assert told.replayed() == told.case
