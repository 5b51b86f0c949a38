"""A photo of 12 megapixels: what ours spends on it, beside Pillow alone doing the same work."""

import io
import os
import secrets
import statistics
import time

import load
import uvloop
from PIL import Image
from rows import Row, somewhere
from servers import Server

PHOTOS = 12
SIDES = (4000, 3000)


def photo_row(town: Server) -> Row:
    """Processor time a photo, ours with everything around it, medians of the rounds."""
    photo = _photo()
    _ours(town, photo)  # The first child is started.
    ours, floor = [], []
    for _ in range(3):
        ours.append(_ours(town, photo))
        floor.append(_floor(photo))
    mine, other = statistics.median(ours), statistics.median(floor)
    return Row(
        "photo of 12 MP, stored", round(mine / 1000, 1), "ms CPU", round(other / 1000, 1),
        round(mine / other, 2), "≤ 1.2", mine / other <= 1.2,
    )  # fmt: skip


def _photo() -> bytes:
    """Noise on a slope: about as hard to pack as what a phone takes."""
    slope = Image.linear_gradient("L").resize(SIDES)
    grain = Image.frombytes("L", (400, 300), os.urandom(120_000)).resize(SIDES)
    out = io.BytesIO()
    Image.merge("RGB", (slope, Image.blend(slope, grain, 0.2), slope)).save(out, "JPEG", quality=90)
    return out.getvalue()


def _ours(town: Server, photo: bytes) -> float:
    """Microseconds a photo."""
    edge = secrets.token_hex(8)
    body = b"".join((
        f'--{edge}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n'.encode(),
        b"Content-Type: image/jpeg\r\n\r\n", photo, f"\r\n--{edge}--\r\n".encode(),
    ))  # fmt: skip
    requests = [
        load.request(
            "POST", "/m/v1/photos", body, kind=f"multipart/form-data; boundary={edge}",
            Idempotency_Key=secrets.token_urlsafe(16), X_Forwarded_For=somewhere(),
        )
        for _ in range(PHOTOS)
    ]  # fmt: skip
    before = town.cpu_s()
    done = uvloop.run(load.run(town.port, iter(requests), phones=2))
    if set(done.statuses) != {201}:
        raise RuntimeError(f"photos were answered {dict(done.statuses)}")
    return (town.cpu_s() - before) / PHOTOS * 1e6


def _floor(photo: bytes) -> float:
    began = time.process_time()
    for _ in range(PHOTOS):
        image = Image.open(io.BytesIO(photo))
        image.draft("RGB", (2560, 2560))
        image = image.convert("RGB").transpose(Image.Transpose.ROTATE_90)
        image.thumbnail((2560, 2560), Image.Resampling.BICUBIC, reducing_gap=2.0)
        image.save(io.BytesIO(), "JPEG", quality=85)
        image.thumbnail((320, 320), Image.Resampling.BICUBIC, reducing_gap=2.0)
        image.save(io.BytesIO(), "JPEG", quality=78)
    return (time.process_time() - began) / PHOTOS * 1e6
