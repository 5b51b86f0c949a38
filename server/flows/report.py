"""我要上报: a resident says what is wrong at a place; it is accepted, dispatched, handled, judged.

Both promises run from submission. A `direct` category goes straight to the owner the catalogue
names, at once or when it turns out to be one; the grid worker is told and may step in. The
resident's word ends it: `confirm` takes yes, partly or no as it is said, `reopen` (at most twice)
sends it to the street instead; a page that asks "真的解决了吗" offers both. Whoever left only a
phone is rung up, by another unit than the one that solved it. Silence for three days closes it as
unrated.
Promises rest only while the case is hung or waits for the raiser; one that breaks climbs the
ladder (`moves.LATE`).
Whoever is complained about never holds it and makes no move in it; of a complaint about people
that names nobody the grid is left out (`standing.py`).
"""

from functools import partial

from server.flows.callback import REDO, callback
from server.flows.guards import ahead, at_most, before, fact, within
from server.flows.moment import Guard
from server.flows.moves import (
    ALONE,
    LATE,
    approved,
    ask,
    assist,
    belonging,
    change_firm,
    extend,
    hang,
    keep_in_touch,
    reassign,
    resume,
    second,
    step_back,
    supervise,
    urge,
    withdraw,
)
from server.flows.needs import read_needs
from server.flows.notation import clock, lane, move, rung, state
from server.flows.structure import Flow, Move

_RETURN = within("open|route|dispatch|rule_dispute|change_firm", "4h",
                 "派单已过4小时，不能退回了。确实不归您管，请在办结时说明。")
_NOT_BEGUN = before("sign|self_handle", "已经有人动手办了，不能撤回了。")
_BEFORE_HANDLING = "submitted|accepted|dispatched|dispute"
_UNSETTLED = f"{_BEFORE_HANDLING}|handling"
_CAN_DISPATCH = "owner&street_dispatcher|owner&grid_worker|owner&grid_leader"
_TAKEN_UP = "accepted|dispatched|handling"
_OPEN, _ENDED = f"{_UNSETTLED}|waiting_raiser|hung", "closed|merged"
_JOINS, _SECONDS = second(f"{_OPEN}|resolved|{_ENDED}")
_DECIDE = clock("decide", "批准", "asked", "1wd",
                rungs=(rung("-25%", "holder:soon"), rung("0", "holder|owner:overdue")))
_EXTEND, _HANG = extend(_TAKEN_UP), hang(_TAKEN_UP)
_NOT_WAITING = f"{_UNSETTLED}|hung|resolved|{_ENDED}"
_ASK_EXTEND, _EXTEND_ASKS = approved(_EXTEND, decided_by="holder", within=_TAKEN_UP,
                                     awake=_NOT_WAITING, clocks=(_DECIDE,))
_ASK_HANG, _HANG_ASKS = approved(_HANG, decided_by="holder", within=_TAKEN_UP,
                                 awake=_NOT_WAITING, when=(ahead("hang_ask", "until"),),
                                 clocks=(_DECIDE,))
_ADD_ASSIST, _ASSISTS = assist(_TAKEN_UP, f"{_TAKEN_UP}|dispute|waiting_raiser|hung")


def _classify(by: str, source: str, *when: Guard, straight_from: str = "") -> tuple[Move, ...]:
    """改类: both promises are reckoned anew from submission, with the extension that was granted.
    What becomes a complaint about people begins afresh with whoever the catalogue names: it may be
    about those who have it. What becomes direct, and is not with whoever the catalogue names,
    begins afresh as well, and `route` sends it straight there.
    """
    anew = partial(move, "classify", "改类型", by, needs="category text?", sets="straight_on=",
                   resets="respond resolve", extends="resolve=@longer")
    return (
        anew(source, "submitted", when=(*when, fact("about_people")), holder="catalogue",
             tells="raiser:classified holder:entrusted"),
        anew(straight_from or source, "submitted", when=(*when, fact("straight_on")),
             tells="raiser:classified"),
        anew(source, when=when, tells="raiser:classified"),
    )  # fmt: skip


