"""`mashang import` and `export-town`: a town from a workbook, and back into one."""

import argparse
import time
from collections.abc import Mapping
from pathlib import Path

from server import trust, workbook
from server.base.errors import Failure
from server.cli.options import Commands, Stop, command, in_town, operator, settings_for
from server.workbook import Checked, Written

IMPORT = """\
Set up a town from a workbook (xlsx), or give grids their outlines from GeoJSON.

  mashang import --template town.xlsx      the workbook to fill in
  mashang import town.xlsx --dry-run       only say what is wrong, and what would be written
  mashang import town.xlsx                 write the sheets in which nothing is wrong
  mashang import town.xlsx --good-rows     write every good row, also of sheets with wrong ones
  mashang import grids.geojson --crs gcj02

What is not written comes back as a workbook beside the file, each wrong cell coloured and
explained: put it right there and import that. The same file twice changes nothing; what was
interrupted is made whole by doing it again.
Exit code: 0 all is written, 1 something is wrong in the file, 2 it could not be read at all.
"""
EXPORT = """\
Write the whole town into the template: places, units, staff and posts, catalogue, codes. It holds
the tokens of all codes, so that printed signs go on working where it is imported, and the names
of the staff, but no resident and no password. Keep it like a key.

  mashang export-town town.xlsx
"""
MOST_SHOWN = 50


def add_commands(commands: Commands) -> None:
    given = command(commands, "import", do_import, "set up a town from Excel", IMPORT)
    given.add_argument("file", metavar="FILE", type=Path, nargs="?", help="xlsx or geojson")
    given.add_argument("--template", metavar="FILE", type=Path, help="write the empty template")
    given.add_argument("--dry-run", action="store_true", help="write nothing")
    given.add_argument("--good-rows", action="store_true", help="take good rows of every sheet")
    given.add_argument("--crs", choices=("wgs84", "gcj02"), default="wgs84", help="of all points")
    given.add_argument("--errors", metavar="FILE", type=Path, help="where wrong rows are written")
    whole = command(commands, "export-town", do_export, "write the town into a workbook", EXPORT)
    whole.add_argument("file", metavar="FILE", type=Path)


def do_import(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    if asked.template is not None:
        _keep(asked.template, workbook.make_template())
        print(f"The template is {asked.template}.")
        return 0
    if asked.file is None:
        raise Stop("say which FILE, or --template FILE.")
    content = _content(asked.file)

    async def give() -> int:
        try:
            sent = workbook.open_file(content)
        except Failure as refused:
            raise Stop(refused.detail) from None
        standing = await workbook.survey()
        checked = workbook.check(sent, standing, whole=not asked.good_rows, crs=asked.crs)
        _tell(checked)
        if not checked.is_good:
            beside = asked.errors or asked.file.with_name(f"{asked.file.stem}-wrong.xlsx")
            _keep(beside, workbook.make_findings(sent, checked.refused))
            print(f"What is not written is in {beside}.")
        if not asked.dry_run:
            await _write(checked, asked.file.name)
        return 0 if checked.is_good else 1

    return in_town(settings_for(asked, environment), give)


def do_export(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    async def export() -> int:
        standing = await workbook.survey()
        counts = {key: len(rows) for key, rows in standing.rows.items() if rows}
        act = trust.Act(action="town.export", name=operator(), detail=counts)
        await trust.record(act)
        _keep(asked.file, workbook.make_template(standing.rows))
        print(", ".join(f"{count:,} {key}" for key, count in counts.items()))
        print(f"The town is in {asked.file}. It holds the tokens of its codes: keep it like a key.")
        return 0

    return in_town(settings_for(asked, environment), export)


async def _write(checked: Checked, name: str) -> None:
    meter = _Meter()
    act = trust.Act(
        action="town.import", name=operator(), target=name[:80], detail=workbook.counts_of(checked)
    )
    # Recorded first: an import nobody knows of would be worse than a record of none.
    await trust.record(act)
    written = await workbook.write(checked, told=meter.told)
    meter.end()
    print(_said(written))


class _Meter:
    """Says how far it has come, at most once a second."""

    def __init__(self) -> None:
        self._written, self._said_at = 0, time.monotonic()

    def told(self, what: str, count: int) -> None:
        self._written += count
        if time.monotonic() - self._said_at >= 1:
            self._said_at = time.monotonic()
            print(f"  {self._written:,} written ({what})", flush=True)

    def end(self) -> None:
        print(f"  {self._written:,} written", flush=True)


def _tell(checked: Checked) -> None:
    for tally in checked.tallies:
        waiting = f"，{tally.waiting}行等别处改好" if tally.waiting else ""
        left = "，整张不写" if tally.refused else ""
        print(f"“{tally.title}”：{tally.rows}行，{tally.wrong}行有错{waiting}{left}")
    for note in checked.notes:
        print(f"提示 {note}")
    for finding in checked.findings[:MOST_SHOWN]:
        print(finding)
    if len(checked.findings) > MOST_SHOWN:
        print(f"…… 共{len(checked.findings)}处")
    if checked.waiting:
        print(f"另有{checked.waiting}行没有错，等上面的改好才能写入。")


def _said(written: Written) -> str:
    if written.nothing:
        return "Nothing to write: everything in it stands already."
    parts = [
        f"{what}: {written.new.get(what, 0):,} new, {written.changed.get(what, 0):,} changed"
        for what in written.changed
        if written.new.get(what) or written.changed.get(what)
    ]
    return "; ".join(parts)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(workbook.MOST_BYTES + 1)
    except OSError as cause:
        raise Stop(f"cannot read {path}: {cause.strerror}") from None


def _keep(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads."""
    try:
        path.touch(mode=0o600)
        path.write_bytes(content)
    except OSError as cause:
        raise Stop(f"cannot write {path}: {cause.strerror}") from None
