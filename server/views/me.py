"""What somebody sees of their own account."""

from server import people
from server.views.shapes import CodeAsked


def code_asked(asked: people.Asked) -> CodeAsked:
    """A code on its way, for its asker."""
    return CodeAsked(
        ask=asked.ask,
        valid_s=round(asked.lasts.total_seconds()),
        again_s=round(asked.again.total_seconds()),
    )
