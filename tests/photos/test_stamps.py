"""The evidence mark is in the picture, legible on any ground, and wrapped to its width."""

from pathlib import Path

import pytest
from PIL import Image, ImageStat

from server import photos
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
    font = stamps.Script(24)
    rows = stamps._wrapped(["云锦苑一号楼" * 20 + "A" * 100], font, 300)
    assert max(font.getlength(row) for row in rows) <= 300


def test_wrapping_loses_no_character():
    rows = stamps._wrapped(["云锦苑一号楼" * 20 + "A" * 70], stamps.Script(24), 300)
    assert "".join(rows) == "云锦苑一号楼" * 20 + "A" * 70


def test_a_number_is_not_broken_across_rows():
    rows = stamps._wrapped(["云锦苑一号楼编号261123123456"], stamps.Script(24), 300)
    assert rows == ["云锦苑一号楼编号", "261123123456"]


def test_control_characters_are_not_drawn():
    assert stamps._wrapped(["云\x07锦\u202e苑"], stamps.Script(24), 300) == ["云锦苑"]


def test_the_fonts_ship_with_their_licences():
    shelf = Path(photos.FONT_FILES[0]).parent
    assert "Apache License" in (shelf / "LICENSE.txt").read_text()
    assert "SIL OPEN FONT LICENSE" in (shelf / "LICENSE-OFL.txt").read_text()
    assert sum(Path(file).stat().st_size for file in photos.FONT_FILES) < 5_000_000


def test_a_rare_letter_stands_in_the_line_and_is_no_box():
    pictures = [stamps.stamp(plain("white"), [f"{name}便利店"]).full for name in "㐂𬭊\U0010ffff"]
    assert len(set(pictures)) == 3


def test_what_no_face_has_is_marked_as_missing_and_no_box():
    unknown, marked = (stamps.stamp(plain("white"), [f"{one}面馆"]).full for one in ("𰻝", "〓"))
    assert unknown == marked


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("西安𰻝𰻝面馆", "西安〓〓面馆"),
        ("\U0003106c（今年才有的字）", "〓（今年才有的字）"),
        ("旧系统里的\ue816", "旧系统里的〓"),
        ("ᠣᠷᠳᠣᠰ\u180b 2号", "〓〓〓〓〓 2号"),
        ("门口\ufe0f\u200d", "门口"),
        ("3号楼\u3000东\u00a0门\t口", "3号楼 东 门 口"),
    ],
)
def test_a_mark_says_what_it_can_draw_and_where_it_cannot(typed, drawn):
    assert stamps._wrapped([typed], stamps.Script(24), 900) == [drawn]
