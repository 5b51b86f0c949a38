"""The pages of bulletins as a browser without a script meets them: every form, every answer."""

import json
import re
import time
from datetime import timedelta
from uuid import UUID

import pytest

from server import bulletins, views
from server.base import clock
from server.photos import PhotoNotTheirs
from tests.access.knocking import knock
from tests.bulletins.conftest import DAY, Boards
from tests.desk import a_photo, asked
from tests.pressing import Browser, signed_in, text_of

LIST, NEW = "/desk/bulletins", "/desk/bulletins/new"
TYPED = {"title": "停<水>通知", "audiences": ["residents", "staff"], "text": "# 时间\n\n- 明天"}


@pytest.fixture
def db(sqlite_db: str) -> str:
    return sqlite_db


@pytest.fixture
async def clerk(boards: Boards) -> Browser:
    """The community's secretary, signed in."""
    return await signed_in(boards.writer)


async def test_a_bulletin_goes_its_whole_way_by_forms_alone(boards: Boards, clerk: Browser):
    passer_by, sign = Browser(), f"/c/{boards.town.token}"
    sent = await clerk.send(NEW, **TYPED, place=boards.town.community.id)
    one = sent.goes_to.partition("?")[0]
    assert "停<水>通知" not in text_of(await passer_by.open(sign))

    until = f"{clock.now() + DAY:%Y-%m-%dT%H:%M}"
    assert (await clerk.send(f"{one}/publish", until=until, seen_version=1)).status == 303
    assert (await clerk.send(f"{one}/pin", pinned="1")).status == 303
    scanned = text_of(await passer_by.open(sign))
    assert ("停<水>通知" in scanned, "置顶" in scanned) == (True, True)

    read = await passer_by.open(f"{sign}/bulletins/{one.rpartition('/')[2]}")
    assert "<h2>时间</h2>" in read.text
    assert "停&lt;水&gt;通知" in read.text
    assert "default-src 'self'; script-src 'self'; style-src 'self'" in str(read.headers)
    await bulletins.flush_reads()
    page = text_of(await clerk.open(one))
    assert boards.town.community.full_name in page
    assert "一共打开1次" in page
    assert "停<水>通知" in text_of(await clerk.open("/work/bulletins"))

    assert (await clerk.send(f"{one}/withdraw", reason="改期了")).status == 303
    assert "停<水>通知" not in text_of(await passer_by.open(sign))
    gone = await passer_by.open(f"{sign}/bulletins/{one.rpartition('/')[2]}")
    assert (gone.status, "可能已经撤下" in text_of(gone)) == (404, True)
    assert "撤下：改期了" in text_of(await clerk.open(one))


async def test_what_was_typed_comes_back_with_what_is_wrong(boards: Boards, clerk: Browser):
    sent = await clerk.send(NEW, **TYPED | {"title": " "})
    page = text_of(sent)
    assert sent.status == 422
    assert all(one in page for one in ("写一个标题。", "请选发给哪里的人看。", "# 时间\n\n- 明天"))
    assert re.search(r'name="audiences" value="staff"[^>]* checked', sent.text)
    assert not re.search(r'name="audiences" value="merchants"[^>]* checked', sent.text)


async def test_it_is_looked_at_before_it_is_kept(boards: Boards, clerk: Browser):
    place = boards.town.community.id
    looked = await clerk.send(NEW, **TYPED, place=place, look="1")
    assert looked.status == 200
    assert "<li>明天</li>" in looked.text
    assert "# 时间\n\n- 明天" in text_of(looked)
    assert "这一栏还没有公告" in text_of(await clerk.open(LIST))


async def test_wrong_times_are_said_beside_the_field_and_kept(boards: Boards, clerk: Browser):
    one = f"{LIST}/{await boards.draft()}"
    wrong = {"out": "2026-12-03T08:00", "until": "2026-12-02T08:00", "seen_version": 1}
    sent = await clerk.send(f"{one}/publish", **wrong)
    assert sent.status == 422
    assert "到期要晚于发布" in text_of(sent)
    assert 'value="2026-12-03T08:00"' in sent.text
    assert 'value="2026-12-02T08:00"' in sent.text
    assert (await clerk.send(f"{one}/publish", until="明天")).status == 422


async def test_a_colleague_who_was_first_is_told_of_and_nothing_typed_is_lost(
    boards: Boards, clerk: Browser
):
    bulletin_id = await boards.draft()
    await boards.change(bulletin_id, version=1, title="同事改的")
    form = {**TYPED, "place": boards.town.community.id, "seen_version": 1}
    sent = await clerk.send(f"{LIST}/{bulletin_id}/edit", **form)
    assert sent.status == 409
    assert ("同事刚刚改过" in text_of(sent), "停&lt;水&gt;通知" in sent.text) == (True, True)
    assert 'name="seen_version" value="2"' in sent.text


async def test_what_is_over_is_not_changed_but_written_anew(boards: Boards, clerk: Browser):
    bulletin_id = await boards.out(title="旧的")
    await bulletins.withdraw(bulletin_id, "过时了", by=boards.writer, asked=asked())
    assert (await clerk.open(f"{LIST}/{bulletin_id}/edit")).status == 409
    again = await clerk.open(f"{NEW}?like={bulletin_id}")
    assert ('value="旧的"' in again.text, "明天停水。" in again.text) == (True, True)


