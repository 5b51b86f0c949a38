"""The darkroom's children: bounded in memory, time and number, never in the next photo's way."""

import asyncio
import os
import signal
import sys

import psutil
import pytest

from server.base.errors import Unavailable
from server.photos import workers
from server.photos.errors import PhotoTooLarge, PhotoTypeUnknown, PhotoUnreadable
from server.photos.workers import Darkroom, Limits
from tests.photos import samples, wicked

ROOMY = Limits(children=1)


@pytest.fixture
async def darkroom():
    room = Darkroom(ROOMY)
    yield room
    await room.close()


def children() -> list[psutil.Process]:
    """The children of this process that open photos."""
    return [child for child in psutil.Process().children() if _opens_photos(child)]


def _opens_photos(child: psutil.Process) -> bool:
    try:
        return "darkroom.child" in " ".join(child.cmdline())
    except psutil.NoSuchProcess:  # It went while it was looked at.
        return False


async def all_gone() -> bool:
    """Whether the last child goes within two seconds."""
    for _ in range(100):
        if not children():
            return True
        await asyncio.sleep(0.02)
    return False


async def with_room(limits: Limits, photo: bytes) -> None:
    """Develop one photo in a darkroom of its own."""
    room = Darkroom(limits)
    try:
        await room.develop(photo)
    finally:
        await room.close()


async def test_a_photo_is_developed_in_a_child(darkroom):
    rendering = await darkroom.develop(samples.rotated_jpeg_with_gps())
    assert (rendering.width, rendering.height) == (1920, 2560)


async def test_a_photo_is_stamped_in_a_child(darkroom):
    rendering = await darkroom.stamp(samples.jpeg(), ["编号 261123123456"])
    assert samples.opened(rendering.full).size == (800, 600)


async def test_one_child_develops_one_photo_after_another(darkroom):
    await darkroom.develop(samples.jpeg())
    before = children()
    await darkroom.develop(samples.heic())
    assert children() == before


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (samples.bomb_png, PhotoTooLarge),
        (samples.text_file, PhotoTypeUnknown),
        (samples.truncated_jpeg, PhotoUnreadable),
        (samples.broken_checksum_png, PhotoUnreadable),
    ],
)
async def test_a_bad_photo_is_refused_with_its_reason(darkroom, make, refusal):
    with pytest.raises(refusal):
        await darkroom.develop(make())


async def test_a_refused_photo_does_not_cost_the_child(darkroom):
    await darkroom.develop(samples.jpeg())
    before = children()
    with pytest.raises(PhotoUnreadable):
        await darkroom.develop(samples.truncated_jpeg())
    await darkroom.develop(samples.jpeg())
    assert children() == before


async def test_the_largest_allowed_photo_fits_into_the_memory(darkroom):
    rendering = await darkroom.develop(samples.large_png(alpha=True))
    assert (rendering.width, rendering.height) == (2560, 2048)


async def test_a_photo_that_needs_more_memory_than_allowed_is_unreadable():
    with pytest.raises(PhotoUnreadable):
        await with_room(Limits(children=1, memory_mb=160), samples.large_png())


async def test_after_the_memory_ran_out_the_next_photo_is_developed():
    room = Darkroom(Limits(children=1, memory_mb=160))
    with pytest.raises(PhotoUnreadable):
        await room.develop(samples.large_png())
    assert (await room.develop(samples.jpeg())).width == 800
    await room.close()


async def test_a_child_that_overruns_is_killed():
    room = Darkroom(Limits(children=1, seconds=1.0))
    await room.develop(samples.jpeg())
    (stuck,) = children()
    stuck.send_signal(signal.SIGSTOP)
    with pytest.raises(PhotoUnreadable):
        await room.develop(samples.jpeg())
    await room.close()
    assert not stuck.is_running()


async def test_after_a_killed_child_the_next_photo_is_developed():
    room = Darkroom(Limits(children=1, seconds=1.0))
    await room.develop(samples.jpeg())
    children()[0].send_signal(signal.SIGSTOP)
    with pytest.raises(PhotoUnreadable):
        await room.develop(samples.jpeg())
    assert (await room.develop(samples.jpeg())).width == 800
    await room.close()


