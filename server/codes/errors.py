"""The ways a sign can say no: unknown, or retired with whom to ask now."""

from server.base.errors import Gone, NotFound


class CodeUnknown(NotFound):
    """No such code, or it cannot be one: both look the same from outside."""

    code = "code-unknown"
    sentence = "没认出这个码。可能是码脏了，或者少输了一位。请输入码下面的短号再试。"


class CodeRetired(Gone):
    """It was taken down. `values`: retired_on, place, role_title, name, phone, successor_token."""

    code = "code-retired"
    sentence = (
        "这块牌子已经停用，{retired_on}起不再使用。"
        "这里的事现在请找{role_title}{name}，电话{phone}。"
    )
