"""The QR on paper says what it should, and its words for those who cannot see it are safe."""

import pytest

from server.pages.qr import qr
from tests.pages.reading_qr import read_qr


@pytest.mark.parametrize(
    "text", ["https://x/cases/261123004701", "https://码上.example/" + "k" * 80]
)
def test_a_phone_reads_what_was_drawn(text: str) -> None:
    assert read_qr(qr(text, "扫码")) == text


def test_the_label_cannot_become_markup() -> None:
    assert '"><b>' not in qr("https://x", '"><b>')