async def test_a_child_that_dies_over_a_photo_makes_it_unreadable(darkroom):
    await darkroom.develop(samples.jpeg())
    children()[0].send_signal(signal.SIGSTOP)
    job = asyncio.create_task(darkroom.develop(samples.jpeg()))
    await asyncio.sleep(0.05)
    children()[0].kill()
    with pytest.raises(PhotoUnreadable):
        await job


async def test_a_sender_who_hangs_up_does_not_disturb_the_next(darkroom):
    await darkroom.develop(samples.jpeg())
    hung_up = asyncio.create_task(darkroom.develop(samples.rotated_jpeg_with_gps()))
    await asyncio.sleep(0.02)
    hung_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hung_up
    assert (await darkroom.develop(samples.png(320, 240))).width == 320


async def test_photos_beyond_the_queue_are_told_to_come_again():
    room = Darkroom(Limits(children=1, waiting=1))
    sent = [room.develop(samples.jpeg()) for _ in range(4)]
    answers = await asyncio.gather(*sent, return_exceptions=True)
    await room.close()
    assert [type(answer) is Unavailable for answer in answers] == [False, False, True, True]


async def test_no_more_children_than_allowed_are_started():
    room = Darkroom(Limits(children=2))
    await asyncio.gather(*(room.develop(samples.jpeg()) for _ in range(6)))
    count = len(children())
    await room.close()
    assert count == 2


async def test_an_idle_child_is_sent_home():
    room = Darkroom(Limits(children=1, idle_seconds=0.05))
    await room.develop(samples.jpeg())
    assert await all_gone()
    await room.close()


async def test_a_closed_darkroom_finishes_the_photo_it_has_and_takes_no_other():
    room = Darkroom(ROOMY)
    begun = asyncio.create_task(room.develop(samples.rotated_jpeg_with_gps()))
    await asyncio.sleep(0)
    await room.close()
    assert (await begun).width == 1920
    with pytest.raises(Unavailable):
        await room.develop(samples.jpeg())
    assert await all_gone()
    await room.close()


async def test_an_idle_child_is_small(darkroom):
    await darkroom.develop(samples.jpeg())
    assert children()[0].memory_info().rss < 40_000_000


async def test_a_child_leaves_when_its_parent_is_gone():
    child = await asyncio.create_subprocess_exec(
        *workers._COMMAND, str(10**9), "10", stdin=asyncio.subprocess.PIPE, stdout=-3
    )
    child.stdin.close()
    assert await asyncio.wait_for(child.wait(), 10) == 0


async def test_a_child_can_write_no_file_and_open_few(darkroom):
    await darkroom.develop(samples.jpeg())
    child = children()[0]
    assert child.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)
    assert child.rlimit(psutil.RLIMIT_NOFILE) == (32, 32)
    assert child.rlimit(psutil.RLIMIT_AS)[1] == ROOMY.memory_mb * 1024 * 1024


async def test_a_child_does_not_inherit_the_secrets_of_the_server(darkroom, monkeypatch):
    monkeypatch.setenv("MASHANG_WECHAT_SECRET", "not for children")
    await darkroom.develop(samples.jpeg())
    assert "MASHANG_WECHAT_SECRET" not in children()[0].environ()


async def test_a_child_that_cannot_start_is_an_outage_not_a_bad_photo():
    room = Darkroom(ROOMY, command=(sys.executable, "-c", "raise SystemExit(3)"))
    with pytest.raises(Unavailable):
        await room.develop(samples.jpeg())
    await room.close()


def test_the_server_does_not_load_pillow():
    import_all = "import server.photos.workers, sys; sys.exit('PIL' in sys.modules)"
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", import_all]) == 0


async def test_a_photo_that_is_never_done_costs_its_child_and_no_more():
    room = Darkroom(Limits(children=1, seconds=1.0))
    with pytest.raises(PhotoUnreadable):
        await room.develop(wicked.endless_scans())
    assert (await room.develop(samples.jpeg())).width == 800
    await room.close()
