"""Of what was blotted out nothing is left that tells one face, or one plate, from another."""

import random

from PIL import Image, ImageChops, ImageStat

from server.photos.darkroom.blots import blot
from server.photos.darkroom.pictures import rendered
from tests.photos import samples

LEFT_HALF = [(0, 0, 400, 1000)]


def noise(seed: int = 1, width: int = 480, height: int = 360) -> Image.Image:
    """Fine detail everywhere, like small print."""
    chance = random.Random(seed)
    dots = bytes(chance.choice((0, 255)) for _ in range(width * height // 4))
    image = Image.frombytes("L", (width // 2, height // 2), dots)
    return image.resize((width, height), Image.Resampling.NEAREST).convert("RGB")


def detail(image: Image.Image) -> float:
    """How much changes from one pixel to the next."""
    moved = ImageChops.offset(image, 1, 0)
    return ImageStat.Stat(ImageChops.difference(image, moved).convert("L")).mean[0]


def test_two_pictures_that_differ_in_detail_look_the_same_where_they_are_blotted_out():
    ones = [samples.opened(blot(rendered(noise(seed)).full, LEFT_HALF, []).full) for seed in (1, 2)]
    left = [one.crop((0, 0, 180, 360)) for one in ones]
    assert ImageStat.Stat(ImageChops.difference(*left).convert("L")).mean[0] < 20
    assert max(map(detail, left)) < 4


def test_what_was_not_drawn_over_stays_as_it_was():
    before = samples.opened(rendered(noise()).full)
    after = samples.opened(blot(rendered(noise()).full, LEFT_HALF, []).full)
    assert after.size == before.size
    right = [one.crop((220, 0, 480, 360)) for one in (before, after)]
    assert detail(right[1]) > detail(right[0]) / 2


def test_an_area_keeps_no_more_than_a_few_rough_colours():
    gradient = Image.linear_gradient("L").resize((480, 360)).convert("RGB")
    made = samples.opened(blot(rendered(gradient).full, [(0, 0, 1000, 1000)], []).full)
    steps = {value // 32 for value in made.convert("L").resize((12, 9)).tobytes()}
    assert len(steps) <= 8
    assert detail(made) < 2


def test_the_smallest_area_at_the_edge_is_still_blotted_out():
    photo = rendered(noise()).full
    made = samples.opened(blot(photo, [(999, 999, 1, 1)], []).full)
    corner = made.crop((478, 358, 480, 360)).convert("L")
    assert max(corner.tobytes()) - min(corner.tobytes()) < 40


def test_the_lines_are_in_the_picture_and_the_thumbnail_is_blotted_out_as_well():
    photo = rendered(noise()).full
    marked = blot(photo, LEFT_HALF, ["2026年11月23日"])
    assert marked.full != blot(photo, LEFT_HALF, []).full
    small = samples.opened(marked.thumb)
    assert detail(small.crop((0, 0, small.width * 3 // 8, small.height // 2))) < 8
