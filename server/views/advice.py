"""The words a tile shows when it is chosen, with the numbers that serve this place."""

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from server import org

WORDS_FILE = Path(__file__).parents[2] / "static" / "i18n" / "zh-CN.json"
_KINDS = {"gas_phone": "gas", "elevator_phone": "elevator", "phone": "duty"}


def advice(key: str | None, phones: Iterable[org.PhoneHere], duty_phone: str) -> str:
    """The words themselves; nothing where there are none. A number not known is the duty post's."""
    words = _words().get(key, "") if key else ""
    if not words:
        return ""
    numbers = {phone.kind: phone.number for phone in phones}
    known = {name: numbers.get(kind, duty_phone) for name, kind in _KINDS.items()}
    return words.format_map(defaultdict(lambda: duty_phone, known))


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """Read once; the file is the pages' book of words."""
    found: dict[str, str] = json.loads(WORDS_FILE.read_text("utf-8"))
    return found
