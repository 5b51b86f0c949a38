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


def may_see(args: Args, viewer: Viewer) -> str:
    """The cases `c` a member of staff may see."""
    if not viewer.posts:
        return "1 = 0"
    ways = [*_watched(args, viewer, "c"), f"c.id IN ({_held(args, viewer)})"]
    return f"({' OR '.join(ways)}) AND {not_about(args, viewer)}"


def may_see_each(args: Args, viewer: Viewer, of: str) -> str:
    """The same of a few cases, called `of`, each looked at by itself."""
    held = f"EXISTS ({_held(args, viewer)} AND p.case_id = {of}.id)"
    ways = [*_watched(args, viewer, of), held]
    return f"({' OR '.join(ways)}) AND {not_about(args, viewer, of)}"


def _watched(args: Args, viewer: Viewer, of: str) -> list[str]:
    """One condition for each area that shows its watchers everything in it."""
    areas = sorted({p.area for p in viewer.posts if p.role in WATCHING_ROLES and p.area})
    return [area(args, f"{of}.path", path) for path in areas]


def _held(args: Args, viewer: Viewer) -> str:
    """The cases the viewer's posts or units hold, held before, filed, or rang the resident of."""
    where = [f"p.post_id IN {args.listed(viewer.post_ids)}"]
    units = sorted(unit_ids(viewer.posts))
    if units:
        where.append(f"p.unit_id IN {args.listed(units)}")
    return (
        "SELECT p.case_id FROM case_party p"
        f" WHERE p.relation IN ('holder', 'filer', 'caller') AND ({' OR '.join(where)})"
    )


def not_about(args: Args, viewer: Viewer, of: str = "c") -> str:
    """Not a complaint about one of the viewer's posts or units."""
    units, posts = args.listed(viewer.unit_ids), args.listed(viewer.post_ids)
    return (
        f"({of}.about_unit_id IS NULL OR {of}.about_unit_id NOT IN {units})"
        f" AND ({of}.about_post_id IS NULL OR {of}.about_post_id NOT IN {posts})"
    )
