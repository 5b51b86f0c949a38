"""`mashang retention`, `hold`, `release`: what is over goes, unless the law wants it kept."""

import argparse
from collections.abc import Awaitable, Callable, Mapping

from server import cases, retention
from server.base import clock
from server.base.errors import Failure, Invalid
from server.cli.options import Commands, Stop, command, in_town, operator, settings_for

RETENTION = """\
Let go of everything whose time is over, now, and say how much that was. The worker does the same
every night; docs/privacy.md lists the rules.

  mashang retention --dry-run       only say what is due
"""
HOLD = """\
Keep a case from being forgotten while a court, the discipline office or the police needs it.
Who, when and why is on record.

  mashang hold 261123004701 --reason "康巴什区法院 (2026) 民初 17 号"
  mashang release 261123004701 --reason "已结案"
"""


def add_commands(commands: Commands) -> None:
    run = command(commands, "retention", do_retention, "let go of what is over", RETENTION)
    run.add_argument("--dry-run", action="store_true", help="only say what is due")
    for name, do, short in (
        ("hold", do_hold, "keep a case for the law"),
        ("release", do_release, "end a legal hold"),
    ):
        verb = command(commands, name, do, short, HOLD)
        verb.add_argument("number", help="the case's number")
        verb.add_argument("--reason", required=True, help="on whose word, and why")


def do_retention(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    async def obey() -> int:
        now = clock.now()
        if asked.dry_run:
            done = await retention.report(now)
        else:
            done = await retention.run(now, name=operator())
        for one in done:
            rule = one.rule
            before = rule.kept.before(now)
            print(
                f"{one.count:>8,}  {rule.key:<13} {rule.what}: before {before:%Y-%m-%d %H:%M} UTC"
            )
        print("Nothing was touched." if asked.dry_run else "Done, and on record.")
        return 0

    return in_town(settings_for(asked, environment), obey)


def do_hold(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    return _on_hold(asked, environment, cases.hold, "is on legal hold")


def do_release(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    return _on_hold(asked, environment, cases.release, "is on legal hold no more")


def _on_hold(
    asked: argparse.Namespace,
    environment: Mapping[str, str],
    verb: Callable[..., Awaitable[None]],
    so: str,
) -> int:
    async def set_it() -> int:
        try:
            await verb(asked.number, reason=asked.reason, name=operator())
        except Invalid as wrong:
            raise Stop(wrong.fields[0].detail) from None
        except Failure as cause:
            raise Stop(cause.detail) from None
        print(f"{asked.number} {so}.")
        return 0

    return in_town(settings_for(asked, environment), set_it)
