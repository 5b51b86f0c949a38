"""The ways a station can say no."""

from server.base.errors import Conflict, NotFound


class StationUnknown(NotFound):
    """No such station, one that is closed for good, or another area's."""

    code = "station-unknown"
    sentence = "没找到这个站点，可能已经撤了，也可能不归您管。"


class PlaceTaken(Conflict):
    """A code there tells of one station."""

    code = "place-taken"
    sentence = "这个地方已经登记了一个站点，请改那一个。"


class StationMovedOn(Conflict):
    """Somebody else changed it since it was read."""

    code = "station-moved-on"
    sentence = "同事刚刚改过这个站点。您写的都还在，请对照现在的内容再存一次。"
