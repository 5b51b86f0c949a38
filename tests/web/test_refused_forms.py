"""Who may not send a form at all is refused before its photos are taken, and loses no word."""

import asyncio
import socket
from contextlib import suppress

import pytest

from server.web import forms

PART = b'--b\r\ncontent-disposition: form-data; name="%b"'
WORDS = PART % b"text" + b"\r\n\r\n" + "写了很久".encode() + b"\r\n"
PHOTO = PART % b"photo" + b'; filename="a.jpg"\r\n\r\n'
MEGABYTE = b"x" * 1_000_000


@pytest.fixture
def ours(kit):
    return {"origin": str(kit.base_url).rstrip("/")}


async def _sends(kit, megabytes: int) -> tuple[bytes, int]:
    """A stranger's form for the staff with a photo so large: what is answered, how much went."""
    host = f"{kit.base_url.host}:{kit.base_url.port}"
    size = len(WORDS + PHOTO) + megabytes * len(MEGABYTE)
    head = (
        f"POST /staff-page HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\n"
        f"content-type: multipart/form-data; boundary=b\r\ncontent-length: {size}\r\n\r\n"
    )
    return await asyncio.to_thread(_sent, (kit.base_url.host, kit.base_url.port), head, megabytes)


def _sent(at: tuple[str, int], head: str, megabytes: int) -> tuple[bytes, int]:
    """As a browser does: everything is sent before the answer is read, or until it is cut off."""
    with socket.create_connection(at, timeout=5) as wire:
        wire.sendall(head.encode() + WORDS + PHOTO)
        sent = 0
        with suppress(ConnectionError):
            while sent < megabytes:
                wire.sendall(MEGABYTE)
                sent += 1
        return wire.recv(4096), sent


async def test_a_stranger_is_not_heard_out_and_reads_why(kit):
    answered, sent = await _sends(kit, 100)
    assert b" 401 " in answered
    assert sent < 40  # what is read, and what two kernels hold on the way


async def test_a_stranger_with_a_few_photos_reads_why_and_has_every_word(kit):
    answered, sent = await _sends(kit, 10)
    assert (b" 401 " in answered, "写了很久".encode() in answered, sent) == (True, True, 10)


async def test_of_a_form_that_is_refused_no_photo_is_kept(kit, ours, monkeypatch):
    kept = []
    monkeypatch.setattr(forms.Upload, "write", lambda self, chunk: kept.append(chunk))
    files = {"photo": ("a.jpg", b"x" * 300_000, "image/jpeg")}
    answered = await kit.post("/staff-page", data={"text": "字"}, files=files, headers=ours)
    assert (answered.status_code, kept) == (401, [])


async def test_who_sends_forms_too_often_is_refused_before_the_photos_are_taken(kit, ours):
    words = {"text": "写了很久", "idempotency_key": "k" * 16}
    answers = [await kit.post("/page", data=words, headers=ours) for _ in range(61)]
    assert [one.status_code for one in answers] == [200] * 60 + [429]
    assert "写了很久" in answers[-1].text
