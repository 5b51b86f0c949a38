"""Weekly hours as a form has them: line by line `days1`, `starts1`, `ends1` and so on."""

from dataclasses import replace

from server.org import DutyHours
from server.pages.rendering import Typed
from server.web import Form

NAMES = ("days", "starts", "ends")


def hours_of(form: Form, most: int) -> list[DutyHours]:
    """The lines of which anything is filled in."""
    lines = []
    for nth in range(1, most + 1):
        days, starts, ends = (form.first(f"{name}{nth}") for name in NAMES)
        if starts or ends:
            lines.append(DutyHours(days, starts, end_of(ends)))
    return lines


def filled_lines(before: Typed, most: int) -> list[int]:
    """The numbers of these lines, as they were typed."""
    return [
        nth
        for nth in range(1, most + 1)
        if before.value(f"starts{nth}") or before.value(f"ends{nth}")
    ]


def closed_up(before: Typed, most: int) -> Typed:
    """What was typed with no empty line between the others: so they are counted in what is wrong
    with them. Where nothing was typed of hours, as it is."""
    filled = filled_lines(before, most)
    if "starts1" not in before.values:
        return before
    values = dict(before.values)
    for nth in range(1, most + 1):
        was = filled[nth - 1] if nth <= len(filled) else 0
        values |= {f"{name}{nth}": before.value(f"{name}{was}") if was else "" for name in NAMES}
    return replace(before, values=values)


def end_of(text: str) -> str:
    """A clock on a phone knows no 24:00: midnight as an end is the day's."""
    return "24:00" if text == "00:00" else text
