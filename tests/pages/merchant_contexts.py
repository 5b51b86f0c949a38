"""What the pages about merchants are given, with invented shapes."""

from collections.abc import Callable
from datetime import date

import msgspec
from msgspec.structs import replace

from server.pages.merchants import CHOICES
from server.pages.rendering import Face, Typed
from server.places import Found, Ground
from server.views import merchant_shapes as shapes
from tests.pages import sign_samples
from tests.pages.home_contexts import NOTHING_CLAIMED
from tests.pages.samples import SOME_ID, at
from tests.pages.shop_contexts import SHOP_PAGES

Context = dict[str, object]
TYPED = {"kind": "shop", "name": "<b>馆</b>", "trade": "dining", "uscc": "9133", "duties": "order"}


def a_line(**more: object) -> shapes.MerchantLine:
    said = {"band": "good", "band_title": "优"} | more
    return shapes.MerchantLine(
        id=SOME_ID,
        name="演示·小肥羊馆",
        kind_title="店铺",
        trade_title="餐饮",
        place="演示·湖畔社区小肥羊馆",
        **said,
    )


def a_sign(**more: object) -> shapes.MerchantSign:
    said = {"band": "fair", "band_title": "良", "duties": ["包卫生", "包秩序"]} | more
    return shapes.MerchantSign(
        id=SOME_ID, kind="shop", name="演示·小肥羊馆", trade_title="餐饮", **said
    )


def at_the_door(_: Face) -> Context:
    sign = a_sign(license_short="演示0001", phone="16000002001", duties_signed_on=date(2026, 5, 1))
    card = msgspec.structs.replace(sign_samples.a_card(), merchant=sign)
    return {"card": card, "joined": "", "listed": 5} | NOTHING_CLAIMED


def at_a_stall(_: Face) -> Context:
    sign = a_sign(band="poor", band_title="改进", duties=[])
    sign = msgspec.structs.replace(sign, kind="vendor")
    card = msgspec.structs.replace(sign_samples.a_card(), merchant=sign)
    return {"card": card, "joined": "", "listed": 5} | NOTHING_CLAIMED


def registry(_: Face) -> Context:
    lines = [a_line(), a_line(band="fair", band_title="良"), a_line(band="poor", band_title="改进")]
    listed = shapes.MerchantLines(items=lines, next=str(SOME_ID))
    said = {"notice": "登记好了。", "typed": Typed("", values={"q": "<羊>"})}
    return {"list": listed, "closed": False, "q": "<羊>"} | said


def registry_closed(face: Face) -> Context:
    listed = shapes.MerchantLines(items=[a_line(closed_at=at(20, 9, 0))])
    wrong = Typed("", errors={"q": "一次最多导出5000家，请先按名称或地点查找。"})
    return registry(face) | {"list": listed, "closed": True, "typed": wrong, "notice": ""}


def registry_empty(face: Face) -> Context:
    return registry(face) | {"list": shapes.MerchantLines(items=[]), "q": ""}


def finding(_: Face) -> Context:
    found = [
        Found(SOME_ID, "premises", "演示·湖畔社区小肥羊馆", "第二网格"),
        Found(SOME_ID, "estate", "演示·云锦苑小区", ""),
    ]
    typed = Typed("", values={"find": "云"})
    return {"here": None, "find": "云", "found": found, "typed": typed, "choices": CHOICES}


def finding_none(face: Face) -> Context:
    return finding(face) | {"found": []}


def registering(face: Face) -> Context:
    names = ("鄂尔多斯市", "康巴什区", "哈巴格希街道", "演示·湖畔社区")
    here = Ground(
        id=SOME_ID,
        kind="grid",
        name="第二网格",
        full_name="演示·湖畔社区第二网格",
        path="150600/",
        grid_id=SOME_ID,
        estate_id=None,
        point=None,
        names=names,
    )
    errors = {"uscc": "统一社会信用代码是18位，现在是4位。", "place": "这里已经登记了。"}
    typed = Typed("k", values=TYPED, errors=errors)
    return finding(face) | {"here": here, "typed": typed, "found": []}


def _page(**more: object) -> shapes.MerchantPage:
    said = {
        "line": replace(a_line(), old_plaque=True),
        "owners": [shapes.OwnerShape(id=SOME_ID, phone="160****1003", since=at(20, 9, 0))],
        "uscc": "91330100799655058B",
        "phone": "16000002001",
        "duties_signed_on": date(2026, 5, 1),
        "sign": "0123456789ABCDEFGHJKMNPQRSX",
        "replace_code": SOME_ID,
    } | more
    return shapes.MerchantPage(
        version=2,
        kind="shop",
        trade="dining",
        duties=["hygiene", "order"],
        license_short="演示0001",
        points=10,
        full=12,
        registered_at=at(2, 9, 0),
        **said,
    )


def one(_: Face) -> Context:
    plain = Typed("k", values=TYPED, move="correct")
    wrong = Typed("k", values={"phone": "1"}, errors={"phone": "请填11位手机号。"}, move="invite")
    return {
        "page": _page(),
        "typed": wrong,
        "correcting": plain,
        "inviting": wrong,
        "notice": "改好了。",
        "choices": CHOICES,
    }


def one_wrong(face: Face) -> Context:
    wrong = Typed("k", values=TYPED, errors={"uscc": "最后一位对不上。"}, move="correct")
    more = {"typed": wrong, "correcting": wrong, "inviting": Typed("k"), "notice": ""}
    return one(face) | more | {"page": _page(owners=[], sign=msgspec.UNSET)}


def one_closed(face: Face) -> Context:
    quiet = Typed("k")
    page = _page(line=a_line(closed_at=at(20, 9, 0)), owners=[])
    return one(face) | {"page": page, "typed": quiet, "notice": ""}


MERCHANT_PAGES: dict[str, tuple[str, Callable[[Face], Context]]] = {
    "scan at a shop": ("scan.html", at_the_door),
    "scan at a stall": ("scan.html", at_a_stall),
    "merchants": ("merchants.html", registry),
    "merchants, closed": ("merchants.html", registry_closed),
    "merchants, none": ("merchants.html", registry_empty),
    "merchant, find": ("merchant_new.html", finding),
    "merchant, not found": ("merchant_new.html", finding_none),
    "merchant, register": ("merchant_new.html", registering),
    "merchant": ("merchant.html", one),
    "merchant, wrong": ("merchant.html", one_wrong),
    "merchant, closed": ("merchant.html", one_closed),
} | SHOP_PAGES
