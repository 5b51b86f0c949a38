"""What is sent, in words and in parts: a provider with approved templates fills in the parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

CODE_LASTS_MIN = 5


@dataclass(frozen=True, slots=True)
class Message:
    """One text message: the template it follows, the values in it, and the whole as it reads."""

    template: str
    values: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


def code_message(code: str) -> Message:
    """A code to sign in with, or to prove that a number is one's own."""
    minutes = str(CODE_LASTS_MIN)
    text = f"【码上】验证码{code}，{minutes}分钟内有效。工作人员不会向您要验证码，请不要告诉别人。"
    return Message("code", {"code": code, "minutes": minutes}, text)
