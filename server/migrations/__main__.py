"""`python -m server.migrations`: draft the migration that the models want, for a person to read."""

import asyncio
import sys

from server.base import database, schema


async def main() -> None:
    await database.open("sqlite://:memory:")
    try:
        drafted = await schema.draft()
    finally:
        await database.close()
    sys.stdout.write("".join(f"{path}\n" for path in drafted) or "models and migrations agree\n")


if __name__ == "__main__":
    asyncio.run(main())
