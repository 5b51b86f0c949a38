"""What the pages of conversations are given, with invented shapes."""

from collections.abc import Callable
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import replace

from server.pages.rendering import Face, Typed
from server.views import conversation_shapes as talk
from server.views import shapes
from server.views.canned import CannedCard
from tests.pages import samples, sign_samples
from tests.pages.samples import at

Context = dict[str, object]
ONE = UUID(int=9)
STAFF = ("say", "end", "hand_over", "case", "block")
REPLIES = [
    shapes.OptionShape(value="coming", title="您好，我<马上>来。"),
    shapes.OptionShape(value="done", title="已经处理好了。"),
]


def a_conversation(me: str = "resident", **more: object) -> talk.ConversationShape:
    to = sign_samples.a_card().contacts[0]
    said = {
        "id": ONE,
        "me": me,
        "state": "waiting",
        "state_title": "等着回复",
        "to": to,
        "place": "演示·云锦苑小区1号楼1单元",
        "opened_at": at(23, 9, 0),
        "last_at": at(23, 9, 5),
        "last_seq": 4,
        "unread": 1,
        "seen": 2,
        "blocked": False,
        "agrees": True,
        "may": ["say", "end"] if me == "resident" else list(STAFF),
        "resident": UNSET if me == "resident" else "王*",
    }
    return talk.ConversationShape(**said | more)


def _messages(me: str = "resident") -> list[talk.MessageShape]:
    hers = talk.SpeakerShape(name="王*", role_title="", me=me == "resident")
    his = talk.SpeakerShape(name="演示-巴特尔", role_title="网格员", me=me != "resident")
    town = talk.SpeakerShape(name="", role_title="", me=False)
    return [
        talk.MessageShape(
            seq=3, at=at(23, 9, 0), who=hers, kind="said", text="楼道里有<煤气>味",
            photos=[samples.a_photo()], emergency=True, may_case=me != "resident",
        ),
        talk.MessageShape(seq=4, at=at(23, 9, 1), who=his, kind="said", text="马上到"),
        talk.MessageShape(
            seq=5, at=at(23, 9, 2), who=town, kind="case", text="记成上报",
            case="261123004701", case_key="k" * 22 if me == "resident" else UNSET,
        ),
        talk.MessageShape(seq=6, at=at(23, 9, 3), who=hers, kind="said", text="谢谢"),
    ]  # fmt: skip


def _page(one: talk.ConversationShape, **more: object) -> talk.ConversationPage:
    said = {
        "conversation": one,
        "place": sign_samples.a_card().place,
        "messages": _messages(one.me),
        "earlier": True,
        "colleagues": [shapes.OptionShape(value=str(ONE), title="物业工作人员演示-小李")],
        "canned": REPLIES,
        "keeps_canned": one.me == "holder",
        "code": sign_samples.a_card().code.token,
    }
    return talk.ConversationPage(**said | more)


def _context(page: talk.ConversationPage, typed: Typed | None = None) -> Context:
    back = f"/conversations/{ONE}"
    return {"page": page, "typed": typed or Typed("k"), "untouched": Typed(""), "back": back}


def writing(_: Face) -> Context:
    card = sign_samples.a_card()
    values = {"post_id": str(card.contacts[0].post_id), "text": '<b>"灯"</b>', "agrees": "1"}
    errors = {"text": "最多2000字。", "post_id": "请选一位。", "": "请等一等。"}
    return {"card": card, "typed": Typed("k", values=values, errors=errors)}


def nobody_to_write_to(_: Face) -> Context:
    return {"card": replace(sign_samples.a_card(), contacts=[]), "typed": Typed("k")}


def of_resident(_: Face) -> Context:
    typed = Typed("k", values={"text": "<i>"}, errors={"text": "写一句话。"})
    return _context(_page(a_conversation()), typed)


