"""The ways the registry of merchants can say no."""

from server.base.errors import Conflict, FieldError, Invalid, NotFound


class MerchantUnknown(NotFound):
    """No such merchant, or one of another area."""

    code = "merchant-unknown"
    sentence = "没找到这家商户，可能已经登记注销，也可能不归您管。"


class MerchantMovedOn(Conflict):
    """Somebody else changed it first, or it is closed."""

    code = "merchant-moved-on"
    sentence = "这家商户刚刚有人改过，或者已经注销，请看看最新的再改。您写的还在。"


def wrong(field: str, code: str, detail: str) -> Invalid:
    """One field that cannot be taken."""
    return Invalid(FieldError(field, code, detail))
