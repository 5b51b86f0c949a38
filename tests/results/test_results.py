"""How public cases ended, for everybody: the good and the bad, and nobody's name or words."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from server import cases, photos, places, results, views
from server.base import clock, database
from server.base.errors import Invalid
from server.base.viewer import GUEST, Viewer
from server.cases import Opened
from server.results import PublicPhotoUnknown
from tests.cases.test_statements import plan_of
from tests.counting import counting
from tests.desk import Desk, asked, guest
from tests.photos import samples

AREA = [(0, 0, 500, 500)]


async def ended(desk: Desk, *, code: str = "playground", outcome: str = "fixed", **sent: Any):
    """A case of the playground, solved by the grid worker and confirmed by who raised it."""
    said = {"category": "F03", "text": "王女士说滑梯坏了"} | sent
    opened = await desk.report(code=code, **said)
    await desk.move(opened, "accept", desk.grid_worker)
    await desk.move(opened, "self_handle", desk.grid_worker)
    given = {"outcome": outcome, "text": "修好了，有事打16000009999。"}
    if outcome == "planned":
        given["until"] = "2026-12-20"
    if outcome == "not_ours":
        given["reason"] = "归市政所管。"
    await desk.move(opened, "resolve", desk.grid_worker, **given)
    await desk.move(opened, "confirm", guest(opened), solved="partly")
    return opened


async def listed(desk: Desk) -> list[results.Result]:
    return list((await results.results_under(desk.town.community.path)).items)


async def test_however_much_ended_elsewhere_none_of_it_is_looked_at(
    db: str, either_desk: Desk
) -> None:
    await ended(either_desk)
    with counting() as counted:
        await results.results_under(either_desk.town.community.path)
    ways = ("seqscan", "bitmapscan", "sort")
    plans = [await plan_of(db, sql, args, without=ways) for sql, args in counted.asked]
    own = {"sqlite": "COVERING INDEX idx_cases_for_all", "postgres": "idx_cases_by_end"}
    assert own[database.dialect()] in plans[0]
    assert [plan for plan in plans if "SCAN c" in plan or "SCAN x" in plan] == []


@pytest.mark.parametrize("outcome", ["fixed", "explained", "planned", "not_ours"])
async def test_every_outcome_is_told_with_the_answer_and_the_residents_word(
    desk: Desk, hands: clock.Hands, outcome: str
) -> None:
    await ended(desk, outcome=outcome)
    [one] = await listed(desk)
    assert (one.ending, one.outcome, one.solved) == ("confirmed", outcome, "partly")
    assert one.said == "修好了，有事打160****9999。"
    assert (one.planned_on is not None) == (outcome == "planned")
    assert "王女士" not in str(await views.community_results(desk.town.community.id))


async def test_what_was_declined_or_withdrawn_is_told_as_well(desk: Desk) -> None:
    declined = await desk.report(code="playground", category="F03", text="坏了")
    await desk.move(declined, "decline", desk.grid_worker, reason="这里已经拆了。")
    withdrawn = await desk.report(code="playground", category="F03", text="又坏了")
    await desk.move(withdrawn, "withdraw", guest(withdrawn))
    told = {one.ending: (one.outcome, one.said) for one in await listed(desk)}
    assert told == {"declined": ("", "这里已经拆了。"), "withdrawn": ("", "")}


@pytest.mark.parametrize(
    "sent", [{"conceal": True}, {"category": "P06", "text": "态度不好"}, {"category": "C03"}]
)
async def test_what_is_concealed_about_somebody_or_never_listed_does_not_appear(
    desk: Desk, sent: dict[str, Any]
) -> None:
    opened = await desk.report(code="playground", **{"category": "F03", "text": "坏了"} | sent)
    await desk.move(opened, "withdraw", guest(opened))
    assert await listed(desk) == []


async def test_what_complains_about_a_firm_does_not_appear(desk: Desk) -> None:
    about = {"about_unit_id": desk.town.units["property_firm"]}
    opened = await desk.report(code="playground", category="F03", text="物业不修", **about)
    await desk.move(opened, "withdraw", guest(opened))
    assert await listed(desk) == []


async def test_of_a_home_only_the_house_is_told(either_desk: Desk) -> None:
    desk = either_desk
    opened = await desk.report(code="room", category="P04", text="漏水")
    await desk.move(opened, "withdraw", guest(opened))
    [one] = await listed(desk)
    assert one.place == desk.town.entrance.full_name


async def test_the_list_goes_on_and_the_newest_stands_first(
    either_desk: Desk, hands: clock.Hands
) -> None:
    desk = either_desk
    for _ in range(3):
        hands.move(timedelta(minutes=5))
        opened = await desk.report(code="playground", category="F03", text="坏了")
        await desk.move(opened, "withdraw", guest(opened))
    area = desk.town.community.path
    first = await results.results_under(area, limit=2)
    rest = await results.results_under(area, limit=2, after=first.next)
    ends = [one.closed_at for one in (*first.items, *rest.items)]
    assert (len(first.items), len(rest.items), rest.next) == (2, 1, None)
    assert ends == sorted(ends, reverse=True)


async def test_what_was_open_or_appealed_has_no_result(desk: Desk) -> None:
    opened = await desk.report(code="playground", category="F03", text="坏了")
    assert await listed(desk) == []
    await desk.move(opened, "decline", desk.grid_worker, reason="这里已经拆了。")
    await desk.move(opened, "appeal", guest(opened), reason="没有拆")
    assert await listed(desk) == []


@pytest.fixture
async def studio(tmp_path):
    photos.open_studio(f"file://{tmp_path}/photos", photos.Limits(children=1))
    yield
    await photos.close_studio()


async def with_photo(desk: Desk) -> tuple[Opened, photos.KeptPhoto]:
    kept = await photos.keep(samples.jpeg(400, 300), uploader=GUEST)
    return await ended(desk, photos=(kept.id,)), kept


async def copy_of(number: str, kept: photos.KeptPhoto, by: Viewer) -> UUID | None:
    return (await results.publishing(number, by)).photo(kept.id).copy_id


async def publish(number: str, kept: photos.KeptPhoto, by: Viewer) -> None:
    """Whoever has looked at the copy as it is now."""
    await results.publish(number, kept.id, seen=await copy_of(number, kept, by), by=by)


async def bytes_of(photo_id: Any) -> bytes:
    return (await photos.read(photo_id)).content


async def test_a_photo_is_shown_once_it_was_drawn_over_and_published_and_no_longer_when_withdrawn(
    either_desk: Desk, studio: None
) -> None:
    desk = either_desk
    opened, kept = await with_photo(desk)
    number, secretary = opened.number, desk.community_secretary
    original = await bytes_of(kept.id)
    await results.draw(number, kept.id, AREA, by=secretary, asked=asked())
    assert (await listed(desk))[0].photos == ()
    more = [(0, 0, 1000, 1000)]
    await results.draw(number, kept.id, more, by=secretary, asked=asked())
    await publish(number, kept, secretary)

    [shown] = (await listed(desk))[0].photos
    copy_id = await results.shown_copy(shown.id)
    assert shown.side == "before"
    assert await bytes_of(copy_id) != original == await bytes_of(kept.id)
    with pytest.raises(results.PublishedAlready):
        await results.draw(number, kept.id, AREA, by=secretary, asked=asked())

    await results.withdraw(number, kept.id, by=secretary)
    assert (await listed(desk))[0].photos == ()
    with pytest.raises(PublicPhotoUnknown):
        await results.shown_copy(shown.id)
    assert await photos.find_photo(copy_id) is None
    rows = await database.fetch("SELECT action, target FROM audit_record ORDER BY id")
    assert [(row["action"], row["target"]) for row in rows] == [
        ("photo.publish", number),
        ("photo.withdraw", number),
    ]


async def test_a_copy_a_colleague_drew_meanwhile_is_not_published_unseen(
    desk: Desk, studio: None
) -> None:
    opened, kept = await with_photo(desk)
    number, secretary = opened.number, desk.community_secretary
    await results.draw(number, kept.id, [(0, 0, 1000, 1000)], by=secretary, asked=asked())
    looked_at = await copy_of(number, kept, secretary)
    await results.draw(number, kept.id, (), plain=True, by=secretary, asked=asked())
    with pytest.raises(results.PhotoMovedOn):
        await results.publish(number, kept.id, seen=looked_at, by=secretary)
    assert (await listed(desk))[0].photos == ()
    await publish(number, kept, secretary)
    await publish(number, kept, secretary)  # twice is as good as once
    assert len((await listed(desk))[0].photos) == 1


async def test_two_taps_that_draw_at_once_make_one_copy(desk: Desk, studio: None) -> None:
    opened, kept = await with_photo(desk)
    how = {"by": desk.community_secretary, "asked": asked()}
    await asyncio.gather(*(results.draw(opened.number, kept.id, AREA, **how) for _ in range(2)))
    rows = await database.fetch("SELECT id FROM photo WHERE case_id IS NOT NULL")
    assert len(rows) == 2  # the one she sent, and the copy


async def test_a_copy_goes_with_the_photos_of_its_case(desk: Desk, studio: None) -> None:
    opened, kept = await with_photo(desk)
    await results.draw(
        opened.number, kept.id, (), plain=True, by=desk.community_secretary, asked=asked()
    )
    await publish(opened.number, kept, desk.community_secretary)
    [shown] = (await listed(desk))[0].photos
    await cases.forget_old_cases(clock.now() + timedelta(days=1))
    assert (await listed(desk))[0].photos == ()
    with pytest.raises(photos.PhotoGone):
        await photos.read(await results.shown_copy(shown.id))


async def test_nothing_is_published_that_nobody_looked_at_or_that_is_not_theirs(
    desk: Desk, studio: None
) -> None:
    opened, kept = await with_photo(desk)
    number, secretary = opened.number, desk.community_secretary
    with pytest.raises(Invalid):
        await results.draw(number, kept.id, (), by=secretary, asked=asked())
    with pytest.raises(PublicPhotoUnknown):
        await results.publish(number, kept.id, seen=None, by=secretary)
    with pytest.raises(results.NotForAll):
        await results.draw(number, kept.id, AREA, by=desk.grid_worker, asked=asked())
    away = replace(secretary.posts[0], area=desk.town.street_grid.path)
    with pytest.raises(results.NotForAll):
        await results.draw(
            number, kept.id, AREA, by=replace(secretary, posts=(away,)), asked=asked()
        )
    with pytest.raises(cases.CaseUnknown):
        await results.draw(number, kept.id, AREA, by=desk.municipal, asked=asked())


async def test_photos_from_a_home_and_of_open_or_concealed_cases_are_not_published(
    desk: Desk,
) -> None:
    home = await desk.report(code="room", category="P04", text="漏水")
    await desk.move(home, "withdraw", guest(home))
    with pytest.raises(results.TakenAtHome):
        await results.publishing(home.number, desk.community_secretary)
    still = await desk.report(code="playground", category="F03", text="坏了")
    with pytest.raises(results.NotForAll):
        await results.publishing(still.number, desk.community_secretary)
    hidden = await desk.report(code="playground", category="F03", text="坏了", conceal=True)
    await desk.move(hidden, "withdraw", guest(hidden))
    with pytest.raises(results.NotForAll):
        await results.publishing(hidden.number, desk.community_secretary)


async def test_the_board_tells_who_answers_at_the_sign_one_came_from(desk: Desk) -> None:
    community = desk.town.community
    here = await views.community_board(community.id, desk.town.token)
    assert [one.role for one in here.contacts] == ["grid_worker", "grid_police", "property_manager"]
    assert (here.code, here.office.phone) == (desk.town.token, "16000000105")
    nowhere = await views.community_board(community.id, "0123456789ABCDEFGHJKMNPQRST")
    assert not nowhere.code
    assert nowhere.contacts
    with pytest.raises(places.NoSuchPlace):
        await views.community_board(desk.town.estate.id)
