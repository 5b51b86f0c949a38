"""The seven ways to fail, and nothing about HTTP: `web/problems.py` alone knows statuses."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: its name as the sender wrote it, a stable code, a sentence to read."""

    field: str
    code: str
    detail: str


class Failure(Exception):
    """Something a person can be told: a stable `code` and a sentence in Chinese.

    A subclass sets both; `sentence` may name values, which are given by keyword and kept.
    """

    code: ClassVar[str] = "failure"
    sentence: ClassVar[str] = "没有办成，请稍后再试。"

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.detail)

    @property
    def detail(self) -> str:
        return self.sentence.format(**self.values)


class NotFound(Failure):
    """It is not there, or it is not theirs to see."""

    code = "not-found"
    sentence = "没找到。可能是编号不对，也可能这件事不由您查看。"


class NotAllowed(Failure):
    """They may see it but not do this."""

    code = "not-allowed"
    sentence = "您的岗位不能办这一步。"


class Conflict(Failure):
    """It has moved on, or the key was used before with another body."""

    code = "conflict"
    sentence = "这件事刚刚有了新进展。请先看看最新情况再操作，您写的还在。"


class Gone(Failure):
    """It was here once and is retired."""

    code = "gone"
    sentence = "已经停用。"


class Invalid(Failure):
    """What was given cannot be taken; `fields` names each wrong one."""

    code = "invalid"
    sentence = "有地方要改一下，您写的都还在。"

    def __init__(self, *fields: FieldError, **values: object) -> None:
        self.fields = fields
        super().__init__(**values)


def wrong(field: str, code: str, detail: str) -> Invalid:
    """One wrong field, ready to raise."""
    return Invalid(FieldError(field, code, detail))


class TooMany(Failure):
    """Too often; may try again after `retry_after_s` seconds."""

    code = "too-many"
    sentence = "提交得太频繁了，请{minutes}分钟后再试。"

    def __init__(self, retry_after_s: int, **values: object) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(minutes=max(1, -(-retry_after_s // 60)), **values)


class Unavailable(Failure):
    """Not now: a part we need does not answer; may try again after `retry_after_s` seconds."""

    code = "unavailable"
    sentence = "现在忙不过来，刚才没有提交成功。您写的还在，请{seconds}秒后再试。"

    def __init__(self, retry_after_s: int = 5, **values: object) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(seconds=retry_after_s, **values)
