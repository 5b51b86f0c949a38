"""Answers the law's question "who has it now?" for every row a step leaves open."""

from datetime import datetime

from server import flows
from server.cases.errors import wrong
from server.cases.owners import routing
from server.cases.owners.routing import ABOUT_PEOPLE, Holder
from server.cases.record.files import CaseFile
from server.places import Ground


async def answered(step: flows.Step, case: CaseFile, ground: Ground, now: datetime) -> flows.Step:
    """The step with a holder for each of its rules. `case` says whom it complains about."""
    if not step.holder_rules:
        return step
    found = {}
    for rule in step.holder_rules:
        holder = await _holder(rule, step.case, case, ground, now)
        found[rule.row] = flows.Holder(post_id=holder.post_id, unit_id=holder.unit_id)
    return flows.with_holders(step, found)


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
        return await _given(rule, ground, about, now)
    if name == "up":
        return await routing.above(rule.before, ground, about, now)
    if rule.move == "open" and category in ABOUT_PEOPLE:
        return await routing.catalogue_owner(category, ground, about, now)
    return await routing.in_role(role, ground, about, now)


async def _given(
    rule: flows.HolderRule, ground: Ground, about: routing.About, now: datetime
) -> Holder:
    if rule.post_id is not None:
        return await routing.colleague(rule.post_id, rule.before, about, now)
    if rule.unit_id is None:
        raise wrong("unit", "required", "请选一个单位。")
    return await routing.given_unit(rule.unit_id, ground, about)
