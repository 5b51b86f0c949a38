"""Moves any kind of case may borrow, and the lanes of those who are asked beside its owner."""

from server.flows.guards import (
    another_than,
    at_most,
    before,
    fact,
    fewer,
    given_by,
    heard,
    not_within,
    outside,
    some,
    stranger,
)
from server.flows.moment import Guard
from server.flows.notation import clock, lane, move, rung, state
from server.flows.structure import BACK, Clock, Lane, Move

# Who may stand above whoever has a case; whether one does, the case desk says (`supervisor`).
BY_SUPERVISOR = "|".join(f"supervisor&{role}" for role in (
    "grid_leader", "property_manager", "community_secretary", "street_dispatcher", "street_leader",
))  # fmt: skip
LONGEST_HANG_DAYS = 180
WAITING = "joined|rated"  # states of whoever joined and has not left
ALONE = fewer("second", WAITING, 1, "还有邻居在等这件事，现在撤不回。不用您再做什么。")
STEPPED_BACK = "stepped_back"  # a fact: the raiser took it back, and others wait for it

# The ladder of a promise: reminded a quarter before, told when broken, 督办 a workday later, one
# level further up after five. The rungs' moves are `supervise` and `escalate`.
LATE = (
    rung("-25%", "holder:soon"),
    rung("0", "holder|supervisor|raiser:overdue"),
    rung("+1wd", "supervisor:left_alone", makes="supervise"),
    rung("+5wd", "superior:left_alone", makes="escalate"),
)


def withdraw(source: str, target: str = "closed", *, when: tuple[Guard, ...] = ()) -> Move:
    """撤回: the raiser takes it back before anybody works on it."""
    return move("withdraw", "撤回", "raiser", source, target, needs="reason?", when=when,
                sets="ending=withdrawn", tells="raiser|second|holder:withdrawn")


def step_back(source: str) -> Move:
    """撤回 of what neighbours wait for as well: it goes on for them; the raiser is left alone."""
    return move("withdraw", "撤回", "raiser", source, needs="reason?",
                when=(some("second", WAITING), before("withdraw", "您已经撤回过了。")),
                deed="cases.step_back", sets=f"{STEPPED_BACK}=yes",
                tells="raiser|holder:stepped_back")


def urge(source: str = "") -> Move:
    """催办: the raiser asks where it is, once a day."""
    return move("urge", "催一催", "raiser", source, needs="text?", when=not_within("urge", "24h"),
                tells="holder:urged")


def supervise(source: str) -> tuple[Move, Move]:
    """督办: whoever stands above demands an answer; a promise long broken does it by itself.

    `escalate` is the ladder's last rung: one level further up hears of it, if there is one.
    """
    return (
        move("supervise", "督办", f"{BY_SUPERVISOR}|clock", source, needs="text",
             tells="holder|raiser:supervised"),
        move("escalate", "报上一级", "clock", source, when=heard(), tells="raiser:escalated"),
    )  # fmt: skip


def keep_in_touch(source: str) -> tuple[Move, Move]:
    """阶段反馈 to everyone who waits, and 联系: a call to the resident put on record."""
    return (
        move("progress", "告诉进展", "owner", source, needs="text photos?",
             tells="raiser|second:progress"),
        move("contact", "记联系", "owner", source, needs="call", seen="work"),
    )  # fmt: skip


def ask(source: str, waiting: str = "waiting_raiser", most: int = 2) -> tuple[Move, ...]:
    """问居民: the case waits for the raiser's answer; who says nothing is not waited for for ever,
    and who has erased the account or stepped back not at all.

    The clock that waits makes `go_on`.
    """
    enough = f"已经问过{most}次了，请直接办，或者打电话问。"
    gone = "上报的人已经注销账号，没有人可问了，请直接办。"
    back = "上报的人已经撤回，没有人可问了，请直接办。"
    return (
        move("ask", "问居民", "owner", source, waiting, needs="question",
             when=(at_most("ask", most, enough), before("leave", gone), before("withdraw", back)),
             tells="raiser:asked"),
        move("answer", "回答", "raiser", waiting, BACK, needs="text photos?",
             tells="holder:answered"),
        move("go_on", "没等到回答，接着办", "clock", waiting, BACK,
             tells="raiser|holder:unanswered"),
    )  # fmt: skip


def reassign(source: str) -> Move:
    """转派 inside the unit: to a colleague, with the same clocks."""
    leaders = ("property_manager", "grid_leader", "community_secretary", "dept_leader")
    by = "|".join(("owner", *(f"colleague&{role}" for role in leaders)))
    return move("reassign", "转给同事", by, source, needs="post text?", holder="given",
                tells="holder:reassigned")


def belonging(open_: str, ended: str) -> tuple[Move, ...]:
    """Whose case it is: a guest takes it into the account she has now; a raiser erases hers.

    The case goes on as it stands; where it waits for her answer, it waits no longer. Of one that is
    still open its owner is told that nobody is left to ask.
    """
    waiting = "waiting_raiser"
    everywhere = f"{open_}|{waiting}|{ended}"
    return (
        move("claim", "归到账号名下", "claimant", everywhere, deed="cases.claim", seen="own"),
        move("leave", "诉求人注销", "leaver", open_, deed="cases.leave", tells="owner:left"),
        move("leave", "诉求人注销", "leaver", waiting, BACK, deed="cases.leave",
             tells="owner:left"),
        move("leave", "诉求人注销", "leaver", ended, deed="cases.leave"),
    )  # fmt: skip


