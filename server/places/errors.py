"""The ways the ground can say no."""

from server.base.errors import FieldError, Invalid, NotFound


class NoSuchPlace(NotFound):
    code = "place-unknown"
    sentence = "没找到这个地方。请扫附近的码，或在地图上重新选。"


class OutsideEveryGrid(Invalid):
    """The point lies in no base grid of this town."""

    code = "outside-every-grid"
    sentence = "这个位置不在本地的网格里。请扫附近的码，或重新选位置。"

    def __init__(self) -> None:
        super().__init__(FieldError("point", self.code, self.sentence))


class BadPoint(Invalid):
    """Not a point on earth, or measured in a way we do not know."""

    code = "point-wrong"
    sentence = "没有读懂这个位置，请重新选。"

    def __init__(self) -> None:
        super().__init__(FieldError("point", self.code, self.sentence))


class PlantingError(ValueError):
    """What an importer hands in cannot be planted; the words name the row."""
