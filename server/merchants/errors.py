"""The ways the registry of merchants can say no."""

from server.base.errors import Conflict, NotFound


class MerchantUnknown(NotFound):
    """No such merchant, or one of another area."""

    code = "merchant-unknown"
    sentence = "没找到这家商户，可能已经登记注销，也可能不归您管。"


class MerchantMovedOn(Conflict):
    """Somebody else changed it first, or it is closed."""

    code = "merchant-moved-on"
    sentence = "这家商户刚刚有人改过，或者已经注销，请看看最新的再改。您写的还在。"


class AppealOpen(Conflict):
    """With its owner's post nobody would be told what became of the appeal."""

    code = "merchant-appeal-open"
    sentence = (
        "这家店不同意扣分，请街道复核的一件还没定，受理编号{number}。等定了、店主看到了，再注销。"
    )
