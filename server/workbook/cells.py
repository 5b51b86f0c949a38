"""What may stand in a cell: each kind reads what offices write, or says in a sentence why not.

A cell comes as text, number or yes/no as the file has it. What is read can be shown again in the
form in which it is read, so an exported town is imported equal.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from server.base.errors import Failure, Invalid
from server.base.fields import clean_text

Raw = str | float | bool | None
_EXACT_DIGITS = 15  # what a spreadsheet keeps of a number
_PHONE = re.compile(r"[0-9+() -]{3,20}", re.ASCII)
BETWEEN = re.compile(r"[、,，;；\s]+")
_YES = {"是": True, "否": False, "有": True, "无": False, "√": True, "×": False}


class Wrong(ValueError):
    """The cell cannot be read; the words are for whoever filled it in."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of cell: how it is read, how it is shown, what there is to choose from."""

    read: Callable[[Raw], Any]
    show: Callable[[Any], str] = str
    choices: tuple[str, ...] = ()


def written(raw: Raw, limit: int = 200) -> str:
    """The cell as words: a whole number without its point. Raises Wrong for too many."""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else repr(raw)
    try:
        text = clean_text(raw or "", limit)
    except Invalid:
        raise Wrong(f"太长了，最多{limit}个字。") from None
    return text.replace("\n", " ")


def text(limit: int) -> Kind:
    """Words of at most so many characters."""
    return Kind(lambda raw: written(raw, limit))


def digits(*lengths: int) -> Kind:
    """A code of digits, kept as it is written."""
    said = "或".join(str(length) for length in lengths)

    def read(raw: Raw) -> str:
        if isinstance(raw, float) and abs(raw) >= 10**_EXACT_DIGITS:
            detail = "编码太长，被表格当成数字，末几位已经丢了。"
            raise Wrong(f"{detail}请把这一列设成“文本”格式，重新填{said}位编码。")
        code = written(raw, 40).replace(" ", "")
        if not (code.isascii() and code.isdigit() and len(code) in lengths):
            raise Wrong(f"“{cut(code)}”不对，应当是{said}位数字。")
        return code

    return Kind(read)


def matching(pattern: str, said: str, *, lower: bool = True) -> Kind:
    """A short mark of letters and digits, in small letters unless its case matters."""
    compiled = re.compile(pattern, re.ASCII)

    def read(raw: Raw) -> str:
        mark = written(raw, 120)
        mark = mark.lower() if lower else mark
        if not compiled.fullmatch(mark):
            raise Wrong(f"“{cut(mark)}”不对，{said}")
        return mark

    return Kind(read)


def whole(low: int, high: int) -> Kind:
    """A whole number between these."""

    def read(raw: Raw) -> int:
        number = number_of(raw)
        if not number.is_integer() or not low <= number <= high:
            raise Wrong(f"“{cut(written(raw))}”不对，应当是{low}到{high}之间的整数。")
        return int(number)

    return Kind(read)


def degrees(low: float, high: float) -> Kind:
    """A longitude or latitude within these."""

    def read(raw: Raw) -> float:
        number = number_of(raw)
        if not low <= number <= high:
            raise Wrong(f"“{cut(written(raw))}”不对，应当在{low:g}到{high:g}之间。")
        return number

    return Kind(read, repr)


def choice(titles: Mapping[str, Any], more: Mapping[str, Any] | None = None) -> Kind:
    """One of these titles, or of `more` that are not listed; kept is what it stands for."""
    known = {**titles, **(more or {})}
    shown = {value: title for title, value in known.items()}

    def read(raw: Raw) -> Any:
        title = written(raw)
        if title not in known:
            raise Wrong(f"“{cut(title)}”不在可选的里面，请填：{'、'.join(titles)}。")
        return known[title]

    return Kind(read, lambda value: shown.get(value, str(value)), tuple(titles))


def yes_or_no() -> Kind:
    """是 or 否."""

    def read(raw: Raw) -> bool:
        said = written(raw)
        if said not in _YES:
            raise Wrong(f"“{cut(said)}”不对，请填“是”或“否”。")
        return _YES[said]

    return Kind(read, lambda value: "是" if value else "否", ("是", "否"))


def phone() -> Kind:
    """A number to ring up."""

    def read(raw: Raw) -> str:
        number = written(raw)
        if not _PHONE.fullmatch(number):
            raise Wrong(f"“{cut(number)}”不是电话号码。")
        return number

    return Kind(read)


def printed(tidy: Callable[[str], str]) -> Kind:
    """What is printed on a sign, as `tidy` reads it."""

    def read(raw: Raw) -> str:
        try:
            return tidy(written(raw, 60))
        except Failure:
            raise Wrong("不是牌子上印的，请照着重新填。") from None

    return Kind(read)


def correct(tidy: Callable[[str], str], trouble: Callable[[str], str | None]) -> Kind:
    """A code as `tidy` keeps it, of which `trouble` says what is wrong with it, if anything."""

    def read(raw: Raw) -> str:
        code = tidy(written(raw, 60))
        if (said := trouble(code)) is not None:
            raise Wrong(said)
        return code

    return Kind(read)


def several(one: Kind) -> Kind:
    """Several of a kind, with 、 between them."""

    def read(raw: Raw) -> list[Any]:
        return [one.read(part) for part in BETWEEN.split(written(raw, 2000)) if part]

    return Kind(read, lambda values: "、".join(one.show(value) for value in values))


def number_of(raw: Raw) -> float:
    try:
        number = math.nan if isinstance(raw, bool) else float(raw or "")
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Wrong(f"“{cut(written(raw))}”不是数字。")
    return number


def cut(said: str) -> str:
    return said if len(said) <= 30 else f"{said[:30]}…"
