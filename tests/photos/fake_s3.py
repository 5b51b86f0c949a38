"""As much of an S3-compatible store as photos need, on loopback, in memory."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape


class _Handler(BaseHTTPRequestHandler):
    """PUT, GET and HEAD of objects, DeleteObjects, and ListObjectsV2 in one page."""

    server: "FakeS3"
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.objects[urlsplit(self.path).path] = body
        self._answer(200, b"")

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if "list-type" in parse_qs(asked.query):
            self._answer(200, self._listing(asked.path.strip("/")))
            return
        self._found(asked.path)

    def do_HEAD(self) -> None:
        self._found(urlsplit(self.path).path)

    def do_POST(self) -> None:
        bucket = urlsplit(self.path).path
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        keys = re.findall("<Key>(.*?)</Key>", body)
        for key in keys:
            self.server.objects.pop(f"{bucket}/{key}", None)
        gone = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        self._answer(200, f"<DeleteResult>{gone}</DeleteResult>".encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _found(self, path: str) -> None:
        body = self.server.objects.get(path)
        self._answer(404 if body is None else 200, body or b"")

    def _listing(self, bucket: str) -> bytes:
        entries = "".join(
            f"<Contents><Key>{escape(path.removeprefix(f'/{bucket}/'))}</Key>"
            f"<LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>x</ETag>"
            f"<Size>{len(body)}</Size></Contents>"
            for path, body in self.server.objects.items()
        )
        return (
            f"<ListBucketResult><Name>{bucket}</Name><IsTruncated>false</IsTruncated>"
            f"{entries}</ListBucketResult>"
        ).encode()

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"x"')
        self.send_header("Last-Modified", formatdate(1_767_225_600, usegmt=True))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class FakeS3(ThreadingHTTPServer):
    """`objects` holds bytes by "/bucket/key"."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def fake_s3() -> Iterator[FakeS3]:
    with FakeS3() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
