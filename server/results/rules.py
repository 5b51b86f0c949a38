"""Which cases everybody may read the end of, whose photos may be shown, and what is blotted out."""

import re
from collections.abc import Iterable

from server.base import seal
from server.base.errors import FieldError, Invalid
from server.base.viewer import HeldPost, Viewer
from server.cases import CaseFile, lens_of

# They see the case, and answer for what their community or street shows.
PUBLISHING_ROLES = ("community_secretary", "street_dispatcher", "street_leader")
AT_HOME = ("room", "premises")  # photos from inside are nobody else's; the place is told roughly
COLUMNS, ROWS = 8, 6  # of the cells one may choose instead of drawing
WHOLE = 1000  # an area is x, y, width, height in thousandths of the picture
MOST_AREAS = 60
SIDES = {"open": "before", "resolve": "after", "add_photos": "after"}  # by the move it came with
SAID_AT = ("resolve", "decline")  # whose words are the answer
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d(?:[ .·—–-]?\d){8}(?!\d)")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")  # as some keyboards type them
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")

Area = tuple[int, int, int, int]


def is_for_all(case: CaseFile) -> bool:
    """Whether everybody may read how it ended: never of one who is hidden, never about somebody.

    The same as `queries.FOR_ALL` in SQL.
    """
    open_to_all = case.public and not case.conceal
    about = case.about_unit_id is not None or case.about_post_id is not None
    return case.flow == "report" and case.state == "closed" and open_to_all and not about


def publishing_post(case: CaseFile, viewer: Viewer) -> HeldPost | None:
    """The post under which the viewer may publish photos of this case; None if they may not.

    Of a case that is theirs by another relation, such as one's own, nobody publishes anything.
    """
    if not is_for_all(case) or lens_of(case, viewer) != "work":
        return None
    posts = (one for one in viewer.posts if one.role in PUBLISHING_ROLES and one.area)
    return next((one for one in posts if case.path.startswith(one.area)), None)


def without_numbers(text: str) -> str:
    """What staff said, with mobile numbers and id numbers in it masked."""
    plain = text.translate(_WIDE)
    hidden = _ID_NUMBER.sub(lambda found: f"{found[0][:3]}***********{found[0][-4:]}", plain)
    return _MOBILE.sub(lambda found: seal.mask_phone(re.sub(r"\D", "", found[0])), hidden)


def read_areas(drawn: str) -> list[Area]:
    """Areas as the script writes them, "x,y,w,h;…". Raises Invalid for anything else."""
    found = []
    for piece in filter(None, drawn.split(";")):
        numbers = piece.split(",")
        if len(numbers) != 4 or not all(
            number.isascii() and number.isdigit() for number in numbers
        ):
            raise _unread()
        x, y, width, height = (int(number[:5]) for number in numbers)
        if not (x + width <= WHOLE and y + height <= WHOLE and width and height):
            raise _unread()
        found.append((x, y, width, height))
    if len(found) > MOST_AREAS:
        raise Invalid(FieldError("areas", "too-many", f"最多画{MOST_AREAS}块。"))
    return found


def areas_of_cells(cells: Iterable[str]) -> list[Area]:
    """The chosen cells, "row-column" from 1, joined to as few areas as touch: the fewer areas, the
    less is left of a face that lies on several. Raises Invalid for what is no cell."""
    chosen = {_cell(text) for text in cells}
    runs: dict[tuple[int, int], list[int]] = {}
    for row in range(ROWS):
        for first, last in _runs(sorted(column for at, column in chosen if at == row)):
            runs.setdefault((first, last), []).append(row)
    return [
        _area(first, last, top, bottom)
        for (first, last), rows in runs.items()
        for top, bottom in _runs(rows)
    ]


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers as first and last: 1 2 3 5 → 1–3, 5–5."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _area(first: int, last: int, top: int, bottom: int) -> Area:
    x, y = first * WHOLE // COLUMNS, top * WHOLE // ROWS
    return x, y, (last + 1) * WHOLE // COLUMNS - x, (bottom + 1) * WHOLE // ROWS - y


def _cell(text: str) -> tuple[int, int]:
    row, _, column = text.partition("-")
    if not (row.isascii() and row.isdigit() and column.isascii() and column.isdigit()):
        raise _unread()
    at = int(row[:3]) - 1, int(column[:3]) - 1
    if not (0 <= at[0] < ROWS and 0 <= at[1] < COLUMNS):
        raise _unread()
    return at


def _unread() -> Invalid:
    return Invalid(FieldError("areas", "not-an-area", "没有读懂要打码的地方，请重新选。"))
