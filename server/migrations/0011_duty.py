"""Who is on duty and who is away: shifts beside weekly hours, leave, and numbers on the sign."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from server.base.ids import IdField, new_id


class Migration(migrations.Migration):
    dependencies = [("models", "0010_contact")]

    operations = [
        ops.CreateModel(
            name="Leave",
            fields=[
                ("id", IdField(primary_key=True, default=new_id)),
                ("account_id", IdField(db_index=True)),
                ("from_at", fields.DatetimeField()),
                ("to_at", fields.DatetimeField()),
                ("deputy_id", IdField(null=True, db_index=True)),
                ("entered_at", fields.DatetimeField()),
                ("taken_back_at", fields.DatetimeField(null=True)),
            ],
            options={"table": "leave", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ShownPhone",
            fields=[
                ("account_id", IdField(primary_key=True, default=new_id)),
                ("phone_sealed", fields.BinaryField(null=True)),
                ("agreed_at", fields.DatetimeField()),
                ("withdrawn_at", fields.DatetimeField(null=True)),
            ],
            options={"table": "shown_phone", "app": "models", "pk_attr": "account_id"},
            bases=["Model"],
        ),
        ops.AddField(model_name="Appointment", name="for_account_id", field=IdField(null=True)),
        ops.AddField(
            model_name="Appointment", name="leave_id", field=IdField(null=True, db_index=True)
        ),
        ops.AddField(model_name="Duty", name="account_id", field=IdField(null=True)),
        ops.AddField(
            model_name="Duty", name="title", field=fields.CharField(max_length=10, db_default="")
        ),
        ops.AddField(model_name="Duty", name="on_day", field=fields.DateField(null=True)),
        ops.AddField(
            model_name="Duty", name="every_days", field=fields.SmallIntField(db_default=0)
        ),
        ops.AddField(model_name="Duty", name="until_on", field=fields.DateField(null=True)),
    ]
