"""Letting go of what is over: every hour what is short-lived, the rest at night; on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from server import trust
from server.base import clock
from server.retention.rules import RULES, Rule

NIGHT = range(2, 5)  # the town's hours in which few are awake
ONCE_IN = timedelta(hours=20)
AT_THE_LATEST = timedelta(hours=30)  # after the last run, if no worker was up at night


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule did, or would do."""

    rule: Rule
    count: int


async def report(now: datetime) -> list[Outcome]:
    """What is over now, rule by rule; nothing is touched."""
    return [Outcome(rule, await rule.due(rule.kept.before(now))) for rule in RULES]


async def run(now: datetime, *, name: str) -> list[Outcome]:
    """Do what every rule says, and leave a record of how much that was."""
    done = await _obey(RULES, now)
    counts = {one.rule.key: one.count for one in done}
    await trust.record(trust.Act(action="retention.run", name=name, detail=counts))
    return done


async def run_short_lived(now: datetime) -> None:
    """The rules that are too short to wait for the night."""
    await _obey([rule for rule in RULES if rule.hourly], now)


async def run_at_night(now: datetime) -> bool:
    """Run once a night, or as soon as somebody is up after nights without; whether it ran."""
    last = await trust.last_time("retention.run")
    rested = now - last if last is not None else AT_THE_LATEST
    is_night = clock.local(now).hour in NIGHT
    if rested < ONCE_IN or (rested < AT_THE_LATEST and not is_night):
        return False
    await run(now, name="worker")
    return True


async def _obey(rules: Iterable[Rule], now: datetime) -> list[Outcome]:
    return [Outcome(rule, await rule.act(rule.kept.before(now))) for rule in rules]
