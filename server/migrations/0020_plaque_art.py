"""The town's own drawings on its plaques."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0019_canned_replies")]

    operations = [
        ops.CreateModel(
            name='PlaqueArt',
            fields=[
                ('kind', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=8)),
                ('title', fields.CharField(max_length=120)),
                ('drawing', fields.JSONField()),
                ('put_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'plaque_art', 'app': 'models', 'pk_attr': 'kind'},
            bases=['Model'],
        ),
    ]
