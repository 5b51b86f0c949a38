"""`mashang keys`: see the keys, change them while the town goes on, let the old ones go."""

import argparse
import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from server import trust
from server.base import clock, keyring, seal
from server.base.keyring import NEXT
from server.cli.folders import make_folders
from server.cli.options import Commands, Stop, command, in_town, operator, settings_for
from server.trust import Resealed

KEYS = """\
The keys that seal names, phones and words, each a file in MASHANG_SECRETS_DIR.

  mashang keys list                 what there is, and how many values each still holds
  mashang keys rotate               a new key, used at once; then everything is sealed anew with it
  mashang keys rotate --blind       the key of the blind index as well
  mashang keys reseal               go on where that was interrupted
  mashang keys retire               delete the keys that hold nothing any more
  mashang keys begin                make the first keys where they are lost for good

Servers go on meanwhile and need no restart. Of several machines without a common folder each needs
the new key before it is used: `mashang keys prepare`, copy the folder to all of them, then rotate
on one and copy again. A backup of the database needs the keys of its day: keep them with it.
"""
SETTLES_S = seal.LOOK_EVERY_S * 1.5  # by then every server has looked into the folder
RETIRES_AFTER_S = {"seal": 60, "blind": 86_400}  # what is counted at the door is found for a day


def add_commands(commands: Commands) -> None:
    keys = commands.add_parser("keys", help="change the keys while the town goes on")
    verbs = keys.add_subparsers(metavar="COMMAND", required=True)
    command(verbs, "list", _in_town(show), "what there is", KEYS)
    command(verbs, "prepare", _in_town(prepare), "make the next key, for all to know", KEYS)
    rotate_ = command(verbs, "rotate", _in_town(rotate), "use a new key", KEYS)
    for each in (rotate_, verbs.choices["prepare"]):
        each.add_argument("--blind", action="store_true", help="of the blind index as well")
    command(verbs, "reseal", _in_town(reseal), "seal everything with the key in use", KEYS)
    command(verbs, "begin", begin, "make the first keys again", KEYS)
    command(verbs, "retire", _in_town(retire), "delete keys that hold nothing", KEYS)


def begin(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    chosen = settings_for(asked, environment)
    make_folders(chosen)
    if not keyring.missing(chosen.secrets_dir):
        raise Stop(f"{chosen.secrets_dir} lacks no key; `mashang keys rotate` makes the next one.")
    keyring.make_missing(chosen.secrets_dir)
    print(f"New keys are in {chosen.secrets_dir}. What was sealed with those before stays shut.")
    return 0


def _in_town(
    work: Callable[[argparse.Namespace], Coroutine[Any, Any, int]],
) -> Callable[[argparse.Namespace, Mapping[str, str]], int]:
    def do(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
        return in_town(settings_for(asked, environment), lambda: work(asked))

    return do


async def show(asked: argparse.Namespace) -> int:
    survey = await trust.survey()
    ring = seal.sealer().keys
    for kind in ("seal", "blind", "sign"):
        in_use = ring.in_use(kind)
        for key in ring.of(kind):
            state = "prepared" if key.state == NEXT else "in use" if key == in_use else "old"
            held = f"{survey.by_key[key.id]:,} values" if kind == "seal" else ""
            print(f"{key.path.name:<16} {key.id.hex()}  {state:<9} {held}".rstrip())
    if survey.stale_tags:
        print(f"{survey.stale_tags:,} rows are still found by an old blind key.")
    return 0


async def prepare(asked: argparse.Namespace) -> int:
    for kind in _kinds(asked):
        path = keyring.prepare(seal.sealer().folder, kind)
        print(f"{path.name} opens from now on and seals after `mashang keys rotate`.")
    return 0


async def rotate(asked: argparse.Namespace) -> int:
    folder = seal.sealer().folder
    for kind in _kinds(asked):
        keyring.prepare(folder, kind)
    await asyncio.sleep(SETTLES_S)  # Now every server that reads this folder can open with it.
    made = [keyring.promote(folder, kind).name for kind in _kinds(asked)]
    await trust.record(
        trust.Act(action="keys.rotate", name=operator(), detail={"in_use": sorted(made)})
    )
    print(f"In use from now on: {', '.join(made)}", flush=True)
    await asyncio.sleep(SETTLES_S)  # And now none seals with the old one any more.
    return _told(await trust.reseal())


async def reseal(asked: argparse.Namespace) -> int:
    return _told(await trust.reseal())


async def retire(asked: argparse.Namespace) -> int:
    unused = (await trust.survey()).unused()
    if not unused:
        raise Stop("no key can go: each is in use or still holds something (`mashang keys list`).")
    left_s = {kind: RETIRES_AFTER_S[kind] - _age_s(kind) for kind in {key.kind for key in unused}}
    waiting = [
        f"the new {kind} key is younger than {_span(RETIRES_AFTER_S[kind])};"
        f" try again in {_span(s)}."
        for kind, s in sorted(left_s.items())
        if s > 0
    ]
    going = [key for key in unused if left_s[key.kind] <= 0]
    if not going:
        raise Stop(" ".join(waiting))
    names = sorted(key.path.name for key in going)
    keyring.remove(going)
    await trust.record(trust.Act(action="keys.retire", name=operator(), detail={"deleted": names}))
    print(f"Deleted: {', '.join(names)}. Backups made before need them: keep yours with those.")
    for sentence in waiting:
        print(sentence)
    return 0


def _kinds(asked: argparse.Namespace) -> tuple[str, ...]:
    return ("seal", "blind") if asked.blind else ("seal",)


def _age_s(kind: str) -> float:
    """Since when the one in use bears its name; the file system's own clock, for it is a file."""
    key = seal.sealer().keys.in_use(kind)
    return clock.now().timestamp() - key.path.stat().st_ctime


def _span(seconds: float) -> str:
    """So long, in the coarsest words that are still of use."""
    if seconds > 2 * 3600:
        return f"{seconds / 3600:.0f} hours"
    return f"{seconds / 60:.0f} minutes" if seconds > 120 else f"{seconds:.0f} s"


def _told(done: Resealed) -> int:
    for sentence in (*done.faults, *done.clashes):
        print(sentence)
    print(f"{done.changed:,} values sealed anew, {done.in_order:,} in order.")
    if done.faults:
        print(f"{len(done.faults)} did not open; their keys stay.")
    if done.clashes:
        print(f"{len(done.clashes)} are found by the old blind key still; it stays.")
    if done.faults or done.clashes:
        return 1
    print("The old keys may go in a minute, that of the blind index in a day: mashang keys retire")
    return 0
