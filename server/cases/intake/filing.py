"""代居民上报: what only staff may say of a report, and the post through which they come.

The resident is the raiser; who typed it in is the maker of the opening event, and his post a party
of the case, so that his office finds it again.
"""

from collections.abc import Iterable

from server.base.errors import FieldError, Invalid
from server.base.viewer import HeldPost, Viewer
from server.cases.errors import FiledByTheAccused
from server.cases.owners.routing import About, Holder
from server.cases.record.references import FIELD, Reference
from server.cases.sight.relations import reaches
from server.places import Ground

# Where nothing is said the report came by a code. The others are named by staff who took it down.
CHANNELS = {
    "code": "扫码",
    "counter": "窗口",
    "phone": "电话",
    "visit": "走访",
    "hotline": "热线",
    "group": "微信群",
    "letter": "来信",
    "contact": "留言",
}


def refuse_strangers(
    by: Viewer, channel: str, *, on_behalf: bool, references: Iterable[Reference]
) -> None:
    """Only staff may say that a report came another way, for somebody else, or from elsewhere."""
    wrong = []
    if not channel:
        wrong.append(FieldError("channel", "required", "请选居民是怎么反映的。"))
    elif channel not in CHANNELS or (channel != "code" and not by.is_staff):
        detail = "没有这种方式，请从列出的里面选。"
        wrong.append(FieldError("channel", "not-a-channel", detail))
    if on_behalf and not by.is_staff:
        detail = "只有工作人员可以替居民上报。"
        wrong.append(FieldError("on_behalf", "staff-only", detail))
    if any(references) and not by.is_staff:
        detail = "外部编号由工作人员登记，请不要填。"
        wrong.append(FieldError(FIELD, "staff-only", detail))
    if wrong:
        raise Invalid(*wrong)


def filing_post(by: Viewer, ground: Ground, about: About) -> HeldPost:
    """The post one files through: of those that have the place, else the first.

    Raises FiledByTheAccused: whom a report complains about is not to learn who complains.
    """
    if any(about.concerns(Holder(post_id=one.id, unit_id=one.unit_id)) for one in by.posts):
        raise FiledByTheAccused
    here = [one for one in by.posts if reaches(one, ground.path)]
    return (here or by.posts)[0]
