"""The ways a workbook is refused whole; what is wrong in a cell is a finding, not an error."""

from server.base.errors import Conflict, Invalid, NotFound


class NotAWorkbook(Invalid):
    """No xlsx, or one nobody can open."""

    code = "not-a-workbook"
    sentence = "这不是能读的Excel工作簿。请另存为“Excel工作簿（.xlsx）”，不加密码，再传。"


class WorkbookTooLarge(Invalid):
    """It unpacks to more than anybody typed."""

    code = "workbook-too-large"
    sentence = "工作簿太大：{what}。请拆成几个再传。"


class NoKnownSheet(Invalid):
    """None of its sheets is one of the template's."""

    code = "no-known-sheet"
    sentence = "没有认得的表。请用模板来填，表名不要改；这个文件里的表是：{sheets}。"


class NotOutlines(Invalid):
    """No GeoJSON with grids in it."""

    code = "not-outlines"
    sentence = "这不是能读的GeoJSON：{why}。"


class NoSuchImport(NotFound):
    code = "import-unknown"
    sentence = "没找到这次导入，可能已经过期删除。"


class ImportGoesOn(Conflict):
    code = "import-goes-on"
    sentence = "这次导入正在进行，请等它完成。"
