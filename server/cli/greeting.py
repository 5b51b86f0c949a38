"""What the terminal says when the town is open: where it is, what to scan, who one may be."""

import shlex
import socket
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from server import codes, people, settings
from server.base import database
from server.main import close_town, open_town
from server.settings import Settings
from server.web.cookies import SESSION_PLAIN, is_loopback

DARK, LIGHT = True, False
_HALVES = {(LIGHT, LIGHT): "█", (LIGHT, DARK): "▀", (DARK, LIGHT): "▄", (DARK, DARK): " "}
_QUIET = 4  # modules of white around a QR


async def greet(chosen: Settings, took_s: float) -> None:
    """Print where the town is, the demo's code and personas, and how long the start took."""
    await open_town(chosen)
    try:
        lines = [f"码上 is open at {chosen.public_url}  (started in {took_s:.1f} s)"]
        if chosen.demo:
            lines += await _demo(chosen)
        elif not await database.fetch_value("SELECT 1 AS one FROM account LIMIT 1"):
            lines += _first_day(chosen)
        lines += _warnings(chosen)
        print("\n".join([*lines, "Ctrl-C stops it."]), flush=True)
    finally:
        await close_town()


def _first_day(chosen: Settings) -> list[str]:
    """What is typed next, as it is typed here."""
    command, data = Path(sys.argv[0]).absolute(), ""
    if command.is_relative_to(Path.cwd()):
        command = command.relative_to(Path.cwd())
    if chosen.embedded and chosen.data_dir.absolute() != Path.cwd() / "var":
        data = f" --data {shlex.quote(str(chosen.data_dir))}"
    return [
        "Nobody works here yet. Make the first administrator, in another terminal:",
        f"  {shlex.quote(str(command))} staff add{data} wang 王敏",
        f"who signs in at {chosen.public_url}/signin/staff; 开张前要做的 says what comes next.",
    ]


async def _demo(chosen: Settings) -> list[str]:
    lines = ["演示数据: everything in this town is invented."]
    if (code := await codes.first_sign()) is not None:
        link = f"{chosen.public_url}/c/{code.token}"
        lines += ["", qr(link), f"Scan it, or open {link}", f"  ({code.ground.full_name})"]
    lines += ["", f"Be somebody for a while, at {chosen.public_url}/ :"]
    lines += [f"  {each.key:<20} {each.name}" for each in await people.personas()]
    return [*lines, ""]


def _warnings(chosen: Settings) -> list[str]:
    unread = [
        f"Warning: {name} is no setting, nothing reads it; docs/operating.md lists them."
        for name in settings.unheard_of()
    ]
    parts = urlsplit(chosen.public_url)
    if parts.scheme == "https" or is_loopback(parts.netloc):
        return unread
    return [
        *unread,
        f"Warning: {chosen.public_url} is plain http. Whoever shares this network can read what is",
        f"sent, and the session cookie is the unguarded `{SESSION_PLAIN}`. Good for a demo only.",
    ]


def qr(text: str) -> str:
    """A QR of this text in half blocks, dark on light, as a phone reads it from a dark terminal."""
    import zxingcpp  # only here, and only when a town greets: 60 ms nobody else should wait

    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn: Any = zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False)
    image: Any = memoryview(drawn)
    height, width = image.shape[0], image.shape[1]

    def dark(row: int, column: int) -> bool:
        inside = 0 <= row < height and 0 <= column < width
        return inside and int(image[row, column]) < 128

    columns = range(-_QUIET, width + _QUIET)
    return "\n".join(
        "".join(_HALVES[dark(row, column), dark(row + 1, column)] for column in columns)
        for row in range(-_QUIET, height + _QUIET, 2)
    )


def lan_address() -> str:
    """This machine's address in its own network. Nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address of documentation; UDP sends nothing yet
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
