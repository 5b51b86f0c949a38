"""What each template is given, with invented shapes: every test of a page walks through these."""

from collections.abc import Callable
from uuid import UUID

from msgspec import UNSET

from server import retention
from server.pages.bulk import BULK_MOVES, Outcome
from server.pages.desk import Saved
from server.pages.moves import buttons, form_of, move_forms
from server.pages.qr import qr
from server.pages.rendering import Face, Typed
from server.places import Found
from server.views import shapes
from server.views.own import ConsentShape
from tests.pages import samples
from tests.pages.code_contexts import CODE_PAGES
from tests.pages.own_contexts import OWN_PAGES
from tests.pages.praise_contexts import PRAISE_PAGES
from tests.pages.roster_contexts import ROSTER_PAGES
from tests.pages.samples import at
from tests.pages.talk_contexts import TALK_PAGES
from tests.pages.town_contexts import TOWN_PAGES

Context = dict[str, object]


def _link(**changes: object) -> str:
    return "/desk?" + "&".join(f"{name}={value}" for name, value in changes.items())


def _personas() -> list[shapes.PersonaShape]:
    named = [
        ("g", "演示-巴特尔", "网格员"),
        ("p", "演示-刘经理", "物业经理"),
        ("r", "演示-王女士", "居民"),
    ]
    return [shapes.PersonaShape(key=key, name=name, role_title=role) for key, name, role in named]


def home(_: Face) -> Context:
    card = samples.a_card()
    codes = [{"token": card.code.token, "place": card.place.name}]
    return {"personas": _personas(), "demo_codes": codes, "typed": Typed("k"), "notice": ""}


def scan(_: Face) -> Context:
    return {"card": samples.a_card(), "key": "k", "joined": "", "listed": 5}


def report(_: Face) -> Context:
    card = samples.a_card()
    return {"card": card, "typed": Typed("k")}


def report_again(_: Face) -> Context:
    card = samples.a_card()
    typed = Typed(
        "k",
        values={"category": "P02", "text": '<b>"电梯"</b>'},
        errors={"photos": "第2张照片太大。", "phone": "电话号码不对。", "": "有一样就能提交。"},
        photos=(samples.a_photo(),),
    )
    return {"card": card, "typed": typed}


def _case(face: Face, case: shapes.CasePage, **more: object) -> Context:
    forms = move_forms(case, face.words, Typed("k"))
    given = {"case": case, "forms": forms, "receipt": None, "phone_left": True, "notice": None}
    return given | more


def receipt(face: Face) -> Context:
    sent = shapes.Receipt(
        number="261123004701",
        state="submitted",
        state_title="已提交",
        respond_by=at(23, 10, 42),
        resolve_by=at(24, 8, 12),
        starts_at=at(24, 8, 30),
        duty_phone="16000000103",
        emergency=True,
    )
    case = samples.a_case(state="submitted", moves=[], responded_at=UNSET, resolved_at=UNSET)
    return _case(face, case, receipt=sent, phone_left=False)


def judge(face: Face) -> Context:
    return _case(face, samples.a_case())


def staff_case(face: Face) -> Context:
    refs = [shapes.ReferenceShape(system="12345", number="YZ-1")]
    return _case(face, samples.a_staff_case(external_refs=refs, channel_title="窗口"))


def unmasking(face: Face) -> Context:
    """Opened once, and a second time without a reason."""
    case = samples.a_staff_case(unmask=["phone", "name"])
    wrong = Typed("k", {"field": "name"}, {"reason": "请写明为什么要看，会记录在案。"})
    opened = shapes.Unmasked(field="phone", value="16000000123", left_today=19)
    return _case(face, case, opened=opened, opening=wrong)


def ended(face: Face) -> Context:
    case = samples.a_case(
        state="closed", ending="confirmed", solved="partly", rating="fair", moves=[], next=UNSET
    )
    return _case(face, case)


def bare(face: Face) -> Context:
    """What somebody sees who only joined: no words, no photos, no name."""
    case = samples.a_case(
        text=UNSET, photos=UNSET, raiser=UNSET, now_with=UNSET, next=UNSET, spot=UNSET, moves=[]
    )
    return _case(face, case)


def mine(_: Face) -> Context:
    asked = {
        "consent": ConsentShape(version=1, agreed=False),
        "claimable": 2,
        "praise_news": 1,
        "talk_news": 1,
    }
    return {"items": samples.some_items(), "next": "abc", "notice": "归到您名下了。"} | asked


def mine_empty(_: Face) -> Context:
    return {"items": [], "next": None, "consent": None, "claimable": 0, "notice": ""} | {
        "praise_news": 0,
        "talk_news": 0,
    }


