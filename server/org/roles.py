"""The roles people hold and units answer in, their titles, and who stands one level above whom."""

from collections.abc import Iterable

from server.base.viewer import OUTSIDE_ROLES, HeldPost

POST_ROLES = {
    "grid_worker": "网格员",
    "grid_leader": "网格长",
    "grid_police": "网格民警",
    "property_manager": "物业经理",
    "property_staff": "物业工作人员",
    "community_worker": "社区工作者",
    "community_secretary": "社区书记",
    "street_dispatcher": "街道调度员",
    "street_leader": "街道负责人",
    "duty_post": "24小时值班",
    "dept_handler": "承办人员",
    "dept_leader": "部门负责人",
    "hotline_operator": "热线话务员",
    "callback_agent": "回访员",
    "sys_admin": "管理员",
    "merchant": "商户",
}
STAFF_ROLES = {role: title for role, title in POST_ROLES.items() if role not in OUTSIDE_ROLES}
UNIT_ROLES = {
    "property_firm": "物业公司",
    "community": "社区",
    "street": "街道",
    "police": "派出所",
    "heating": "供热",
    "gas": "燃气",
    "power": "供电",
    "water": "供水",
    "sanitation": "环卫",
    "municipal": "市政",
    "greening": "园林",
    "traffic": "交管",
    "urban_management": "城管",
    "market_supervision": "市场监管",
    "environment": "生态环境",
}
ROLE_TITLES = POST_ROLES | UNIT_ROLES
CONTACT_ROLES = ("grid_worker", "grid_police", "property_manager")

# They work out of doors with a phone in one hand; everyone else sits at a desk.
OUTDOOR_ROLES = frozenset({"grid_worker", "grid_police", "grid_leader", "property_staff"})

# Who answers when nobody holds the role here, in this order. A role that is not listed has only
# the street's dispatcher to fall back on, and that only for those who ask for an owner.
INSTEAD = {
    "grid_worker": ("grid_leader", "community", "street_dispatcher"),
    "grid_leader": ("community_secretary", "community", "street_dispatcher"),
    "grid_police": ("police",),
    "property_manager": ("property_firm",),
    "community_secretary": ("community", "street_dispatcher"),
    "street_dispatcher": ("street_leader", "street"),
    "duty_post": ("street_dispatcher", "street"),
}

# Who answers when somebody along that line should have, and nobody is there.
LAST_RESORT = ("duty_post", *INSTEAD["duty_post"])

_TRADES_UP = {role: "street_dispatcher" for role in UNIT_ROLES if role != "street"}
ABOVE = _TRADES_UP | {
    "grid_worker": "grid_leader",
    "grid_leader": "community_secretary",
    "grid_police": "police",
    "property_staff": "property_manager",
    "property_manager": "community_secretary",
    "property_firm": "community_secretary",
    "community_worker": "community_secretary",
    "community_secretary": "street_dispatcher",
    "dept_handler": "street_dispatcher",
    "duty_post": "street_dispatcher",
    "hotline_operator": "street_dispatcher",
    "callback_agent": "street_dispatcher",
    "street_dispatcher": "street_leader",
}
# These hold their work alone; anyone else acts for the whole unit.
PERSONAL_ROLES = frozenset({"grid_worker", "grid_police", "building_head", "unit_head"})
# The role a unit of that kind answers in; every other kind is a trade.
_UNIT_ROLE = {"property_firm": "property_firm", "community": "community", "street": "street"}
_ANY_TRADE = "municipal"
# Whose hours are a unit's own, where it has such a post at the place.
AT_WORK = {"property_firm": "property_manager"}


def is_outdoors(posts: Iterable[HeldPost]) -> bool:
    """Whether everything these posts do is done out of doors; not for who holds none."""
    roles = {post.role for post in posts}
    return bool(roles) and roles <= OUTDOOR_ROLES


def role_above(role: str) -> str | None:
    """The role one level up; None above the street's leader."""
    return ABOVE.get(role)


def roles_above(role: str) -> tuple[str, ...]:
    """Every role that stands above this one, the nearest first."""
    found: list[str] = []
    while (above := ABOVE.get(role)) is not None:
        found.append(above)
        role = above
    return tuple(found)


def role_of_unit(kind: str) -> str:
    """The role in which a whole unit of this kind answers for what it has."""
    return _UNIT_ROLE.get(kind, _ANY_TRADE)


def role_title(role: str) -> str:
    """What people read for a role."""
    return ROLE_TITLES.get(role, role)
