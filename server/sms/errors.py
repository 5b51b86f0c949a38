"""The ways a text message is not sent."""

from server.base.errors import Unavailable


class SmsNotConfigured(Unavailable):
    code = "sms-not-configured"
    sentence = "本站还没有开通短信登录。不登录也能上报；工作人员请用用户名和密码登录。"


class SmsFailed(Unavailable):
    """The provider is slow, away, busy, or answers what nobody understands."""

    code = "sms-failed"
    sentence = "短信没有发出去，请{seconds}秒后再试。不登录也能上报，急事请直接打电话。"
