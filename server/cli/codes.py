"""`mashang codes`: find a code, count what is missing, make, print, void, retire, replace."""

import argparse
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from server import codes, merchants, places
from server.base import database
from server.base.errors import Failure, Invalid
from server.cli.options import Commands, Stop, command, in_town, operator, settings_for
from server.settings import Settings

FIND = """\
Print the place and the scan link of a code, by the number printed beside it.

  mashang codes find 123456789
"""
LIST = "Print the newest batches of codes: id, when made, how many, name, for where."
_KINDS = "\n".join(f"  {kind:<10} {spot.title}" for kind, spot in codes.PLACES.items())
MISSING = f"""\
Count the places under a node that have no code yet. Nothing is made. --area is the path of a node.

  mashang codes missing --area 150603/150603001/

Kinds of place:
{_KINDS}
"""
MAKE = f"""\
Make a code for every place under a node that has none: one batch. Typed again, it makes only what
is missing by then, so nothing is made twice.

  mashang codes make --area 150603/150603001/ --kind entrance --kind facility --name 第一批

Kinds of place:
{_KINDS}
"""
_REASONS = "\n".join(f"  {key:<10} {title}" for key, title in codes.ENDED_FOR.items())
VOID = f"""\
Take a whole batch out of use. What hangs on a wall goes only with --also-mounted. A server that
runs meanwhile knows within two minutes.

  mashang codes void 01936f00-… --because misprinted

Reasons:
{_REASONS}
"""
END = f"""\
Take one code out of use for good (retire), or make its successor for the same place (replace).
Whoever scans the old one is told whom to ask, and led on to the new one, at the latest after two
minutes where a server runs meanwhile.

  mashang codes retire 123456789 --because closed
  mashang codes replace 123456789 --because damaged

Reasons:
{_REASONS}
"""
PRINT = """\
Draw the plaques of a batch into a PDF: A4 sheets of twelve, or one plaque a page.

  mashang codes print 01936f00-… --out plaques.pdf
"""
ART = """\
A drawing of the town's own for the head of every plaque: its line in a second script, or its mark.
An SVG of filled shapes (letters as outlines), printed in one colour. FILE alone is checked.

  mashang codes art line mongolian.svg --look plaque.pdf   a plaque as it would be; also .png, .svg
  mashang codes art line mongolian.svg --put               on all that is printed from now on
  mashang codes art logo --drop                            off it again
"""
Work = Callable[[argparse.Namespace, Settings], Awaitable[None]]


def add_commands(commands: Commands) -> None:
    group = commands.add_parser("codes", help="make, find, void and replace codes")
    verbs = group.add_subparsers(metavar="COMMAND", required=True)
    find = command(verbs, "find", _do(_find), "find the link of a code", FIND)
    find.add_argument("short", metavar="NUMBER", help="eight digits and a check digit")
    command(verbs, "list", _do(_list), "list the newest batches", LIST)
    missing = command(verbs, "missing", _do(_missing), "count places without a code", MISSING)
    make = command(verbs, "make", _do(_make), "make the codes that are missing", MAKE)
    for verb in (missing, make):
        verb.add_argument("--area", metavar="PATH", required=True, help="the path of a node")
    make.add_argument(
        "--kind", action="append", choices=list(codes.PLACES), required=True, help="may be repeated"
    )
    make.add_argument("--name", default="", help="what to call the batch")
    void = command(verbs, "void", _do(_void), "take a whole batch out of use", VOID)
    void.add_argument("batch", metavar="ID", type=UUID, help="as `mashang codes list` prints it")
    void.add_argument("--also-mounted", action="store_true", help="what hangs goes too")
    drawn = command(verbs, "print", _do(_print), "draw the plaques of a batch", PRINT)
    drawn.add_argument("batch", metavar="ID", type=UUID, help="as `mashang codes list` prints it")
    drawn.add_argument("--layout", choices=codes.LAYOUTS, default="sheet")
    drawn.add_argument("--out", type=Path, required=True, help="the file to write")
    art = command(verbs, "art", _do(_art), "put the town's own drawings on plaques", ART)
    art.add_argument("kind", choices=list(codes.art.KINDS))
    art.add_argument("file", metavar="FILE", type=Path, nargs="?", help="an SVG of filled shapes")
    art.add_argument("--look", metavar="OUT", type=Path, help="draw a plaque with it")
    what = art.add_mutually_exclusive_group()
    what.add_argument("--put", action="store_true", help="print it from now on")
    what.add_argument("--drop", action="store_true", help="print it no more")
    for name, work in (("retire", _retire), ("replace", _replace)):
        end = command(verbs, name, _do(work), f"{name} one code", END)
        end.add_argument("short", metavar="NUMBER", help="eight digits and a check digit")
        end.add_argument("--because", choices=list(codes.ENDED_FOR), required=True)
    void.add_argument("--because", choices=list(codes.ENDED_FOR), required=True)


