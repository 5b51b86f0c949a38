"""Words that mean danger: who writes one is shown 110, 119 and 120, and the duty post is told.

A reviewed list: better one banner too many than one fire too late.
"""

DANGER_WORDS = (
    "着火",
    "起火",
    "失火",
    "冒烟",
    "爆炸",
    "煤气",
    "燃气味",
    "漏气",
    "一氧化碳",
    "救命",
    "晕倒",
    "昏迷",
    "中毒",
    "触电",
    "漏电",
    "溺水",
    "坠楼",
    "跳楼",
    "轻生",
    "自杀",
    "流血",
    "受伤",
    "伤人",
    "持刀",
    "打人",
    "打架",
    "绑架",
    "被困",
    "困在电梯",
    "塌了",
    "坍塌",
    "要塌",
)


def sounds_dangerous(text: str) -> bool:
    """Whether these words sound like someone is in danger."""
    squeezed = "".join(text.split())
    return any(word in squeezed for word in DANGER_WORDS)
