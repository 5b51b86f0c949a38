"""What is kept of people, thing by thing, as the page for residents says it.

Words for residents are `privacy.hold.<key>.what`, `.why`, `.who`, and `.until` where something
lasts as long as its reason does. A test holds this table against the columns of the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from server.retention.rules import RULES, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One thing that is kept: its columns by table, and the rules by which it goes."""

    key: str
    columns: Mapping[str, str]
    rules: tuple[str, ...] = ()
    lasts: bool = False  # has a sentence of its own: until when, if no clock says so

    @property
    def its_rules(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in RULES if rule.key in self.rules)

    def names(self) -> frozenset[str]:
        """Its columns as `table.column`."""
        return frozenset(
            f"{table}.{name}" for table, names in self.columns.items() for name in names.split()
        )


HOLDINGS = (
    Holding(
        key="report",
        columns={
            "cases": "text spot lng lat place_name facts",
            "case_event": "body",
            "case_words": "words_sealed",
            "case_reference": "number",
            "case_search": "words place",
        },
        rules=("cases", "photos"),
    ),
    Holding(
        key="contact",
        columns={"cases": "name_sealed phone_sealed phone_blind"},
        rules=("cases",),
    ),
    Holding(
        key="praise",
        columns={"praise": "text reason place_name"},
        rules=("praises",),
    ),
    Holding(
        key="conversation",
        columns={"conversation": "place_name key_hash writer", "message": "text_sealed"},
        rules=("conversations",),
    ),
    Holding(
        key="home",
        columns={"binding": "account_id room_id kin reason"},
        rules=("bindings",),
        lasts=True,
    ),
    Holding(
        key="bulletin",
        columns={"bulletin": "title source html reason place_name unit_name"},
        rules=("bulletins",),
    ),
    Holding(
        key="looks",
        columns={"audit_record": "by_name reason"},
        rules=("audit",),
    ),
    Holding(
        key="guest",
        columns={"case_row": "key_hash", "case_party": "key_hash"},
        rules=("cases",),
        lasts=True,
    ),
    Holding(
        key="messages",
        columns={"notice": "values key_hash", "inbox_item": "body key_hash"},
        rules=("inbox", "notices"),
    ),
    Holding(
        key="account",
        columns={
            "account": "name_sealed phone_sealed phone_blind",
            "session": "token_hash device",
            "consent": "version",
        },
        rules=("sessions",),
        lasts=True,
    ),
    Holding(
        key="registry",
        columns={
            "resident": "name_sealed id_no_sealed id_no_blind phone_sealed phone_blind"
            " birth_year sex"
        },
        lasts=True,
    ),
    Holding(
        key="door",
        columns={"phone_code": "phone_blind code_hash", "tally": "key"},
        rules=("codes", "tallies"),
    ),
    Holding(key="plaques", columns={"mounting": "photo_id"}, rules=("plaques",)),
    Holding(key="repeats", columns={"replay": "body_hash"}, rules=("replays",)),
    Holding(
        key="staff",
        columns={
            "account": "login password_hash name",
            "totp": "secret_sealed pending_sealed",
            "recovery_code": "code_hash",
            "saved_filter": "wanted",
            "case_event": "by_name",
            "praise": "target_name",
            "message": "by_name",
            "merchant": "name phone",
            "unit": "name phone",
            "post": "phone show_phone",
            "shown_phone": "phone_sealed",
        },
        lasts=True,
    ),
)
