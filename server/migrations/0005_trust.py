"""Audit records, anchors, sealed words of residents; what retention needs to find its rows."""

import functools
from json import dumps, loads
from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from server.base.ids import IdField, new_id

# In which transaction a row was written, so that it is anchored in the order of commits. A number
# of a transaction means something only in its cluster: the epoch says in which.
ANCHORED = ("case_event", "audit_record")
CLOSED = (
    'CREATE INDEX "idx_cases_to_forget" ON "cases" ("closed_at")'
    " WHERE closed_at IS NOT NULL AND forgotten_at IS NULL"
)


async def note_transactions(apps: Any, editor: Any) -> None:
    """SQLite needs none of it: its rows are numbered in the order of commits."""
    await editor.client.execute_script(CLOSED)
    if editor.DIALECT != "postgres":
        return
    for table in ANCHORED:
        await editor.client.execute_script(
            f'ALTER TABLE "{table}"'
            " ADD COLUMN tx xid8 NOT NULL DEFAULT '0', ADD COLUMN epoch int2 NOT NULL DEFAULT 1;"
            # Rows that are there came before all others; only new ones bear a transaction.
            f'ALTER TABLE "{table}" ALTER COLUMN tx SET DEFAULT pg_current_xact_id();'
            f'CREATE INDEX "idx_{table}_tx" ON "{table}" (epoch, tx, id)'
        )


def _json() -> Any:
    return fields.JSONField(encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads)


class Migration(migrations.Migration):
    dependencies = [("models", "0004_outages")]
    operations = [
        ops.CreateModel(
            name="Anchor",
            fields=[
                ("no", fields.IntField(primary_key=True, generated=False)),
                ("at", fields.DatetimeField()),
                ("epoch", fields.SmallIntField()),
                ("upto", _json()),
                ("count", fields.IntField()),
                ("leaves", fields.BinaryField()),
                ("root", fields.BinaryField()),
                ("before", fields.BinaryField()),
                ("hash", fields.BinaryField()),
            ],
            options={"table": "anchor", "app": "models", "pk_attr": "no"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AnchorEpoch",
            fields=[
                ("epoch", fields.SmallIntField(primary_key=True, generated=False)),
                ("system", fields.CharField(max_length=24)),
                ("at", fields.DatetimeField()),
            ],
            options={"table": "anchor_epoch", "app": "models", "pk_attr": "epoch"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AuditRecord",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True)),
                ("stream", fields.CharField(max_length=16)),
                ("seq", fields.BigIntField()),
                ("at", fields.DatetimeField(db_index=True)),
                ("action", fields.CharField(max_length=40)),
                ("by_account_id", IdField(null=True)),
                ("by_post_id", IdField(null=True)),
                ("by_name", fields.CharField(default="", max_length=40)),
                ("by_role", fields.CharField(default="", max_length=24)),
                ("target", fields.CharField(default="", max_length=80)),
                ("result", fields.CharField(default="done", max_length=12)),
                ("reason", fields.CharField(default="", max_length=200)),
                ("detail", _json()),
                ("request", fields.CharField(default="", max_length=40)),
                ("chain", fields.BinaryField()),
            ],
            options={
                "table": "audit_record",
                "app": "models",
                "unique_together": (("stream", "seq"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CaseWords",
            fields=[
                ("id", IdField(primary_key=True, default=new_id)),
                ("case_id", IdField()),
                ("version", fields.IntField()),
                ("words_sealed", fields.BinaryField()),
            ],
            options={
                "table": "case_words",
                "app": "models",
                "unique_together": (("case_id", "version"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="UnmaskUse",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True)),
                ("account_id", IdField()),
                ("day", fields.DateField()),
                ("nth", fields.SmallIntField()),
            ],
            options={
                "table": "unmask_use",
                "app": "models",
                "unique_together": (("account_id", "day", "nth"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Case", name="legal_hold", field=fields.CharField(null=True, max_length=200)
        ),
        ops.AddField(model_name="Case", name="forgotten_at", field=fields.DatetimeField(null=True)),
        ops.RunPython(note_transactions, ops.RunPython.noop),
    ]
