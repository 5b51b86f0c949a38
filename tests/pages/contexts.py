"""What each template is given, with invented shapes: every test of a page walks through these."""

from collections.abc import Callable

from server import retention
from server.pages.rendering import Face, Typed
from server.views import shapes
from server.views.me_shapes import ConsentShape
from tests.pages import case_samples, samples, sign_samples
from tests.pages.bulletin_contexts import BULLETIN_DESK, BULLETIN_PAGES
from tests.pages.case_contexts import CASE_PAGES
from tests.pages.code_contexts import CODE_PAGES
from tests.pages.community_contexts import COMMUNITY_PAGES
from tests.pages.desk_contexts import DESK_PAGES
from tests.pages.home_contexts import HOME_PAGES, NOTHING_CLAIMED
from tests.pages.merchant_contexts import MERCHANT_PAGES
from tests.pages.outage_contexts import OUTAGE_PAGES
from tests.pages.own_contexts import OWN_PAGES
from tests.pages.praise_contexts import PRAISE_PAGES
from tests.pages.roster_contexts import ROSTER_PAGES
from tests.pages.staff_templates import STAFF_TEMPLATES
from tests.pages.talk_contexts import TALK_PAGES
from tests.pages.town_contexts import TOWN_PAGES

Context = dict[str, object]


def _personas() -> list[shapes.PersonaShape]:
    named = [
        ("g", "演示-巴特尔", "网格员"),
        ("p", "演示-刘经理", "物业经理"),
        ("r", "演示-王女士", "居民"),
    ]
    return [shapes.PersonaShape(key=key, name=name, role_title=role) for key, name, role in named]


def home(_: Face) -> Context:
    card = sign_samples.a_card()
    codes = [{"token": card.code.token, "place": card.place.name}]
    return {"personas": _personas(), "demo_codes": codes, "typed": Typed("k"), "notice": ""}


def scan(_: Face) -> Context:
    return {"card": sign_samples.a_card(), "joined": "", "listed": 5} | NOTHING_CLAIMED


def mine(_: Face) -> Context:
    asked = {
        "consent": ConsentShape(version=1, agreed=False),
        "claimable": 2,
        "praise_news": 1,
        "talk_news": 1,
        "home_news": 1,
    }
    return {"items": case_samples.some_items(), "next": "abc", "notice": "归到您名下了。"} | asked


def mine_empty(_: Face) -> Context:
    news = dict.fromkeys(("praise_news", "talk_news", "home_news"), 0)
    return {"items": [], "next": None, "consent": None, "claimable": 0, "notice": ""} | news


def signin(_: Face) -> Context:
    errors = {"password": "账号或密码不对。", "otp": "请再输入动态码。"}
    wrong = Typed("k", values={"login": "liu"}, errors=errors)
    return {"typed": wrong, "back": "/work", "personas": _personas(), "notice": "密码改好了。"}


def unknown(_: Face) -> Context:
    wrong = {"short": "没认出这个短号。"}
    return {"typed": Typed("k", values={"short": "123"}, errors=wrong), "said": "电梯不动了"}


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


PAGES: dict[str, tuple[str, Callable[[Face], Context]]] = (
    OWN_PAGES
    | PRAISE_PAGES
    | HOME_PAGES
    | CODE_PAGES
    | MERCHANT_PAGES
    | TOWN_PAGES
    | OUTAGE_PAGES
    | TALK_PAGES
    | BULLETIN_PAGES
    | ROSTER_PAGES
    | COMMUNITY_PAGES
    | CASE_PAGES
    | DESK_PAGES
    | {
        "home": ("home.html", home),
        "scan": ("scan.html", scan),
        "mine": ("mine.html", mine),
        "mine, empty": ("mine.html", mine_empty),
        "staff sign-in": ("signin_staff.html", signin),
        "unknown code": ("code_unknown.html", unknown),
        "receipt typed": ("receipt_typed.html", lambda _: {"typed": Typed("")}),
        "problem": ("problem.html", problem),
        "privacy": ("privacy.html", about_privacy),
        "help": ("help.html", lambda _: {}),
        "feedback": ("feedback.html", lambda _: {}),
    }
)

OF_STAFF = STAFF_TEMPLATES | {
    template for template, _ in (*ROSTER_PAGES.values(), *BULLETIN_DESK.values())
}


def page(face: Face, name: str, size: str = "standard") -> str:
    """The page `name` as a signed-out reader gets it; the consoles as staff."""
    template, context = PAGES[name]
    given = {"signed_in": "演示-刘经理", "unit": "演示·安居物业", "role": "物业经理", "calls": True}
    staff = template in OF_STAFF
    frame = samples.a_frame(size, staff=staff, **given if staff else {})
    return face.render(template, frame, **context(face))
