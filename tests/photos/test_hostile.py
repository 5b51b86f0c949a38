"""Three hundred damaged and a handful of wicked files: each is a photo or a clear refusal."""

import asyncio
import gc

import psutil
import pytest

from server.base.errors import Invalid
from server.photos.workers import Darkroom, Limits, Rendering
from tests.photos import samples

PARTS = 6
DAMAGED_PER_PART = 50
CALM = Limits(children=2, waiting=DAMAGED_PER_PART)


@pytest.fixture
async def darkroom():
    room = Darkroom(CALM)
    yield room
    await room.close()


def resident_bytes() -> int:
    gc.collect()
    return psutil.Process().memory_info().rss


def is_clear(answer: Rendering | BaseException) -> bool:
    """A picture without a trace, or a sentence for the person."""
    if isinstance(answer, Rendering):
        return not [trace for trace in samples.TRACES if trace in answer.full + answer.thumb]
    return isinstance(answer, Invalid)


@pytest.mark.parametrize("part", range(PARTS))
async def test_every_damaged_file_is_a_photo_or_a_clear_refusal(darkroom, part):
    first = part * DAMAGED_PER_PART
    files = [samples.damaged(seed) for seed in range(first, first + DAMAGED_PER_PART)]
    before = resident_bytes()
    answers = await asyncio.gather(*map(darkroom.develop, files), return_exceptions=True)
    assert [answer for answer in answers if not is_clear(answer)] == []
    assert resident_bytes() - before < 60_000_000


async def test_a_swollen_colour_profile_does_not_reach_the_output(darkroom):
    (answer,) = await asyncio.gather(
        darkroom.develop(samples.swollen_png()), return_exceptions=True
    )
    assert is_clear(answer)
