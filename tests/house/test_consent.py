"""Whoever changes what residents agree to asks them again."""

import hashlib
import json

from server import people
from tests.house.tree import ROOT

# The words of each version of the privacy notice that anybody may have agreed to.
AGREED_TO = {
    1: "fe772c14d8b8b01b",
    2: "1595b07557b2db31",
    3: "187c1c1c8b1b9052",
    4: "3c7bb2e324e0e797",
    5: "1bc6a3ee5ed9c979",
    6: "7797ddd4d3b11247",
    7: "a483826aa50e08f3",
}


def test_the_privacy_notice_reads_as_in_its_version():
    """If the words changed on purpose: the next number in `people.NOTICE`, and its line here."""
    words = json.loads((ROOT / "static/i18n/zh-CN.json").read_text(encoding="utf-8"))
    notice = {key: text for key, text in words.items() if key.startswith("privacy.")}
    summed = hashlib.sha256(json.dumps(notice, sort_keys=True).encode()).hexdigest()
    assert summed[:16] == AGREED_TO[people.NOTICE]
