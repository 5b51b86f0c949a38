"""Photos from the moment they are put up until they are attached, or swept."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from server import photos, trust
from server.base import clock, database
from server.base.errors import Unavailable
from server.base.ids import new_id
from server.base.unit import LostRace, unit_of_work
from server.base.viewer import GUEST, Viewer
from server.photos import store
from tests.photos import samples

WANG = Viewer(account_id=new_id(), name="演示-王女士")
LI = Viewer(account_id=new_id(), name="演示-李先生")
ASKED = trust.ReplayKey(actor="guest", route="POST /photos", key="k1", body_hash=b"a" * 32)


@pytest.fixture
async def studio(db, tmp_path):
    """An open studio that keeps its photos in a folder; gives the folder."""
    photos.open_studio(f"file://{tmp_path}/photos", photos.Limits(children=1))
    yield tmp_path / "photos"
    await photos.close_studio()


async def put_up(by: Viewer = GUEST, width: int = 320) -> photos.KeptPhoto:
    return await photos.keep(samples.jpeg(width, 240), uploader=by)


async def attached(*kept: photos.KeptPhoto, case_id: UUID | None = None) -> None:
    async with unit_of_work() as unit:
        photos.attach(unit, kept, case_id=case_id or new_id())


async def row_count() -> int:
    return await database.fetch_value("SELECT count(*) FROM photo")


def files(folder) -> list[str]:
    return sorted(path.stem for path in folder.rglob("*.jpg"))


def from_now() -> datetime:
    """Everything put up so far is from before this moment."""
    return datetime.now(UTC) + timedelta(hours=1)


async def in_pieces(whole: bytes, size: int = 64 * 1024):
    for start in range(0, len(whole), size):
        yield whole[start : start + size]


@pytest.fixture
def full_disk(monkeypatch):
    """More has to be left free than any disk has."""
    monkeypatch.setattr(store, "_FREE_SHARE", 2.0)
    monkeypatch.setattr(store, "_FREE_BYTES", 10**18)


async def test_a_photo_is_refused_while_the_database_still_has_room(studio, full_disk):
    with pytest.raises(photos.NoRoomForPhotos, match="先不带照片"):
        await put_up()
    assert files(studio) == []


async def test_a_photo_kept_before_is_answered_though_the_disk_is_full(studio, monkeypatch):
    first = await photos.keep(samples.jpeg(), uploader=GUEST, asked=ASKED)
    monkeypatch.setattr(store, "_FREE_SHARE", 2.0)
    monkeypatch.setattr(store, "_FREE_BYTES", 10**18)
    assert (await photos.keep(samples.jpeg(), uploader=GUEST, asked=ASKED)).id == first.id


async def test_a_kept_photo_is_served_upright_and_clean(studio):
    kept = await photos.keep(samples.rotated_jpeg_with_gps(), uploader=GUEST)
    picture = await photos.read(kept.id)
    assert samples.opened(picture.content).size == (1920, 2560)
    assert picture.content_type == "image/jpeg"


async def test_nothing_of_place_or_device_is_stored(studio):
    await photos.keep(samples.rotated_jpeg_with_gps(), uploader=GUEST)
    stored = b"".join(path.read_bytes() for path in studio.rglob("*.jpg"))
    assert [trace for trace in samples.TRACES if trace in stored] == []


async def test_a_photo_may_come_in_pieces(studio):
    kept = await photos.keep(in_pieces(samples.rotated_jpeg_with_gps()), uploader=GUEST)
    assert kept.width == 1920


async def test_the_thumbnail_is_served_too(studio):
    kept = await put_up(width=640)
    thumb = await photos.read(kept.id, "thumb")
    assert samples.opened(thumb.content).width == 320


async def test_the_row_says_what_was_kept(studio):
    with clock.stopped_at(datetime(2026, 11, 23, 1, tzinfo=UTC)):
        kept = await put_up(WANG)
    assert await photos.find_photo(kept.id) == kept
    assert (kept.uploader_id, kept.width, kept.height) == (WANG.account_id, 320, 240)


async def test_too_many_bytes_are_refused_before_they_are_opened(studio):
    with pytest.raises(photos.PhotoTooLarge, match="20MB"):
        await photos.keep(samples.jpeg() + bytes(photos.MAX_BYTES), uploader=GUEST)


async def test_a_stream_without_end_is_cut_off(studio):
    async def endless():
        while True:
            yield bytes(1024 * 1024)

    with pytest.raises(photos.PhotoTooLarge):
        await photos.keep(endless(), uploader=GUEST)


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (samples.text_file, photos.PhotoTypeUnknown),
        (samples.bomb_png, photos.PhotoTooLarge),
        (samples.truncated_jpeg, photos.PhotoUnreadable),
    ],
)
async def test_a_refused_photo_leaves_nothing(studio, make, refusal):
    with pytest.raises(refusal):
        await photos.keep(make(), uploader=GUEST)
    assert (await row_count(), files(studio)) == (0, [])


@pytest.mark.parametrize(
    "no",
    [
        photos.PhotoUnreadable(),
        photos.PhotoTooLarge(limit="20MB"),
        photos.PhotoTypeUnknown(),
        photos.NoRoomForPhotos(),
    ],
)
def test_where_a_photo_is_needed_nobody_is_told_to_go_on_without(no):
    assert "不带照片" in no.detail
    assert "不带照片" not in photos.said_where_needed(no)
    assert "一定要有照片" in photos.said_where_needed(no)


async def test_without_its_bytes_on_disk_a_photo_gets_no_row(studio):
    studio.rmdir()
    studio.write_text("a file where the folder should be")
    with pytest.raises(Unavailable):
        await put_up()
    assert await row_count() == 0


async def test_the_same_request_twice_makes_one_photo(studio):
    first = await photos.keep(samples.jpeg(), uploader=GUEST, asked=ASKED)
    again = await photos.keep(samples.jpeg(), uploader=GUEST, asked=ASKED)
    assert (again, await row_count()) == (first, 1)


async def test_the_same_request_at_once_makes_one_photo(studio):
    both = await asyncio.gather(
        *(photos.keep(samples.jpeg(), uploader=GUEST, asked=ASKED) for _ in range(4))
    )
    assert ({kept.id for kept in both}, await row_count()) == ({both[0].id}, 1)


async def test_the_same_picture_of_two_people_is_stored_once(studio):
    one, other = await put_up(WANG), await put_up(LI)
    assert one.id != other.id
    assert files(studio) == sorted({one.hash, one.thumb_hash})


async def test_the_id_of_a_photo_does_not_tell_the_next(studio):
    one, other = await put_up(), await put_up()
    assert one.id.version == 4
    assert one.id.hex[:12] != other.id.hex[:12]


async def test_who_put_a_photo_up_may_attach_it(studio):
    kept = await put_up(WANG)
    assert await photos.claim([kept.id], by=WANG) == [kept]


async def test_a_guests_photo_is_attached_by_whoever_knows_its_id(studio):
    kept = await put_up(GUEST)
    assert await photos.claim([kept.id], by=WANG) == [kept]


@pytest.mark.parametrize("other", [LI, GUEST])
async def test_nobody_attaches_someone_elses_photo(studio, other):
    kept = await put_up(WANG)
    with pytest.raises(photos.PhotoNotTheirs):
        await photos.claim([kept.id], by=other)


async def test_an_invented_photo_cannot_be_attached(studio):
    with pytest.raises(photos.PhotoNotTheirs):
        await photos.claim([uuid4()], by=GUEST)


async def test_ten_photos_are_too_many(studio):
    with pytest.raises(photos.TooManyPhotos, match="9"):
        await photos.claim([uuid4() for _ in range(10)], by=GUEST)


async def test_no_photos_are_no_problem(studio):
    assert await photos.claim([], by=GUEST) == []


async def test_photos_are_claimed_in_the_order_given(studio):
    first, second = await put_up(), await put_up(width=300)
    assert await photos.claim([second.id, first.id, second.id], by=GUEST) == [second, first]


async def test_an_attached_photo_knows_its_case(studio):
    kept, case_id = await put_up(), new_id()
    await attached(kept, case_id=case_id)
    assert (await photos.find_photo(kept.id)).case_id == case_id


async def test_an_attached_photo_cannot_be_claimed_again(studio):
    kept = await put_up(WANG)
    await attached(kept)
    with pytest.raises(photos.PhotoNotTheirs):
        await photos.claim([kept.id], by=WANG)


async def test_two_cases_cannot_both_take_a_photo(studio):
    kept = await put_up()
    await attached(kept)
    with pytest.raises(LostRace):
        await attached(kept)


async def test_an_evidence_photo_is_served_with_its_mark_only(studio):
    kept = await put_up(WANG, width=1200)
    stamped = await photos.stamp(kept, ["编号 261123123456"])
    await attached(stamped)
    served = await photos.read(kept.id)
    assert served.etag == stamped.hash != kept.hash


async def test_before_it_is_attached_the_mark_changes_nothing(studio):
    kept = await put_up(WANG)
    await photos.stamp(kept, ["编号 261123123456"])
    assert (await photos.read(kept.id)).etag == kept.hash


def test_evidence_says_when_where_and_which_case():
    at = datetime(2026, 11, 23, 17, 5, tzinfo=UTC)
    lines = photos.evidence_lines(at=at, place="云锦苑1号楼1单元", number="261123123456")
    assert lines == ("2026年11月24日 01:05", "云锦苑1号楼1单元", "编号 261123123456")


async def test_a_photo_nobody_attached_is_swept(studio):
    await put_up()
    await photos.sweep(from_now())
    assert (await row_count(), files(studio)) == (0, [])


async def test_a_photo_younger_than_asked_is_not_swept(studio):
    kept = await put_up()
    await photos.sweep(datetime.now(UTC) - timedelta(hours=1))
    assert (await photos.read(kept.id)).etag == kept.hash


async def test_an_attached_photo_is_never_swept(studio):
    kept = await put_up()
    await attached(kept)
    await photos.sweep(from_now())
    assert files(studio) == sorted({kept.hash, kept.thumb_hash})


async def test_bytes_that_another_photo_needs_are_not_swept(studio):
    kept, _unattached = await put_up(), await put_up()
    await attached(kept)
    await photos.sweep(from_now())
    assert (await row_count(), len(files(studio))) == (1, 2)


async def test_the_picture_without_its_mark_is_swept(studio):
    kept = await put_up(WANG, width=1200)
    stamped = await photos.stamp(kept, ["编号 261123123456"])
    await attached(stamped)
    await photos.sweep(from_now())
    assert files(studio) == sorted({stamped.hash, stamped.thumb_hash})


async def test_a_photo_swept_meanwhile_cannot_be_attached(studio):
    kept = await put_up()
    await photos.sweep(from_now())
    with pytest.raises(LostRace):
        await attached(kept)


async def test_a_request_repeated_after_the_sweep_is_told_to_send_the_photo_anew(studio):
    await photos.keep(samples.jpeg(), uploader=GUEST, asked=ASKED)
    await photos.sweep(from_now())
    with pytest.raises(photos.PhotoNotTheirs):
        await photos.keep(samples.jpeg(), uploader=GUEST, asked=ASKED)


async def test_a_photo_that_is_not_there_is_not_found(studio):
    with pytest.raises(photos.PhotoGone):
        await photos.read(uuid4())


async def test_a_lost_file_is_not_found_either(studio):
    kept = await put_up()
    next(studio.rglob(f"{kept.hash}.jpg")).unlink()
    with pytest.raises(photos.PhotoGone):
        await photos.read(kept.id)


async def test_several_photos_are_found_at_once(studio):
    one, other = await put_up(), await put_up()
    assert await photos.find_photos([one.id, other.id, uuid4()]) == {one.id: one, other.id: other}
