"""A second factor for a persona of the demo: a code on paper, which nobody has to wait for."""

from server import people
from server.base import database
from tests.journeys.towns import OpenTown


def paper_code(town: OpenTown, persona: str) -> str:
    """A code that opens once."""

    async def made() -> str:
        account_id = await database.fetch_value(
            "SELECT id FROM account WHERE persona = $1", persona
        )
        await people.demo_otp(account_id)  # gives the persona an app if it has none
        return (await people.renew_paper_codes(account_id))[0]

    return town.look(made)
