"""The way the catalogue says no."""

from server.base.errors import FieldError, Invalid, NotFound


class NoSuchCategory(Invalid):
    code = "category-unknown"
    sentence = "没有这一类，请从列出的里面选，或者选“其他”。"

    def __init__(self) -> None:
        super().__init__(FieldError("category", self.code, self.sentence))


class NoSuchOutage(NotFound):
    code = "outage-unknown"
    sentence = "没找到这条停供信息，可能已经撤下。"
