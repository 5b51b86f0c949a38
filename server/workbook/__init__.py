"""A town as a workbook: the template to fill in, reading it with every wrong cell named, writing it
through the front doors of those whose rows they are, and a whole town written into it again."""

from server.workbook.checking import Checked, check, counts_of
from server.workbook.desk import (
    ADMIN_ROLES,
    KEPT,
    Import,
    carry_on,
    choose,
    find_import,
    forget_imports,
    latest_imports,
    send,
    take_wrong_rows,
)
from server.workbook.errors import (
    ImportGoesOn,
    NoKnownSheet,
    NoSuchImport,
    NotAWorkbook,
    NotOutlines,
    WorkbookTooLarge,
)
from server.workbook.making import make_findings, make_template
from server.workbook.opening import MOST_BYTES, open_file
from server.workbook.parsing import Sent
from server.workbook.standing import Standing, survey
from server.workbook.writing import Written, write

__all__ = [
    "ADMIN_ROLES",
    "KEPT",
    "MOST_BYTES",
    "Checked",
    "Import",
    "ImportGoesOn",
    "NoKnownSheet",
    "NoSuchImport",
    "NotAWorkbook",
    "NotOutlines",
    "Sent",
    "Standing",
    "WorkbookTooLarge",
    "Written",
    "carry_on",
    "check",
    "choose",
    "counts_of",
    "find_import",
    "forget_imports",
    "latest_imports",
    "make_findings",
    "make_template",
    "open_file",
    "send",
    "survey",
    "take_wrong_rows",
    "write",
]
