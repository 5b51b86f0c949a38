"""Coming in over HTTP: where somebody knocks from, and staff by name, password, second factor."""

from sanic import Request

from server import org, people
from server.base import clock
from server.web.limits import address_of, block_of


def knock_of(request: Request) -> people.Knock:
    """The block of addresses this comes from, and the device in words."""
    return people.Knock(
        block_of(address_of(request)), people.in_words(request.headers.get("user-agent", ""))
    )


async def enter_staff(request: Request, login: str, password: str, otp: str) -> people.SignIn:
    """A session for staff: a shift on a phone for those who work out of doors, else a desk's.

    Whoever shows a second factor has a raised session at once. Raises what `prove_staff` raises.
    """
    knock = knock_of(request)
    account = await people.prove_staff(login, password, otp, knock=knock)
    posts = await org.posts_of(account["id"], clock.now())
    return await people.begin_staff_session(
        account,
        "field" if org.is_outdoors(posts) else "staff",
        knock=knock,
        raised=await people.has_otp(account["id"]),
    )
