"""The tables of people: accounts, how they come in, residents, where they live; values sealed."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Account(Model):
    """Someone who can sign in. A staff member's `name` is public, a resident's is sealed.

    Of an erased account the row stays without a personal value: cases name it as their raiser.
    """

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
    erase_asked_at = fields.DatetimeField(null=True)  # from then on it is being erased
    erased_at = fields.DatetimeField(null=True)  # once more, when nobody could write for it

    class Meta:
        table = "account"
        unique_together = (("phone_blind",),)

    def __str__(self) -> str:
        return str(self.name or self.id)


class Session(Model):
    """One sign-in. Only the SHA-256 of the token is kept."""

    id = IdField(primary_key=True)
    account_id = IdField(db_index=True)
    token_hash = fields.BinaryField()
    kind = fields.CharField(10)  # staff field resident demo
    device = fields.CharField(40, default="")  # in words: 微信（安卓手机）
    created_at = fields.DatetimeField()
    used_at = fields.DatetimeField()  # written down now and then
    expires_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    raised_until = fields.DatetimeField(null=True)  # a second factor was shown not long ago

    class Meta:
        table = "session"
        unique_together = (("token_hash",),)

    def __str__(self) -> str:
        return str(self.id)


class Tally(Model):
    """When somebody lately did what is counted. Who, only a keyed hash of it says.

    Kept a day. `version` guards every change, so that several servers count as one.
    """

    id = fields.BigIntField(primary_key=True, generated=True)
    key = fields.BinaryField()
    version = fields.IntField()
    hits: list[int] = fields.JSONField()  # milliseconds since 1970
    at = fields.DatetimeField(db_index=True)  # the last of them

    class Meta:
        table = "tally"
        unique_together = (("key",),)

    def __str__(self) -> str:
        return str(self.id)


class PhoneCode(Model):
    """A code sent to a phone: five tries within five minutes, used once, then gone."""

    id = IdField(primary_key=True)
    purpose = fields.CharField(10)  # signin change
    account_id = IdField(null=True)  # whose number is to change
    phone_blind = fields.BinaryField()
    code_hash = fields.BinaryField()
    ask_hash = fields.BinaryField()
    bound = fields.BooleanField()  # opens only together with what its asker was given
    tries = fields.SmallIntField(default=0)
    made_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "phone_code"
        indexes = (("phone_blind",),)

    def __str__(self) -> str:
        return str(self.id)


class Totp(Model):
    """The second factor of a staff account. `counter` is the last one used: none is used twice."""

    account_id = IdField(primary_key=True)
    secret_sealed = fields.BinaryField(null=True)
    pending_sealed = fields.BinaryField(null=True)  # a new one, which opens nothing yet
    counter = fields.BigIntField(default=0)

    class Meta:
        table = "totp"

    def __str__(self) -> str:
        return str(self.account_id)


class RecoveryCode(Model):
    """One of ten codes on paper, for whoever lost the phone with the second factor."""

    id = fields.BigIntField(primary_key=True, generated=True)
    account_id = IdField()
    code_hash = fields.BinaryField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "recovery_code"
        unique_together = (("account_id", "code_hash"),)

    def __str__(self) -> str:
        return str(self.id)


class Consent(Model):
    """A resident agreed to one version of the privacy notice, and perhaps took it back."""

    id = fields.BigIntField(primary_key=True, generated=True)
    account_id = IdField(db_index=True)
    version = fields.SmallIntField()
    accepted_at = fields.DatetimeField()
    withdrawn_at = fields.DatetimeField(null=True)

    class Meta:
        table = "consent"

    def __str__(self) -> str:
        return f"{self.account_id} {self.version}"


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
