"""The sheets of a town's workbook, column by column: what each is called, takes, and is like.

A place is named by its code: a division and a grid by the official one, what stands in a grid by
the grid's code and its own marks, as 1506030019011001-b01-u1.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from server import catalogue, codes, merchants, org
from server.workbook import cells, corners, times
from server.workbook.cells import Kind

LEVELS = {"盟市": 1, "旗县区": 2, "街道乡镇": 3, "社区村": 4}
GRID_KINDS = {"基础网格": "base", "专属网格": "exclusive", "微网格": "micro"}
USES = {"住宅": "home", "商铺": "shop", "办公": "office", "其他": "other"}
SPOTS = {"公共设施": "facility", "经营门面": "premises"}
UNITS = {
    **{"街道": "street", "社区": "community", "物业公司": "property_firm"},
    **{"派出所": "police_station", "部门": "department", "公用事业": "utility"},
    "热线": "hotline",
}
PHONES = {
    **{"值班": "duty", "燃气": "gas", "供热": "heating", "电梯救援": "elevator"},
    **{"供电": "power", "供水": "water", "派出所": "police"},
}
CODES = {
    **{"室外码": "outdoor", "户内码": "household", "商户码": "merchant"},
    **{"摊位码": "vendor", "驿站码": "station", "干部码": "staff"},
}
ENDED_FOR = {title: key for key, title in codes.ENDED_FOR.items()}
MERCHANTS = {title: key for key, title in merchants.KINDS.items()}
TRADES = {title: key for key, title in merchants.TRADES.items()}
DUTIES = {title: key for key, title in merchants.DUTIES.items()}
DAYS = {org.duty.told_days(days): days for days in "workday every off 12345 67".split()} | {
    org.duty.told_days(day): day for day in "1234567"
}
# Any weekdays, as people read them: 周一、周三、周五. Too many for a list.
WEEKDAYS = {
    org.duty.told_days(days): days
    for count in range(1, 8)
    for days in map("".join, combinations("1234567", count))
}
COVERS = {"本处": "spot", "单元": "entrance", "楼栋": "building", "小区": "estate"}
EVIDENCE = {"照片": "photo", "文字": "text", "电话": "call"}
INSIDE = {"都算": None, "小区内": True, "小区外": False}
# An administrator is made at the machine, by `mashang staff add`, and by no file.
POSTS = {title: role for role, title in org.STAFF_ROLES.items() if role != "sys_admin"}
OWNERS = POSTS | {title: role for role, title in org.UNIT_ROLES.items()}
_ICONS = {line[2]: line[2] for line in catalogue.CATEGORIES}
_ADVICE = {line[8]: line[8] for line in catalogue.CATEGORIES if line[8]}
_ESCALATE = {line[9]: line[9] for line in catalogue.CATEGORIES}

REF = cells.matching(
    r"\d{6,16}(-[0-9a-z]{1,16}){0,4}", "要写地方的编码，比如1506030019011001-b01。"
)
MARK = cells.matching(r"[0-9a-z]{1,16}", "只写1到16个数字或字母。")
DOOR = cells.matching(r"[0-9A-Za-z]{1,12}", "只写1到12个数字或字母。", lower=False)
LOGIN = cells.matching(r"[0-9a-z]{2,40}", "工号是2到40个数字或字母。")
CATEGORY = cells.matching(r"[0-9a-z]{1,8}", "类别编号是1到8个数字或字母，比如p01。")
TOKEN, SHORT = cells.printed(codes.tidy), cells.printed(codes.tidy_short)
UPPER = Kind(lambda raw: CATEGORY.read(raw).upper())
LNG, LAT = cells.degrees(-180, 180), cells.degrees(-90, 90)
ORDER = cells.whole(1, 99)
USCC = cells.correct(merchants.tidy_uscc, merchants.uscc_trouble)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the key in a row, its heading, what it takes, a hint and an example."""

    key: str
    heading: str
    kind: Kind
    example: str = ""
    hint: str = ""
    required: bool = False
    default: Any = None  # of a new row whose cell is empty


@dataclass(frozen=True, slots=True)
class Sheet:
    """One thing of the town. `names` are the columns that tell one row from another."""

    key: str
    title: str
    about: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


def _must(key: str, heading: str, kind: Kind, example: str, hint: str = "") -> Column:
    return Column(key, heading, kind, example, hint, required=True)


