"""What a unit has to press: kept by those who answer for its words, pressed by all of it."""

import asyncio
import re
from uuid import UUID

import pytest

from server import contact, trust
from server.base import clock
from server.base.errors import Invalid
from server.base.viewer import Viewer
from server.contact import CannedList, ConversationFile, Said
from server.contact.canned.rules import TOWNS_OWN
from tests.contact.conftest import Talk, viewer
from tests.desk import Desk, asked
from tests.pressing import signed_in, text_of

PAGE = "/desk/conversations/replies"


class Replies:
    """The list of the property firm, kept by its manager."""

    def __init__(self, desk: Desk) -> None:
        self.by, self.unit = desk.property_manager, _unit(desk.property_manager)

    async def now(self) -> CannedList:
        return await contact.canned_list(self.unit, self.by)

    async def words(self) -> list[str]:
        return [one.words for one in (await self.now()).replies]

    async def add(self, words: str, *, seen: int | None = None, by: Viewer | None = None) -> None:
        version = (await self.now()).version if seen is None else seen
        by, once = by or self.by, asked("add")
        await contact.add_reply(self.unit, words, seen_version=version, by=by, asked=once)

    async def change(self, nth: int, do: str, words: str = "", *, seen: int | None = None) -> None:
        now = await self.now()
        await contact.change_reply(
            self.unit,
            now.replies[nth].key,
            words or now.replies[nth].words,
            do,
            seen_version=now.version if seen is None else seen,
            by=self.by,
            asked=asked("change"),
        )


def _unit(by: Viewer) -> UUID:
    return by.posts[0].unit_id


@pytest.fixture
def replies(desk: Desk) -> Replies:
    return Replies(desk)


async def _offered(talk: Talk, one: ConversationFile, by: Viewer) -> list[str]:
    now = await contact.find_conversation(one.id, by)
    return [reply.words for reply in await contact.offered_replies(now, by)]


async def test_a_unit_begins_with_the_towns_and_keeps_its_own(replies: Replies):
    towns = [one.words for one in TOWNS_OWN]
    assert (await replies.words(), (await replies.now()).is_own) == (towns, False)

    await replies.add("师傅今天下午到，请您家里留人。")
    await replies.change(0, "remove")
    await replies.change(5, "up")
    await replies.change(0, "down", "我马上到。")

    assert await replies.words() == [
        towns[2], "我马上到。", towns[3], towns[4], "师傅今天下午到，请您家里留人。", towns[5],
    ]  # fmt: skip
    assert (await replies.now()).is_own


async def test_whoever_removes_the_last_has_the_towns_again(replies: Replies):
    for _ in TOWNS_OWN:
        await replies.change(0, "remove")
    assert (await replies.now()).replies == TOWNS_OWN
    await replies.add("您好。")
    assert len(await replies.words()) == len(TOWNS_OWN) + 1


async def test_those_who_answer_for_a_unit_press_its_own_and_no_others(
    desk: Desk, talk: Talk, replies: Replies
):
    await replies.add("电梯师傅在路上。")
    to_firm = await talk.begin(post="property_manager")
    to_grid = await talk.begin()
    assert "电梯师傅在路上。" in await _offered(talk, to_firm, desk.property_manager)
    assert "电梯师傅在路上。" not in await _offered(talk, to_grid, desk.grid_worker)
    assert await _offered(talk, to_firm, talk.holder(to_firm)) == []

    key = (await replies.now()).replies[-1].key
    said = Said(text="王女士，", canned=key)
    await contact.say(to_firm.id, said, by=desk.property_manager, asked=asked("say"))
    assert (await talk.lines(to_firm))[-1] == "staff：王女士，\n电梯师傅在路上。"
    with pytest.raises(contact.ReplyGone):
        await contact.say(to_grid.id, said, by=desk.grid_worker, asked=asked("say"))


async def test_what_was_pressed_in_words_that_are_gone_is_not_said(
    desk: Desk, talk: Talk, replies: Replies
):
    await replies.add("明天修。")
    one, key = await talk.begin(post="property_manager"), (await replies.now()).replies[-1].key
    await replies.change(6, "keep", "后天修。")
    with pytest.raises(contact.ReplyGone):
        await contact.say(one.id, Said(canned=key), by=desk.property_manager, asked=asked("say"))


async def test_a_resident_presses_nothing(talk: Talk):
    one = await talk.begin()
    with pytest.raises(Invalid):
        await contact.say(one.id, Said(canned="coming"), by=talk.holder(one), asked=asked("say"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (" ", "写一句回复，再保存。"),
        ("长" * 201, "最多200"),
        (TOWNS_OWN[0].words, "一样的话已经有一条了。"),
    ],
)
async def test_words_that_are_no_reply_are_refused(replies: Replies, words: str, said: str):
    with pytest.raises(Invalid) as wrong:
        await replies.add(words)
    assert said in wrong.value.fields[0].detail
    assert not (await replies.now()).is_own


