"""How people come in and what is theirs: sessions in words, codes, second factors, consent.

Sessions are made anew: of those begun before nobody knows when they were last used, and everyone
signs in once more.
"""

import functools
from json import dumps, loads
from typing import Any

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import UniqueConstraint

from server.base.ids import IdField, new_id

# Few cases hold a phone; whoever is erased is found in them by it.
PHONES = (
    'CREATE INDEX "idx_cases_phone" ON "cases" ("phone_blind") WHERE phone_blind IS NOT NULL'
)


def _bytes(**words: Any) -> Any:
    return fields.BinaryField(**words)


def _at(**words: Any) -> Any:
    return fields.DatetimeField(**words)


def _number(**words: Any) -> Any:
    return fields.BigIntField(**words)


def _json() -> Any:
    return fields.JSONField(encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads)


class Migration(migrations.Migration):
    dependencies = [("models", "0005_trust")]
    operations = [
        ops.CreateModel(
            name="Consent",
            fields=[
                ("id", _number(generated=True, primary_key=True)),
                ("account_id", IdField(db_index=True)),
                ("version", fields.SmallIntField()),
                ("accepted_at", _at()),
                ("withdrawn_at", _at(null=True)),
            ],
            options={"table": "consent", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PhoneCode",
            fields=[
                ("id", IdField(primary_key=True, default=new_id)),
                ("purpose", fields.CharField(max_length=10)),
                ("account_id", IdField(null=True)),
                ("phone_blind", _bytes()),
                ("code_hash", _bytes()),
                ("ask_hash", _bytes()),
                ("bound", fields.BooleanField()),
                ("tries", fields.SmallIntField(default=0)),
                ("made_at", _at(db_index=True)),
            ],
            options={
                "table": "phone_code",
                "app": "models",
                "indexes": [Index(fields=["phone_blind"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", _number(generated=True, primary_key=True)),
                ("account_id", IdField()),
                ("code_hash", _bytes()),
                ("used_at", _at(null=True)),
            ],
            options={
                "table": "recovery_code",
                "app": "models",
                "unique_together": (("account_id", "code_hash"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Tally",
            fields=[
                ("id", _number(generated=True, primary_key=True)),
                ("key", _bytes()),
                ("version", fields.IntField()),
                ("hits", _json()),
                ("at", _at(db_index=True)),
            ],
            options={
                "table": "tally",
                "app": "models",
                "unique_together": (("key",),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Totp",
            fields=[
                ("account_id", IdField(primary_key=True, default=new_id)),
                ("secret_sealed", _bytes(null=True)),
                ("pending_sealed", _bytes(null=True)),
                ("counter", _number(default=0)),
            ],
            options={"table": "totp", "app": "models", "pk_attr": "account_id"},
            bases=["Model"],
        ),
        ops.AddField(model_name="Account", name="erase_asked_at", field=_at(null=True)),
        ops.AddField(model_name="Account", name="erased_at", field=_at(null=True)),
        ops.AddConstraint(
            model_name="Account", constraint=UniqueConstraint(fields=("phone_blind",), name=None)
        ),
        ops.AddField(
            model_name="Case", name="raiser_gone", field=fields.BooleanField(db_default=False)
        ),
        ops.RunSQL(PHONES, ""),
        ops.DeleteModel(name="Session"),
        ops.CreateModel(
            name="Session",
            fields=[
                ("id", IdField(primary_key=True, default=new_id)),
                ("account_id", IdField(db_index=True)),
                ("token_hash", _bytes()),
                ("kind", fields.CharField(max_length=10)),
                ("device", fields.CharField(default="", max_length=40)),
                ("created_at", _at()),
                ("used_at", _at()),
                ("expires_at", _at()),
                ("ended_at", _at(null=True)),
                ("raised_until", _at(null=True)),
            ],
            options={
                "table": "session",
                "app": "models",
                "unique_together": (("token_hash",),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
