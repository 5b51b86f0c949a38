"""The town's own drawings: what may be put on plaques, and that it is printed from then on."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from server import codes, trust
from server.base import clock
from server.codes.printing import art, runs
from server.codes.printing.press.plaque import LYING, STANDING, WIDTH
from server.codes.printing.svg_art import read_art
from tests import makers
from tests.codes.mongolian import ORDOS
from tests.codes.test_printing import seen

HOST = "https://ms.example.gov.cn"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"{more}'
OPERATOR = codes.Doer(operator="tests")
DOWNWARDS = f'<g transform="rotate(90)"><path d="{ORDOS}"/></g>'
# A square with a square hole, its outline the other way round.
RING = "M0 0h60v60h-60z M20 20v20h20v-20z"


def svg(inside: str, more: str = "") -> bytes:
    return f"{SVG.format(more=more)}>{inside}</svg>".encode()


def path(d: str = "M0 0h60v10h-60z", more: str = "") -> str:
    return f'<path d="{d}" {more}/>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "不是能读的SVG"),
        (b"%PDF-1.7", "不是能读的SVG"),
        (svg(path())[:-3], "不是能读的SVG"),
        (b"<html><body/></html>", "不是SVG"),
        (svg(""), "没有能印的图形"),
        (svg(path("M0 0h60")), "没有能印的图形"),
        (svg(path("M0 0h1e999v9z")), "没有能印的图形"),
        (svg(path("M0 0 zap")), "读不懂"),
        (svg(path(more='transform="scale(a)"')), "位移读不懂"),
        (svg("<text>康巴什</text>"), "先把文字转成轮廓"),
        (svg('<text style="writing-mode:vertical-lr">ᠣᠷᠳᠣᠰ</text>'), "“ᠣᠷᠳᠣᠰ”.*转成轮廓"),
        (svg('<image width="9" height="9"/>'), "有位图"),
        (svg("<script>alert(1)</script>" + path()), "带有脚本"),
        (svg(path(more='onclick="alert(1)"')), "带有脚本"),
        (svg(path(), ' onload="alert(1)"'), "带有脚本"),
        (svg('<use xlink:href="https://example.com/a.svg#b"/>'), "“use”"),
        (svg(path(more='xlink:href="https://example.com/a"')), "引用了别处"),
        (svg(path(more='style="fill:url(https://example.com/a)"')), "引用了别处"),
        (svg("<style>@import 'https://example.com/a.css';</style>" + path()), "引用了别处"),
        (svg("<foreignObject/>"), "“foreignObject”"),
        (svg(f"<clipPath>{path()}</clipPath>"), "“clipPath”"),
        (svg(path(more='clip-path="url(#a)"')), "裁剪"),
        (svg(path(more='style="filter:url(#a)"')), "裁剪"),
        (svg(path(more='fill="none" stroke="#000"')), "线条转成轮廓"),
        (svg('<polyline points="0,0 9,9"/>'), "线条转成轮廓"),
        (svg(path(more='fill="#FFF"') + path("M5 5h9v9z")), "白色的底"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "实体声明"),
        (svg(path()).decode().encode("utf-16"), "不是能读的SVG"),
        (svg(path("M0 0" + "h1v1" * 10_001 + "z")), "太复杂"),
        (svg(path() + " " * 300_000), "文件太大"),
    ],
)
def test_what_no_plaque_can_show_is_refused_with_what_to_do(content, why):
    with pytest.raises(codes.ArtRefused, match=why):
        read_art(content)


async def test_what_would_be_too_thin_to_read_is_refused():
    codes.open_shop(HOST, "memory://")
    with pytest.raises(codes.ArtRefused, match=r"24\.0×0\.1毫米"):
        await art.read("line", svg(path("M0 0h600v2h-600z")))


def test_a_drawing_is_taken_as_programs_write_it():
    inkscape = svg(
        '<sodipodi:namedview xmlns:sodipodi="http://sodipodi"/><defs><linearGradient/></defs>'
        '<g transform="translate(10,5) scale(2)" style="fill:#0b6b57"><g transform="rotate(90)">'
        + path("M0 0h10v20h-10z")
        + '</g><g style="display:none">'
        + path("M0 0h900v900z")
        + '</g></g><rect x="-30" y="5" width="10" height="20" fill="none"/>'
    )
    drawn = read_art(inkscape)
    assert (drawn["width"], drawn["height"]) == (100, 50)


async def printed(code_id) -> Image.Image:
    return Image.open(io.BytesIO(await runs.draw_code(code_id, "png"))).convert("RGB")


async def test_what_was_put_is_on_what_is_printed_until_it_is_dropped(db):
    codes.open_shop(HOST, "memory://")
    town = await makers.a_town()
    code = await codes.read(town.token)
    before, plain = clock.now(), await printed(code.id)
    for kind, drawn in (("line", path()), ("logo", path(RING)), ("line", path("M0 0h60v20h-60z"))):
        await art.put_art(kind, "a.svg", await art.read(kind, svg(drawn)), doer=OPERATOR)
    own = await printed(code.id)
    assert own.tobytes() != plain.tobytes()
    assert own.size == plain.size
    for kind in ("line", "logo", "logo"):
        await art.drop_art(kind, doer=OPERATOR)
    assert (await printed(code.id)).tobytes() == plain.tobytes()
    acts = [row["action"] for row in await trust.records_since(before)]
    assert acts == ["code.art"] * 5


@pytest.mark.parametrize("format", ["png", "pdf"])
async def test_a_hole_in_a_letter_stays_open(format, sqlite_db):
    codes.open_shop(HOST, "memory://")
    content = await art.look("logo", read_art(svg(path(RING))), format)
    picture = seen(content, 4) if format == "pdf" else Image.open(io.BytesIO(content))
    dots = picture.width / 70  # to a millimetre of the layout; the mark is 6.4 wide, from 5.3
    hole, ring = ((x * dots, 8 * dots) for x in (8.5, 6.2))
    assert picture.getpixel(tuple(map(round, hole))) == (255, 255, 255)
    assert picture.getpixel(tuple(map(round, ring))) == (0x0B, 0x6B, 0x57)


async def word_in(box: tuple[float, ...], drawing: bytes) -> Image.Image:
    """What is printed white in this box of a plaque, from the PDF, without what is around it."""
    codes.open_shop(HOST, "memory://")
    content = await art.look("line", await art.read("line", drawing), "pdf")
    picture = seen(content, 6).convert("L").point([0] * 200 + [255] * 56)
    dots = picture.width / WIDTH
    x, y, wide, high = (side * dots for side in box)
    word = picture.crop(tuple(map(round, (x, y, x + wide, y + high))))
    return word.crop(word.getbbox())


async def test_mongolian_written_downwards_is_printed_downwards_and_can_be_read(sqlite_db):
    lying = await word_in(LYING, svg(path(ORDOS)))
    standing = (await word_in(STANDING, svg(DOWNWARDS))).rotate(90, expand=True)
    assert standing.width > lying.width / 2
    difference = ImageChops.difference(lying, standing.resize(lying.size))
    assert ImageStat.Stat(difference).mean[0] < 0.1 * 255
