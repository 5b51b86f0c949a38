"""Every hanzi of a name is on the plaque as itself, in each format; an empty box is on none."""

import io

import pypdfium2
import pytest
from PIL import Image, ImageFont

from server import photos
from server.codes.printing.press.pdf import Sheets
from server.codes.printing.press.plaque import Plaque, laid_out
from server.codes.printing.press.png import as_png
from server.codes.printing.press.svg import as_svg
from tests.codes.rare import TONGYONG

GBK = "".join(map(chr, range(0x4E00, 0x9FA6)))
GB_18030_LEVEL_1 = "".join(map(chr, (*range(0x9FA6, 0x9FF0), *range(0x3400, 0x4DB6))))
EVERY = GBK + GB_18030_LEVEL_1 + TONGYONG
ALL = photos.Letters(photos.FONT_FILES)
COMMON = photos.Letters(photos.FONT_FILES[:1])  # draws a box for what is rare


def test_every_hanzi_of_the_standards_has_a_face():
    assert len(set(TONGYONG)) == 276
    assert ALL.lacking(EVERY + "".join(chr(code) for code in range(0x20, 0x7F))) == ""


def test_no_face_draws_a_box_or_nothing_for_what_it_says_it_has():
    pieces = ALL.pieces(EVERY[::5] + TONGYONG)
    fonts = {file: ImageFont.truetype(file, 10) for file, _ in pieces}
    boxes = {bytes(font.getmask("\U0010ffff")) for font in fonts.values()} | {b""}
    drawn = ((one, bytes(fonts[file].getmask(one))) for file, said in pieces for one in said)
    assert [one for one, mask in drawn if mask in boxes or not any(mask)] == []


def test_what_is_taken_for_plain_without_looking_is_in_the_first_face():
    latin = "".join(filter(str.isprintable, map(chr, range(0x20, 0x100))))
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    plain = latin + "".join(pair.decode("gb2312", "ignore") for pair in pairs)
    opened = photos.Letters(photos.FONT_FILES[:1])
    assert [one for one in plain if opened._found(one) is None] == []


def test_what_no_face_has_is_named():
    assert ALL.lacking("西安𰻝𰻝面馆\u200b") == "𰻝\u200b"


def pdf(marks, letters, tmp_path) -> bytes:
    sheets = Sheets(str(tmp_path / "one.pdf"), "single", letters)
    sheets.add(marks)
    sheets.save()
    page = pypdfium2.PdfDocument((tmp_path / "one.pdf").read_bytes())[0]
    return page.render(scale=2).to_pil().tobytes()


def png(marks, letters, tmp_path) -> bytes:
    return Image.open(io.BytesIO(as_png(marks, letters))).tobytes()


def svg(marks, letters, tmp_path) -> bytes:
    return as_svg(marks, letters, "")


@pytest.mark.parametrize("drawn", [pdf, png, svg])
def test_a_rare_letter_is_drawn_as_itself_where_a_box_would_be(drawn, tmp_path):
    def plaque(letter, letters):
        lines = (f"湖畔社区{letter}乐里", "1号楼")
        said = Plaque(url="https://a.cn/c/1", kind="outdoor", kind_title="室外码", lines=lines)
        return drawn(laid_out(said, len), letters, tmp_path)

    boxes = {plaque(letter, COMMON) for letter in "㐂䶮𬭊"}
    themselves = {plaque(letter, ALL) for letter in "㐂䶮𬭊"}
    assert (len(boxes), len(themselves), boxes & themselves) == (1, 3, set())