_POINT = (
    Column("lng", "经度", LNG, "109.7852", "WGS-84坐标；导入时可以说明是GCJ-02"),
    Column("lat", "纬度", LAT, "39.6052"),
)
_POST = (
    _must("unit", "单位", cells.text(60), "湖畔社区居委会", "“单位”表里的名称"),
    _must("role", "岗位", cells.choice(POSTS), "网格员"),
    _must("area", "管辖范围", REF, "1506030019011001", "这个岗位管到哪里"),
    Column("nth", "序号", ORDER, "1", "同一单位、同一岗位、同一范围有几个时写1、2、3", default=1),
)

SHEETS = (
    Sheet("town", "基本信息", "城镇本身，只填一行。", (), (
        _must("name", "名称", cells.text(40), "康巴什区"),
        _must("sponsor", "主办单位", cells.text(80), "康巴什区基层治理服务中心"),
        _must("phone", "电话", cells.phone(), "12345"),
        Column("icp", "ICP备案号", cells.text(60), default=""),
        Column("police_record", "公安备案号", cells.text(60), default=""),
        Column("work_hours", "上班时间", times.stretches(), "08:30-12:00、14:30-18:00",
               default=[["08:30", "12:00"], ["14:30", "18:00"]]),
    )),
    Sheet("holidays", "节假日", "国务院办公厅每年公布的放假和调休，一天一行；平常的周末不写。",
          ("day",), (
        _must("day", "日期", times.day(), "2027-01-01"),
        _must("workday", "上班", cells.yes_or_no(), "否", "放假的填“否”，调休上班的周末填“是”"),
        Column("name", "节日", cells.text(30), "元旦", default=""),
    )),
    Sheet("divisions", "区划", "从盟市到社区，一行一个；上级由编码看出来。", ("code",), (
        _must("code", "编码", cells.digits(6, 9, 12), "150603001901"),
        _must("name", "名称", cells.text(80), "湖畔社区"),
        _must("level", "级别", cells.choice(LEVELS), "社区村"),
        _must("since", "启用日期", times.day(), "2016-07-01"),
    )),
    Sheet("grids", "网格", "编码前12位是社区，第13位是1基础、2专属、3微网格。", ("code",), (
        _must("code", "编码", cells.digits(16), "1506030019011001"),
        _must("name", "名称", cells.text(80), "第一网格"),
        _must("kind", "类型", cells.choice(GRID_KINDS), "基础网格"),
        Column("households", "户数", cells.whole(0, 100_000), "420", "300到500户为宜", default=0),
        Column("outline", "边界", corners.ring(), "109.77,39.63 109.776,39.63 109.776,39.625",
               "每个角“经度,纬度”，空格隔开；也可以另传GeoJSON"),
    )),
    Sheet("estates", "小区", "小区挂在大门所在的基础网格下。", ("grid", "segment"), (
        _must("grid", "所在网格", cells.digits(16), "1506030019011001"),
        _must("segment", "编号", MARK, "e01", "在网格里不重复"),
        _must("name", "名称", cells.text(80), "云锦苑小区"),
        Column("gates", "大门数", cells.whole(0, 99), "2", default=1),
        *_POINT,
    )),
    Sheet("buildings", "楼栋", "楼栋挂在所在的基础网格下。", ("grid", "segment"), (
        _must("grid", "所在网格", cells.digits(16), "1506030019011001"),
        _must("segment", "编号", MARK, "b01", "在网格里不重复"),
        _must("name", "名称", cells.text(80), "1号楼"),
        Column("estate", "所属小区", REF, "1506030019011001-e01", "临街的楼不填"),
        _must("floors", "层数", cells.whole(1, 200), "11"),
        Column("elevators", "电梯数", cells.whole(0, 99), "2", default=0),
        *_POINT,
    )),
    Sheet("entrances", "单元", "", ("building", "segment"), (
        _must("building", "所在楼栋", REF, "1506030019011001-b01"),
        _must("segment", "编号", MARK, "u1", "在楼栋里不重复"),
        _must("name", "名称", cells.text(80), "1单元"),
        *_POINT,
    )),
    Sheet("rooms", "房屋", "", ("entrance", "number"), (
        _must("entrance", "所在单元", REF, "1506030019011001-b01-u1"),
        _must("number", "门牌号", DOOR, "101"),
        _must("floor", "楼层", cells.whole(-9, 200), "1"),
        Column("use", "用途", cells.choice(USES), "住宅", default="home"),
        Column("vacant", "空置", cells.yes_or_no(), "否", default=False),
    )),
    Sheet("spots", "设施门面", "路灯、游乐场这样的设施，和经营门面；摊位也写成经营门面。",
          ("above", "segment"), (
        _must("kind", "类型", cells.choice(SPOTS), "公共设施"),
        _must("above", "所在位置", REF, "1506030019011001", "一般是网格，也可以是小区、楼栋"),
        _must("segment", "编号", MARK, "f01", "在那里不重复"),
        _must("name", "名称", cells.text(80), "儿童游乐场"),
        Column("estate", "所属小区", REF, "1506030019011001-e01", "街上的不填"),
        *_POINT,
    )),
    Sheet("addresses", "地址", "地方的街道门牌。", ("place",), (
        _must("place", "位置", REF, "1506030019011001-e01"),
        _must("road", "道路", cells.text(60), "乌兰木伦街"),
        _must("number", "门牌", cells.text(20), "18号"),
    )),
    Sheet("units", "单位", "名称不重复。", ("name",), (
        _must("name", "名称", cells.text(60), "湖畔社区居委会"),
        _must("kind", "类型", cells.choice(UNITS), "社区"),
        Column("above", "上级单位", cells.text(60), "哈巴格希街道办事处"),
        Column("area", "服务范围", REF, "150603001901", "物业公司不填，由岗位说明", default=""),
        Column("phone", "电话", cells.phone(), "0477-1234567"),
    )),
    Sheet("staff", "人员", "不填密码：新的工号要由管理员用mashang staff reset开通。", ("login",), (
        _must("login", "工号", LOGIN, "wang01", "登录用，不重复"),
        _must("name", "姓名", cells.text(40), "王敏", "牌子上公开的姓名"),
    )),
    Sheet("posts", "岗位", "管理员不能从这里设立。", ("unit", "role", "area", "nth"), (
        *_POST,
        Column("phone", "办公电话", cells.phone(), "0477-1234567"),
        Column("show_phone", "公开电话", cells.yes_or_no(), "是", default=True),
        Column("holder", "任职人", cells.several(LOGIN), "wang01",
               "“人员”表里的工号；几个人轮班的都写上，用、隔开", default=[]),
        Column("answers", "负责范围", cells.several(REF), "1506030019011001",
               "居民在哪里能看到这个岗位；几处用、隔开", default=[]),
    )),
    Sheet("hours", "值班", "一行一段时间；写了的岗位以这里的为准。",
          ("unit", "role", "area", "nth", "days", "starts"), (
        *_POST,
        _must("days", "日子", cells.choice(DAYS, WEEKDAYS), "工作日", "也可以写周一、周三、周五"),
        _must("starts", "开始", times.clock_time(), "08:30"),
        _must("ends", "结束", times.clock_time(), "12:00", "一天的末尾写24:00；早于开始的到次日"),
    )),
    Sheet("shifts", "轮班", "几个人轮着值班的岗位，一行一个人的一个班；写了的岗位以这里的为准。",
          ("unit", "role", "area", "nth", "who", "on_day", "starts"), (
        *_POST,
        _must("who", "人员", LOGIN, "wang01", "工号，要写在“岗位”表的任职人里"),
        Column("title", "班次", cells.text(10), "早班", default=""),
        _must("on_day", "从哪天起", times.day(), "2026-12-01"),
        _must("starts", "开始", times.clock_time(), "07:00"),
        _must("ends", "结束", times.clock_time(), "15:00", "早于开始的到次日"),
        Column("every", "几天一轮", cells.whole(0, 60), "3", "只值这一天的写0", default=0),
        Column("until", "到哪天为止", times.day(), "2027-06-30", "不填就一直轮下去"),
    )),
    Sheet("leave", "请假", "谁什么时候不在，谁代班；为什么请假不要写。已经过去的不写入。",
          ("who", "since"), (
        _must("who", "人员", LOGIN, "wang01", "“人员”表里的工号"),
        _must("since", "从", times.moment(), "2026-12-01 08:30"),
        _must("until", "到", times.moment(), "2026-12-05 18:00", "一次最长180天"),
        Column("deputy", "代班人", LOGIN, "li02", "同一单位的同事；不填由上一级接"),
    )),
    Sheet("answering", "承办范围", "哪个单位在哪里承担哪一行。", ("area", "role"), (
        _must("area", "范围", REF, "150603"),
        _must("role", "职责", cells.choice(OWNERS), "供热"),
        _must("unit", "单位", cells.text(60), "热力公司", "“单位”表里的名称"),
    )),
    Sheet("phones", "便民电话", "", ("area", "kind", "title"), (
        _must("area", "范围", REF, "150603001"),
        _must("kind", "类型", cells.choice(PHONES), "值班"),
        _must("title", "名称", cells.text(40), "24小时值班"),
        _must("number", "号码", cells.phone(), "0477-1234567"),
    )),
    Sheet("categories", "类别", "能上报什么，多久回应、多久办完。", ("key",), (
        _must("key", "编号", UPPER, "P02"),
        _must("title", "名称", cells.text(30), "电梯故障停运"),
        _must("icon", "图标", cells.choice(_ICONS), "lift"),
        _must("rank", "排序", cells.whole(1, 999), "5"),
        _must("respond", "回应时限", times.span(), "30m"),
        _must("resolve", "办结时限", times.span(), "24h"),
        Column("direct", "直派", cells.yes_or_no(), "是", "直接交承办单位", default=False),
        Column("public", "公开", cells.yes_or_no(), "是", "码页上可以列出", default=True),
        Column("conceal", "预设隐名", cells.yes_or_no(), "否", default=False),
        Column("covers", "影响到", cells.choice(COVERS), "单元", default="spot"),
        Column("evidence", "办结凭据", cells.choice(EVIDENCE), "照片", default="photo"),
        Column("urgent", "紧急", cells.yes_or_no(), "否", default=False),
        Column("advice", "提示", cells.choice(_ADVICE)),
        Column("escalate", "升级到", cells.choice(_ESCALATE), "street", default="street"),
        Column("gb_code", "国标编码", cells.text(10)),
    )),
    Sheet("rules", "派单规则", "哪一类、在哪里、什么时候，由谁承办；权重大的优先。",
          ("category_key", "inside_estate", "starts", "ends"), (
        _must("category_key", "类别", UPPER, "P02"),
        _must("inside_estate", "地点", cells.choice(INSIDE), "小区内"),
        Column("starts", "开始", times.clock_time(), "22:00", "不填是全天"),
        Column("ends", "结束", times.clock_time(), "06:00"),
        _must("owner", "承办", cells.choice(OWNERS), "物业公司"),
        Column("weight", "权重", cells.whole(0, 1000), "10", default=10),
    )),
    Sheet("merchants", "商户", "店铺和摊位，各在一个经营门面。店主不从这里填，在商户登记里邀请。",
          ("place",), (
        _must("place", "位置", REF, "1506030019011001-m01", "“设施门面”表里的经营门面"),
        _must("kind", "类别", cells.choice(MERCHANTS), "店铺"),
        _must("name", "名称", cells.text(60), "如意焖面馆"),
        _must("trade", "行业", cells.choice(TRADES), "餐饮"),
        Column("uscc", "统一社会信用代码", USCC, "92159999MA0000015T", "18位；店铺必须填"),
        Column("license_short", "执照短号", cells.text(20), "0001", "扫码的人看得到", default=""),
        Column("phone", "电话", cells.phone(), "0477-1234567", "店里的，扫码的人看得到"),
        Column("duties", "门前三包", cells.several(cells.choice(DUTIES)),
               "包卫生、包绿化、包秩序", "签了哪几项", default=[]),
        Column("duties_signed_on", "签字日期", times.day(), "2026-05-01"),
    )),
    Sheet("codes", "码", "不填口令就给这个地方做新码；已经印好的填口令和短号。",
          ("place", "kind", "token"), (
        _must("place", "位置", REF, "1506030019011001-b01-u1"),
        _must("kind", "种类", cells.choice(CODES), "室外码"),
        Column("token", "口令", TOKEN, "", "印好的牌子上27位"),
        Column("short", "短号", SHORT, "", "印好的牌子上9位"),
        Column("batch", "批次", cells.text(60), "2026年第一批", default=""),
        Column("ended_on", "停用日期", times.day(), "", "在别处已经停用的牌子才填"),
        Column("ended_for", "停用原因", cells.choice(ENDED_FOR), default=""),
        Column("successor", "接替口令", TOKEN, "", "接替它的那块牌子的口令"),
    )),
)  # fmt: skip
BY_KEY = {sheet.key: sheet for sheet in SHEETS}
BY_TITLE = {sheet.title: sheet for sheet in SHEETS}
