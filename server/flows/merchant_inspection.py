"""商户巡查: staff find something at a shop, the shop puts it right; what it does not costs points.

Whoever found it has photographed it and named the item, and with it the points. The shop is told at
once and has three days to answer with words and a photo; then, or when the days are over, somebody
of the grid looks again: passed, or points off. Only this second look takes points. For five
workdays the shop may appeal, and it goes to somebody of the street who neither found it nor looked
again; points that should not have been taken are given back in the same step.

While it is open the same item is not found at the same shop again: what is found once costs points
once.

Nobody but the shop and the staff of the place ever sees such a case. Facts the case begins with:
`shop` (a post), `merchant`, `title`, `points`; who opens it is its `finder`, who takes points its
`rechecker`.
"""

from server.base.fields import Field
from server.flows.guards import another_than, within
from server.flows.notation import clock, lane, move, rung, state
from server.flows.structure import Flow

FINDERS = ("grid_worker", "community_worker")
CHECKS = "grid_worker|grid_leader|filer&community_worker"
_DECIDES = "owner|street_dispatcher|street_leader"
_NOT_OWN_SHOP = another_than("shop", "这是您自己的店，请让别的同事复查。")
_HAD_NO_PART_IN_IT = (
    another_than("finder", "这件事是您查的，申诉要由别人来定。"),
    another_than("rechecker", "这次是您复查扣的分，申诉要由别人来定。"),
    another_than("shop", "这是您自己的店，申诉要由别人来定。"),
)
_LADDER = (
    rung("-25%", "holder:soon"),
    rung("0", "holder|supervisor:overdue"),
    rung("+1wd", "supervisor:left_alone"),
    rung("+5wd", "superior:left_alone"),
)

MERCHANT_INSPECTION = Flow(
    "merchant_inspection", 3, "商户巡查",
    opening=move("find", "检查发现", "|".join(FINDERS), needs="item photos", holder="@shop",
                 remembers="finder", tells="@shop:found"),
    main=lane(
        states=(
            state("notified", "待整改", next="商户整改，拍照说明"),
            state("recheck_due", "待复查", next="网格再去看一次"),
            state("deducted", "已扣分，可以申诉", next="不同意可以申诉"),
            state("appealed", "申诉复核中", next="街道复核"),
            state("settled", "已了结", end=True),
            state("reviewed", "已复核", end=True),
        ),
        moves=(
            move("rectify", "改好了，请复查", "owner", "notified", "recheck_due",
                 needs="text photos", holder="@finder", tells="holder:rectified"),
            move("time_up", "整改期满", "clock", "notified", "recheck_due", holder="@finder",
                 tells="@shop:time_up holder:recheck_due"),
            move("pass", "复查合格", CHECKS, "notified|recheck_due", "settled",
                 needs="text? photos?", when=_NOT_OWN_SHOP, sets="ending=passed",
                 tells="@shop:passed"),
            move("deduct", "没改好，扣分", CHECKS, "recheck_due", "deducted", needs="text photos",
                 when=_NOT_OWN_SHOP, holder="@shop", deed="merchants.deduct",
                 remembers="rechecker", tells="@shop:deducted"),
            move("appeal", "不同意，请街道复核", "owner", "deducted", "appealed",
                 needs="reason photos?", when=within("deduct", "5wd"),
                 holder="role:street_dispatcher but finder rechecker shop",
                 tells="holder:shop_appeals"),
            move("settle", "没有申诉，了结", "clock", "deducted", "settled",
                 sets="ending=deducted"),
            move("uphold", "维持扣分", _DECIDES, "appealed", "reviewed", needs="reason",
                 when=_HAD_NO_PART_IN_IT, sets="ending=upheld", tells="@shop|@finder:upheld"),
            move("reverse", "撤销扣分", _DECIDES, "appealed", "reviewed", needs="reason",
                 when=_HAD_NO_PART_IN_IT, sets="ending=reversed", deed="merchants.give_back",
                 tells="@shop|@finder:reversed"),
        ),
        clocks=(
            clock("rectify", "整改", "notified", "3d",
                  rungs=(rung("-25%", "@shop:soon"), rung("0", makes="time_up"))),
            clock("recheck", "复查", "recheck_due", "3wd", rungs=_LADDER),
            clock("appeal", "申诉", "deducted", "5wd", rungs=(rung("0", makes="settle"),)),
            clock("decide", "复核", "appealed", "5wd", rungs=_LADDER),
        ),
    ),
    # Whoever had it once, the shop above all, goes on seeing it. The role of a merchant is not
    # named: a post over a shop's door must not show what others report there.
    sees={
        "owner": "work", "holder": "work", "filer": "work", "grid_worker": "work",
        "grid_leader": "work", "community_secretary": "work", "street_dispatcher": "work",
        "street_leader": "work",
    },
    in_office=True,
    keeps=("item",),
    one_by=("merchant", "item"),
    endings={"passed": "复查合格", "deducted": "扣了分，没有申诉",
             "upheld": "申诉后维持", "reversed": "申诉成立，分已还"},
    fields=(Field("item", "检查项目", "key"),),
)
