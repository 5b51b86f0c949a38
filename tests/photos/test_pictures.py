"""What comes out of the darkroom, whatever went in. Pure: no process, no store."""

import pytest

from server.photos.darkroom.pictures import develop, kind_of
from server.photos.darkroom.terms import TOO_LARGE, UNREADABLE, WRONG_TYPE, Refused
from tests.photos import samples

KINDS = {
    "jpeg": samples.jpeg,
    "heic": samples.heic,
    "png": samples.png,
    "webp": samples.webp,
    "animated_webp": samples.animated_webp,
    "animated_png": samples.animated_png,
    "multi_picture_jpeg": samples.multi_picture_jpeg,
    "polyglot_jpeg": samples.polyglot_jpeg,
    "archive_with_a_photo": samples.archive_with_a_photo,
    "many_framed_png": samples.many_framed_png,
    "cmyk_jpeg": samples.cmyk_jpeg,
    "palette_png": samples.palette_png,
    "rotated": samples.rotated_jpeg_with_gps,
}


def close(pixel: tuple[int, ...], colour: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(pixel, colour, strict=True)) < 16


def corners(picture: bytes) -> tuple[bool, bool, bool]:
    """Whether green lies on top, red below on the left, blue below on the right."""
    image = samples.opened(picture)
    right, foot = image.width - 3, image.height - 3
    return (
        close(image.getpixel((2, 2)), samples.GREEN),
        close(image.getpixel((2, foot)), samples.RED),
        close(image.getpixel((right, foot)), samples.BLUE),
    )


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_every_kind_of_photo_comes_out_upright_and_in_its_colours(make):
    assert corners(develop(make()).full) == (True, True, True)


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_the_thumbnail_shows_the_same_picture(make):
    assert corners(develop(make()).thumb) == (True, True, True)


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_nothing_is_left_of_place_device_or_attachment(make):
    developed = develop(make())
    stored = developed.full + developed.thumb
    assert [trace for trace in (*samples.TRACES, samples.SCRIPT) if trace in stored] == []


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_every_photo_is_kept_as_jpeg(make):
    developed = develop(make())
    assert (kind_of(developed.full), kind_of(developed.thumb)) == ("JPEG", "JPEG")


def test_the_samples_do_carry_what_must_not_be_kept():
    photo = samples.rotated_jpeg_with_gps()
    assert [trace for trace in samples.TRACES if trace not in photo] == [b"GPS"]
    assert samples.opened(photo).getexif().get_ifd(0x8825)[1] == "N"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_however_the_phone_was_held_the_photo_is_upright(orientation):
    developed = develop(samples.rotated_jpeg_with_gps(600, 800, orientation))
    assert (developed.width, developed.height) == (600, 800)
    assert corners(developed.full) == (True, True, True)


def test_a_heic_taken_upright_is_upright():
    developed = develop(samples.heic(480, 640, orientation=6))
    assert (developed.width, developed.height) == (480, 640)
    assert corners(developed.full) == (True, True, True)


def test_a_twelve_megapixel_photo_is_kept_at_2560():
    developed = develop(samples.rotated_jpeg_with_gps())
    assert (developed.width, developed.height) == (1920, 2560)


def test_a_small_photo_keeps_its_size():
    developed = develop(samples.png(640, 480))
    assert (developed.width, developed.height) == (640, 480)


def test_the_thumbnail_fits_320_pixels():
    assert samples.opened(develop(samples.rotated_jpeg_with_gps()).thumb).size == (240, 320)


def test_one_pixel_is_a_photo_too():
    assert close(samples.opened(develop(samples.tiny_png()).full).getpixel((0, 0)), samples.RED)


def test_a_very_long_photo_is_kept_at_least_one_pixel_wide():
    assert develop(samples.png(6000, 1)).height == 1


def test_the_first_picture_of_an_animation_is_kept():
    assert getattr(samples.opened(develop(samples.animated_webp()).full), "n_frames", 1) == 1


@pytest.mark.parametrize("make", [samples.alpha_png, samples.clear_palette_png])
def test_what_is_see_through_becomes_white(make):
    assert samples.opened(develop(make()).full).getpixel((9, 9)) == (255, 255, 255)


def test_sixteen_bits_of_grey_keep_their_brightness():
    assert close(
        samples.opened(develop(samples.sixteen_bit_png()).full).getpixel((9, 9)), (128,) * 3
    )


@pytest.mark.parametrize("make", [samples.bomb_png, samples.huge_webp_header])
def test_too_many_pixels_are_refused_by_the_header(make):
    with pytest.raises(Refused) as refusal:
        develop(make())
    assert refusal.value.reason == TOO_LARGE


def test_the_bomb_is_the_small_file_it_should_be():
    assert 19_000 < len(samples.bomb_png()) < 22_000


@pytest.mark.parametrize("make", [samples.text_file, samples.svg, samples.gif, bytes])
def test_what_is_not_a_photo_is_refused_by_its_bytes(make):
    with pytest.raises(Refused) as refusal:
        develop(make())
    assert refusal.value.reason == WRONG_TYPE


@pytest.mark.parametrize("make", [samples.truncated_jpeg, samples.broken_checksum_png])
def test_a_damaged_photo_is_not_half_kept(make):
    with pytest.raises(OSError, match=r"truncated|stream"):
        develop(make())


def test_a_webp_cut_off_in_its_header_is_unreadable():
    with pytest.raises(Refused) as refusal:
        develop(samples.webp()[:22])
    assert refusal.value.reason == UNREADABLE