def _do(work: Work) -> Any:
    """The command that does this work in the open town, its refusals as one sentence."""

    def do(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
        chosen = settings_for(asked, environment)

        async def told() -> int:
            try:
                await work(asked, chosen)
            except Invalid as wrong:
                raise Stop(wrong.fields[0].detail if wrong.fields else wrong.detail) from None
            except Failure as cause:
                raise Stop(cause.detail) from None
            return 0

        return in_town(chosen, told)

    return do


async def _find(asked: argparse.Namespace, chosen: Settings) -> None:
    code = await codes.find_short(asked.short)
    print(code.ground.full_name)
    print(f"{chosen.public_url}/c/{code.token}")


async def _list(asked: argparse.Namespace, chosen: Settings) -> None:
    for batch in await codes.every_batch():
        void = "  void" if batch.voided_at else ""
        where = f"  {batch.place}" if batch.place else ""
        print(
            f"{batch.id}  {batch.made_at:%Y-%m-%d %H:%M}  {batch.count:>6}"
            f"  {batch.name}{where}{void}"
        )


async def _missing(asked: argparse.Namespace, chosen: Settings) -> None:
    node = await places.find(await _node(asked.area))
    print(node.full_name)
    for one in await codes.survey(node):
        title = codes.PLACES[one.kind].title
        print(f"  {one.kind:<10} {one.places:>7} places, {one.missing:>7} without a code  {title}")


async def _make(asked: argparse.Namespace, chosen: Settings) -> None:
    node_id = await _node(asked.area)
    vendors = await merchants.vendors_at()
    made = await codes.make(node_id, asked.kind, asked.name, vendors=vendors, operator=operator())
    print(f"{made.count} codes made, batch {made.id}.")


async def _void(asked: argparse.Namespace, chosen: Settings) -> None:
    doer = codes.Doer(operator=operator())
    done = await codes.void(asked.batch, asked.because, also_mounted=asked.also_mounted, doer=doer)
    print(f"{done.codes} codes are out of use, {done.mounted} of them hung on a wall.")


async def _print(asked: argparse.Namespace, chosen: Settings) -> None:
    batch = await codes.find_batch(asked.batch)
    content = await codes.draw_batch(batch.id, asked.layout)
    _keep(asked.out, content)
    print(f"{batch.name}: {len(content) // 1000} kB in {asked.out}.")
    print(f"Every code in it leads to {chosen.public_url}, which is MASHANG_PUBLIC_URL.")


async def _art(asked: argparse.Namespace, chosen: Settings) -> None:
    doer = codes.Doer(operator=operator())
    if asked.drop:
        await codes.art.drop_art(asked.kind, doer=doer)
        print("It is on no plaque that is printed from now on.")
        return
    if asked.file is None:
        raise Stop("say which FILE, or --drop.")
    drawing = await codes.art.read(asked.kind, _content(asked.file))
    print(f"{asked.file} can be printed.")
    if asked.look is not None:
        _keep(asked.look, await codes.art.look(asked.kind, drawing, _format(asked.look)))
        print(f"A plaque with it is in {asked.look}.")
    if asked.put:
        await codes.art.put_art(asked.kind, asked.file.name, drawing, doer=doer)
        print("It is on every plaque that is printed from now on.")


def _format(out: Path) -> Any:
    format = out.suffix[1:].lower()
    if format not in ("pdf", "png", "svg"):
        raise Stop(f"{out}: a plaque is drawn as .pdf, .png or .svg.")
    return format


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as cause:
        raise Stop(f"cannot read {file}: {cause.strerror}") from None


def _keep(out: Path, content: bytes) -> None:
    """Under its name only when all of it is there."""
    part = out.with_name(out.name + ".part")
    part.write_bytes(content)
    part.replace(out)


async def _retire(asked: argparse.Namespace, chosen: Settings) -> None:
    code = await codes.find_short(asked.short)
    await codes.retire(code.token, asked.because, doer=codes.Doer(operator=operator()))
    print(f"{asked.short} at {code.ground.full_name} is out of use.")


async def _replace(asked: argparse.Namespace, chosen: Settings) -> None:
    code = await codes.find_short(asked.short)
    doer = codes.Doer(operator=operator())
    new = await codes.read(await codes.replace_code(code.token, asked.because, doer=doer))
    print(f"{asked.short} at {code.ground.full_name} is out of use; there hangs {new.short} now.")
    print(f"{chosen.public_url}/c/{new.token}")


async def _node(path: str) -> UUID:
    found = await database.fetch_value("SELECT id FROM place WHERE path = $1", path)
    if found is None:
        raise Stop(f"no place has the path {path}.")
    return UUID(str(found))
