"""The desk's list as a table to be given away: what its viewer may see, masked, line by line."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from server import cases, org, trust
from server.base import clock, dates, seal
from server.base.errors import NotAllowed
from server.base.fields import OUTCOMES, RATINGS, SOLVED
from server.base.spreadsheets import Table
from server.base.viewer import Viewer
from server.cases import CaseFile, DeskFilter, Reference
from server.flows import FLOWS
from server.views.places import place_line
from server.views.words import category_title, state_title

EXPORT_ROLES = (
    "property_manager",
    "community_secretary",
    "street_dispatcher",
    "street_leader",
    "dept_leader",
)
MOST_ROWS = 5000
TITLE = "工单"
HEADINGS = (
    *("编号", "类型", "状态", "地点", "具体位置", "情况", "来源", "上报人", "电话"),
    *("上报时间", "应回应", "应办完", "回应时间", "办结时间", "是否超时"),
    *("承办单位", "经办人", "附议人数"),
    *("办得怎么样", "居民说解决了吗", "评价", "怎么结束的", "其他系统编号"),
)
_TITLES = dict((*OUTCOMES, *SOLVED, *RATINGS))


async def export_list(viewer: Viewer, wanted: DeskFilter, kind: str) -> Table:
    """The whole list under these filters. Raises NotAllowed for a role without the right,
    ListTooLong for more than can be given at once.
    """
    if not viewer.holds(*EXPORT_ROLES):
        raise NotAllowed
    now = clock.now()
    names = {one.post.id: one.name for one in reversed(await org.everyone(now))}
    units = await org.unit_names()
    rows: list[tuple[str, ...]] = []
    async for stretch in cases.list_whole(viewer, wanted, now=now, most=MOST_ROWS):
        known = await cases.read_references(case.id for case in stretch)
        for case in stretch:
            line = await _line(case, viewer, now, known.get(case.id, ()))
            rows.append(line[:15] + _holder(case, units, names) + line[15:])
    await _record(viewer, wanted, kind, len(rows))
    return Table(TITLE, HEADINGS, rows, _note(viewer, now, len(rows)))


async def _record(viewer: Viewer, wanted: DeskFilter, kind: str, count: int) -> None:
    """Who took how many lines of what away. Every list that leaves the house passes here."""
    post = next(post for post in viewer.posts if post.role in EXPORT_ROLES)
    detail = {"cases": count, "tab": wanted.tab, "as": kind}
    await trust.record(trust.Act(action="case.export", by=viewer, post=post, detail=detail))


async def _line(
    case: CaseFile, viewer: Viewer, now: datetime, references: tuple[Reference, ...]
) -> tuple[str, ...]:
    """One case without its holder."""
    lens = cases.lens_of(case, viewer) or "title"
    words = cases.sees_words(lens)
    name, phone = _raiser(case, lens)
    ending = FLOWS[case.flow].endings.get(case.ending or "", "")
    return (
        case.number,
        await category_title(case),
        state_title(case, staff=True),
        await place_line(case, inside=lens == "work"),
        case.spot if words else "",
        case.text if words else "",
        cases.CHANNELS[case.channel],
        name,
        phone,
        *(_when(at) for at in (case.opened_at, case.respond_by, case.resolve_by)),
        *(_when(at) for at in (case.responded_at, case.resolved_at)),
        "是" if cases.is_overdue(case, now) else "否",
        str(case.seconded),
        *(_TITLES.get(said or "", "") for said in (case.outcome, case.solved, case.rating)),
        ending,
        "，".join(f"{one.system} {one.number}" for one in references),
    )


def _holder(
    case: CaseFile, units: Mapping[UUID, str], names: Mapping[UUID, str]
) -> tuple[str, str]:
    """The unit that has it, or had it last, and whoever holds the post."""
    unit_id, post_id = case.main.unit_id, case.main.post_id
    return units.get(unit_id, "") if unit_id else "", names.get(post_id, "") if post_id else ""


def _raiser(case: CaseFile, lens: str) -> tuple[str, str]:
    """Masked, and nothing at all where she is concealed from this viewer."""
    if not cases.sees_raiser(case, lens):
        return "", ""
    name, phone = cases.raiser_name(case), cases.raiser_phone(case)
    return seal.mask_name(name), seal.mask_phone(phone) if phone else ""


def _when(at: datetime | None) -> str:
    return dates.in_tables(clock.shown(at)) if at else ""


def _note(viewer: Viewer, now: datetime, count: int) -> str:
    """Who has it from whom: the last line of every list."""
    who = f"{viewer.posts[0].unit_name} {viewer.name}"
    care = "上报人信息已打码，只供办理使用，请勿外传。"
    return f"{who} 于{_when(now)}导出，共{count}件。{care}"
