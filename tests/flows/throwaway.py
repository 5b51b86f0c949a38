"""Kinds of case that were never built: together they use every word of the notation."""

from server.base.fields import Field
from server.flows import Mover
from server.flows.guards import (
    answer,
    at_most,
    every,
    fact,
    fewer,
    given_min,
    made,
    outside,
    some,
    stranger,
)
from server.flows.moves import approved, hang, resume, urge
from server.flows.notation import clock, lane, move, rung, state
from server.flows.soundness import check
from server.flows.structure import BACK, Flow
from tests.flows.town import FIRM, HEATING, MANAGER, RAISER, STOKER, STREET, begin, number, staff

LATE = (
    rung("-25%", "holder:soon"),
    rung("0", "holder|supervisor:overdue"),
    rung("+1wd", "superior:escalated", makes="supervise"),
)

# 街乡吹哨: called units report, act and are rated; a joint at each step.
WHISTLE = check(Flow(
    "whistle", 1, "街乡吹哨",
    opening=move("open", "吹哨", "street_leader", needs="kind called", adds="called",
                 holder="mover", when=given_min("called", 2, "至少要叫两个单位。"),
                 sets="kind=@kind", tells="called:whistled"),
    main=lane(
        (state("blown"), state("assembled"), state("acting"), state("rating"),
         state("closed", end=True)),
        (move("assemble", "集结", "flow", "blown", "assembled",
              when=every("called", "reported|excused")),
         move("plan", "定方案", "owner", "assembled", "acting", needs="text",
              tells="called:planned"),
         move("finish", "处置完毕", "flow", "acting", "rating",
              when=every("called", "done|excused")),
         move("close", "结束", "flow", "rating", "closed", when=every("called", "rated|excused"),
              sets="ending=finished"),
         move("call_off", "收哨", "owner", "blown|assembled|acting", "closed", needs="reason",
              sets="ending=called_off", tells="called:called_off"),
         move("supervise", "督办", "clock", when=at_most("supervise", 2),
              tells="supervisor:supervised"))),
    lanes={"called": lane(
        (state("called"), state("asked_off"), state("reported"), state("done"),
         state("rated", end=True), state("excused", end=True)),
        (move("report_in", "报到", "holder", "called|asked_off", "reported", holder="mover"),
         move("ask_off", "申请免到", "holder", "called", "asked_off", needs="reason",
              tells="owner:asked_off"),
         move("excuse", "同意免到", "owner", "asked_off", "excused", seen="work"),
         move("insist", "不同意", "owner", "asked_off", BACK, tells="holder:insisted"),
         move("complete", "完成", "holder", "reported", "done", during="acting", needs="text"),
         move("rate_unit", "评价", "owner", "done", "rated", during="rating", needs="rating")),
        (clock("report_in", "报到", "called",
               {"emergency": "30m", "enforcement": "24h", "topic": "3wd"}, of="kind",
               pauses="asked_off", rungs=LATE),))},
    sees={"owner": "own", "called": "work", "delegate": "bare"},
    endings={"finished": "办完", "called_off": "收哨"},
    fields=(Field("called", "吹哨叫的单位", "ids", 20),
            Field("kind", "事由", "choice",
                  options=(("emergency", "应急"), ("enforcement", "执法"), ("topic", "议题")))),
))  # fmt: skip

# 点单派单接单: as many members claim a wish as it has seats; the budget is a feature's question.
WISH = check(Flow(
    "wish", 1, "点单",
    opening=move("open", "点单", "resident", needs="text seats", sets="seats=@seats",
                 holder="role:grid_worker"),
    main=lane(
        (state("ordered"), state("listed"), state("serving"), state("done"),
         state("closed", end=True)),
        (move("list_it", "上架", "owner", "ordered", "listed", needs="until",
              when=answer("budget_left", "这个月的经费用完了。"), sets="valid_to=@until"),
         move("claim", "接单", "party_member", "listed", adds="claims",
              when=(fewer("claims", "claimed", "@seats"), stranger("claims"))),
         move("full", "满员", "flow", "listed", "serving",
              when=some("claims", "claimed", "@seats")),
         move("thin", "人手不够", "flow", "serving", "listed",
              when=fewer("claims", "claimed|served", "@seats")),
         move("note", "记一笔", "claims", "listed|serving", needs="text"),
         move("lapse", "过期", "clock", "listed", "closed", sets="ending=lapsed"),
         move("finish", "服务完毕", "flow", "serving", "done",
              when=every("claims", "served|released")),
         move("rate_all", "评价", "raiser", "done", "closed", needs="rating", deed="points.add",
              when=made("finish"), sets="ending=rated")),
        (clock("listed", "上架", "listed", until="@valid_to",
               rungs=(rung("0", makes="lapse"),)),)),
    lanes={"claims": lane(
        (state("claimed"), state("served", end=True), state("released", end=True)),
        (move("serve", "办完", "claims&holder", "claimed", "served", during="serving"),
         move("release", "不接了", "holder", "claimed", "released", during="listed|serving",
              needs="reason"),
         move("drop", "没来", "clock", "claimed", "released", tells="holder:dropped")),
        (clock("serve", "服务", "claimed", "48h", rungs=(rung("0", makes="drop"),)),),
        within="listed|serving")},
    endings={"rated": "已评价", "lapsed": "过期"},
    fields=(Field("seats", "要几个人", "count", 20),),
    keeps=("rating",),
))  # fmt: skip
# 维修: hung and extended only with the superior's approval; the clock rests, pauses, goes on.
_HANG = hang("working")
_EXTEND = move("extend", "延期", "grant", "working", needs="reason", extends="work=50%",
               tells="raiser:extended")  # fmt: skip
