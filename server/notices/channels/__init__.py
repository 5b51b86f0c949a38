"""One file per way to reach a person. It delivers notices and marks them done, or raises."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from server.notices.channels import inbox
from server.notices.taken import Taken

CHANNELS: dict[str, Callable[[Sequence[Taken], datetime], Awaitable[None]]] = {
    "inbox": inbox.deliver
}
