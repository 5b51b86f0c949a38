"""The ways a code can say no: unknown, retired with whom to ask now, not to be made or voided."""

from server.base.errors import Conflict, Gone, Invalid, NotFound


class CodeUnknown(NotFound):
    """No such code, or it cannot be one: both look the same from outside."""

    code = "code-unknown"
    sentence = "没认出这个码。可能是码脏了，或者少输了一位。请输入码下面的短号再试。"


class CodeRetired(Gone):
    """It was taken down. `values`: retired_on, place, role_title, name, phone, successor_token,
    ended_for."""

    code = "code-retired"
    sentence = (
        "这块牌子已经停用，{retired_on}起不再使用。"
        "这里的事现在请找{role_title}{name}，电话{phone}。"
    )


class BatchUnknown(NotFound):
    """No such batch, or one of another area."""

    code = "batch-unknown"
    sentence = "没找到这一批码，或者不归您管。"


class BadgeRefused(NotFound):
    """No such post, or one of another area, or one that serves no place."""

    code = "badge-refused"
    sentence = "没有这个岗位，或者这个岗位的干部码不归您做。"


class NothingMissing(Conflict):
    """Every place that was asked for has its code already."""

    code = "nothing-missing"
    sentence = "选的地方都已经有码了，没有再做。"


class BatchTooLarge(Conflict):
    """More places than are made codes for at once. `values`: count, most."""

    code = "batch-too-large"
    sentence = "一批最多{most}块，这里还缺{count}块。请选小一点的范围，分几批做。"


class BatchMounted(Conflict):
    """Some of it hangs on walls, and nobody said that those go too. `values`: count."""

    code = "batch-mounted"
    sentence = "这一批里有{count}块已经挂上墙。要连它们一起停用，请勾选下面那一项再提交。"


class BatchVoided(Conflict):
    """It was voided before."""

    code = "batch-voided"
    sentence = "这一批已经作废。"


class LettersMissing(Conflict):
    """A name on a plaque has a letter that no face has; nothing was printed. `values`: letters."""

    code = "letters-missing"
    sentence = "没有印：{letters}没有字形，印出来会是空框。请先把名称里的这个字换一个写法，再来印。"


class ArtRefused(Invalid):
    """A drawing no plaque can show as it is. `values`: why."""

    code = "art-refused"
    sentence = "{why}"


class PrintUnknown(NotFound):
    """No such file: not printed yet, let go after some days, or of another area."""

    code = "print-unknown"
    sentence = "没有这份文件。可能还没印好，也可能已过三天清掉了，请重新印一份。"