_ASK_HANG, _HANG_LANE = approved(_HANG, decided_by="superior", within="working",
                                 clocks=(clock("decide", "批准", "asked", "4wh"),))  # fmt: skip
_ASK_EXTEND, _EXTEND_LANE = approved(_EXTEND, decided_by="superior|owner",
                                     within="working|asking")  # fmt: skip
REPAIR = check(Flow(
    "repair", 1, "维修",
    opening=move("open", "报修", "anyone", needs="text", holder="catalogue", seen="own"),
    main=lane(
        (state("working"), state("asking"), state("hung", rests=True), state("tried"),
         state("done", end=True), state("lost", end=True, retired=True)),
        (move("ask", "问一句", "owner", "working", "asking", needs="question",
              tells="raiser:asked"),
         move("reply", "回答", "raiser", "asking", BACK, needs="text"),
         move("try_it", "试修", "owner", "working", "tried"),
         move("go_on", "接着修", "owner", "tried", "working"),
         move("shorten", "改期限", "superior", "working|asking|hung", resets="work"),
         move("give_more", "多给两天", "superior", "working|asking", extends="work=2wd"),
         move("hand_up", "交上级", "owner", "working", needs="reason", holder="up"),
         move("finish", "修好", "owner", "working", "done", needs="text", sets="ending=done"),
         move("reopen", "重修", "raiser", "done", "working", when=fact("ending", "done"),
              sets="ending="),
         urge(), _ASK_HANG, _HANG, resume("owner"), _ASK_EXTEND, _EXTEND,
         move("invite", "请邻居看", "owner", adds="watchers", needs="watchers")),
        (clock("work", "修好", "working", "@work", pauses="asking", again="rest",
               rungs=(rung("-25%", "owner:soon"), rung("0", "owner:overdue"),
                      rung("+1wd", "superior:escalated"))),
         clock("visit", "上门", "working", "2d", met="try_it"))),
    lanes={"hang_ask": _HANG_LANE, "extend_ask": _EXTEND_LANE, "watchers": lane(
        (state("invited"), state("seen")),
        (move("look", "看过了", "watchers&holder", "invited", "seen", when=outside("hung")),
         move("remind", "提醒", "clock", "invited", "invited")),
        (clock("look", "去看", "invited", "1wd",
               rungs=(rung("0", "holder:look", makes="remind"),)),),
        within="working|asking|tried")},
    sees={"raiser": "own", "owner": "work", "watchers": "progress", "superior": "work"},
    endings={"done": "修好"},
    fields=(Field("watchers", "请谁看", "ids", 50),),
))  # fmt: skip

LEADER = staff("street_leader", STREET, 20)
SUPERIOR = staff("superior", STREET, 21)
MEMBERS = [staff("party_member", number(60 + n), 30 + n) for n in range(3)]
RESIDENT = Mover(frozenset({"raiser"}), staff("resident", number(90), 90).posts, number(500))


def a_whistle(kind="emergency", called=(FIRM, HEATING)):
    given = {"kind": kind, "called": [str(unit) for unit in called]}
    return begin(WHISTLE, LEADER, given, {})


def an_assembled_whistle():
    return a_whistle().does(MANAGER, "report_in").does(STOKER, "report_in")


def an_acting_whistle():
    return an_assembled_whistle().does(LEADER, "plan", text="先围挡，再更换。")


def a_repair(**facts):
    return begin(REPAIR, RAISER, {"text": "门坏了"}, {"work": "8h", **facts})


def a_wish(seats=2):
    story = begin(WISH, RESIDENT, {"text": "搬沙发", "seats": seats}, {})
    worker = staff("grid_worker", number(1), 1)
    return story.does(worker, "list_it", until="2026-11-25", answers={"budget_left": True})


def an_asked_repair():
    return a_repair().does(MANAGER, "ask_hang", reason="等配件", until="2026-12-20")


def a_hung_repair():
    return an_asked_repair().wait(hours=3).does(SUPERIOR, "grant_hang")


def a_served_wish():
    return a_wish(1).does(MEMBERS[0], "claim").does(MEMBERS[0], "serve")