def signin(_: Face) -> Context:
    errors = {"password": "账号或密码不对。", "otp": "请再输入动态码。"}
    wrong = Typed("k", values={"login": "liu"}, errors=errors)
    return {"typed": wrong, "back": "/work", "personas": _personas(), "notice": "密码改好了。"}


def work(face: Face) -> Context:
    return {
        "who": "网格员，演示·湖畔社区第一网格",
        "notice": "",
        "fragment_url": "/work?part=list",
        "key": "k",
        "list": shapes.CaseList(items=samples.some_items()),
        "buttons": lambda item: buttons(item.moves or [], face.words),
        "bulk_moves": BULK_MOVES,
        "faulty": 1,
        "mounts": True,
        "praised": 2,
        "talking": 3,
        "told": 1,
    }


def work_empty(face: Face) -> Context:
    return work(face) | {
        "list": shapes.CaseList(items=[]),
        "notice": "已受理。",
        "faulty": 1,
        "mounts": True,
        "praised": 0,
        "talking": 0,
        "told": 0,
    }


def desk(face: Face) -> Context:
    case = samples.a_staff_case()
    counts = {"open": 7, "to_sign": 2, "dispute": 1, "overdue": 1, "resolved": 4, "closed": 30}
    estates = [shapes.OptionShape(value="1", title="演示·云锦苑小区")]
    return {
        "notice": "",
        "tab": "open",
        "q": "",
        "estate": "",
        "link": _link,
        "fragment_url": "/desk?part=list",
        "case": case,
        "list": shapes.DeskList(items=samples.some_items(), counts=counts, estates=estates),
        "forms": move_forms(case, face.words, Typed("k")),
        "may_export": True,
        "saved": [Saved(1, "我的超时件", "/desk?tab=overdue", True)],
        "keeping": Typed("", values={"title": "长"}, errors={"title": "名字太长。"}),
        "bulk_moves": BULK_MOVES,
    }


def desk_empty(face: Face) -> Context:
    nothing = shapes.DeskList(items=[], counts={"open": 0}, estates=[])
    return desk(face) | {"list": nothing, "case": None, "forms": ()}


def filing_find(_: Face) -> Context:
    found = [Found(samples.SOME_ID, "entrance", "演示·云锦苑小区1号楼1单元", "第一网格")]
    typed = Typed("", values={"find": "云锦苑"})
    return {"card": None, "typed": typed, "find": "云锦苑", "found": found, "known": ""}


def filing_none(face: Face) -> Context:
    return filing_find(face) | {"found": []}


def filing(_: Face) -> Context:
    card = samples.a_card()
    typed = Typed(
        "k",
        values={"system2": "12345", "text": "<b>老人说</b>"},
        errors={"number2": "系统和编号要一起填。", "channel": "没有这个渠道。"},
    )
    shown = shapes.FilingCard(
        place=card.place,
        categories=card.categories,
        channels=[shapes.OptionShape(value="counter", title="窗口")],
        known=[shapes.KnownShape(text="停水", until=at(23, 18, 0))],
        open_cases=card.open_cases,
    )
    return {"card": shown, "typed": typed, "find": "", "found": [], "known": "261123004701"}


def sheet(_: Face) -> Context:
    refs = [shapes.ReferenceShape(system="12345", number="YZ-1")]
    case = samples.a_staff_case(external_refs=refs, channel="counter", channel_title="窗口")
    return {
        "case": case,
        "steps": case.timeline,
        "left_out": 2,
        "code": qr("https://example/cases/1", "扫码看进展"),
        "printed_at": samples.NOON,
    }


def paper_receipt(face: Face) -> Context:
    given = {"receipt": receipt(face)["receipt"], "site": "https://example"}
    return {
        key: value for key, value in sheet(face).items() if key not in ("steps", "left_out")
    } | given


def callbacks(_: Face) -> Context:
    items = shapes.CallItems(items=[samples.a_call()], next="abc")
    return {"list": items, "key": "k", "notice": "记下了。"}


def callbacks_empty(face: Face) -> Context:
    return callbacks(face) | {"list": shapes.CallItems(items=[])}


def outages(_: Face) -> Context:
    outage = shapes.OutageShape(
        id=UUID(int=7),
        place="演示·云锦苑小区",
        text="停暖，正在抢修",
        until=at(26, 20, 0),
        announced_at=at(26, 11, 0),
        unit="演示·湖畔社区居委会",
    )
    places = [shapes.OptionShape(value="1", title="演示·湖畔社区")]
    card = shapes.OutageCard(outages=[outage], places=places)
    return {"card": card, "typed": Typed("k"), "notice": "已发出。"}


def outages_again(face: Face) -> Context:
    typed = Typed("k", values={"text": "<b>停水"}, errors={"until": "这个时间已经过了。"})
    card = shapes.OutageCard(outages=[], places=[])
    return outages(face) | {"card": card, "typed": typed, "notice": ""}


