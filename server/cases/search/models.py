"""The tables of the search: what can be looked for in each case, and how far that was read."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class CaseSearch(Model):
    """The pieces by which one case is found; the database indexes them (migration 0008).

    Its number is that of the event the case began with, so the newest cases have the highest.
    """

    id = fields.BigIntField(primary_key=True, generated=False)
    case_id = IdField(unique=True)
    words = fields.TextField()  # of what the resident wrote; forgotten with it
    place = fields.TextField()  # of the place's name and door, and the kind; its areas; whose it is

    class Meta:
        table = "case_search"

    def __str__(self) -> str:
        return f"{self.id} {self.case_id}"


class SearchCursor(Model):
    """Up to which event the search has read; one row."""

    id = fields.SmallIntField(primary_key=True, generated=False)
    epoch = fields.IntField()
    tx = fields.BigIntField()
    event_id = fields.BigIntField()
    forgot = fields.BigIntField()  # another with every case forgotten: who read before reads again

    class Meta:
        table = "case_search_cursor"

    def __str__(self) -> str:
        return str(self.event_id)
