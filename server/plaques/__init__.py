"""Plaques on their walls: put up, reported when something is wrong with them, looked after."""

from server.plaques.actions import REPORTED, close_fault, mount, report_fault
from server.plaques.errors import FaultUnknown, NotYoursToMount
from server.plaques.forgetting import forget_photos, old_photos
from server.plaques.queries import far_codes, mounting_photo, open_faults, past_of
from server.plaques.rules import (
    FAR_M,
    FAULTS,
    MOUNTING_ROLES,
    OUTCOMES,
    mounts_at,
    read_phone,
)

__all__ = [
    "FAR_M",
    "FAULTS",
    "MOUNTING_ROLES",
    "OUTCOMES",
    "REPORTED",
    "FaultUnknown",
    "NotYoursToMount",
    "close_fault",
    "far_codes",
    "forget_photos",
    "mount",
    "mounting_photo",
    "mounts_at",
    "old_photos",
    "open_faults",
    "past_of",
    "read_phone",
    "report_fault",
]