def call(face: Face) -> Context:
    moves = [
        samples.a_move("answer_by_phone", "电话回访", "solved", "rating?", "text?"),
        samples.a_move("call_missed", "回访没接通", "text?"),
    ]
    case = samples.a_staff_case(moves=moves)
    forms = move_forms(case, face.words, Typed("k"))
    one = shapes.Call(item=samples.a_call(), phone="16000000123")
    return {"call": one, "case": case, "forms": forms}


def bulk(face: Face) -> Context:
    move = samples.a_move("dispatch", "派单", "unit?", "text?", unit=[("1", "演示·安居物业")])
    item = samples.a_bulk_item()
    typed = Typed("k", errors={"unit": "请重新选。"}, move="dispatch")
    return {
        "move": "dispatch",
        "card": shapes.BulkCard(ready=[item], others=[item], move=move),
        "form": form_of(move, face.words, typed, is_main=True),
        "typed": typed,
        "back": "/desk",
    }


def bulk_nobody(face: Face) -> Context:
    card = shapes.BulkCard(ready=[], others=[samples.a_bulk_item()])
    return bulk(face) | {"card": card, "form": None}


def bulk_done(_: Face) -> Context:
    went = [Outcome("261123004701", samples.a_bulk_item())]
    stayed = [Outcome("261123004712", None, "没找到这件事。")]
    return {"move": "accept", "back": "/work", "went": went, "stayed": stayed}


def unknown(_: Face) -> Context:
    return {"typed": Typed("k", values={"short": "123"}, errors={"short": "没认出这个短号。"})}


def problem(_: Face) -> Context:
    return {
        "signin": "/signin/staff",
        "title": "现在忙不过来",
        "sentence": "现在忙不过来。",
        "said": "电梯不动了",
        "back": "/mine",
        "reference": "r-1",
    }


def about_privacy(_: Face) -> Context:
    return {
        "holdings": retention.HOLDINGS,
        "answer_days": retention.ANSWERED_WITHIN_DAYS,
    }


def nothing(_: Face) -> Context:
    return {}


PAGES: dict[str, tuple[str, Callable[[Face], Context]]] = (
    OWN_PAGES
    | PRAISE_PAGES
    | CODE_PAGES
    | TOWN_PAGES
    | TALK_PAGES
    | ROSTER_PAGES
    | {
        "home": ("home.html", home),
        "scan": ("scan.html", scan),
        "report": ("report.html", report),
        "report with errors": ("report.html", report_again),
        "receipt": ("case.html", receipt),
        "case to judge": ("case.html", judge),
        "case of staff": ("case.html", staff_case),
        "case with a raiser opened": ("case.html", unmasking),
        "case ended": ("case.html", ended),
        "case of a seconder": ("case.html", bare),
        "mine": ("mine.html", mine),
        "mine, empty": ("mine.html", mine_empty),
        "staff sign-in": ("signin_staff.html", signin),
        "work": ("work.html", work),
        "work, empty": ("work.html", work_empty),
        "desk": ("desk.html", desk),
        "desk, empty": ("desk.html", desk_empty),
        "filing, find": ("filing.html", filing_find),
        "filing, not found": ("filing.html", filing_none),
        "filing": ("filing.html", filing),
        "sheet": ("sheet.html", sheet),
        "receipt on paper": ("paper_receipt.html", paper_receipt),
        "callbacks": ("callbacks.html", callbacks),
        "outages": ("outages.html", outages),
        "outages, wrong": ("outages.html", outages_again),
        "callbacks, none": ("callbacks.html", callbacks_empty),
        "call": ("call.html", call),
        "bulk": ("bulk.html", bulk),
        "bulk, nobody": ("bulk.html", bulk_nobody),
        "bulk, done": ("bulk_done.html", bulk_done),
        "unknown code": ("code_unknown.html", unknown),
        "problem": ("problem.html", problem),
        "privacy": ("privacy.html", about_privacy),
        "help": ("help.html", nothing),
        "feedback": ("feedback.html", nothing),
    }
)


OF_STAFF = set(
    "work.html desk.html filing.html callbacks.html call.html desk_talk.html outages.html "
    "screening.html screening_odd.html screening_figures.html town.html town_import.html "
    "bulk.html bulk_done.html sheet.html paper_receipt.html "
    "codes.html codes_new.html batch.html code.html mount.html plaques.html".split()
) | {template for template, _ in ROSTER_PAGES.values()}


def page(face: Face, name: str, size: str = "standard") -> str:
    """The page `name` as a signed-out reader gets it; the consoles as staff."""
    template, context = PAGES[name]
    given = {"signed_in": "演示-刘经理", "unit": "演示·安居物业", "role": "物业经理", "calls": True}
    staff = template in OF_STAFF
    frame = samples.a_frame(size, staff=staff, **given if staff else {})
    return face.render(template, frame, **context(face))
