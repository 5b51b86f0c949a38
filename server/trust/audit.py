"""Records of sensitive acts: who did what, on what, why. Each stream is a signed chain."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from server.base import clock, database, seal
from server.base.errors import Unavailable
from server.base.unit import Duplicate, Unit, unit_of_work
from server.base.viewer import HeldPost, Viewer
from server.trust.models import AuditRecord, UnmaskUse

START = bytes(seal.TAG_BYTES)
MOST_TRIES = 20

# What is recorded, and what an auditor reads. The part before the dot is the stream.
ACTIONS = {
    "account.erase": "注销账号",
    "account.export": "导出本人信息",
    "account.otp": "设置动态码",
    "account.otp_removed": "取消动态码",
    "account.paper": "更换备用码",
    "account.password": "修改密码",
    "account.reset": "重设密码和动态码",
    "bulletin.change": "修改已发布的公告",
    "bulletin.publish": "发布公告",
    "bulletin.withdraw": "撤下公告",
    "case.call": "查看回访电话",
    "case.export": "导出诉求清单",
    "case.hold": "依法留存",
    "case.release": "解除依法留存",
    "case.unmask": "查看诉求人信息",
    "code.art": "更换牌子上的图样",
    "code.make": "制作一批码",
    "code.replace": "更换码",
    "code.retire": "停用码",
    "code.void": "作废一批码",
    "home.bind": "核实户内绑定",
    "home.end": "解除户内绑定",
    "home.refuse": "不通过户内绑定",
    "keys.retire": "删除旧密钥",
    "keys.rotate": "更换密钥",
    "merchant.close": "注销商户",
    "merchant.correct": "修改商户",
    "merchant.dismiss": "去掉店主",
    "merchant.export": "导出商户清单",
    "merchant.invite": "邀请店主",
    "merchant.register": "登记商户",
    "photo.publish": "公开照片",
    "photo.withdraw": "撤下公开的照片",
    "post.appoint": "任命岗位",
    "post.back": "取消请假",
    "post.end": "免去岗位",
    "post.firm": "换物业",
    "post.hand_over": "交接岗位",
    "post.hide_phone": "撤下本人手机号",
    "post.hours": "修改值班时间",
    "post.leave": "请假",
    "post.shifts": "修改轮班",
    "post.show_phone": "公开本人手机号",
    "praise.accept": "通过点赞",
    "praise.refuse": "不通过点赞",
    "reply.add": "加常用回复",
    "reply.change": "改常用回复",
    "reply.remove": "删常用回复",
    "retention.run": "到期清理",
    "signin.failures": "多次登录失败",
    "town.export": "导出城镇",
    "town.import": "导入城镇",
    "town.wrong": "下载导入中有错的行",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One sensitive act. Without `by` it was the operator at the machine, or the town by itself."""

    action: str
    by: Viewer | None = None
    post: HeldPost | None = None  # under which it was done
    name: str = ""  # who, where nobody is signed in: "worker", "operator root"
    target: str = ""  # on what: a case's number, a login
    result: str = "done"
    reason: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    request: str = ""


SHORTEST_KEPT = timedelta(days=180)  # 网络安全法 Art. 21: six months at least
THROUGH = "audit_through"  # in a record's detail: retention took everything up to this row


async def old_records(before: datetime) -> int:
    """How many records are from before then."""
    through = await _through(before)
    counting = "SELECT count(*) AS n FROM audit_record WHERE id <= $1"
    return int(await database.fetch_value(counting, through))


async def forget_records(before: datetime) -> int:
    """Drop them, having recorded up to where; how many that were.

    A check accepts that they are gone, for the record is signed and they were old enough.
    """
    if before > clock.now() - SHORTEST_KEPT:
        raise ValueError("the law wants audit records kept for six months at least")
    through, dropped = await _through(before), await old_records(before)
    if dropped:
        detail = {THROUGH: through, "records": dropped}
        await record(Act(action="retention.run", name="worker", detail=detail))
        async with unit_of_work().models():
            await AuditRecord.filter(id__lte=through).delete()
            await UnmaskUse.filter(day__lt=before.date()).delete()
    return dropped


