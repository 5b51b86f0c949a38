"""What each template is given, with invented shapes: every test of a page walks through these."""

from collections.abc import Callable

from msgspec import UNSET

from server.pages.moves import buttons, move_forms
from server.pages.rendering import Face, Typed
from server.views import shapes
from tests.pages import samples
from tests.pages.samples import at

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
    return {"personas": _personas(), "demo_codes": codes, "typed": Typed("k")}


def scan(_: Face) -> Context:
    return {"card": samples.a_card(), "key": "k", "joined": ""}


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
    return _case(face, samples.a_staff_case())


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
    return {"items": samples.some_items(), "next": "abc"}


def mine_empty(_: Face) -> Context:
    return {"items": [], "next": None}


def signin(_: Face) -> Context:
    wrong = Typed("k", values={"login": "liu"}, errors={"password": "账号或密码不对。"})
    return {"typed": wrong, "back": "/work", "personas": _personas()}


def work(face: Face) -> Context:
    return {
        "who": "网格员，演示·湖畔社区第一网格",
        "notice": "",
        "fragment_url": "/work?part=list",
        "key": "k",
        "list": shapes.CaseList(items=samples.some_items()),
        "buttons": lambda item: buttons(item.moves or [], face.words),
    }


def work_empty(face: Face) -> Context:
    return work(face) | {"list": shapes.CaseList(items=[]), "notice": "已受理。"}


def desk(face: Face) -> Context:
    case = samples.a_staff_case()
    counts = {"open": 7, "to_sign": 2, "dispute": 1, "overdue": 1, "resolved": 4, "closed": 30}
    estates = [shapes.OptionShape(value="1", title="演示·云锦苑小区")]
    return {
        "unit": "演示·安居物业",
        "role": "物业经理",
        "notice": "",
        "tab": "open",
        "q": "",
        "estate": "",
        "link": _link,
        "fragment_url": "/desk?part=list",
        "case": case,
        "list": shapes.DeskList(items=samples.some_items(), counts=counts, estates=estates),
        "forms": move_forms(case, face.words, Typed("k")),
    }


def desk_empty(face: Face) -> Context:
    nothing = shapes.DeskList(items=[], counts={"open": 0}, estates=[])
    return desk(face) | {"list": nothing, "case": None, "forms": ()}


def unknown(_: Face) -> Context:
    return {"typed": Typed("k", values={"short": "123"}, errors={"short": "没认出这个短号。"})}


def retired(_: Face) -> Context:
    return {
        "place": "演示·云锦苑小区1号楼1单元",
        "retired_on": "2026年11月1日",
        "who": "网格员演示-巴特尔",
        "phone": "16000000101",
        "successor": "ABC",
    }


def problem(_: Face) -> Context:
    return {
        "signin": "/signin/staff",
        "title": "现在忙不过来",
        "sentence": "现在忙不过来。",
        "said": "电梯不动了",
        "back": "/mine",
        "reference": "r-1",
    }


def nothing(_: Face) -> Context:
    return {}


PAGES: dict[str, tuple[str, Callable[[Face], Context]]] = {
    "home": ("home.html", home),
    "scan": ("scan.html", scan),
    "report": ("report.html", report),
    "report with errors": ("report.html", report_again),
    "receipt": ("case.html", receipt),
    "case to judge": ("case.html", judge),
    "case of staff": ("case.html", staff_case),
    "case ended": ("case.html", ended),
    "case of a seconder": ("case.html", bare),
    "mine": ("mine.html", mine),
    "mine, empty": ("mine.html", mine_empty),
    "staff sign-in": ("signin_staff.html", signin),
    "work": ("work.html", work),
    "work, empty": ("work.html", work_empty),
    "desk": ("desk.html", desk),
    "desk, empty": ("desk.html", desk_empty),
    "unknown code": ("code_unknown.html", unknown),
    "retired code": ("code_retired.html", retired),
    "problem": ("problem.html", problem),
    "privacy": ("privacy.html", nothing),
    "help": ("help.html", nothing),
    "feedback": ("feedback.html", nothing),
}


def page(face: Face, name: str, size: str = "standard") -> str:
    """The page `name` as a signed-out reader gets it; the consoles as staff."""
    template, context = PAGES[name]
    staff = template in ("work.html", "desk.html")
    frame = samples.a_frame(size, signed_in="演示-刘经理" if staff else "", staff=staff)
    return face.render(template, frame, **context(face))
