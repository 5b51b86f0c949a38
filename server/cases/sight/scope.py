"""Which cases a viewer may see in a list, as one predicate on the case `c`.

The same rule as `relations`, written in SQL: the area of a watching post, or work one's post or
unit has, had, filed or rang about; never a complaint about oneself.
"""

from collections.abc import Sequence

from server.base import database
from server.base.viewer import Viewer
from server.cases.sight.relations import unit_ids
from server.flows import FLOWS
from server.org import POST_ROLES

# Posts whose area alone shows them its cases: those the flows let see. Firms, police and
# departments see what is given to them.
WATCHING_ROLES = frozenset(
    word for flow in FLOWS.values() for word in flow.sees if word in POST_ROLES
)


class Args:
    """The values of one statement, numbered as they are added."""

    def __init__(self) -> None:
        self.values: list[object] = []

    def add(self, value: object) -> str:
        """The placeholder of one more value."""
        self.values.append(value)
        return f"${len(self.values)}"

    def listed(self, values: Sequence[object]) -> str:
        """The placeholders of a list, in brackets; an empty list holds nothing."""
        if not values:
            return "(NULL)"
        sql, added = database.in_list(values, start=len(self.values) + 1)
        self.values += added
        return sql


def area(args: Args, column: str, path: str) -> str:
    """Everything under a path, as a range."""
    return f"({column} >= {args.add(path)} AND {column} < {args.add(path + '~')})"


def may_see(args: Args, viewer: Viewer, of: str = "c") -> str:
    """The cases a member of staff may see; `of` is what a case is called."""
    if not viewer.posts:
        return "1 = 0"
    ways = [area(args, f"{of}.path", path) for path in watched(viewer)]
    ways.append(was_theirs(args, viewer, of))
    return f"({' OR '.join(ways)}) AND {not_about(args, viewer, of)}"


def was_theirs(args: Args, viewer: Viewer, of: str) -> str:
    """The cases that are or were in the hands of the viewer's posts or units."""
    return (
        "EXISTS (SELECT 1 FROM case_party p"
        f" WHERE p.case_id = {of}.id AND {in_their_hands(args, viewer)})"
    )


def watched(viewer: Viewer) -> list[str]:
    """The paths under which everything that is not about themselves is theirs to see."""
    return sorted({p.area for p in viewer.posts if p.role in WATCHING_ROLES and p.area})


def in_their_hands(args: Args, viewer: Viewer) -> str:
    """The parties `p` that are the viewer's posts or units: those that hold or held a case, filed
    it, or rang the resident.
    """
    hands = [f"p.post_id IN {args.listed(viewer.post_ids)}"]
    units = sorted(unit_ids(viewer.posts))
    if units:
        hands.append(f"p.unit_id IN {args.listed(units)}")
    return f"p.relation IN ('holder', 'filer', 'caller') AND ({' OR '.join(hands)})"


def each_hand(args: Args, viewer: Viewer) -> list[str]:
    """The same parties `p`, one post or unit at a time: what an index can count by itself."""
    posts = [f"p.post_id = {args.add(post_id)}" for post_id in viewer.post_ids]
    units = sorted(unit_ids(viewer.posts))
    return [*posts, *(f"p.unit_id = {args.add(unit_id)}" for unit_id in units)]


def not_about(args: Args, viewer: Viewer, of: str = "c") -> str:
    """Not a complaint about one of the viewer's posts or units."""
    units, posts = args.listed(viewer.unit_ids), args.listed(viewer.post_ids)
    return (
        f"({of}.about_unit_id IS NULL OR {of}.about_unit_id NOT IN {units})"
        f" AND ({of}.about_post_id IS NULL OR {of}.about_post_id NOT IN {posts})"
    )
