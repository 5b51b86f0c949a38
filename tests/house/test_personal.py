"""No column that may hold something about a person slips in unnoticed."""

import re
from importlib import import_module

from tortoise.models import Model

from server.retention import HOLDINGS, RULES
from server.tables import MODEL_MODULES
from tests.house.tree import ROOT, python_of, short

PERSONAL = re.compile(
    r"(^|_)(name|phone|mobile|email|id_no|birth|sex|address|ip|agent|openid|login|text|spot|lng|lat"
    r"|sealed|blind|body|values|facts|reason|password)(_|$)|^key_hash$|^token_hash$"
)
# Tables that hold the town's ground and its rules, and no word about anyone.
OF_THE_TOWN = {
    "town",
    "place",
    "place_phone",
    "holiday",
    "code_batch",
    "category",
    "outage",
    "station",
}
NOT_PERSONAL = {"notice.text_key"}  # names a sentence of ours
BOOK = (ROOT / "docs/privacy.md").read_text(encoding="utf-8")
LISTED = set(re.findall(r"^\| `(\w+\.\w+)` \|", BOOK, re.M))


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


def test_every_column_about_a_person_is_said_once_on_the_page_for_residents():
    held = [name for holding in HOLDINGS for name in holding.names()]
    assert sorted(held) == sorted(LISTED)


def test_every_rule_is_said_of_something_that_is_kept():
    told = {key for holding in HOLDINGS for key in holding.rules}
    assert told == {rule.key for rule in RULES}


def test_the_privacy_book_says_what_the_rules_do():
    units = {"年": "years", "天": "days", "小时": "hours", "分钟": "minutes"}
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| (\d+ \w+) \| ([^|]+) \| ([^|]+) \|$", BOOK, re.M)
    assert rows == [
        (rule.key, rule.what, f"{rule.kept.number} {units[rule.kept.unit]}", rule.since, rule.then)
        for rule in RULES
    ]


def test_whoever_looks_for_a_number_looks_under_every_blind_key():
    """`seal.blind` is for writing; what is looked for goes by `seal.blinds`, or a change of keys
    loses it."""
    writing = {
        "server/cases/record/raisers.py",
        "server/people/actions.py",
        "server/people/own.py",
        "server/people/signing_in/phone.py",
        "server/trust/resealing.py",
    }
    found = {
        short(path)
        for path in python_of("server/", "miniapp_api/")
        if re.search(r"\bseal\.blind\(", path.read_text(encoding="utf-8"))
    }
    assert found == writing
