"""Who may knock at an address. Whether a row is theirs, the query asks; if not, it says 404."""

from dataclasses import dataclass

from server import people
from server.base import clock
from server.base.errors import Failure, NotAllowed
from server.base.viewer import Viewer


class NotSignedIn(Failure):
    """Only someone who is signed in may do this."""

    code = "not-signed-in"
    sentence = "请先登录。"


class SessionEnded(NotSignedIn):
    """A token was shown that opens nothing any more."""

    code = "session-ended"
    sentence = "登录已经过期，请重新登录。您写的都还在。"


class StepUpNeeded(NotAllowed):
    """It is theirs to do, once a code of their second factor was shown in the last ten minutes."""

    code = "step-up-needed"
    sentence = "这一步要先验证动态码。验证一次，十分钟内有效。"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call a route: said once, at the route, and printed in the OpenAPI document.

    `hides`: its 404 may mean "not yours", so whose session ended is asked to sign in instead.
    `stepped_up`: only in a session that was raised by a second factor in the last ten minutes.
    `agreed`: it keeps more of a resident; who has an account agreed to the privacy notice as it
    reads now, or does so on the way (`stepping.py`).
    """

    name: str
    reason: str
    account: bool = False
    posts: bool = False
    roles: tuple[str, ...] = ()
    hides: bool = False
    stepped_up: bool = False
    agreed: bool = False

    def check(self, viewer: Viewer) -> None:
        """Let them in, or raise NotSignedIn, NotAllowed; StepUpNeeded where nothing else lacks."""
        if self.account and viewer.account_id is None:
            raise NotSignedIn
        if self.posts and not viewer.is_staff:
            raise NotAllowed
        if self.roles and not viewer.holds(*self.roles):
            raise NotAllowed
        if self.stepped_up and not people.is_raised(viewer.raised_until, clock.now()):
            raise StepUpNeeded


def public(reason: str, *, agreed: bool = False) -> Access:
    """Anyone, with or without an account; the reason is read by reviewers."""
    if not reason:
        raise ValueError("a public route says why it is public")
    return Access("public", reason, agreed=agreed)


def staff(*roles: str, stepped_up: bool = False) -> Access:
    """Whoever holds a post now; with roles, one of these; `stepped_up`: by a second factor too."""
    reason = "one who holds a post" + (", raised by a second factor" if stepped_up else "")
    return Access("staff", reason, account=True, posts=True, roles=roles, stepped_up=stepped_up)


# Whoever opens what a raiser left; of which case and how often, the desk says. To ask for more than
# a post, ask here: the phone's call and the page's form both stand behind this.
UNMASKING = staff(stepped_up=True)
# Guests hold keys to their own cases, so everyone may knock; the query finds only what is theirs.
PARTY = Access(
    "party",
    "whoever has to do with the row, by account, post or key; for others it is not there",
    hides=True,
)
SIGNED_IN = Access("signed-in", "whoever has an account", account=True)
AGREED = Access(
    "signed-in",
    "whoever has an account, a resident once the privacy notice was agreed to",
    account=True,
    agreed=True,
)
