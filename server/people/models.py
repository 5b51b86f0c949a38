"""The tables of people: accounts, sessions, residents, where they live; personal values sealed."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Account(Model):
    """Someone who can sign in. A staff member's `name` is public, a resident's is sealed."""

    id = IdField(primary_key=True)
    kind = fields.CharField(10)  # staff resident
    login = fields.CharField(40, null=True, unique=True)
    password_hash = fields.CharField(200, null=True)
    name = fields.CharField(40, default="")  # staff only: the name on the plate
    name_sealed = fields.BinaryField(null=True)
    phone_sealed = fields.BinaryField(null=True)
    phone_blind = fields.BinaryField(null=True)
    persona = fields.CharField(40, null=True, unique=True)  # demo only
    created_at = fields.DatetimeField()
    disabled_at = fields.DatetimeField(null=True)

    class Meta:
        table = "account"

    def __str__(self) -> str:
        return str(self.name or self.id)


class Session(Model):
    """One sign-in. Only the SHA-256 of the token is kept."""

    id = IdField(primary_key=True)
    account_id = IdField(db_index=True)
    token_hash = fields.BinaryField()
    kind = fields.CharField(10)  # staff resident demo
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "session"
        unique_together = (("token_hash",),)

    def __str__(self) -> str:
        return str(self.id)


class Resident(Model):
    """A registered resident: the fewest fields that serve, all sealed but birth year and sex."""

    id = IdField(primary_key=True)
    name_sealed = fields.BinaryField()
    id_no_sealed = fields.BinaryField(null=True)
    id_no_blind = fields.BinaryField(null=True)
    phone_sealed = fields.BinaryField(null=True)
    phone_blind = fields.BinaryField(null=True)
    birth_year = fields.SmallIntField(null=True)
    sex = fields.CharField(1, null=True)  # m f

    class Meta:
        table = "resident"

    def __str__(self) -> str:
        return str(self.id)


class Occupancy(Model):
    """Who lives where: valid time (from, to) and the time it was recorded."""

    id = IdField(primary_key=True)
    resident_id = IdField(db_index=True)
    room_id = IdField(db_index=True)
    kind = fields.CharField(10)  # owner tenant family other
    from_on = fields.DateField()
    to_on = fields.DateField(null=True)
    verified_at = fields.DatetimeField(null=True)
    recorded_at = fields.DatetimeField()

    class Meta:
        table = "occupancy"

    def __str__(self) -> str:
        return str(self.id)
