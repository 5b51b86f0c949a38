"""The desk's list in its own orders, and an index of two-character pieces to search by.

A case bears its next deadline, so that open cases lie in the order of the list, and ended ones in
theirs; both orders hold what is needed to pass a case over without looking at it. What can be
searched for is fed into `case_search` by the worker, from the first event on; SQLite keeps the
index of it by triggers, PostgreSQL by itself.
"""

from typing import Any

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from server.base.ids import IdField

DEADLINES = (
    'UPDATE "cases" SET due_at ='
    ' (SELECT r.due_at FROM "case_row" r WHERE r.case_id = "cases".id AND r.no = 0)'
)
# Altering a column makes SQLite's table anew, and the migration before lost these by it.
LOST = (
    'CREATE INDEX IF NOT EXISTS "idx_cases_covers__f2c576" ON "cases" ("covers_path", "live")',
    'CREATE INDEX IF NOT EXISTS "idx_cases_path_38edd1" ON "cases" ("path", "opened_at")',
    'CREATE INDEX IF NOT EXISTS "idx_cases_estate__766c60" ON "cases" ("estate_id", "opened_at")',
    'CREATE INDEX IF NOT EXISTS "idx_cases_answered" ON "cases" ("path")'
    " WHERE \"state\" = 'resolved'",
    'CREATE INDEX IF NOT EXISTS "idx_cases_to_forget" ON "cases" ("closed_at")'
    " WHERE closed_at IS NOT NULL AND forgotten_at IS NULL",
    'CREATE INDEX IF NOT EXISTS "idx_cases_phone" ON "cases" ("phone_blind")'
    " WHERE phone_blind IS NOT NULL",
)
BESIDE = "id, path, state, live, about_unit_id, about_post_id"
ORDERS = (
    f'CREATE INDEX "idx_cases_by_deadline" ON "cases" (due_at, {BESIDE}) WHERE live',
    f'CREATE INDEX "idx_cases_by_end" ON "cases" (closed_at, {BESIDE}) WHERE NOT live',
)
BEGINNING = 'INSERT INTO "case_search_cursor" VALUES (1, 0, 0, 0, 0)'
_IN = "INSERT INTO case_search_index (rowid, words, place) VALUES (new.id, new.words, new.place)"
_OUT = (
    "INSERT INTO case_search_index (case_search_index, rowid, words, place)"
    " VALUES ('delete', old.id, old.words, old.place)"
)
PIECES_ON_SQLITE = (
    "CREATE VIRTUAL TABLE case_search_index USING fts5"
    " (words, place, content='case_search', content_rowid='id', detail=none, tokenize='ascii')",
    f"CREATE TRIGGER case_search_in AFTER INSERT ON case_search BEGIN {_IN}; END",
    f"CREATE TRIGGER case_search_out AFTER DELETE ON case_search BEGIN {_OUT}; END",
    f"CREATE TRIGGER case_search_anew AFTER UPDATE ON case_search BEGIN {_OUT}; {_IN}; END",
)
PIECES_ON_POSTGRES = (
    'CREATE INDEX "idx_case_search_pieces" ON "case_search"'
    " USING gin (string_to_array(words || ' ' || place, ' '))",
)


async def index_pieces(apps: Any, editor: Any) -> None:
    on_sqlite = editor.DIALECT != "postgres"
    for statement in PIECES_ON_SQLITE if on_sqlite else PIECES_ON_POSTGRES:
        await editor.client.execute_script(statement)


class Migration(migrations.Migration):
    dependencies = [("models", "0007_lists")]
    operations = [
        *(ops.RunSQL(index, "") for index in LOST),
        ops.AddField(
            model_name="Case", name="due_at", field=fields.DatetimeField(null=True)
        ),
        ops.RunSQL(DEADLINES, ""),
        ops.RemoveIndex(model_name="Case", fields=["path", "opened_at"]),
        ops.RemoveIndex(model_name="Case", fields=["estate_id", "opened_at"]),
        ops.AddIndex(
            model_name="Case",
            index=Index(fields=["state", "path", "id", "about_unit_id", "about_post_id"]),
        ),
        ops.AddIndex(model_name="Case", index=Index(fields=["estate_id", "state", "id"])),
        *(ops.RunSQL(index, "") for index in ORDERS),
        ops.AddField(
            model_name="CaseParty", name="ended", field=fields.BooleanField(db_default=False)
        ),
        ops.RemoveIndex(model_name="CaseParty", fields=["case_id"]),
        ops.RemoveIndex(model_name="CaseParty", fields=["unit_id"]),
        ops.RemoveIndex(model_name="CaseParty", fields=["post_id"]),
        ops.AddIndex(
            model_name="CaseParty", index=Index(fields=["unit_id", "ended", "case_id"])
        ),
        ops.AddIndex(
            model_name="CaseParty", index=Index(fields=["post_id", "ended", "case_id"])
        ),
        ops.AddIndex(
            model_name="CaseParty",
            index=Index(fields=["case_id", "relation", "post_id", "unit_id"]),
        ),
        ops.CreateModel(
            name="CaseSearch",
            fields=[
                ("id", fields.BigIntField(generated=False, primary_key=True)),
                ("case_id", IdField(unique=True)),
                ("words", fields.TextField()),
                ("place", fields.TextField()),
            ],
            options={"table": "case_search", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SearchCursor",
            fields=[
                ("id", fields.SmallIntField(generated=False, primary_key=True)),
                ("epoch", fields.IntField()),
                ("tx", fields.BigIntField()),
                ("event_id", fields.BigIntField()),
                ("forgot", fields.BigIntField()),
            ],
            options={"table": "case_search_cursor", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.RunSQL(BEGINNING, ""),
        ops.RunPython(index_pieces, ops.RunPython.noop),
    ]
