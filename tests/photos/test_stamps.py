"""The evidence mark is in the picture, legible on any ground, and wrapped to its width."""

import pytest
from PIL import Image, ImageStat

from server.photos.darkroom import stamps
from server.photos.darkroom.pictures import develop, rendered
from tests.photos import samples

LINES = ["2026年11月23日 17:05", "康巴什区哈巴格希街道云锦苑1号楼1单元门口", "编号 261123123456"]


def plain(colour: str, width: int = 1200, height: int = 900) -> bytes:
    return rendered(Image.new("RGB", (width, height), colour)).full


def foot(picture: bytes) -> Image.Image:
    """The lower third, where the words are, in grey."""
    image = samples.opened(picture).convert("L")
    return image.crop((0, image.height * 2 // 3, image.width, image.height))


@pytest.mark.parametrize("colour", ["white", "black", "grey", "red", "yellow"])
def test_the_words_stand_out_on_any_ground(colour):
    darkest, brightest = foot(stamps.stamp(plain(colour), LINES).full).getextrema()
    assert brightest - darkest > 180


def test_the_upper_part_of_the_photo_stays_as_it_was():
    stamped = samples.opened(stamps.stamp(plain("white"), LINES).full)
    assert stamped.crop((0, 0, 1200, 500)).getextrema() == ((255, 255),) * 3


def test_the_stamped_photo_keeps_its_size():
    stamped = stamps.stamp(plain("white"), LINES)
    assert (stamped.width, stamped.height) == (1200, 900)


def test_a_tiny_photo_gets_room_for_the_words():
    stamped = stamps.stamp(develop(samples.tiny_png()).full, LINES)
    assert stamped.width == stamps.MIN_WIDTH
    assert ImageStat.Stat(samples.opened(stamped.full)).sum[0] > 100_000


def test_other_words_make_another_picture():
    one, other = (stamps.stamp(plain("white"), [number]) for number in ("编号 1", "编号 2"))
    assert one.full != other.full


def test_no_row_of_words_is_wider_than_the_photo():
    font = stamps._font(24)
    rows = stamps._wrapped(["云锦苑一号楼" * 20 + "A" * 100], font, 300)
    assert max(font.getlength(row) for row in rows) <= 300


def test_wrapping_loses_no_character():
    rows = stamps._wrapped(["云锦苑一号楼" * 20 + "A" * 70], stamps._font(24), 300)
    assert "".join(rows) == "云锦苑一号楼" * 20 + "A" * 70


def test_a_number_is_not_broken_across_rows():
    rows = stamps._wrapped(["云锦苑一号楼编号261123123456"], stamps._font(24), 300)
    assert rows == ["云锦苑一号楼编号", "261123123456"]


def test_control_characters_are_not_drawn():
    assert stamps._wrapped(["云\x07锦\u202e苑"], stamps._font(24), 300) == ["云锦苑"]


@pytest.mark.parametrize(
    "text", ["鄂尔多斯市康巴什区", "喆堃昇玥曌龑", "（演示）·《号》", "09:30 Az#~"]
)
def test_the_font_that_ships_knows_the_characters(text):
    font = stamps._font(24)
    unknown = bytes(font.getmask("\ufffe"))
    assert [char for char in text if bytes(font.getmask(char)) == unknown] == []


def test_the_font_ships_with_its_licence():
    licence = stamps.FONT_FILE.with_name("LICENSE.txt").read_text()
    assert "Apache License" in licence
    assert stamps.FONT_FILE.stat().st_size < 3_000_000
