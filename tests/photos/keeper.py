"""A process that keeps photos as fast as it can and says each one it has kept, to be killed.

`python -m tests.photos.keeper sqlite:///…/town.db file:///…/photos`
"""

import asyncio
import sys
from itertools import count

from server import photos
from server.base import database
from server.base.viewer import GUEST
from tests.photos import samples


async def main(database_url: str, photos_url: str) -> None:
    await database.open(database_url)
    photos.open_studio(photos_url)
    for width in count(300):
        kept = await photos.keep(samples.jpeg(width, 200), uploader=GUEST)
        print(kept.id, flush=True)  # noqa: T201 - this is how it acknowledges.


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
