"""A device in a few words, so that people know their own again; what a browser says is not kept."""

UNKNOWN = "其他设备"
_PROGRAMS = (
    ("miniProgram", "小程序"),
    ("MicroMessenger", "微信"),
    ("AlipayClient", "支付宝"),
    ("DingTalk", "钉钉"),
    ("HuaweiBrowser", "华为浏览器"),
    ("MiuiBrowser", "小米浏览器"),
    ("QQBrowser", "QQ浏览器"),
    ("UCBrowser", "UC浏览器"),
    ("360", "360浏览器"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_MACHINES = (
    ("OpenHarmony", "鸿蒙手机"),
    ("HarmonyOS", "鸿蒙手机"),
    ("iPad", "iPad"),
    ("iPhone", "苹果手机"),
    ("Android", "安卓手机"),
    ("Windows", "Windows电脑"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "电脑"),
)


def in_words(user_agent: str) -> str:
    """微信（安卓手机）: the program and the machine, as far as they are known."""
    program = _found(user_agent, _PROGRAMS)
    machine = _found(user_agent, _MACHINES)
    if program and machine:
        return f"{program}（{machine}）"
    return program or machine or UNKNOWN


def _found(text: str, words: tuple[tuple[str, str], ...]) -> str:
    return next((word for sign, word in words if sign in text), "")
