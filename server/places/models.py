"""The tables of the ground: divisions, addresses, estates, buildings, entrances, rooms, grids."""

from tortoise import fields
from tortoise.models import Model

from server.base.ids import IdField


class Place(Model):
    """A node of the place tree: everything a code may hang on and a case may happen at.

    `path` holds the codes from the league city down, each closed by "/", so everything under a
    node is one range of paths. Below the community the path runs through the base grid; an
    estate hangs under the grid of its main gate and is also named by `estate_id`.
    """

    id = IdField(primary_key=True)
    kind = fields.CharField(16)  # division grid estate building entrance room facility premises
    name = fields.CharField(80)
    full_name = fields.CharField(160)
    path = fields.CharField(120, unique=True)
    parent_id = IdField(null=True, db_index=True)
    grid_id = IdField(null=True, db_index=True)
    estate_id = IdField(null=True, db_index=True)
    lng = fields.FloatField(null=True)
    lat = fields.FloatField(null=True)
    retired_at = fields.DatetimeField(null=True)

    class Meta:
        table = "place"

    def __str__(self) -> str:
        return str(self.full_name)


class Division(Model):
    """A place of kind division, from league city (1) to community (4), with its code."""

    id = IdField(primary_key=True)  # the place's id
    code = fields.CharField(12)
    level = fields.SmallIntField()  # 1 league city, 2 banner or district, 3 street, 4 community
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)

    class Meta:
        table = "division"
        indexes = (("code", "valid_from"),)

    def __str__(self) -> str:
        return str(self.code)


class Grid(Model):
    """A place of kind grid, the fifth level: its 16-digit code, kind and outline (WGS-84)."""

    id = IdField(primary_key=True)
    code = fields.CharField(16, unique=True)
    kind = fields.CharField(12)  # base exclusive micro
    outline: list[list[float]] = fields.JSONField()  # [[lng, lat], …], closed
    households = fields.IntField(default=0)

    class Meta:
        table = "grid"

    def __str__(self) -> str:
        return str(self.code)


class StandardAddress(Model):
    """The street address of a place: road and number, and the one canonical line."""

    id = IdField(primary_key=True)
    place_id = IdField(db_index=True)
    road = fields.CharField(60)
    number = fields.CharField(20)
    line = fields.CharField(160)

    class Meta:
        table = "standard_address"

    def __str__(self) -> str:
        return str(self.line)


class Estate(Model):
    id = IdField(primary_key=True)
    community_path = fields.CharField(120)
    gate_count = fields.SmallIntField(default=1)

    class Meta:
        table = "estate"

    def __str__(self) -> str:
        return str(self.id)


class Building(Model):
    id = IdField(primary_key=True)
    floors = fields.SmallIntField()
    elevators = fields.SmallIntField(default=0)

    class Meta:
        table = "building"

    def __str__(self) -> str:
        return str(self.id)


class Room(Model):
    id = IdField(primary_key=True)
    number = fields.CharField(12)
    floor = fields.SmallIntField()
    use = fields.CharField(16, default="home")  # home shop office other
    vacant = fields.BooleanField(default=False)

    class Meta:
        table = "room"

    def __str__(self) -> str:
        return str(self.number)
