"""Who is asking: an account or a guest with keys, the posts held and how far they reach."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

# They hold a post over what is their own, and are residents for all that: nothing of the staff's.
OUTSIDE_ROLES = frozenset({"merchant"})


@dataclass(frozen=True, slots=True)
class HeldPost:
    """One post held now: a role, for a unit, over everything whose path starts with `area`.

    Authority comes from posts, never from accounts. `area` is the path of a node of the place
    tree ("150603/150603001/…/"); an empty string reaches nothing. Deputies hold the post they
    stand in for.
    """

    id: UUID
    role: str
    role_title: str
    unit_id: UUID
    unit_name: str
    area: str


def of_staff(posts: tuple[HeldPost, ...]) -> tuple[HeldPost, ...]:
    """Those of these posts that make their holder one of the staff."""
    return tuple(post for post in posts if post.role not in OUTSIDE_ROLES)


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person a page or an answer is made for. A guest has no account and may hold case keys."""

    account_id: UUID | None = None
    name: str = ""
    posts: tuple[HeldPost, ...] = ()
    keys: frozenset[str] = field(default_factory=frozenset)
    session_id: UUID | None = None
    raised_until: datetime | None = None  # a second factor was shown not long ago

    @property
    def is_nobody(self) -> bool:
        """Someone of whom we know nothing: what they see is what everybody sees."""
        return self.account_id is None and not self.keys

    @property
    def is_staff(self) -> bool:
        return bool(self.staff_posts)

    @property
    def staff_posts(self) -> tuple[HeldPost, ...]:
        """The posts held as one of the staff: what is for the staff of an area goes by these."""
        return of_staff(self.posts)

    @property
    def post_ids(self) -> tuple[UUID, ...]:
        return tuple(post.id for post in self.posts)

    @property
    def unit_ids(self) -> tuple[UUID, ...]:
        return tuple({post.unit_id for post in self.posts})

    def holds(self, *roles: str) -> bool:
        return any(post.role in roles for post in self.posts)


GUEST = Viewer()
