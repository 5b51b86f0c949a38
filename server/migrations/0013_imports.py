"""A town from Excel at the desk: files sent, and what came of them."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from server.base.ids import IdField


class Migration(migrations.Migration):
    dependencies = [("models", "0011_duty")]

    operations = [
        ops.CreateModel(
            name='TownImport',
            fields=[
                ('id', IdField(primary_key=True, unique=True, db_index=True)),
                ('account_id', IdField()),
                ('title', fields.CharField(max_length=120)),
                ('state', fields.CharField(max_length=8)),
                ('crs', fields.CharField(max_length=6)),
                ('good_rows', fields.BooleanField(default=False)),
                ('sent', fields.BinaryField()),
                ('wrong', fields.BinaryField(null=True)),
                ('told', fields.JSONField()),
                ('expected', fields.IntField(default=0)),
                ('written', fields.IntField(default=0)),
                ('made_at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ('lease_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'town_import', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
    ]
