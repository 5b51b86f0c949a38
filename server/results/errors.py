"""The ways a photo of a case is not shown to everybody."""

from server.base.errors import Conflict, NotFound


class NotForAll(Conflict):
    """Still open, concealed, about somebody, or of a kind that is never listed."""

    code = "not-for-all"
    sentence = "这件事的办理结果不公开，照片也不能公开。"


class TakenAtHome(Conflict):
    """A photo from a home or a shop is its owner's."""

    code = "taken-at-home"
    sentence = "家里、店里的照片不公开。"


class PublicPhotoUnknown(NotFound):
    """No such photo of this case, or none that everybody may see."""

    code = "public-photo-unknown"
    sentence = "没找到这张照片，可能已经撤下了。"


class PublishedAlready(Conflict):
    """What everybody sees is not drawn over."""

    code = "published-already"
    sentence = "这张照片已经公开。要重新打码，请先撤下。"


class PhotoMovedOn(Conflict):
    """Somebody else drew, published or withdrew in the same moment."""

    code = "photo-moved-on"
    sentence = "刚刚有人处理过这张照片，请刷新后再看。"
