"""Moves any kind of case may borrow, and the lane in which one of them needs another's approval."""

from server.flows.guards import fact, fewer, not_within, outside, stranger
from server.flows.notation import BACK, Clock, Lane, Move, lane, move, state


def withdraw(source: str, target: str = "closed") -> Move:
    """撤回: the raiser takes it back before anybody works on it."""
    return move("withdraw", "撤回", "raiser", source, target, needs="reason?",
                sets="ending=withdrawn", tells="raiser|second|holder:withdrawn")


def urge(span: str = "24h") -> Move:
    """催办: the raiser asks where it is, once in a while."""
    return move("urge", "催一催", "raiser", needs="text?", when=not_within("urge", span),
                tells="holder:urged")


def second() -> tuple[tuple[Move, ...], Lane]:
    """附议: another resident who scanned a covering code joins, is told of the end, and may rate.

    Whoever's own case was merged into this one joins by `follow`.
    """
    new = stranger("raiser|second")
    joins = (
        move("second", "我也遇到了", "visitor", adds="second", when=new,
             tells="mover:joined holder:seconded"),
        move("follow", "并单后跟进", "follower", adds="second", when=new),
    )
    return joins, lane(
        (state("joined", "已附议"), state("rated", "已评价")),
        (move("rate", "评价", "holder", "joined", "rated", needs="solved rating?",
              when=fact("outcome"), during="resolved|closed"),),
    )  # fmt: skip


def hang(by: str, source: str) -> Move:
    """挂账: every clock rests until conditions allow going on."""
    return move("hang", "挂账", by, source, "hung", needs="reason until", sets="hung_until=@until",
                tells="raiser|second:hung")


def resume(by: str) -> Move:
    """接着办: back to where it was hung."""
    return move("resume", "接着办", by, "hung", BACK, sets="hung_until=",
                tells="raiser|second:resumed")


def approved(
    wanted: Move, *, asked_by: str, decided_by: str, within: str, clocks: tuple[Clock, ...] = ()
) -> tuple[Move, Lane]:
    """Let `wanted` be asked for by one and granted by another: a move `ask_…` and the lane of asks.

    One open ask at a time; conditions on `wanted` are put to whoever asks. Granting makes `wanted`
    with what was given when asking; an ask whose state has gone lapses. `wanted` must
    itself be by "grant".
    """
    asks = f"{wanted.key}_ask"
    needs = " ".join(map(str, wanted.needs))
    ask = move(f"ask_{wanted.key}", f"申请{wanted.title}", asked_by, within, needs=needs, adds=asks,
               when=(fewer(asks, "asked", 1, "已经有一份申请在等了。"), *wanted.when),
               tells="superior:asked")
    decisions = lane(
        (state("asked", "待批准"), state("granted", "已批准", end=True),
         state("refused", "未批准", end=True), state("lapsed", "已失效", end=True)),
        (move(f"grant_{wanted.key}", "批准", decided_by, "asked", "granted", needs="text?",
              during=within, then=wanted.key, tells="holder:granted"),
         move(f"refuse_{wanted.key}", "不批准", decided_by, "asked", "refused", needs="reason",
              tells="holder:refused"),
         move(f"lapse_{wanted.key}", "失效", "flow", "asked", "lapsed", when=outside(within))),
        clocks, keeps=True,
    )  # fmt: skip
    return ask, decisions
