"""The ways coming in can fail. One answer for a wrong name and a wrong password."""

from server.base.errors import NotAllowed, NotFound, TooMany, Unavailable


class SignInRefused(NotAllowed):
    code = "sign-in-refused"
    sentence = "用户名或密码不对，请核对后再试。"


class LockedOut(TooMany):
    """Too many failures from this address; from others the account can be entered."""

    code = "locked-out"
    sentence = "连续输错太多次，请{minutes}分钟后再试。忘了密码，请找管理员重设。"


class OtpNeeded(NotAllowed):
    """The password is right; this account has a second factor."""

    code = "otp-needed"
    sentence = "请再输入动态码。"


class OtpRefused(NotAllowed):
    code = "otp-refused"
    sentence = "动态码不对，或刚刚用过。请等手机上换了新的再输。"


class OtpMissing(NotAllowed):
    """A second factor is asked of somebody who has none."""

    code = "otp-missing"
    sentence = "您还没有设置动态码。请先在“我的账号”里设置。"


class NoSuchPersona(NotFound):
    code = "persona-unknown"
    sentence = "演示里没有这个角色。"


class CodeRefused(NotAllowed):
    """The code from the message: wrong, too old, used, tried too often, or another browser's."""

    code = "code-refused"
    sentence = "验证码不对，或已经过期。请核对短信，也可以重新获取。"


class ConsentNeeded(NotAllowed):
    """A resident has yet to agree to the privacy notice as it reads now."""

    code = "consent-needed"
    sentence = (
        "请先看一看《您的信息，我们怎么用》，同意了再办这一步。"
        "不同意也能上报，也能查看、复制、注销自己的信息。"
    )


class TooManyCodes(TooMany):
    code = "too-many-codes"
    sentence = "验证码要得太勤了，请{minutes}分钟后再试。"


class CodesSpent(Unavailable):
    """The whole town asked for as many codes as it pays for in an hour, or in a day."""

    code = "codes-spent"
    sentence = (
        "这会儿要短信验证码的人太多，先停一停，请过一阵再试。"
        "不登录也能上报；工作人员请用用户名和密码登录。"
    )


class AccountClosed(NotAllowed):
    code = "account-closed"
    sentence = "这个账号停用了。有疑问请打页面下方的电话。"


class PhoneTaken(NotAllowed):
    code = "phone-taken"
    sentence = "这个手机号已经有别的账号在用。请用它登录，或换一个号码。"


class StaffAccount(NotAllowed):
    """An account made by an administrator is ended by one."""

    code = "staff-account"
    sentence = "工作人员的账号由管理员开设和注销，请找管理员。"


class NoSuchSession(NotFound):
    code = "session-unknown"
    sentence = "这个登录已经退出了。"