def of_staff(_: Face) -> Context:
    typed = Typed("k", errors={"text": "请写明原因。"}, move="block")
    return _context(_page(a_conversation("holder")), typed)


def of_leader(_: Face) -> Context:
    one = a_conversation("leader", may=["lift", "uphold"], blocked=True)
    return _context(_page(one, colleagues=[]))


def to_appeal(_: Face) -> Context:
    typed = Typed("k", values={"text": "我没有"}, errors={"text": "最多2000字。"}, move="appeal")
    return _context(_page(a_conversation(may=["appeal"], blocked=True)), typed)


def ended(_: Face) -> Context:
    one = a_conversation(state="ended", state_title="已结束", may=[])
    return _context(_page(one, messages=[], earlier=False))


def listed(_: Face) -> Context:
    return {
        "list": talk.ConversationList(items=[a_conversation()], next="more"),
        "title": "talk.mine",
    }


def none_listed(_: Face) -> Context:
    return {"list": talk.ConversationList(items=[]), "title": "talk.work"}


def desk_talk(_: Face) -> Context:
    waits = talk.WaitsShape(role_title="网格员", answers=12, half_within_minutes=9, became_cases=1)
    listed = talk.ConversationList(
        items=[a_conversation("holder", waiting_since=at(23, 9, 0))], next="m"
    )
    page = _page(a_conversation("holder", waiting_since=at(23, 9, 0)))
    return _context(page) | {"list": listed, "waits": [waits], "days": 30, "keeps_canned": True}


def desk_none(_: Face) -> Context:
    empty = talk.ConversationList(items=[])
    said = {"page": None, "typed": Typed("k"), "untouched": Typed(""), "back": "/desk"}
    return said | {"list": empty, "waits": [], "days": 30, "keeps_canned": False}


def _replies(typed: Typed, adding: Typed, **more: object) -> Context:
    units = [shapes.OptionShape(value=str(ONE), title="演示·<锦华>物业")]
    said = {"units": units, "replies": REPLIES, "is_own": True, "has_room": True} | more
    card = CannedCard(unit_id=ONE, unit=units[0].title, version=3, **said)
    forms = [
        typed if typed.move == one.value else Typed("k", {"text": one.title}, move=one.value)
        for one in REPLIES
    ]
    said = {"card": card, "forms": forms, "adding": adding, "typed": typed}
    return said | {"notice": "存好了。"}


def replies(_: Face) -> Context:
    wrong = Typed("k", {"text": "<b>"}, {"text": "最多200字。"}, move="done")
    return _replies(wrong, Typed("k"))


def replies_of_town(_: Face) -> Context:
    gone = Typed("k", {"text": "我<来>"}, {"": "同事刚刚改过常用回复。"}, move="gone")
    units = [shapes.OptionShape(value=str(UUID(int=n)), title=f"单位{n}") for n in (8, 9)]
    return _replies(gone, gone, is_own=False, units=units) | {"notice": ""}


def replies_full(_: Face) -> Context:
    return _replies(Typed("k"), Typed("k"), has_room=False) | {"notice": ""}


TALK_PAGES: dict[str, tuple[str, Callable[[Face], Context]]] = {
    "contact": ("contact.html", writing),
    "contact, nobody": ("contact.html", nobody_to_write_to),
    "conversation": ("conversation.html", of_resident),
    "conversation of staff": ("conversation.html", of_staff),
    "conversation of the leader": ("conversation.html", of_leader),
    "conversation blocked": ("conversation.html", to_appeal),
    "conversation ended": ("conversation.html", ended),
    "conversations": ("conversations.html", listed),
    "conversations, none": ("conversations.html", none_listed),
    "conversations at the desk": ("desk_talk.html", desk_talk),
    "conversations at the desk, none": ("desk_talk.html", desk_none),
    "canned replies": ("replies.html", replies),
    "canned replies of the town": ("replies.html", replies_of_town),
    "canned replies, full": ("replies.html", replies_full),
}
