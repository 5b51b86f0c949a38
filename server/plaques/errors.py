"""The ways a plaque can say no."""

from server.base.errors import NotAllowed, NotFound


class NotYoursToMount(NotAllowed):
    """Another area's."""

    code = "not-yours-to-mount"
    sentence = "这里的牌子不归您挂。"


class FaultUnknown(NotFound):
    """No such fault, one that is over, or another area's."""

    code = "fault-unknown"
    sentence = "没找到这条报损，可能已经处理了，也可能不归您管。"


class MountingUnknown(NotFound):
    """No such mounting, or another area's."""

    code = "mounting-unknown"
    sentence = "没找到这次挂牌的记录，或者不归您管。"
