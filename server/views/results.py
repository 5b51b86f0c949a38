"""How cases ended, as everybody reads it; and a case's photos for whoever may publish them."""

from datetime import date, datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server import catalogue, places, results
from server.base.viewer import Viewer
from server.flows import FLOWS
from server.results import Candidate, Result, Results, ShownPhoto
from server.views.photos import photo_shapes
from server.views.shape import Shape
from server.views.shapes import PhotoShape


class ResultPhoto(Shape, frozen=True, kw_only=True):
    """A photo everybody may see: before or after, with what is nobody's business blotted out."""

    side: str
    url: str
    thumb_url: str
    width: int
    height: int


class ResultShape(Shape, frozen=True, kw_only=True):
    """How one case ended."""

    category_title: str
    place: str
    opened_at: datetime
    done_at: datetime
    closed_at: datetime
    ending: str  # confirmed unrated declined withdrawn
    ending_title: str
    outcome: str | UnsetType = UNSET  # fixed explained planned not_ours
    planned_on: date | UnsetType = UNSET
    solved: str | UnsetType = UNSET  # the resident's word: yes partly no
    said: str | UnsetType = UNSET  # the answer of those who handled it
    photos: list[ResultPhoto]


class ResultList(Shape, frozen=True, kw_only=True):
    items: list[ResultShape]
    next: str | UnsetType = UNSET


class CandidateShape(Shape, frozen=True, kw_only=True):
    """A photo of a case, and how far it is: "" draft public."""

    photo: PhotoShape
    side: str
    state: str
    copy_id: UUID | UnsetType = UNSET


class PublishCard(Shape, frozen=True, kw_only=True):
    """The photos of a case for whoever may publish them."""

    number: str
    category_title: str
    place: str
    photos: list[CandidateShape]


async def result_list(found: Results) -> ResultList:
    """One stretch of the list."""
    titles = {key: kind.title for key, kind in (await catalogue.categories()).items()}
    return ResultList(
        items=[_result(one, titles.get(one.category, one.category)) for one in found.items],
        next=found.next or UNSET,
    )


async def community_results(community_id: UUID, after: str | None = None) -> ResultList:
    """Every ending of a community's public cases. Raises NoSuchPlace."""
    community = await places.find_community(community_id)
    return await result_list(await results.results_under(community.path, after=after))


async def publish_card(number: str, viewer: Viewer) -> PublishCard:
    """Raises CaseUnknown, NotForAll, TakenAtHome."""
    found = await results.publishing(number, viewer)
    kind = (await catalogue.categories()).get(found.case.category)
    shapes = await photo_shapes(one.photo_id for one in found.photos)
    return PublishCard(
        number=found.case.number,
        category_title=kind.title if kind else found.case.category,
        place=found.place,
        photos=[
            _candidate(one, shapes[one.photo_id]) for one in found.photos if one.photo_id in shapes
        ],
    )


def _candidate(one: Candidate, photo: PhotoShape) -> CandidateShape:
    return CandidateShape(photo=photo, side=one.side, state=one.state, copy_id=one.copy_id or UNSET)


def _result(one: Result, title: str) -> ResultShape:
    return ResultShape(
        category_title=title,
        place=one.place,
        opened_at=one.opened_at,
        done_at=one.done_at,
        closed_at=one.closed_at,
        ending=one.ending,
        ending_title=FLOWS["report"].endings.get(one.ending, ""),
        outcome=one.outcome or UNSET,
        planned_on=one.planned_on or UNSET,
        solved=one.solved or UNSET,
        said=one.said or UNSET,
        photos=[_photo(each) for each in one.photos],
    )


def _photo(one: ShownPhoto) -> ResultPhoto:
    return ResultPhoto(
        side=one.side,
        url=f"/results/photos/{one.id}",
        thumb_url=f"/results/photos/{one.id}/thumb",
        width=one.width,
        height=one.height,
    )
