"""Opening what somebody sent: a workbook or outlines of grids, whichever it is."""

import io
from collections.abc import Callable

from server.workbook.errors import NoKnownSheet, NotAWorkbook, WorkbookTooLarge
from server.workbook.outlines import read_outlines
from server.workbook.parsing import Sent, understand
from server.workbook.reading import MOST_BYTES, read_workbook
from server.workbook.sheets import BY_TITLE

__all__ = ["MOST_BYTES", "open_file"]
_ZIP, _OPENS_JSON = b"PK", b"{"


def open_file(content: bytes, *, tick: Callable[[], object] = lambda: None) -> Sent:
    """Every row of a workbook, or every grid of a GeoJSON file, cell by cell.

    Raises NotAWorkbook, NotOutlines, WorkbookTooLarge or NoKnownSheet for what is refused whole.
    It takes seconds for a large town: keep it off the event loop.
    """
    if len(content) > MOST_BYTES:
        raise WorkbookTooLarge(what=f"超过{MOST_BYTES // 1_000_000}MB")
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == _OPENS_JSON:
        return read_outlines(content.removeprefix(b"\xef\xbb\xbf"))
    if not content.startswith(_ZIP):
        raise NotAWorkbook
    pages, others = read_workbook(io.BytesIO(content), set(BY_TITLE), tick=tick)
    if not pages:
        named = "、".join(f"“{title[:31]}”" for title in others[:20])
        raise NoKnownSheet(sheets=named or "没有")
    return understand(pages, others)