REPORT = Flow(
    "report", 2, "我要上报",
    opening=move("open", "上报", "anyone", needs="category|text|photos", holder="role:grid_worker",
                 tells="raiser:submitted holder:new"),
    main=lane(
        states=(
            state("submitted", "待受理", "已收到，等人接手", next="受理，给您回应",
                  next_for="work=受理，给居民回应"),
            state("accepted", "已受理", "有人接手了", next="派给承办单位"),
            state("dispatched", "待签收", "已转给承办单位", next="承办单位签收"),
            state("dispute", "退回待定", "正在重新确定由谁来办", next="街道定下由谁办"),
            state("handling", "办理中", "正在办理", next="办完，请居民看"),
            state("waiting_raiser", "等居民回答", "想请您补充几句", next="等居民回答",
                  next_for="own=由您补充几句"),
            state("hung", "挂账", "一时办不了，定了日子再办", rests=True,
                  next="到日子接着办"),
            state("resolved", "待居民确认", "请您看看办好了没有", next="等居民说好没好",
                  next_for="own=由您来说好没好"),
            state("closed", "已结束", "这件事结束了", end=True),
            state("merged", "已并单", "和邻居报的合在一起办", end=True),
        ),
        moves=(
            move("route", "直接派单", "flow", "submitted", "dispatched", when=fact("direct"),
                 holder="catalogue", tells="raiser|holder:dispatched grid_worker:informed"),
            move("accept", "受理", "owner", "submitted", "accepted", needs="text?",
                 holder="mover", tells="raiser|second:accepted"),
            move("accept", "受理", "grid_leader", "submitted", "accepted", needs="text?",
                 when=before("appeal", "居民申诉过，由街道受理。"),
                 holder="mover", tells="raiser|second:accepted"),
            move("self_handle", "我来办", "owner", "accepted", "handling", needs="text?",
                 holder="mover", tells="raiser:signed"),
            move("dispatch", "派单", "owner", "accepted", "dispatched", needs="unit? text?",
                 holder="given|catalogue", tells="raiser|holder:dispatched"),
            move("sign", "签收", "holder", "dispatched", "handling", needs="text?",
                 holder="mover", tells="raiser:signed"),
            move("self_handle", "我来办", "grid_worker", "dispatched", "handling", needs="text?",
                 when=fact("direct"), holder="mover", tells="raiser:signed"),
            move("return", "退回", "owner", "dispatched", "dispute", needs="reason photos?",
                 when=_RETURN, holder="role:street_dispatcher", tells="raiser|holder:returned"),
            move("rule_dispute", "裁定", "street_dispatcher", "dispute", "dispatched",
                 needs="unit text?", holder="given", tells="raiser|holder:ruled"),
            move("resolve", "办结", "owner", "handling", "resolved",
                 needs="outcome text @evidence outcome:planned>until outcome:not_ours>unit|reason",
                 sets="planned_until=@until proof=@photos", tells="raiser|second:resolved"),
            move("add_photos", "补照片", "owner", "resolved|closed", needs="photos text?",
                 when=(fact("evidence", "photo"), within("resolve", "24h")), sets="proof=@photos"),
            move("dispatch", "派单", _CAN_DISPATCH, "handling", "dispatched", needs="unit? text?",
                 holder="given|catalogue", tells="raiser|holder:dispatched"),
            move("confirm", "确认", "raiser", "resolved", "closed", needs="solved rating? text?",
                 sets="ending=confirmed", tells="raiser|second:closed holder:confirmed"),
            move("reopen", "没解决，请重办", "raiser", "resolved", "handling",
                 needs="reason? photos? solved?", when=at_most(REDO, 2),
                 holder="role:street_dispatcher", sets="outcome= solved= planned_until= proof=",
                 tells="raiser|second|holder:reopened"),
            move("close_unrated", "未评价结束", "clock", "resolved", "closed",
                 sets="ending=unrated", tells="raiser|second:closed_silent"),
            move("decline", "不予受理", "owner", "submitted", "closed", needs="reason",
                 sets="ending=declined", tells="raiser|second:declined"),
            move("appeal", "不同意，请街道复核", "raiser", "closed", "submitted",
                 needs="reason photos?", when=(fact("ending", "declined"), at_most("appeal", 1)),
                 holder="role:street_dispatcher", sets="ending=", tells="raiser|holder:appealed"),
            *_classify("owner", "submitted|accepted|dispute"),
            *_classify("street_dispatcher", _UNSETTLED),
            *_classify("grid_leader|grid_worker", _UNSETTLED,
                       before("appeal", "居民申诉过，由街道决定。"),
                       straight_from=f"submitted|{_TAKEN_UP}"),
            move("merge", "并单", "owner", "submitted|accepted", "merged", needs="into text?",
                 deed="cases.follow", tells="raiser|second:merged"),
            move("merge", "并单", "street_dispatcher", _UNSETTLED, "merged", needs="into text?",
                 deed="cases.follow", tells="raiser|second:merged"),
            *keep_in_touch(_OPEN),
            *ask(f"submitted|{_TAKEN_UP}"),
            reassign(f"submitted|{_TAKEN_UP}"),
            _ADD_ASSIST, _ASK_EXTEND, _EXTEND, _ASK_HANG, _HANG, resume("owner|clock"),
            urge(_OPEN),
            *supervise(_OPEN),
            *callback("resolved", "closed", "handling"),
            step_back(_BEFORE_HANDLING),
            withdraw(_BEFORE_HANDLING, when=(ALONE,)),
            withdraw("waiting_raiser|hung", when=(ALONE, _NOT_BEGUN)),
            *_JOINS,
            *belonging(f"{_UNSETTLED}|hung|resolved", _ENDED),
            change_firm(f"{_OPEN}|resolved"),
        ),
        clocks=(
            clock("respond", "回应", "submitted|dispatched|dispute", "@respond",
                  pauses="waiting_raiser", met="accept|sign|self_handle", rungs=LATE),
            clock("resolve", "办结", _UNSETTLED, "@resolve", pauses="waiting_raiser", rungs=LATE),
            clock("rule_dispute", "裁定", "dispute", "1wd", rungs=LATE),
            clock("answer", "居民回答", "waiting_raiser", "3d",
                  rungs=(rung("0", makes="go_on"),)),
            clock("hung", "挂账到期", "hung", until="@hung_until",
                  rungs=(rung("0", makes="resume"),)),
            clock("confirm", "居民确认", "resolved", "3d",
                  rungs=(rung("0", makes="close_unrated"),)),
        ),
    ),
    lanes={"second": _SECONDS, "assist": _ASSISTS, "extend_ask": _EXTEND_ASKS,
           "hang_ask": _HANG_ASKS},
    sees={
        "raiser": "own", "owner": "work", "holder": "work", "grid_worker": "work",
        "grid_leader": "work", "community_secretary": "work", "street_dispatcher": "work",
        "street_leader": "work", "assist": "work", "extend_ask": "work", "hang_ask": "work",
        "filer": "work", "caller": "work",
        "second": "progress", "visitor": "title",
    },
    keeps=("category", "outcome", "solved", "rating", "into"),
    asks={"evidence": {
        "photo": read_needs("photos?"),
        "text": read_needs("photos?"),
        "call": read_needs("call? photos?"),
    }},
    endings={"confirmed": "居民已确认", "unrated": "未评价",
             "declined": "未受理", "withdrawn": "已撤回"},
)