async def test_twenty_are_enough(replies: Replies):
    for nth in range(contact.MOST_REPLIES - len(TOWNS_OWN)):
        await replies.add(f"第{nth}句。")
    with pytest.raises(Invalid):
        await replies.add("再来一句。")


async def test_whoever_was_slower_is_told_and_the_same_request_is_one(replies: Replies):
    await replies.add("甲。")
    with pytest.raises(contact.RepliesMovedOn):
        await replies.add("乙。", seen=0)
    once, seen = asked("add"), (await replies.now()).version
    for _ in range(2):
        await contact.add_reply(replies.unit, "丙。", seen_version=seen, by=replies.by, asked=once)
    assert (await replies.words())[-2:] == ["甲。", "丙。"]


async def test_who_changed_what_is_on_record_and_what_was_refused_is_not(replies: Replies):
    before, towns = clock.now(), [one.words for one in TOWNS_OWN]
    await replies.add("甲。")
    await replies.change(0, "keep", "乙。")
    await replies.change(1, "remove")
    with pytest.raises(contact.RepliesMovedOn):
        await replies.add("丙。", seen=1)

    found = await trust.records_since(before)

    assert [(one["action"], one["detail"]) for one in found] == [
        ("reply.add", {"words": "甲。"}),
        ("reply.change", {"words": "乙。", "before": towns[0]}),
        ("reply.remove", {"words": towns[1]}),
    ]
    assert {(one["by_name"], one["by_role"]) for one in found} == {
        (replies.by.name, "property_manager")
    }


async def test_two_colleagues_at_once_change_it_once_and_the_other_is_told(replies: Replies):
    await replies.add("甲。")
    sent = [replies.add(words, seen=1) for words in ("乙。", "丙。", "丁。")]
    fared = await asyncio.gather(*sent, return_exceptions=True)
    assert [type(one) for one in fared].count(contact.RepliesMovedOn) == 2
    assert len(await replies.words()) == len(TOWNS_OWN) + 2


@pytest.mark.parametrize("role", ["property_staff", "grid_leader"])
async def test_a_colleague_who_only_presses_and_another_unit_keep_nothing(
    desk: Desk, replies: Replies, role: str
):
    with pytest.raises(contact.RepliesUnknown):
        await replies.add("我加的。", seen=0, by=await viewer(desk, role))
    assert not (await replies.now()).is_own


async def test_the_list_is_kept_by_forms_alone_and_nothing_typed_is_lost(
    desk: Desk, replies: Replies
):
    clerk, unit = await signed_in(desk.property_manager), replies.unit
    shown = await clerk.open(PAGE)
    assert ("全城通用" in shown.text, TOWNS_OWN[0].words in shown.text) == (True, True)

    folded = re.findall(r"<details.*?</details>", shown.text, re.DOTALL)
    assert sum('value="remove"' in one for one in folded) == shown.text.count('value="remove"')

    long = await clerk.send(PAGE, text="长" * 201, unit=unit, seen_version=0)
    assert (long.status, "长" * 201 in text_of(long)) == (422, True)
    sent = await clerk.send(PAGE, text="<师傅>下午到。", unit=unit, seen_version=0)
    assert "存好了" in text_of(await clerk.open(sent.goes_to))

    wrong = await clerk.send(f"{PAGE}/seen", text=" ", unit=unit, seen_version=1, do="up")
    assert (wrong.status, "写一句回复" in text_of(wrong)) == (422, True)
    await replies.change(0, "keep", "同事改的。")
    late = await clerk.send(f"{PAGE}/seen", text="我改的。", unit=unit, seen_version=1)
    assert (late.status, "同事刚刚改过" in text_of(late)) == (409, True)
    assert ("我改的。" in text_of(late), "同事改的。" in text_of(late)) == (True, True)
    assert (await clerk.open(f"{PAGE}?unit={_unit(desk.grid_worker)}")).status == 404


async def test_they_are_pressed_on_the_phone_and_at_the_desk(
    desk: Desk, talk: Talk, replies: Replies
):
    await replies.add("电梯师傅在路上。")
    one, clerk = await talk.begin(post="property_manager"), await signed_in(desk.property_manager)
    for address in (f"/conversations/{one.id}", f"/desk/conversations?conversation={one.id}"):
        page = (await clerk.open(address)).text
        assert ("电梯师傅在路上。</button>" in page, f'href="{PAGE}"' in page) == (True, True)
    stale = await clerk.send(f"/conversations/{one.id}", canned="gone", text="还有这句")
    assert (stale.status, "还有这句" in text_of(stale)) == (409, True)
