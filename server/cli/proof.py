"""`mashang check` and `audit`: prove that nothing was changed; print who did what was sensitive."""

import argparse
import csv
import json
import sys
import time
from collections.abc import Mapping
from datetime import timedelta

from server import cases, trust, wiring
from server.base import clock, database
from server.cli.options import Commands, command, in_town, settings_for

CHECK = """\
Prove the town whole. Names what does not fit, the first first; exit code 1 if anything.

  mashang check                     both of these
  mashang check cases               replay every history and compare it with the tables
  mashang check audit               verify every chain, every audit record and every anchor

An anchor is a hash over everything written in a minute, chained to the one before and kept in
MASHANG_ANCHORS_FILE as well. Against it a rewritten event is found though every chain fits again,
and so are a deleted case, a cut tail and rows that changed places. What is deleted before its first
anchor, within a minute, is not found.
"""
AUDIT = """\
Who did what was sensitive: looked at a sealed value, changed keys, let go of what was over,
appointed somebody. As CSV, for an auditor; times are UTC. `mashang check audit` proves that none
was changed.

  mashang audit --days 7 --action case.unmask > looks.csv
"""
MOST_DAYS = 36_500
COLUMNS = ("at", "action", "title", "by_name", "by_role", "target", "result", "reason")


def add_commands(commands: Commands) -> None:
    check = command(commands, "check", do_check, "prove that nothing was changed", CHECK)
    check.add_argument("what", nargs="?", choices=("cases", "audit"), help="one of the two alone")
    audit = command(commands, "audit", do_audit, "print the audit records", AUDIT)
    audit.add_argument("--days", type=_days, default=30, metavar="N", help="how far back")
    audit.add_argument("--action", choices=sorted(trust.ACTIONS), metavar="A", help="only this")


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= MOST_DAYS:
        raise argparse.ArgumentTypeError(f"{text} is not 1 to {MOST_DAYS}")
    return days


def do_audit(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    async def show() -> int:
        since = clock.now() - timedelta(days=asked.days)
        out = csv.writer(sys.stdout)
        out.writerow((*COLUMNS, "detail", "request"))
        for row in await trust.records_since(since, asked.action or ""):
            told = row | {"title": trust.ACTIONS[row["action"]]}
            detail = json.dumps(row["detail"], ensure_ascii=False)
            out.writerow([*(told[name] for name in COLUMNS), detail, row["request"]])
        return 0

    return in_town(settings_for(asked, environment), show)


def do_check(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    async def check() -> int:
        wrong = 0
        if asked.what != "audit":
            wrong += await _check_cases()
        if asked.what != "cases":
            wrong += await _check_audit()
        return 1 if wrong else 0

    return in_town(settings_for(asked, environment), check)


async def _check_cases() -> int:
    began = time.monotonic()
    faults = await cases.check_cases()
    for fault in faults:
        print(f"{fault.number}: {fault.what}")
    count = await database.fetch_value("SELECT count(*) AS n FROM cases")
    print(f"{count} cases replayed, {len(faults)} faults, {time.monotonic() - began:.1f} s")
    return len(faults)


async def _check_audit() -> int:
    began, found = time.monotonic(), trust.Findings()
    events, broken = await cases.check_chains()
    found.add(*(f"case {fault.number}: {fault.what}" for fault in broken))
    floor = await trust.check_records(found)
    outside = trust.anchors_file()
    await trust.check_anchors(found, wiring.ANCHORED, floor, outside, clock.now())
    for fault in found.faults:
        print(fault)
    print(
        f"{events} events and {found.records} audit records; {found.anchored} of them in"
        f" {found.anchors} anchors, {found.waiting} wait for the next;"
        f" {found.lines} lines in {outside}"
    )
    if found.anchors and not outside.exists():
        print(f"Nothing outside the database vouches for it: {outside} is not there.")
    print(f"{len(found.faults)} faults, {time.monotonic() - began:.1f} s")
    return len(found.faults)
