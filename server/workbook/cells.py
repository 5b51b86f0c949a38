"""What may stand in a cell: each kind reads what offices write, or says in a sentence why not.

A cell comes as text, number or yes/no as the file has it. What is read can be shown again in the
form in which it is read, so an exported town is imported equal.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from server.base import spans
from server.base.errors import Failure, Invalid
from server.base.fields import clean_text

Raw = str | float | bool | None
_SPREADSHEET_EPOCH = date(1899, 12, 30)
_LAST_SERIAL = 73_050  # the end of 2099
_EXACT_DIGITS = 15  # what a spreadsheet keeps of a number
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})(?::00)?", re.ASCII)
_PHONE = re.compile(r"[0-9+() -]{3,20}", re.ASCII)
_SPLIT = re.compile(r"[、,，;；\s]+")
_YES = {"是": True, "否": False, "有": True, "无": False, "√": True, "×": False}
_STRETCH = re.compile(r"(\d{1,2}[:：]\d{2})\s*[-–—~至]\s*(\d{1,2}[:：]\d{2})", re.ASCII)
MOST_CORNERS = 1000


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
            raise Wrong(f"“{_cut(code)}”不对，应当是{said}位数字。")
        return code

    return Kind(read)


def matching(pattern: str, said: str, *, lower: bool = True) -> Kind:
    """A short mark of letters and digits, in small letters unless its case matters."""
    compiled = re.compile(pattern, re.ASCII)

    def read(raw: Raw) -> str:
        mark = written(raw, 120)
        mark = mark.lower() if lower else mark
        if not compiled.fullmatch(mark):
            raise Wrong(f"“{_cut(mark)}”不对，{said}")
        return mark

    return Kind(read)


def whole(low: int, high: int) -> Kind:
    """A whole number between these."""

    def read(raw: Raw) -> int:
        number = _number(raw)
        if not number.is_integer() or not low <= number <= high:
            raise Wrong(f"“{_cut(written(raw))}”不对，应当是{low}到{high}之间的整数。")
        return int(number)

    return Kind(read)


def degrees(low: float, high: float) -> Kind:
    """A longitude or latitude within these."""

    def read(raw: Raw) -> float:
        number = _number(raw)
        if not low <= number <= high:
            raise Wrong(f"“{_cut(written(raw))}”不对，应当在{low:g}到{high:g}之间。")
        return number

    return Kind(read, repr)


def day() -> Kind:
    """A date, as a date of the spreadsheet or as people write it."""

    def read(raw: Raw) -> date:
        said = f"“{_cut(written(raw))}”不是日期，请写成2024-01-31这样。"
        if isinstance(raw, float) and raw.is_integer() and 1 <= raw <= _LAST_SERIAL:
            return _SPREADSHEET_EPOCH + timedelta(days=int(raw))
        found = _DAY.fullmatch(written(raw).partition(" ")[0])
        if found is None:
            raise Wrong(said)
        parts = [int(part) for part in found.groups() if part]
        try:
            return date(parts[0], parts[1], parts[2])
        except ValueError:
            raise Wrong(said) from None

    return Kind(read, date.isoformat)


def clock_time() -> Kind:
    """A time of day, 00:00 to 24:00."""
    return Kind(_clock)


def stretches() -> Kind:
    """Stretches of a day: 08:30-12:00、14:30-18:00."""

    def read(raw: Raw) -> list[list[str]]:
        found = []
        for part in _SPLIT.split(written(raw)):
            one = _STRETCH.fullmatch(part)
            if one is None:
                raise Wrong(f"“{_cut(part)}”不对，请写成08:30-12:00、14:30-18:00这样。")
            starts, ends = _clock(one[1]), _clock(one[2])
            if starts >= ends:
                raise Wrong(f"“{part}”的开始不早于结束。")
            found.append([starts, ends])
        return found

    return Kind(read, lambda hours: "、".join("-".join(pair) for pair in hours))


def choice(titles: Mapping[str, Any]) -> Kind:
    """One of these titles; what is kept is what it stands for."""
    shown = {value: title for title, value in titles.items()}

    def read(raw: Raw) -> Any:
        title = written(raw)
        if title not in titles:
            raise Wrong(f"“{_cut(title)}”不在可选的里面，请填：{'、'.join(titles)}。")
        return titles[title]

    return Kind(read, lambda value: shown.get(value, str(value)), tuple(titles))


def yes_or_no() -> Kind:
    """是 or 否."""

    def read(raw: Raw) -> bool:
        said = written(raw)
        if said not in _YES:
            raise Wrong(f"“{_cut(said)}”不对，请填“是”或“否”。")
        return _YES[said]

    return Kind(read, lambda value: "是" if value else "否", ("是", "否"))


def span() -> Kind:
    """How long: 30m 2h 4wh 3wd 7d."""

    def read(raw: Raw) -> str:
        said = written(raw)
        try:
            return str(spans.parse(said))
        except ValueError:
            detail = "请写成30m（分钟）、2h（小时）、4wh（工作小时）、3wd（工作日）或7d（天）。"
            raise Wrong(f"“{_cut(said)}”不是时限，{detail}") from None

    return Kind(read)


def phone() -> Kind:
    """A number to ring up."""

    def read(raw: Raw) -> str:
        number = written(raw)
        if not _PHONE.fullmatch(number):
            raise Wrong(f"“{_cut(number)}”不是电话号码。")
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


def several(one: Kind) -> Kind:
    """Several of a kind, with 、 between them."""

    def read(raw: Raw) -> list[Any]:
        return [one.read(part) for part in _SPLIT.split(written(raw, 2000)) if part]

    return Kind(read, lambda values: "、".join(one.show(value) for value in values))


def ring() -> Kind:
    """An outline: longitude and latitude of each corner, a blank between corners."""

    def read(raw: Raw) -> list[tuple[float, float]]:
        if not isinstance(raw, str):
            raise Wrong("边界要写成“经度,纬度 经度,纬度 …”，一个角一对。")
        corners = []
        for pair in re.split(r"[;；\s]+", raw.strip()):
            parts = pair.replace("，", ",").split(",")
            if len(parts) != 2:
                raise Wrong(f"边界里“{_cut(pair)}”不对，应当是“经度,纬度”。")
            corners.append((_number(parts[0]), _number(parts[1])))
        return closed(corners)

    return Kind(read, lambda corners: " ".join(f"{lng!r},{lat!r}" for lng, lat in corners))


def closed(corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The corners as a closed ring on earth. Raises Wrong."""
    if any(not (-180 <= lng <= 180 and -90 <= lat <= 90) for lng, lat in corners):
        raise Wrong("边界里有的点不在地球上：经度在前，纬度在后，中间用逗号。")
    if len(corners) > MOST_CORNERS:
        raise Wrong(f"边界的角太多，最多{MOST_CORNERS}个。")
    whole_ring = corners if corners[0] == corners[-1] else [*corners, corners[0]]
    if len(set(whole_ring)) < 3:
        raise Wrong("边界至少要有三个不同的角。")
    return whole_ring


def _clock(raw: Raw) -> str:
    if isinstance(raw, float) and 0 <= raw <= 1:
        minutes = round(raw * 24 * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    found = _CLOCK.fullmatch(written(raw))
    hour, minute = (int(found[1]), int(found[2])) if found else (99, 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise Wrong(f"“{_cut(written(raw))}”不是时间，请写成08:30这样。")
    return f"{hour:02d}:{minute:02d}"


def _number(raw: Raw) -> float:
    try:
        number = math.nan if isinstance(raw, bool) else float(raw or "")
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Wrong(f"“{_cut(written(raw))}”不是数字。")
    return number


def _cut(said: str) -> str:
    return said if len(said) <= 30 else f"{said[:30]}…"