async def test_it_prints_on_one_page_and_nobody_elses_is_there(boards: Boards, clerk: Browser):
    bulletin_id = await boards.out()
    sheet = await clerk.open(f"{LIST}/{bulletin_id}/sheet")
    assert ("明天停水。" in sheet.text, "paper.bundle.css" in sheet.text) == (True, True)
    firm = await signed_in(boards.desk.property_manager)
    assert (await firm.open(f"{LIST}/{bulletin_id}/sheet")).status == 404


async def test_a_sign_that_is_kept_does_not_say_today_tomorrow(boards: Boards, hands) -> None:
    await boards.out(until=clock.now() + 3 * DAY)
    address, said = f"/c/{boards.town.token}", []
    for _ in range(2):
        said.append(text_of(await Browser().open(address)))
        (await views.board(boards.town.token)).until = time.monotonic()
        hands.move(DAY)
    assert ["今天" in said[0], "昨天" in said[0]] == [True, False]
    assert "昨天" in said[1]


async def test_a_phone_reads_one_whole_and_is_counted(boards: Boards):
    photo = await a_photo(boards.writer)
    bulletin_id = await boards.out(text="# 时间\n\n<b>明天</b>", photo_ids=(photo,))
    address = f"/m/v1/bulletins/{bulletin_id}"
    read = [await knock("GET", address, bearer=True) for _ in range(2)]
    read.append(await knock("GET", address, bearer=True, query={"code": boards.town.token}))

    [told, _, at_sign] = [json.loads(one.text) for one in read]
    assert told["html"] == "<h2>时间</h2>\n<p>&lt;b&gt;明天&lt;/b&gt;</p>\n"
    assert [one["url"] for one in told["photos"]] == [f"/bulletins/{bulletin_id}/photos/{photo}"]
    assert at_sign == told
    await bulletins.flush_reads()
    assert [one.times for one in await bulletins.figures(bulletin_id)] == [3]


async def test_what_is_for_staff_a_phone_reads_as_staff_and_nobody_counts(boards: Boards):
    bulletin_id = await boards.out(audiences=("staff",))
    address, worker = f"/m/v1/bulletins/{bulletin_id}", await signed_in(boards.desk.grid_worker)
    read = [await knock("GET", address, bearer=True, token=each) for each in ("", worker.token)]
    assert [one.status for one in read] == [404, 200]
    await bulletins.flush_reads()
    assert await bulletins.figures(bulletin_id) == []


async def test_all_bulletins_of_a_community_are_read_without_a_sign(boards: Boards, hands):
    for nth in range(23):
        await boards.out(title=f"第{nth:02}条")
        hands.move(timedelta(minutes=1))
    reader, board = Browser(), f"/community/{boards.town.community.id}"
    assert f'href="{board}/bulletins"' in (await reader.open(board)).text

    first = await reader.open(f"{board}/bulletins")
    more = re.search(r'href="\?after=([^"]+)"', first.text)[1]
    second = await reader.open(f"{board}/bulletins?after={more}")
    titles = [re.findall(r"<b>第(\d+)条</b>", page.text) for page in (first, second)]
    assert titles == [[f"{nth:02}" for nth in range(22, 2, -1)], ["02", "01", "00"]]
    assert "after=" not in second.text.partition("<main")[2]

    query = {"after": more}
    listed = await knock("GET", f"/m/v1{board}/bulletins", bearer=True, query=query)
    told = json.loads(listed.text)
    assert ([one["title"] for one in told["items"]], "next" in told) == (
        ["第02条", "第01条", "第00条"],
        False,
    )


async def test_what_is_written_after_another_has_its_photos_too(boards: Boards, clerk: Browser):
    photos = [await a_photo(boards.writer) for _ in range(2)]
    old = await boards.out(title="旧的", photo_ids=tuple(photos))
    form = (await clerk.open(f"{NEW}?like={old}")).text
    assert re.findall(r'name="photo_ids" value="([^"]+)"', form) == [str(one) for one in photos]
    assert f'name="like" value="{old}"' in form

    said = {**TYPED, "place": boards.town.community.id, "like": old}
    wrong = await clerk.send(NEW, **said | {"title": " "}, photo_ids=photos)
    assert re.findall(r'name="photo_ids" value="([^"]+)"', wrong.text) == [str(o) for o in photos]
    sent = await clerk.send(NEW, **said, photo_ids=[photos[1]])
    new = await bulletins.find_minded(UUID(sent.goes_to.split("/")[3][:36]), boards.writer)
    assert (len(new.photo_ids), new.photo_ids[0] in photos) == (1, False)
    assert (await bulletins.find_minded(old, boards.writer)).photo_ids == tuple(photos)
    page = (await clerk.open(f"{LIST}/{new.id}")).text
    assert f"/bulletins/{new.id}/photos/{new.photo_ids[0]}" in page


async def test_photos_of_a_bulletin_that_is_anothers_are_not_taken_over(boards: Boards):
    photo = await a_photo(boards.writer)
    old, firm = await boards.out(photo_ids=(photo,)), boards.desk.property_manager
    words = boards.words(place_id=boards.town.estate.id, photo_ids=(photo,))
    with pytest.raises(bulletins.BulletinUnknown):
        await bulletins.draft(words, like=old, by=firm, asked=asked())
    with pytest.raises(PhotoNotTheirs):
        await bulletins.draft(words, by=firm, asked=asked())


async def test_an_address_that_leads_nowhere_says_what_is_wrong_with_it(boards: Boards) -> None:
    path = f"/community/{boards.town.community.id}/results"
    answer = await Browser().open(f"{path}?after=xx")
    assert (answer.status, "列表接不上了，请从头看起。" in text_of(answer)) == (422, True)
