"""The words a tile shows when it is chosen, with the numbers that serve this place."""

from collections import defaultdict
from collections.abc import Iterable

from server import org

ADVICE = {
    "emergency.gas": "闻到燃气味：不要碰电器开关、不要点火。关阀、开窗、马上出门，"
    "到室外再拨{gas_phone}或119。",
    "emergency.elevator": "困在电梯里：请按轿厢里的呼救按钮，或拨{elevator_phone}。"
    "不要扒门，在里面等最安全。",
    "emergency.cold": "家里停暖，又有老人、小孩或病人：请直接打值班电话{phone}，不用等网上回复。",
    "emergency.fraud": "对方要您转账、要验证码，都先别给。马上拨反诈专线96110问清楚；"
    "钱已经转出去，请立刻拨110。",
    "emergency.banner": "有人受伤、着火或正有危险，请先打电话：报警110、火警119、急救120。"
    "网上上报不能代替打电话。",
}
_KINDS = {"gas_phone": "gas", "elevator_phone": "elevator", "phone": "duty"}


def advice(key: str | None, phones: Iterable[org.PhoneHere], duty_phone: str) -> str:
    """The words themselves; nothing where there are none. A number not known is the duty post's."""
    words = ADVICE.get(key, "") if key else ""
    if not words:
        return ""
    numbers = {phone.kind: phone.number for phone in phones}
    known = {name: numbers.get(kind, duty_phone) for name, kind in _KINDS.items()}
    return words.format_map(defaultdict(lambda: duty_phone, known))
