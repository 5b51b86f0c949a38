"""What the browser fetches: hashed together, light, and readable by the phones of 2019."""

import gzip
import re

import pytest

from server.pages.assets import Assets
from server.pages.rendering import STATIC, Face

SCRIPTS = sorted((STATIC / "js").glob("*.js"))
every_script = pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)


@every_script
def test_a_script_weighs_little(script) -> None:
    # Two where one would do cost a weak network more than half a kilobyte.
    assert len(gzip.compress(script.read_bytes(), 9)) <= 3584


@every_script
def test_a_script_uses_nothing_younger_than_2017(script) -> None:
    bare = re.sub(r"//.*|'[^'\n]*'", "", script.read_text("utf-8"))
    assert (
        re.findall(r"\?\.[a-z(\[]|\?\?|[{,] ?\.\.\.|#\w+ ?[=;(]|catch \{|^await ", bare, re.M) == []
    )


@every_script
def test_a_script_says_no_chinese_of_its_own(script) -> None:
    said = re.sub(r"//.*", "", script.read_text("utf-8"))
    assert re.findall(r"[一-鿿]+", said) == []


@every_script
def test_a_script_imports_only_its_neighbours(script) -> None:
    wanted = re.findall(r"""(?:from|import|import\()\s*\(?'([^']+)'""", script.read_text("utf-8"))
    assert [
        name for name in wanted if not (script.parent / name).is_file() or not name.startswith("./")
    ] == []


@pytest.mark.parametrize("young", [":has(", "gap:", ":is(", ":where(", "inset:", "aspect-ratio"])
def test_the_styles_use_nothing_younger_than_safari_13(face: Face, young: str) -> None:
    sheets = [
        asset.body.decode()
        for path, asset in face.assets.files.items()
        if path.endswith(".bundle.css")
    ]
    assert [sheet for sheet in sheets if re.search(r"(?<!grid-)" + re.escape(young), sheet)] == []


def test_one_changed_byte_changes_every_address() -> None:
    before, after = Assets({"a.js": b"1", "b.js": b"1"}), Assets({"a.js": b"1", "b.js": b"2"})
    assert before.url("a.js") != after.url("a.js")


def test_an_old_address_does_not_get_a_new_file() -> None:
    assert Assets({"a.js": b"1"}).find("0123456789ab", "a.js") is None


def test_a_file_that_is_not_there_stops_the_page() -> None:
    with pytest.raises(KeyError):
        Assets({}).url("css/none.css")


def test_the_styles_come_in_the_order_tokens_base_page(face: Face) -> None:
    sheet = face.assets.files["css/desk.bundle.css"].body.decode()
    assert sheet.index("--teal:") < sheet.index("box-sizing") < sheet.index(".side")
