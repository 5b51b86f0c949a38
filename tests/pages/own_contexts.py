"""What the pages of the door and of one's own account are given, with invented shapes."""

from collections.abc import Callable
from uuid import UUID

import msgspec
from msgspec import UNSET

from server import people
from server.pages.qr import qr
from server.pages.rendering import Face, Typed
from server.views.me_shapes import ConsentShape, FactorShape, MeShape, SessionShape
from tests.pages import case_samples, talk_contexts
from tests.pages.home_contexts import some_homes
from tests.pages.samples import SOME_ID, at

Context = dict[str, object]


def a_me(**changes: object) -> MeShape:
    """A resident who is signed in on two phones."""
    sessions = [
        SessionShape(
            id=UUID(int=n), device=device, since=at(20, 8, 0), used_at=at(23, 10, n), me=n == 1
        )
        for n, device in ((1, "微信（安卓手机）"), (2, "Safari（苹果手机）"))
    ]
    me = MeShape(
        id=SOME_ID,
        kind="resident",
        name="演示-王女士",
        roles=["网格员，演示·湖畔社区"],
        posts=[],
        since=at(1, 9, 0),
        sessions=sessions,
        homes=some_homes(),
        claimable=0,
        phone="160****1001",
        phone_may_change=True,
        consent=ConsentShape(version=1, agreed=True, accepted_at=at(1, 9, 0)),
    )
    return msgspec.structs.replace(me, **changes)


def claim(_: Face) -> Context:
    talks = [talk_contexts.a_conversation()]
    return {"items": case_samples.some_items(), "talks": talks, "back": "/mine"}


def signin_phone(_: Face) -> Context:
    wrong = Typed("", {"phone": "138"}, {"phone": "请填11位手机号。"})
    return {"typed": wrong, "back": "/mine", "ask": ""}


def signin_code(_: Face) -> Context:
    errors = {"code": "验证码不对。", "agree": "请先看一看。"}
    typed = Typed("", {"phone": "16000000001", "code": "12"}, errors)
    return {"typed": typed, "back": "", "ask": "abc"}


def me(_: Face) -> Context:
    return {"me": a_me(), "typed": Typed(""), "ask": "", "notice": "姓名改好了。"}


def me_changing(_: Face) -> Context:
    unasked = a_me(consent=ConsentShape(version=2, agreed=False), claimable=3)
    typed = Typed("", {"phone": "16000000002"}, {"code": "验证码不对。"})
    return {"me": unasked, "typed": typed, "ask": "abc", "notice": ""}


def me_staff(_: Face) -> Context:
    factor = FactorShape(has_password=True, has_otp=True, paper_codes=9)
    staff = a_me(kind="staff", factor=factor, consent=UNSET, phone=UNSET, claimable=0)
    return {"me": staff, "typed": Typed(""), "ask": "", "notice": ""}


def erase(_: Face) -> Context:
    return {"typed": Typed("", errors={"sure": "请先勾选。"})}


def password(_: Face) -> Context:
    return {"typed": Typed("", errors={"old": "密码不对。", "new": "太容易猜。"})}


def otp_off(_: Face) -> Context:
    standing = {"has_otp": False, "has_password": True, "paper_left": 0}
    wrong = Typed("", errors={"password": "密码不对。"})
    return standing | {"typed": wrong, "pending": None, "qr": "", "notice": ""}


def otp_pending(_: Face) -> Context:
    secret = "PSYYPCLJIH5UWRYOGUSFST2QNVHL37XX"
    pending = people.Enrolment(secret, f"otpauth://totp/a?secret={secret}")
    asked = {"pending": pending, "qr": qr(pending.address, "动态码")}
    return otp_off(_) | asked | {"typed": Typed("", errors={"otp": "动态码不对。"})}


def otp_on(_: Face) -> Context:
    return otp_off(_) | {"has_otp": True, "paper_left": 7, "typed": Typed("")}


def paper_codes(_: Face) -> Context:
    return {"codes": [f"ABCDE-FGHJ{n}" for n in range(10)]}


def step_up(_: Face) -> Context:
    typed = Typed("", errors={"step_up_code": "动态码不对。"})
    carried = {"reason": ["回访<核实>"], "idempotency_key": ["k"]}
    going = {"action": "/me/otp/paper", "carried": carried, "typed": typed}
    return going | {"has_otp": True, "shown": "123456"} | {"back": "/desk", "is_file": True}


def step_up_without(_: Face) -> Context:
    going = {"action": "/step-up", "carried": {}, "typed": Typed(""), "has_otp": False, "shown": ""}
    return going | {"back": "", "is_file": False}


def consent(_: Face) -> Context:
    carried = {"name": ["演示<王>"], "idempotency_key": ["k"]}
    going = {"action": "/me/name", "carried": carried, "back": "/me"}
    return going | {"field": "agreed_version", "version": 7}


OWN_PAGES: dict[str, tuple[str, Callable[[Face], Context]]] = {
    "claim": ("claim.html", claim),
    "sign-in by phone": ("signin.html", signin_phone),
    "sign-in by code": ("signin.html", signin_code),
    "me": ("me.html", me),
    "me, changing": ("me.html", me_changing),
    "me of staff": ("me.html", me_staff),
    "erase": ("erase.html", erase),
    "password": ("password.html", password),
    "second factor, none": ("otp.html", otp_off),
    "second factor, begun": ("otp.html", otp_pending),
    "second factor": ("otp.html", otp_on),
    "codes on paper": ("paper_codes.html", paper_codes),
    "consent": ("consent.html", consent),
    "step up": ("step_up.html", step_up),
    "step up without": ("step_up.html", step_up_without),
}
