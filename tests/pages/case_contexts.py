"""What the pages of one case are given, with invented shapes, from the report to paper."""

from collections.abc import Callable

from msgspec import UNSET

from server.pages.moves import move_forms
from server.pages.qr import qr
from server.pages.rendering import Face, Typed
from server.views import case_shapes
from tests.pages import case_samples, samples, sign_samples
from tests.pages.samples import at

Context = dict[str, object]


def report(_: Face) -> Context:
    card = sign_samples.a_card()
    return {"card": card, "typed": Typed("k")}


def report_again(_: Face) -> Context:
    card = sign_samples.a_card()
    typed = Typed(
        "k",
        values={"category": "P02", "text": '<b>"电梯"</b>'},
        errors={"photos": "第2张照片太大。", "phone": "电话号码不对。", "": "有一样就能提交。"},
        photos=(samples.a_photo(),),
    )
    return {"card": card, "typed": typed}


def _case(face: Face, case: case_shapes.CasePage, **more: object) -> Context:
    forms = move_forms(case, face.words, Typed("k"))
    given = {"case": case, "forms": forms, "receipt": None, "phone_left": True, "notice": None}
    return given | more


def receipt(face: Face) -> Context:
    sent = case_shapes.Receipt(
        number="261123004701",
        state="submitted",
        state_title="已提交",
        respond_by=at(23, 10, 42),
        resolve_by=at(24, 8, 12),
        starts_at=at(24, 8, 30),
        duty_phone="16000000103",
        emergency=True,
    )
    case = case_samples.a_case(state="submitted", moves=[], responded_at=UNSET, resolved_at=UNSET)
    return _case(face, case, receipt=sent, phone_left=False)


def judge(face: Face) -> Context:
    return _case(face, case_samples.a_case())


def staff_case(face: Face) -> Context:
    refs = [case_shapes.ReferenceShape(system="12345", number="YZ-1")]
    return _case(face, case_samples.a_staff_case(external_refs=refs, channel_title="窗口"))


def unmasking(face: Face) -> Context:
    """Opened once, and a second time without a reason."""
    case = case_samples.a_staff_case(unmask=["phone", "name"])
    wrong = Typed("k", {"field": "name"}, {"reason": "请写明为什么要看，会记录在案。"})
    opened = case_shapes.Unmasked(field="phone", value="16000000123", left_today=19)
    return _case(face, case, opened=opened, opening=wrong)


def ended(face: Face) -> Context:
    case = case_samples.a_case(
        state="closed", ending="confirmed", solved="partly", rating="fair", moves=[], next=UNSET
    )
    return _case(face, case)


def bare(face: Face) -> Context:
    """What somebody sees who only joined: no words, no photos, no name."""
    case = case_samples.a_case(
        text=UNSET, photos=UNSET, raiser=UNSET, now_with=UNSET, next=UNSET, spot=UNSET, moves=[]
    )
    return _case(face, case)


def sheet(_: Face) -> Context:
    refs = [case_shapes.ReferenceShape(system="12345", number="YZ-1")]
    case = case_samples.a_staff_case(external_refs=refs, channel="counter", channel_title="窗口")
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


CASE_PAGES: dict[str, tuple[str, Callable[[Face], Context]]] = {
    "report": ("report.html", report),
    "report with errors": ("report.html", report_again),
    "receipt": ("case.html", receipt),
    "case to judge": ("case.html", judge),
    "case of staff": ("case.html", staff_case),
    "case with a raiser opened": ("case.html", unmasking),
    "case ended": ("case.html", ended),
    "case of a seconder": ("case.html", bare),
    "sheet": ("sheet.html", sheet),
    "receipt on paper": ("paper_receipt.html", paper_receipt),
}
