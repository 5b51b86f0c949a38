"""What happened at the door, written where the operator looks: failures, locks, second factors.

Names no address and no resident; a login is a member of staff's public name at the door.
"""

import logging
from uuid import UUID

log = logging.getLogger("mashang.door")

# What is noted, and what an auditor reads.
NOTED = {
    "signin.failure": "登录失败",
    "signin.locked": "登录锁定",
    "signin.done": "登录",
    "otp.refused": "动态码不对",
    "otp.raised": "二次验证通过",
    "otp.enrolled": "设置动态码",
    "otp.removed": "取消动态码",
    "otp.recovered": "用了一次备用码",
    "password.changed": "修改密码",
}


def note(what: str, *, account_id: UUID | None = None, who: str = "") -> None:
    """Note one of `NOTED`, by an account, or by the login tried if somebody on the staff has it."""
    if what not in NOTED:
        raise ValueError(f"nobody knows what {what!r} is")
    failed = what in ("signin.failure", "signin.locked", "otp.refused")
    log.log(logging.WARNING if failed else logging.INFO, "%s %s", what, account_id or who)
