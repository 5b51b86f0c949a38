"""门前三包 and 创城: the items that can be found at a shop, and the points each costs.

The first three groups follow the duties of 门前三包 and the 《城市市容和环境卫生管理条例》
(国务院令第101号), the fire exits the 《消防法》, the licence on the wall the
《市场主体登记管理条例》. The points are this product's own, of twelve: one where it is untidy, two
where it is in others' way, three where it endangers somebody.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be found; `title` is what the shop reads."""

    key: str
    group: str
    title: str
    points: int


GROUPS = {"hygiene": "包卫生", "greenery": "包绿化", "order": "包秩序", "civic": "创城"}

_ITEMS = (
    Item("litter", "hygiene", "门前有垃圾、污水、烟头", 1),
    Item("dumping", "hygiene", "垃圾没有入桶、乱倒", 2),
    Item("snow", "hygiene", "门前积雪、结冰没有清", 1),
    Item("front", "hygiene", "门头、橱窗、灯箱脏污破损", 1),
    Item("greens", "greenery", "损坏花草树木，或在树上拴挂", 2),
    Item("outside", "order", "店外经营、占道摆放", 2),
    Item("vehicles", "order", "门前车辆乱停放，没有劝导", 1),
    Item("posters", "order", "乱贴乱挂、乱拉线绳", 1),
    Item("noise", "order", "用高音喇叭招揽", 1),
    Item("facility", "civic", "占用、损坏盲道等设施", 2),
    Item("exit", "civic", "堵塞消防通道、安全出口", 3),
    Item("license", "civic", "没有亮照经营", 1),
)
ITEMS = {item.key: item for item in _ITEMS}
