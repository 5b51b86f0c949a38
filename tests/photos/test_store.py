"""JPEGs under the hash of their content: in a folder, in memory, in an S3-compatible store."""

import hashlib
import os
from datetime import UTC, datetime, timedelta

import pytest

from server.base.errors import Unavailable
from server.photos.errors import PhotoGone
from server.photos.store import Store
from tests.photos.fake_s3 import fake_s3

JPEG = b"\xff\xd8\xff a picture"
NAME = hashlib.sha256(JPEG).hexdigest()
LATER = datetime(2100, 1, 1, tzinfo=UTC)
EARLIER = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["file", "memory", "s3"])
def store(request, tmp_path, monkeypatch):
    with fake_s3() as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL", server.address)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
        monkeypatch.setenv("AWS_REGION", "cn-north-1")
        urls = {"file": f"file://{tmp_path}/相册", "memory": "memory://", "s3": "s3://town/photos"}
        yield Store(urls[request.param])


@pytest.fixture
def folder_store(tmp_path):
    return Store(f"file://{tmp_path}/photos")


async def listed(store: Store, instant: datetime) -> list[str]:
    return [name async for names in store.older_than(instant) for name in names]


async def test_what_is_put_can_be_got(store):
    assert await store.get(await store.put(JPEG)) == JPEG


async def test_it_lies_under_the_hash_of_its_content(store):
    assert await store.put(JPEG) == NAME


async def test_the_same_picture_twice_is_kept_once(store):
    await store.put(JPEG)
    await store.put(JPEG)
    assert await listed(store, LATER) == [NAME]


async def test_what_is_not_there_is_gone(store):
    with pytest.raises(PhotoGone):
        await store.get(NAME)


async def test_what_is_young_is_not_listed(store):
    await store.put(JPEG)
    assert await listed(store, EARLIER) == []


async def test_what_is_old_can_be_deleted(store):
    await store.put(JPEG)
    assert await store.delete_if_older(NAME, LATER)
    assert await listed(store, LATER) == []


async def test_what_is_young_is_not_deleted(store):
    await store.put(JPEG)
    assert not await store.delete_if_older(NAME, EARLIER)
    assert await store.get(NAME) == JPEG


async def test_deleting_what_is_not_there_is_no_error(store):
    assert not await store.delete_if_older(NAME, LATER)


async def test_putting_it_again_makes_it_young(folder_store, tmp_path):
    await folder_store.put(JPEG)
    (file,) = tmp_path.rglob("*.jpg")
    os.utime(file, (0, 0))
    await folder_store.put(JPEG)
    assert not await folder_store.delete_if_older(NAME, datetime.now(UTC) - timedelta(hours=1))


async def test_a_file_half_written_by_a_killed_process_is_dropped(folder_store, tmp_path):
    await folder_store.put(JPEG)
    leftover = next(tmp_path.rglob("*.jpg")).with_name(f"{NAME}.jpg#1")
    leftover.write_bytes(b"half")
    await folder_store.drop_unfinished(LATER)
    assert not leftover.exists()
    assert await folder_store.get(NAME) == JPEG


async def test_a_file_being_written_now_is_left_alone(folder_store, tmp_path):
    await folder_store.put(JPEG)
    leftover = next(tmp_path.rglob("*.jpg")).with_name(f"{NAME}.jpg#1")
    leftover.write_bytes(b"half")
    await folder_store.drop_unfinished(EARLIER)
    assert leftover.exists()


async def test_a_store_that_cannot_be_written_is_an_outage(folder_store, tmp_path):
    (tmp_path / "photos" / NAME[:2]).write_text("in the way")
    with pytest.raises(Unavailable):
        await folder_store.put(JPEG)


async def test_an_s3_store_that_does_not_answer_is_an_outage(monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    with pytest.raises(Unavailable):
        await Store("s3://town/photos").get(NAME)