def change_firm(source: str) -> Move:
    """换物业: the firm that has it has left the estate; it goes to the one that came.

    Made by the town when the day has come, by nobody's hand; the clocks go on.
    """
    return move("change_firm", "换了物业", "succession", source, needs="unit", holder="given",
                deed="cases.succeed", tells="raiser|holder:firm_changed")


def second(during: str) -> tuple[tuple[Move, ...], Lane]:
    """附议: another resident who scanned a covering code joins, is told of the end, and may rate.

    Whoever's own case was merged into this one joins by `follow`. Who joined as a guest may take
    the row into an account, and who erases the account leaves; `during`: every state of the case.
    """
    new = stranger("raiser|second")
    joins = (
        move("second", "我也遇到了", "visitor", adds="second", when=new,
             tells="mover:joined holder:seconded"),
        move("follow", "并单后跟进", "follower", adds="second", when=new),
    )
    return joins, lane(
        (state("joined", "已附议"), state("rated", "已评价"), state("left", "已注销", end=True)),
        (move("rate", "评价", "holder", "joined", "rated", needs="solved rating?",
              when=fact("outcome"), during="resolved|closed"),
         move("claim_second", "归到账号名下", "claimant&holder", "joined|rated", holder="mover",
              during=during, seen="own"),
         move("leave_second", "注销", "leaver&holder", "joined|rated", "left", during=during,
              seen="own")),
    )  # fmt: skip


def assist(source: str, while_open: str) -> tuple[Move, Lane]:
    """协办: units that help whoever has the case, each with a row and a clock of its own."""
    ask_for = move("add_assist", "请协办", "owner", source, needs="assist text?", adds="assist",
                   when=at_most("add_assist", 5), tells="assist:assist_asked")
    return ask_for, lane(
        (state("asked", "等协办"), state("helped", "已协办", end=True),
         state("declined", "没接", end=True), state("lapsed", "已失效", end=True)),
        (move("help", "协办完成", "holder", "asked", "helped", needs="text photos?",
              tells="owner:helped"),
         move("decline_assist", "协办不了", "holder", "asked", "declined", needs="reason",
              tells="owner:assist_declined"),
         move("lapse_assist", "协办失效", "flow", "asked", "lapsed", when=outside(while_open))),
        (clock("assist", "协办", "asked", "2wd",
               rungs=(rung("-25%", "holder:soon"), rung("0", "holder|owner:overdue"))),),
    )  # fmt: skip


def hang(source: str) -> Move:
    """挂账: every clock rests until conditions allow going on, or the day comes."""
    return move("hang", "挂账", "grant", source, "hung", needs="reason until",
                sets="hung_until=@until", when=given_by("until", LONGEST_HANG_DAYS),
                tells="raiser|second:hung")


def resume(by: str) -> Move:
    """接着办: back to where it was hung."""
    return move("resume", "接着办", by, "hung", BACK, sets="hung_until=",
                tells="raiser|second|holder:resumed")


def extend(source: str) -> Move:
    """延期: once, by as much as is asked, when whoever stands above grants it."""
    return move("extend", "延期", "grant", source, needs="longer reason", when=at_most("extend", 1),
                extends="resolve=@longer", sets="longer=@longer", tells="raiser|second:extended")


def approved(
    wanted: Move,
    *,
    decided_by: str,
    within: str,
    awake: str = "",
    when: tuple[Guard, ...] = (),
    clocks: tuple[Clock, ...] = (),
) -> tuple[Move, Lane]:
    """Let the owner ask for `wanted` and another grant it: a move `ask_…` and the lane of asks.

    An ask is held by whoever stands above the owner and is not whoever asks, also not as another's
    deputy: `decided_by` "holder" is that one. One open ask at a time; conditions on `wanted` are
    put to whoever asks, `when` to whoever grants. Granting makes `wanted` with what was given when
    asking; an ask whose state has gone lapses. Outside the states `awake` it waits, and nobody
    decides. `wanted` must itself be by "grant".
    """
    asks, asker = f"{wanted.key}_ask", f"{wanted.key}_asker"
    needs = " ".join(map(str, wanted.needs))
    ask_for = move(f"ask_{wanted.key}", f"申请{wanted.title}", "owner", within, needs=needs,
                   when=(fewer(asks, "asked", 1, "已经有一份申请在等了。"), *wanted.when),
                   adds=asks, tells=f"{asks}:approval_asked", remembers=asker)
    decisions = lane(
        (state("asked", "待批准"), state("granted", "已批准", end=True),
         state("refused", "未批准", end=True), state("lapsed", "已失效", end=True)),
        (move(f"grant_{wanted.key}", f"批准{wanted.title}", decided_by, "asked", "granted",
              needs="text?", when=(another_than(asker, "自己申请的，要由别人来批准。"), *when),
              during=within, then=wanted.key, tells="owner:granted"),
         move(f"refuse_{wanted.key}", f"不批准{wanted.title}", decided_by, "asked", "refused",
              needs="reason", tells="owner:refused"),
         move(f"lapse_{wanted.key}", "申请失效", "flow", "asked", "lapsed", when=outside(within))),
        clocks, within=awake, keeps=True, held=f"up but {asker}",
    )  # fmt: skip
    return ask_for, decisions
