"""Copies of cases' photos that everybody may see."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from server.base.ids import IdField


class Migration(migrations.Migration):
    dependencies = [("models", "0016_stations")]

    operations = [
        ops.CreateModel(
            name='PublicPhoto',
            fields=[
                ('id', IdField(primary_key=True, unique=True, db_index=True)),
                ('case_id', IdField(db_index=True)),
                ('source_id', IdField()),
                ('source_taken', IdField(null=True, unique=True)),
                ('copy_id', IdField(null=True)),
                ('side', fields.CharField(max_length=6)),
                ('state', fields.CharField(max_length=9)),
                ('areas', fields.SmallIntField()),
                ('made_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('made_by_id', IdField()),
                ('published_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('withdrawn_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'public_photo', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
    ]
