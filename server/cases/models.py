"""The tables of the case desk: a case, its rows, clocks, events, words, parties; clerks' own."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Case(Model):
    """One matter. Rows, clocks and facts follow from its events; `version` guards every write."""

    id = IdField(primary_key=True)
    number = fields.CharField(12, unique=True)
    flow = fields.CharField(24)
    flow_version = fields.SmallIntField()
    version = fields.IntField()
    state = fields.CharField(24)  # of row 0
    live = fields.BooleanField(default=True)
    ending = fields.CharField(16, null=True)
    outcome = fields.CharField(16, null=True)
    category = fields.CharField(8, null=True)
    facts: dict[str, object] = fields.JSONField()  # the engine's facts
    place_id = IdField()
    place_name = fields.CharField(160)
    path = fields.CharField(120)
    covers_path = fields.CharField(120)  # a scan under this path is offered the open case
    estate_id = IdField(null=True)
    code_id = IdField(null=True)
    spot = fields.CharField(60, default="")
    text = fields.CharField(1000, default="")
    lng = fields.FloatField(null=True)
    lat = fields.FloatField(null=True)
    public = fields.BooleanField(default=True)
    conceal = fields.BooleanField(default=False)
    about_unit_id = IdField(null=True)  # the unit complained about
    about_post_id = IdField(null=True)
    channel = fields.CharField(12, default="code")
    raiser_account_id = IdField(null=True)
    raiser_gone = fields.BooleanField(db_default=False)  # erased, forgotten, or never there
    name_sealed = fields.BinaryField(null=True)
    phone_sealed = fields.BinaryField(null=True)
    phone_blind = fields.BinaryField(null=True)
    opened_at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)
    respond_by = fields.DatetimeField(null=True)
    resolve_by = fields.DatetimeField(null=True)
    due_at = fields.DatetimeField(null=True)  # the next deadline, that of row 0
    responded_at = fields.DatetimeField(null=True)
    resolved_at = fields.DatetimeField(null=True)
    seconded = fields.IntField(default=0)
    solved = fields.CharField(8, null=True)
    rating = fields.CharField(14, null=True)
    merged_into_id = IdField(null=True)
    chain = fields.BinaryField()  # hash of the last event
    legal_hold = fields.CharField(200, null=True)  # why nothing of it may be forgotten yet
    forgotten_at = fields.DatetimeField(null=True)  # since when nothing tells who raised it

    class Meta:
        table = "cases"
        # And of migration 0008 the two orders of the desk's list, of 0023 that a finding is one,
        # of 0024 what is for all.
        indexes = (
            ("covers_path", "live"),
            ("state", "path", "id", "about_unit_id", "about_post_id"),  # a tab's within an area
            ("estate_id", "state", "id"),
            ("place_id", "category", "opened_at"),  # what was reported here before
        )

    def __str__(self) -> str:
        return str(self.number)


class CaseRow(Model):
    """Row 0 is the case itself; the others belong to its lanes. Also the to-do list."""

    id = fields.BigIntField(primary_key=True, generated=True)
    case_id = IdField()
    no = fields.SmallIntField()
    lane = fields.CharField(16, default="")
    state = fields.CharField(24)
    live = fields.BooleanField()
    post_id = IdField(null=True)
    unit_id = IdField(null=True)
    account_id = IdField(null=True)
    key_hash = fields.BinaryField(null=True)
    changed = fields.IntField()  # version at which state or holder last changed
    came_from = fields.CharField(24, default="")
    due_at = fields.DatetimeField(null=True)  # its next deadline

    class Meta:
        table = "case_row"
        unique_together = (("case_id", "no"),)  # and migration 0007: the order of the to-do list

    def __str__(self) -> str:
        return f"{self.case_id} {self.no}"


class CaseClock(Model):
    """One clock of one row, as the engine left it."""

    id = fields.BigIntField(primary_key=True, generated=True)
    case_id = IdField()
    no = fields.SmallIntField()
    key = fields.CharField(20)
    kept: dict[str, object] = fields.JSONField()  # the engine's ClockState in plain values
    due_at = fields.DatetimeField(null=True)
    ring_at = fields.DatetimeField(null=True, db_index=True)

    class Meta:
        table = "case_clock"
        unique_together = (("case_id", "no", "key"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.no} {self.key}"


class CaseEvent(Model):
    """What happened, once and for ever: one event a version, chained by hash."""

    id = fields.BigIntField(primary_key=True, generated=True)
    case_id = IdField()
    version = fields.IntField()
    at = fields.DatetimeField()
    move = fields.CharField(24)
    no = fields.SmallIntField(default=0)
    by_account_id = IdField(null=True)
    by_post_id = IdField(null=True)
    by_name = fields.CharField(40, default="")  # as it stood then: staff only
    by_role = fields.CharField(24, default="")
    body: dict[str, object] = fields.JSONField()  # the engine's Event in plain values
    chain = fields.BinaryField()

    class Meta:
        table = "case_event"
        unique_together = (("case_id", "version"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.version} {self.move}"


class CaseWords(Model):
    """What a resident said with a move, sealed. The event holds only a salted hash of it.

    So the words can be destroyed, and the event with its chain stays as it was.
    """

    id = IdField(primary_key=True)
    case_id = IdField()
    version = fields.IntField()
    words_sealed = fields.BinaryField()

    class Meta:
        table = "case_words"
        unique_together = (("case_id", "version"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.version}"


class CaseParty(Model):
    """Whom a case concerns for good: raiser, seconders, every unit and post that ever held it,
    the post through which staff filed it for a resident, those who rang her up.
    """

    id = fields.BigIntField(primary_key=True, generated=True)
    case_id = IdField()
    relation = fields.CharField(10)  # raiser second holder filer caller
    account_id = IdField(null=True)
    key_hash = fields.BinaryField(null=True)
    post_id = IdField(null=True)
    unit_id = IdField(null=True)
    since = fields.IntField()  # version
    ended = fields.BooleanField(db_default=False)  # told by the feeder, some time after the end

    class Meta:
        table = "case_party"
        indexes = (
            ("account_id",),
            ("key_hash",),
            ("unit_id", "ended", "case_id"),
            ("post_id", "ended", "case_id"),
            (
                "case_id",
                "relation",
                "post_id",
                "unit_id",
            ),  # all that is asked of one seen in a list
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.relation}"


class CaseReference(Model):
    """What a case is called in another system: the hotline's ticket, the district's platform."""

    id = fields.BigIntField(primary_key=True, generated=True)
    case_id = IdField(db_index=True)
    system = fields.CharField(20)
    number = fields.CharField(40)

    class Meta:
        table = "case_reference"
        unique_together = (("number", "system"),)

    def __str__(self) -> str:
        return f"{self.system} {self.number}"


class SavedFilter(Model):
    """A way of looking at the desk that a clerk keeps under a name of their own."""

    id = fields.BigIntField(primary_key=True, generated=True)
    account_id = IdField()
    title = fields.CharField(20)
    wanted: dict[str, str] = fields.JSONField()  # {"tab": "overdue", "estate": …, "q": …}

    class Meta:
        table = "saved_filter"
        unique_together = (("account_id", "title"),)

    def __str__(self) -> str:
        return str(self.title)
