"""What was printed is read again: by two independent readers, and where it is hard, by one."""

import asyncio
import io

import cv2
import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from server.codes import KINDS
from server.codes.printing.pressing import press
from server.codes.printing.shop import open_shop

HOST = "https://ms.example.gov.cn"
HOME = "演示·云锦苑小区"


def plaque(nth: int, kind: str = "outdoor") -> dict:
    said = {
        "url": f"{HOST}/c/{nth:027d}",
        "kind": kind,
        "kind_title": KINDS[kind],
        "site": "码上",
        "domain": "ms.example.gov.cn",
        "duty": "160 0000 0100",
    }
    if kind == "household":
        return said
    return said | {"lines": [HOME, f"{nth}号楼"], "short": "123456784", "rescue": "96333"}


async def drawn(*plaques: dict, layout: str = "single", format: str = "pdf") -> bytes:
    async def some():
        yield plaques

    open_shop(HOST, "memory://")
    return await press(some(), layout=layout, format=format)


def seen(pdf: bytes, scale: float = 2.0) -> Image.Image:
    """The first page as a picture; scale 1 is 72 dots to the inch."""
    return pypdfium2.PdfDocument(pdf)[0].render(scale=scale).to_pil().convert("RGB")


def read(picture: Image.Image) -> list[str]:
    return sorted(found.text for found in zxingcpp.read_barcodes(picture))


def read_by_the_other(picture: Image.Image) -> str:
    return cv2.QRCodeDetector().detectAndDecode(np.asarray(picture.convert("L")))[0]


async def test_twelve_on_a_sheet_are_read_again_at_error_level_h():
    plaques = [plaque(nth) for nth in range(13)]
    pdf = await drawn(*plaques, layout="sheet")
    found = zxingcpp.read_barcodes(seen(pdf))
    assert sorted(one.text for one in found) == sorted(one["url"] for one in plaques[:12])
    assert {one.ec_level for one in found} == {"H"}
    assert len(pypdfium2.PdfDocument(pdf)) == 2


async def test_a_single_plaque_is_read_by_two_readers_from_pdf_and_png():
    said = plaque(1, "merchant")
    pdf, png = await drawn(said), await drawn(said, format="png")
    pictures = [seen(pdf), Image.open(io.BytesIO(png))]
    assert [read(one) for one in pictures] == [[said["url"]]] * 2
    assert [read_by_the_other(one) for one in pictures] == [said["url"]] * 2


@pytest.fixture(scope="module")
def printed() -> bytes:
    """The plaque with `URL`, drawn once."""
    return asyncio.run(drawn(plaque(1)))


URL = plaque(1)["url"]


def turned(picture: Image.Image) -> Image.Image:
    return picture.rotate(33, expand=True, fillcolor="white")


def small(picture: Image.Image) -> Image.Image:
    """As in a photo where the QR is some 110 dots wide: two to a module."""
    return picture.resize((210, 223), Image.Resampling.LANCZOS)


def aslant(picture: Image.Image) -> Image.Image:
    """As seen from the side, standing too near."""
    wide, high = picture.size
    corners = np.float32([[0, 0], [wide, 0], [wide, high], [0, high]])
    seen_at = np.float32(
        [[0, 0], [wide * 0.72, high * 0.12], [wide * 0.72, high * 0.84], [0, high]]
    )
    turn = cv2.getPerspectiveTransform(corners, seen_at)
    white = (255, 255, 255)
    return Image.fromarray(
        cv2.warpPerspective(np.asarray(picture), turn, picture.size, borderValue=white)
    )


def covered(picture: Image.Image) -> Image.Image:
    """A sticker over 15 % of the code, clear of its three corners."""
    corners = zxingcpp.read_barcodes(picture)[0].position
    left, top = corners.top_left.x, corners.top_left.y
    wide = corners.bottom_right.x - left
    side = wide * 0.15**0.5
    begin = (left + wide * 0.5, top + wide * 0.5)
    ImageDraw.Draw(picture).rectangle((*begin, begin[0] + side, begin[1] + side), fill="#EE3333")
    return picture


@pytest.mark.parametrize("hard", [turned, small, aslant, covered])
def test_a_plaque_that_is_hard_to_read_is_read(printed, hard):
    assert read(hard(seen(printed))) == [URL]


async def test_the_drawing_for_the_web_needs_no_font_and_is_the_same_code():
    svg = (await drawn(plaque(1), format="svg")).decode()
    assert "<text" not in svg
    assert f"<title>{HOME}1号楼</title>" in svg


def test_words_of_a_plaque_are_in_the_file_and_the_font_is_embedded(printed):
    page = pypdfium2.PdfDocument(printed)[0].get_textpage().get_text_range()
    said = ("不收费", "96333", "123 456 784", "ms.example.gov.cn", HOME)
    assert [word for word in said if word not in page] == []
    assert b"/FontFile2" in printed


async def test_a_household_plaque_says_nothing_about_its_home():
    pdf = await drawn(plaque(1, "household"))
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "户内码" in page
    assert HOME not in page
    assert "短号" not in page