async def last_time(action: str) -> datetime | None:
    """When this was done last, if it is on record."""
    row = await database.fetch_one(
        "SELECT at FROM audit_record WHERE stream = $1 AND action = $2 ORDER BY seq DESC LIMIT 1",
        _stream(action),
        action,
    )
    return row["at"] if row else None


async def records_since(since: datetime, action: str = "") -> list[dict[str, Any]]:
    """The records from then on, of one action or all, oldest first: for an auditor."""
    return await database.fetch(
        "SELECT at, action, by_name, by_role, target, result, reason, detail, request"
        " FROM audit_record WHERE at >= $1 AND (action = $2 OR $2 = '') ORDER BY id",
        since,
        action,
    )


async def _through(before: datetime) -> int:
    """The last row behind which none is from before then."""
    young = await database.fetch_value(
        "SELECT min(id) AS id FROM audit_record WHERE at >= $1", before
    )
    if young is not None:
        return int(young) - 1
    return int(await database.fetch_value("SELECT max(id) AS id FROM audit_record") or 0)


async def record(
    act: Act,
    *,
    also: Callable[[Unit], None] | None = None,
    sure: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Write the act down; what `also` puts into the unit is written with it or not at all.

    Both may be called several times, `also` each time with a new unit: two acts of one stream at
    once take turns. `sure` looks once more and raises what is in the way; whatever another act of
    the stream could have changed is still as `sure` saw it when this one is written. A Duplicate of
    another table, and LostRace, are the caller's.
    """
    for turn in range(MOST_TRIES):
        last = await _last(_stream(act.action))
        if sure is not None:
            await sure()
        try:
            async with unit_of_work() as unit:
                if also is not None:
                    also(unit)
                unit.insert(AuditRecord, **columns_of(act, last, clock.now()))
            return
        except Duplicate as taken:
            if taken.table != AuditRecord._meta.db_table:
                raise
        await asyncio.sleep(0.002 * turn)
    raise Unavailable(retry_after_s=1)


@dataclass(frozen=True, slots=True)
class Link:
    """Where a stream ends."""

    seq: int = 0
    chain: bytes = START


def columns_of(act: Act, last: Link, now: datetime) -> dict[str, Any]:
    """The row of one act after the last one of its stream."""
    if act.action not in ACTIONS:
        raise ValueError(f"not an act that is recorded: {act.action}")
    by, post = act.by, act.post
    said: dict[str, Any] = {
        "stream": _stream(act.action),
        "seq": last.seq + 1,
        "at": now,
        "action": act.action,
        "by_account_id": by.account_id if by else None,
        "by_post_id": post.id if post else None,
        "by_name": by.name if by and by.is_staff else act.name,
        "by_role": post.role if post else "",
        "target": act.target,
        "result": act.result,
        "reason": act.reason,
        "detail": dict(act.detail),
        "request": act.request,
    }
    return said | {"chain": link(last.chain, said)}


def link(before: bytes, said: Mapping[str, Any]) -> bytes:
    """The signature of one record after the one before it. Columns it does not know are left."""
    signed = {name: said[name] for name in SIGNED} | {"at": said["at"].isoformat()}
    return seal.sign("audit", before + msgspec.json.encode(signed, order="sorted"))


SIGNED = (
    "stream",
    "seq",
    "action",
    "by_account_id",
    "by_post_id",
    "by_name",
    "by_role",
    "target",
    "result",
    "reason",
    "detail",
    "request",
)


def _stream(action: str) -> str:
    return action.partition(".")[0]


async def _last(stream: str) -> Link:
    row = await database.fetch_one(
        "SELECT seq, chain FROM audit_record WHERE stream = $1 ORDER BY seq DESC LIMIT 1", stream
    )
    return Link(row["seq"], bytes(row["chain"])) if row else Link()
