"""The ways a photo can be refused. None of them loses what else was typed."""

from server.base.errors import Failure, Invalid, NotFound, Unavailable


class PhotoUnreadable(Invalid):
    """Damaged, cut off, or not to be decoded in the memory and time a photo may take."""

    code = "photo-unreadable"
    sentence = "这张照片打不开。请重拍一张，或者先不带照片提交。"


class PhotoTooLarge(Invalid):
    """More bytes or more pixels than a photo may have."""

    code = "photo-too-large"
    sentence = "这张照片太大，最大{limit}。请换一张，或者先不带照片提交。"


class PhotoTypeUnknown(Invalid):
    """Its bytes are not those of a JPEG, PNG, WebP or HEIC, whatever its name says."""

    code = "photo-type"
    sentence = "这个文件不是能用的照片。请换一张JPG、PNG、WebP或HEIC照片，或者先不带照片提交。"


class TooManyPhotos(Invalid):
    """More photos than one report or move may carry."""

    code = "photo-too-many"
    sentence = "照片最多{limit}张，请去掉几张再提交。"


class PhotoNotTheirs(Invalid):
    """A photo that is not there any more, is attached already, or was put up by someone else."""

    code = "photo-not-usable"
    sentence = "有一张照片用不了：可能已经用过，或者上传超过24小时。请重新上传这张照片。"


class PhotoGone(NotFound):
    """No such photo, or its bytes are lost."""

    code = "photo-not-found"
    sentence = "没找到这张照片。"


class NoRoomForPhotos(Unavailable):
    """What is left of the disk is for the database: words are still taken, photos are not."""

    code = "photo-no-room"
    sentence = "存照片的地方快满了，这张照片没有收下，我们已经记下。请先不带照片提交。"


_NEEDED: dict[type[Failure], str] = {
    PhotoUnreadable: "这张照片打不开。这里一定要有照片，请重拍一张。",
    PhotoTooLarge: "这张照片太大，最大{limit}。这里一定要有照片，请换一张小些的。",
    PhotoTypeUnknown: "这个文件不是能用的照片。这里一定要有照片，"
    "请换一张JPG、PNG、WebP或HEIC照片。",
    NoRoomForPhotos: "存照片的地方快满了，这张照片没有收下，我们已经记下。"
    "这里一定要有照片，请过一会儿再试。",
}


def said_where_needed(no: Failure) -> str:
    """Why a photo is refused, where nobody can go on without one: not to try without."""
    return _NEEDED.get(type(no), no.sentence).format(**no.values)
