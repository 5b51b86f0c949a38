"""The ways the case desk can say no; the law's own ways are in `flows.errors`."""

from server import flows
from server.base.errors import Conflict, NotAllowed, NotFound


class CaseUnknown(NotFound):
    code = "case-unknown"
    sentence = "没找到这件事。可能是编号不对，也可能这件事不由您查看。"


class CaseMovedOn(flows.CaseMovedOn):
    """The law's refusal; `number` is among the values, so that the case can be shown anew."""


class OwnCase(Conflict):
    code = "own-case"
    sentence = "这件事就是您报的，不用再附议。办到哪一步了，点开就能看到。"


class ConflictOfInterest(NotAllowed):
    """The person or unit complained about is never given the complaint."""

    code = "conflict-of-interest"
    sentence = "这件事反映的就是这个单位，不能交给它自己办。请另选一个。"


class FiledByTheAccused(NotAllowed):
    """A unit does not take down complaints about itself: it would learn who complains."""

    code = "filed-by-the-accused"
    sentence = "这件事反映的就是您的单位，不能由您代报。请居民自己扫码上报，或请街道代报。"


class ReceiptGone(NotAllowed):
    """The receipt carries the resident's key, so it is printed while she stands there."""

    code = "receipt-gone"
    sentence = "回执只能在代报后24小时内由代报的人打印。这件事照常办理，可以打印事项单。"


class ReferenceTaken(Conflict):
    """Another office has taken the same matter down before; `number` is its case."""

    code = "reference-taken"
    sentence = "“{reference}”已经登记过，受理编号是{number}，不用再报一件。"


class OpenAlready(Conflict):
    """The same matter is open; `number` is its case."""

    code = "open-already"
    sentence = "这件事已经记过，还没了结，受理编号是{number}，不用再记一件。"


class ListTooLong(Conflict):
    """A list that is cut off looks like a whole one, so it is not given at all."""

    code = "list-too-long"
    sentence = "这里不止{most}件，一次最多导出{most}件。请先选小区、换一栏，或写几个字缩小范围。"


class TooManyFilters(Conflict):
    code = "too-many-filters"
    sentence = "最多存{most}个筛选，请先删掉用不着的。"


class MergeIntoItself(Conflict):
    code = "merge-into-itself"
    sentence = "不能并入它自己，请核对要并入的编号。"
