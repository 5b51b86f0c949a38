"""One file per way to reach a person. It delivers notices and marks them done, or raises.

What reaches outside the database is delivered under a lease, so that of two workers one does it.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from server.notices.channels import inbox
from server.notices.taken import Taken


@dataclass(frozen=True, slots=True)
class Channel:
    """How messages go out by it, and whether the database can take that back."""

    deliver: Callable[[Sequence[Taken], datetime], Awaitable[None]]
    outside: bool = True


CHANNELS = {"inbox": Channel(inbox.deliver, outside=False)}
