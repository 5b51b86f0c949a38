"""A page made once reads, plain or packed, as if it had been made for its reader."""

import gzip

import pytest

from server.web import Pieces

TEXTS = ["", "没有空格的一页" * 500, "§", "§§", "前§后", "码上" * 9000 + "§" + "生活" * 9000 + "§"]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("word", ["", "k", "a" * 32, "王" * 60])
def test_packed_it_is_what_it_is_plain(text: str, word: str) -> None:
    made = Pieces(text, "§")
    assert made.plain(word.encode()).decode() == text.replace("§", word)
    assert gzip.decompress(made.packed(word.encode())) == made.plain(word.encode())


def test_each_reader_gets_her_own_word() -> None:
    made = Pieces("钥匙：§。", "§")
    assert {gzip.decompress(made.packed(word)) for word in (b"a", b"b")} == {
        "钥匙：a。".encode(),
        "钥匙：b。".encode(),
    }


def test_a_page_without_gaps_is_packed_once() -> None:
    made = Pieces("一页" * 100, "§")
    assert made.packed(b"a") is made.packed(b"b")
