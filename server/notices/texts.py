"""The words of every message. Times come in already written for people, in town time."""

import re
from dataclasses import dataclass
from functools import cache

from server.base.fields import ended_once


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    body: str


# Every value a message may name; whoever tells supplies those its text names.
VALUES = frozenset(
    "number place category respond_by resolve_by role_title name unit reason rule_by confirm_by "
    "how count text opened_on phone clock due until tag since points".split()
)

TEXTS: dict[str, Text] = {
    "raiser.submitted": Text(
        "已收到您的上报", "{place}“{category}”，编号{number}。我们会在{respond_by}前回应您。"
    ),
    "raiser.accepted": Text(
        "有人接手了", "{role_title}{name}已接手，预计{resolve_by}前办完。时间有变会先告诉您。"
    ),
    "raiser.declined": Text(
        "这件事没有受理", "原因：{reason}。您有不同看法，请点开告诉我们，也可以拨打12345。"
    ),
    "raiser.dispatched": Text(
        "已转给{unit}", "这件事由{unit}来办，应在{resolve_by}前办完。到时没办完，我们也会告诉您。"
    ),
    "raiser.signed": Text("{unit}开始办了", "应在{resolve_by}前办完。办好后，好没好由您来说。"),
    "raiser.returned": Text(
        "正在重新确定由谁来办",
        "{unit}说不归自己管：{reason}。街道{rule_by}前定下由谁办，您不用再报。",
    ),
    "raiser.ruled": Text(
        "定了，由{unit}来办", "应在{resolve_by}前办完。为定由谁来办，让您多等了，对不起。"
    ),
    "raiser.classified": Text("换了个类型办", "现在按“{category}”办，应在{resolve_by}前办完。"),
    "raiser.resolved": Text(
        "请您看看办好了没有",
        "{unit}说“{category}”{how}。好没好由您来说，请在{confirm_by}前点开回答。",
    ),
    "raiser.reopened": Text(
        "已退回重办", "您说没解决，我们记下了。现在由上一级{unit}负责，{resolve_by}前给您结果。"
    ),
    "raiser.closed": Text(
        "这件事结束了", "谢谢您的评价，已原样记下。要是又坏了，再扫同一个码告诉我们。"
    ),
    "raiser.closed_silent": Text(
        "已按“未评价”结束",
        "没等到您的回答，不算您满意。还没好的话，再扫同一个码告诉我们。",
    ),
    "raiser.merged": Text(
        "和邻居报的合在一起办",
        "同一件事有人先报过，编号{number}。办好同样通知您，您也可以评价。",
    ),
    "raiser.withdrawn": Text(
        "您的上报已撤回",
        "编号{number}不再办理。要是有人让您撤、不是您的本意，请拨{phone}或12345。",
    ),
    "raiser.stepped_back": Text(
        "您的上报已撤回",
        "编号{number}还有邻居在等，接着给他们办，不再打扰您。不是您的本意，请拨{phone}或12345。",
    ),
    "raiser.asked": Text(
        "想请您补充几句", "{unit}问：{text}。您点开回答后接着办；{due}前没回答也会接着办。"
    ),
    "raiser.unanswered": Text(
        "没等到您的回答，接着办了", "应在{resolve_by}前办完。想补充的话，点开“催一催”写给办的人。"
    ),
    "raiser.progress": Text("有新进展", "{unit}说：{text}。应在{resolve_by}前办完。"),
    "raiser.extended": Text(
        "要多等一些时候", "{unit}申请延期，上一级同意了，现在应在{resolve_by}前办完。"
    ),
    "raiser.hung": Text("一时办不了，先挂账", "原因：{reason}。定在{until}接着办，到时会告诉您。"),
    "raiser.resumed": Text("接着办了", "您的事又开始办，应在{resolve_by}前办完。"),
    "raiser.overdue": Text(
        "过了说好的时间", "{place}“{category}”该在{due}前{clock}，现在还没有。已经告诉上一级。"
    ),
    "raiser.supervised": Text("上一级在督办", "您的事办得慢了，已督办{unit}，请您再等等。"),
    "raiser.escalated": Text(
        "又报到更上一级", "您的事过时限五个工作日还没办完，已再往上报。急事请拨{phone}或12345。"
    ),
    "raiser.appealed": Text("街道来复核", "您的申诉收到了，街道会在{respond_by}前答复。"),
    "second.progress": Text("您附议的事有新进展", "{place}“{category}”，{unit}说：{text}。"),
    "second.extended": Text(
        "您附议的事要多等一些时候", "{place}“{category}”，现在应在{resolve_by}前办完。"
    ),
    "second.hung": Text("您附议的事先挂账", "{place}“{category}”一时办不了，定在{until}接着办。"),
    "second.resumed": Text("您附议的事接着办了", "{place}“{category}”，应在{resolve_by}前办完。"),
    "second.joined": Text(
        "这件事算上您了",
        "现在有{count}位居民遇到同样的事，应在{resolve_by}前办完。办好也会通知您。",
    ),
    "second.accepted": Text(
        "有人接手了", "您附议的“{category}”已有人接手，预计{resolve_by}前办完。"
    ),
    "second.resolved": Text(
        "您附议的事有结果了", "{place}“{category}”，{unit}说{how}。没好的话，再扫同一个码告诉我们。"
    ),
    "second.declined": Text("您附议的事没有受理", "{place}“{category}”没有受理，原因：{reason}。"),
    "second.reopened": Text("您附议的事退回重办", "居民说“{category}”没解决，现在由{unit}负责。"),
    "second.closed": Text("您附议的事结束了", "{place}“{category}”已经结束，编号{number}。"),
    "second.closed_silent": Text(
        "您附议的事结束了", "{place}“{category}”已按“未评价”结束，编号{number}。"
    ),
    "second.withdrawn": Text(
        "您附议的事撤回了", "{place}“{category}”由上报人撤回。还没好的话，请扫码另报一件。"
    ),
    "second.merged": Text(
        "您附议的事合到一起办", "{place}“{category}”和另一件合在一起办，编号{number}。"
    ),
    "handler.new": Text(
        "新上报：{category}",
        "{place}，编号{number}。请在{respond_by}前受理；不归您管的，受理后派给该管的单位。",
    ),
    "handler.dispatched": Text(
        "派来一件：{category}",
        "{place}，编号{number}。请签收，{resolve_by}前办完；不归您管，请在4小时内退回并写明原因。",
    ),
    "handler.informed": Text(
        "您这里有人报：{category}", "{place}，编号{number}，已直接转给{unit}。您可以随时介入。"
    ),
    "handler.returned": Text(
        "要您裁定：{category}",
        "{place}，编号{number}。{unit}退回：{reason}。请在{rule_by}前定下由谁办。",
    ),
    "handler.ruled": Text(
        "街道定了：{category}", "{place}，编号{number}，由{unit}办理，{resolve_by}前办完。"
    ),
    "handler.reopened": Text(
        "居民说没解决：{category}", "{place}。居民说：{reason}。请在{resolve_by}前再办一次。"
    ),
    "handler.seconded": Text(
        "又有居民遇到：{category}", "{place}，编号{number}，现在共有{count}位居民遇到。"
    ),
    "handler.confirmed": Text("居民回答了：{category}", "{place}，编号{number}，这件事结束了。"),
    "handler.withdrawn": Text("上报人撤回了：{category}", "{place}，编号{number}，不用再办。"),
    "handler.stepped_back": Text(
        "上报人撤回了，邻居还在等：{category}",
        "{place}，编号{number}，请接着办。上报人的电话不再保留，不用问，也不用回访。",
    ),
    "handler.soon": Text(
        "快到时限：{category}", "{place}，编号{number}，该在{due}前{clock}，请抓紧。"
    ),
    "handler.overdue": Text(
        "过了时限：{category}", "{place}，编号{number}，该在{due}前{clock}，现在还没有。"
    ),
    "handler.left_alone": Text(
        "一直没办：{category}",
        "{place}，编号{number}，在{unit}手上，该在{due}前{clock}，一直没有，请过问。",
    ),
    "handler.supervised": Text(
        "督办：{category}", "{place}，编号{number}。请马上办，并告诉居民进展。{text}"
    ),
    "handler.urged": Text("居民在催：{category}", "{place}，编号{number}。请告诉居民进展。{text}"),
    "handler.answered": Text(
        "居民回答了：{category}", "{place}，编号{number}：{text}。{resolve_by}前办完。"
    ),
    "handler.unanswered": Text(
        "没等到居民回答：{category}", "{place}，编号{number}，请接着办，{resolve_by}前办完。"
    ),
    "handler.reassigned": Text(
        "转给您一件：{category}", "{place}，编号{number}。{resolve_by}前办完。{text}"
    ),
    "handler.entrusted": Text(
        "改由您来办：{category}",
        "{place}，编号{number}，刚改成这个类型，不再由原来的人办。请受理，{resolve_by}前办完。",
    ),
    "handler.approval_asked": Text(
        "请您批准：{category}", "{place}，编号{number}，{unit}有一份申请等您批准：{reason}。"
    ),
    "handler.granted": Text("批准了：{category}", "{place}，编号{number}，您的申请批准了。{text}"),
    "handler.refused": Text(
        "没有批准：{category}", "{place}，编号{number}，原因：{reason}。请照原来的时限办。"
    ),
    "handler.resumed": Text(
        "挂账到期：{category}", "{place}，编号{number}，请接着办，{resolve_by}前办完。"
    ),
    "handler.assist_asked": Text(
        "请协办：{category}", "{place}，编号{number}。{unit}请你们两个工作日内协办。{text}"
    ),
    "handler.helped": Text("协办完成：{category}", "{place}，编号{number}：{text}"),
    "handler.assist_declined": Text(
        "协办不了：{category}", "{place}，编号{number}，原因：{reason}。"
    ),
    "handler.appealed": Text(
        "居民申诉：{category}", "{place}，编号{number}。居民说：{reason}。请{respond_by}前答复。"
    ),
    "handler.left": Text(
        "上报人注销了：{category}",
        "{place}，编号{number}。上报人的姓名电话已经销毁，联系不上了；事情照常办，到期自动结束。",
    ),
    "deputy.asked": Text(
        "请您代班", "{name}{since}到{until}不在，{role_title}的事请您代一代。到时自动结束。"
    ),
    "deputy.over": Text(
        "代班取消了", "{name}{since}到{until}的请假取消了，{role_title}的事不用您代了。"
    ),
    "post.given": Text(
        "岗位交给您了",
        "{unit}的{role_title}从现在起由您负责，管{place}。没办完的事都在您的待办里。",
    ),
    "post.handed_over": Text(
        "岗位交接好了", "{unit}的{role_title}从现在起由{name}负责，没办完的事跟着岗位走。"
    ),
    "post.ended": Text("岗位免去了", "您不再担任{unit}的{role_title}，管{place}。辛苦了。"),
    "merchant.invited": Text(
        "“{name}”交给您了",
        "社区把您登记为{place}“{name}”的店主。不是您的店，请告诉社区。",
    ),
    "merchant.dismissed": Text("“{name}”不再由您负责", "{place}“{name}”的店主不再是您。"),
    "firm.comes": Text("新接一个小区", "{place}从{since}起由{unit}负责，没办完的事那天自动转来。"),
    "firm.leaves": Text(
        "小区交给新的物业", "{place}从{since}起由{unit}负责，没办完的事那天自动转走。"
    ),
    "raiser.firm_changed": Text(
        "换了物业，接着办", "小区换了物业，您的事由{unit}接着办，应在{resolve_by}前办完。"
    ),
    "handler.firm_changed": Text(
        "前一家物业留下的：{category}",
        "{place}，编号{number}，由{unit}接着办，{resolve_by}前办完。",
    ),
    "praised.accepted": Text("有居民点赞：{tag}", "{place}有居民给{name}点了赞。"),
    "praiser.accepted": Text(
        "您的点赞转达了", "您给{name}点的“{tag}”已经转达，扫码的人也看得到了。谢谢您。"
    ),
    "praiser.refused": Text(
        "您的点赞没有转达", "您给{name}点的“{tag}”没有转达，原因：{reason}。明天可以换个说法再点。"
    ),
    "contact.new": Text("有居民留言", "{place}有居民写给您，请在{due}前回复。"),
    "contact.reply": Text("{role_title}{name}回您了", "您在{place}的留言有了回复，请点开看。"),
    "contact.unanswered": Text(
        "居民的留言没人回",
        "{place}有居民写给{name}，半个工作小时没人回，请您来回。{due}前没人回，会记成一件上报。",
    ),
    "contact.case": Text(
        "没人回您，替您记成了上报",
        "{place}的留言一直没人回，对不起。上报编号{number}，应在{respond_by}前有人找您。",
    ),
    "contact.danger": Text("急事：居民留言", "{place}有居民写的像是急事，请马上看。"),
    "contact.handed": Text("转给您一段留言", "{place}，{name}转给您，请{due}回复。"),
    "contact.blocked": Text(
        "对方不再收您的留言",
        "原因：{reason}。您有不同看法，可以在留言里说明一次。急事请打{phone}。",
    ),
    "contact.appealed": Text(
        "居民请您看一看", "{place}，{name}不再收一位居民的留言，居民说明了理由，请您定。"
    ),
    "contact.appeal_waits": Text(
        "居民的说明还没人定",
        "{place}，{name}不再收一位居民的留言。居民的说明等了一个工作日，请您定。",
    ),
    "contact.appeal_up": Text(
        "居民的说明转给您来定",
        "{place}，{name}不再收一位居民的留言。居民的说明两个工作日没人定，请您定。",
    ),
    "contact.appeal_gone": Text(
        "居民的说明转给上一级了",
        "{place}，{name}不再收一位居民的留言。居民的说明两个工作日没定，已转给{unit}。",
    ),
    "contact.lifted": Text("可以接着写了", "您在{place}的留言，可以接着写了。"),
    "contact.upheld": Text(
        "仍然不收您的留言", "上一级看过您的说明，没有改变。急事请打{phone}，也可以拨12345。"
    ),
    "home.claimed": Text(
        "有住户申请绑定", "{place}有人申请绑定自己家，请三天内核实，在“户内绑定”里记下。"
    ),
    "home.proven": Text(
        "有住户绑定了自己家",
        "{place}有人绑定了自己家，登录的手机号和这一户登记的对得上，已经通过。不对的话，在“户内绑定”里解除。",
    ),
    "home.late": Text(
        "住户绑定三天没核实", "{place}有人申请绑定自己家，网格员还没核实，请您安排一下。"
    ),
    "home.waits": Text(
        "绑定还在核实",
        "您在{place}的申请三天还没核实，对不起，已经告诉网格长。急着用请打{phone}。",
    ),
    "home.bound": Text("绑定好了", "您在{place}的家绑定好了，在“我的账号”里看得到。"),
    "home.refused": Text("绑定没有通过", "您在{place}的申请没有通过，原因：{reason}。"),
    "home.ended": Text("绑定解除了", "您在{place}的绑定解除了，原因：{reason}。"),
    "hanger.fault": Text(
        "有块牌子要看看", "{place}的牌子，有人说{text}。请去看看，处理好以后在“牌子报损”里记下。"
    ),
    "shop.found": Text(
        "检查发现：{category}",
        "{place}，编号{number}。请在{due}前改好，拍照说明，不扣分。现在只有您和检查的人看得到。",
    ),
    "shop.soon": Text(
        "整改快到期：{category}", "{place}，编号{number}。请在{due}前拍照说明改好了没有。"
    ),
    "shop.time_up": Text(
        "整改期满，等复查：{category}", "{place}，编号{number}。网格会再来看，改好了照样不扣分。"
    ),
    "shop.passed": Text("复查合格：{category}", "{place}，编号{number}，不扣分。谢谢您。"),
    "shop.deducted": Text(
        "复查没改好，扣{points}分：{category}",
        "{place}，编号{number}。您不同意，请在{due}前点开申诉，由街道没查过这件事的人来定。",
    ),
    "shop.upheld": Text(
        "申诉复核过了，维持扣分", "{place}，编号{number}。{unit}看过，维持扣{points}分：{reason}"
    ),
    "shop.reversed": Text(
        "申诉成立，{points}分还给您了", "{place}，编号{number}。{unit}看过，撤销扣分：{reason}"
    ),
    "finder.upheld": Text(
        "商户申诉，维持扣分：{category}", "{place}，编号{number}。{unit}看过：{reason}"
    ),
    "finder.reversed": Text(
        "商户申诉成立，扣分撤销：{category}", "{place}，编号{number}。{unit}看过：{reason}"
    ),
    "handler.rectified": Text(
        "商户说改好了：{category}", "{place}，编号{number}。商户说：{text}。请在{due}前去复查。"
    ),
    "handler.recheck_due": Text(
        "整改期满，请复查：{category}", "{place}，编号{number}，商户没有说明。请在{due}前去复查。"
    ),
    "handler.shop_appeals": Text(
        "商户申诉，请复核：{category}", "{place}，编号{number}。商户说：{reason}。请在{due}前答复。"
    ),
    "handler.urgent": Text(
        "急事：{category}", "{place}，编号{number}。居民写的像是急事，请马上看。"
    ),
    "handler.out_of_hours": Text(
        "急事，没人当班：{category}",
        "{place}，编号{number}，在{unit}手上，现在不是他们当班的时间。请马上看，先找到人去。",
    ),
}

_NAMED = re.compile(r"\{(\w+)\}")


@cache
def names_in(text_key: str) -> frozenset[str]:
    """The values this text names."""
    text = TEXTS[text_key]
    return frozenset(_NAMED.findall(text.title + text.body))


def render(text_key: str, values: dict[str, str]) -> Text:
    """The words as the person reads them. Raises KeyError if a text or a value is missing."""
    text = TEXTS[text_key]
    title, body = (ended_once(one.format_map(values)) for one in (text.title, text.body))
    return Text(title, body)
