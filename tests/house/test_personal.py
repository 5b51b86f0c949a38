"""No column that may hold something about a person slips in unnoticed."""

import re
from importlib import import_module

from tortoise.models import Model

from server.tables import MODEL_MODULES
from tests.house.tree import ROOT

PERSONAL = re.compile(
    r"(^|_)(name|phone|mobile|email|id_no|birth|sex|address|ip|agent|openid|login|text|spot|lng|lat"
    r"|sealed|blind|body|values|facts|reason|password)(_|$)|^key_hash$|^token_hash$"
)
# Tables that hold the town's ground and its rules, and no word about anyone.
OF_THE_TOWN = {"town", "place", "place_phone", "holiday", "code_batch", "category", "outage"}
NOT_PERSONAL = {"notice.text_key"}  # names a sentence of ours
LISTED = set(
    re.findall(r"^\| `(\w+\.\w+)` \|", (ROOT / "docs/privacy.md").read_text(encoding="utf-8"), re.M)
)


def _tables() -> list[type[Model]]:
    return [
        each
        for module in map(import_module, MODEL_MODULES)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Model) and each.__module__ == module.__name__
    ]


def _columns() -> set[str]:
    return {
        f"{table._meta.db_table}.{column}"
        for table in _tables()
        if table._meta.db_table not in OF_THE_TOWN
        for column in table._meta.fields_map
    }


def test_every_column_about_a_person_is_in_the_privacy_book():
    personal = {column for column in _columns() if PERSONAL.search(column.split(".")[1])}
    assert personal - LISTED - NOT_PERSONAL == set()


def test_the_privacy_book_lists_no_column_that_is_gone():
    assert LISTED - _columns() == set()
