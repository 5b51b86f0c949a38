"""The ways signing in can fail. One answer for a wrong name and a wrong password."""

from server.base.errors import NotAllowed, NotFound


class SignInRefused(NotAllowed):
    code = "sign-in-refused"
    sentence = "用户名或密码不对，请核对后再试。"


class NoSuchPersona(NotFound):
    code = "persona-unknown"
    sentence = "演示里没有这个角色。"
