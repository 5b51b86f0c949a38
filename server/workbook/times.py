"""Cells that hold a day, a time or how long: as the spreadsheet keeps it, or as people write it."""

import re
from datetime import UTC, date, datetime, time, timedelta

from server.base import clock, spans
from server.workbook.cells import BETWEEN, Kind, Raw, Wrong, cut, written

_SPREADSHEET_EPOCH = date(1899, 12, 30)
_LAST_SERIAL = 73_050  # the end of 2099
_DAY_S = 86_400
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})", re.ASCII)
_TIME = r"(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?"
_MOMENT = re.compile(rf"(?:{_DAY.pattern})[ T]*(?:{_TIME})?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})(?::00)?", re.ASCII)
_STRETCH = re.compile(r"(\d{1,2}[:：]\d{2})\s*[-–—~至]\s*(\d{1,2}[:：]\d{2})", re.ASCII)


def day() -> Kind:
    """A date, as a date of the spreadsheet or as people write it."""

    def read(raw: Raw) -> date:
        said = f"“{cut(written(raw))}”不是日期，请写成2024-01-31这样。"
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


def moment() -> Kind:
    """A day and a time of it in the town, as a date of the spreadsheet or as people write it."""

    def read(raw: Raw) -> datetime:
        said = f"“{cut(written(raw))}”不是时间，请写成2024-01-31 08:30这样。"
        if isinstance(raw, float) and 1 <= raw <= _LAST_SERIAL:
            midnight = datetime.combine(_SPREADSHEET_EPOCH, time(), clock.ZONE)
            return (midnight + timedelta(seconds=round(raw * _DAY_S))).astimezone(UTC)
        found = _MOMENT.fullmatch(written(raw))
        parts = [int(part) for part in found.groups() if part] if found else []
        try:
            return datetime(*parts, tzinfo=clock.ZONE).astimezone(UTC)  # type: ignore[arg-type, misc]
        except (ValueError, TypeError):
            raise Wrong(said) from None

    return Kind(read, _told_moment)


def _told_moment(at: datetime) -> str:
    local = clock.local(at)
    return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"


def clock_time() -> Kind:
    """A time of day, 00:00 to 24:00."""
    return Kind(_clock)


def stretches() -> Kind:
    """Stretches of a day: 08:30-12:00、14:30-18:00."""

    def read(raw: Raw) -> list[list[str]]:
        found = []
        for part in BETWEEN.split(written(raw)):
            one = _STRETCH.fullmatch(part)
            if one is None:
                raise Wrong(f"“{cut(part)}”不对，请写成08:30-12:00、14:30-18:00这样。")
            starts, ends = _clock(one[1]), _clock(one[2])
            if starts >= ends:
                raise Wrong(f"“{part}”的开始不早于结束。")
            found.append([starts, ends])
        return found

    return Kind(read, lambda hours: "、".join("-".join(pair) for pair in hours))


def span() -> Kind:
    """How long: 30m 2h 4wh 3wd 7d."""

    def read(raw: Raw) -> str:
        said = written(raw)
        try:
            return str(spans.parse(said))
        except ValueError:
            detail = "请写成30m（分钟）、2h（小时）、4wh（工作小时）、3wd（工作日）或7d（天）。"
            raise Wrong(f"“{cut(said)}”不是时限，{detail}") from None

    return Kind(read)


def _clock(raw: Raw) -> str:
    if isinstance(raw, float) and 0 <= raw <= 1:
        minutes = round(raw * 24 * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    found = _CLOCK.fullmatch(written(raw))
    hour, minute = (int(found[1]), int(found[2])) if found else (99, 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise Wrong(f"“{cut(written(raw))}”不是时间，请写成08:30这样。")
    return f"{hour:02d}:{minute:02d}"
