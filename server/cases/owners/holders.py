"""Answers the law's question "who has it now?" for every row a step leaves open."""

from datetime import datetime
from uuid import UUID

from server import flows, org
from server.base import clock
from server.base.errors import wrong
from server.cases.errors import ConflictOfInterest
from server.cases.owners import routing
from server.cases.owners.routing import Holder
from server.cases.record.files import CaseFile
from server.places import Ground


async def answered(step: flows.Step, case: CaseFile, ground: Ground, now: datetime) -> flows.Step:
    """The step with a holder for each of its rules. `case` says whom it complains about."""
    if not step.holder_rules:
        return step
    found: dict[int, flows.Holder] = {}
    passed_over: dict[int, str] = {}
    for rule in step.holder_rules:
        holder = await _holder(rule, step.case, case, ground, now)
        if rule.row and rule.rule == "given":
            _refuse_asked(rule, holder, step.case, found)
        if rule.but:
            other = await _another(rule, step.case, case, ground, now)
            if other != holder and not rule.row:
                passed_over[rule.row] = await _role_of(holder, rule)
            holder = other
        found[rule.row] = flows.Holder(post_id=holder.post_id, unit_id=holder.unit_id)
    return flows.with_holders(step, found, passed_over)


def _refuse_asked(
    rule: flows.HolderRule,
    holder: Holder,
    after: flows.CaseState,
    found: dict[int, flows.Holder],
) -> None:
    """A unit beside the owner is another than the owner's, and is not asked twice at once."""
    lane = after.rows[rule.row].lane
    if rule.before is not None and holder.unit_id == rule.before.unit_id:
        raise wrong(lane, "has-it-already", "这件事已经在这个单位手上，请选别的单位。")
    beside = (one for one in after.rows if one.lane == lane and one.live and one.no != rule.row)
    others = (found.get(one.no, one.holder) for one in beside)
    if holder.unit_id in {one.unit_id for one in others if one is not None}:
        raise wrong(lane, "asked-already", "已经请过这个单位了，正等它答复。")


async def _another(
    rule: flows.HolderRule, after: flows.CaseState, case: CaseFile, ground: Ground, now: datetime
) -> Holder:
    """Who has it in the role, or stands above, or is the nearest above these, and is nobody these
    facts name; whoever it would be all the same where there is nobody else in the whole street.
    """
    named = [fact for name in rule.but if (fact := after.facts.get(name))]
    posts = frozenset(UUID(fact["post_id"]) for fact in named if fact.get("post_id"))
    people = {UUID(fact["account_id"]) for fact in named if fact.get("account_id")}
    for post_id in posts:
        people |= await org.holders_of(post_id, now)
    but = org.Barred(posts, frozenset(people))
    try:
        return await _found(rule, case, ground, now, but)
    except ConflictOfInterest:
        return await _found(rule, case, ground, now)


async def _found(
    rule: flows.HolderRule,
    case: CaseFile,
    ground: Ground,
    now: datetime,
    but: org.Barred | None = None,
) -> Holder:
    """Who stands above, or has the role a rule names."""
    about = routing.about(case)
    if rule.rule == "up":
        return await routing.above(rule.before, ground, about, now, but=but)
    return await routing.in_role(rule.rule.partition(":")[2], ground, about, now, but=but)


async def _role_of(holder: Holder, rule: flows.HolderRule) -> str:
    card = await org.post_card(holder.post_id, clock.now()) if holder.post_id else None
    return card.role if card else rule.rule.partition(":")[2]


async def _holder(
    rule: flows.HolderRule,
    after: flows.CaseState,
    case: CaseFile,
    ground: Ground,
    now: datetime,
) -> Holder:
    about, category = routing.about(case), str(after.facts.get("category") or "")
    name, _, role = rule.rule.partition(":")
    if name == "catalogue":
        return await routing.catalogue_owner(category, ground, about, now)
    if name == "given":
        field = after.rows[rule.row].lane if rule.row else "unit"
        return await _given(rule, ground, about, now, field=field)
    if name == "up":
        return await routing.above(rule.before, ground, about, now)
    if rule.move == "open" and after.facts.get("about_people"):
        return await routing.catalogue_owner(category, ground, about, now)
    return await routing.in_role(role, ground, about, now)


async def _given(
    rule: flows.HolderRule, ground: Ground, about: routing.About, now: datetime, *, field: str
) -> Holder:
    if rule.post_id is not None:
        return await routing.colleague(rule.post_id, rule.before, about, now)
    if rule.unit_id is None:
        raise wrong(field, "required", "请选一个单位。")
    return await routing.given_unit(rule.unit_id, ground, about, field=field)
