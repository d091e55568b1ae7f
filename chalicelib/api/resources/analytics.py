"""/analytics and /projects/{id}/analytics: research notes, and a summary of the results of several images."""

from http import HTTPStatus
from typing import Annotated, Any, Final, Self

from chalice.app import Blueprint
from msgspec import Meta, Struct, field

from chalicelib.api.common_types import ONE_LINE, ApiRequest, Id, PeriodRequest, ShortName, Timestamp, timestamp
from chalicelib.api.operation import Responses
from chalicelib.api.paging import NextCursor, PageRequest, next_cursor
from chalicelib.api.router import Find, Router
from chalicelib.api.services import Services
from chalicelib.model.api_keys import Scope
from chalicelib.model.principals import Principal
from chalicelib.model.projects import ProjectRole
from chalicelib.model.research_notes import ResearchNote, ResearchNoteNotFound, ResearchNotePage
from chalicelib.services.insights import FrequentIssue, Insight, RuleRate, TokenUse

NOT_FOUND: Final = (HTTPStatus.NOT_FOUND,)
NO_SUMMARY: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)  # an image is absent, or its result is outdated

Data = Annotated[dict[str, Any], Meta(description="a JSON object")]
OptionalImageIds = Annotated[
    list[Annotated[str, Meta(max_length=100)]],
    Meta(max_length=50, description="a list of at most 50 image ids"),
]
CommaSeparatedImageIds = Annotated[
    Annotated[str, Meta(pattern=r"^[^,]{1,100}(,[^,]{1,100}){0,49}\Z")] | None,
    Meta(description="1 to 50 image ids, separated by commas"),
]
Topic = Annotated[
    Annotated[str, Meta(min_length=1, max_length=100, pattern=ONE_LINE)] | None, Meta(description="a topic")
]


class ResearchNoteRequest(ApiRequest, frozen=True):
    """A new research note."""

    topic: ShortName
    data: Data
    image_ids: OptionalImageIds = field(default_factory=list)


class ResearchNoteSearchRequest(PageRequest, frozen=True):
    """The query of research notes."""

    topic: Topic = None


class InsightRequest(PeriodRequest, frozen=True):
    """The query of a summary of results: the ids of the images, or else the newest ones, and the period of analysis."""

    image_ids: CommaSeparatedImageIds = None

    @property
    def ids(self) -> list[str] | None:
        """The ids of the images to summarize, None for the newest ones."""
        return None if self.image_ids is None else self.image_ids.split(",")


class ResearchNoteResponse(Struct):
    """A research note. created_by is the id of its author."""

    id: Id
    topic: str
    data: dict[str, Any]
    image_ids: list[Id]
    created_by: Id
    created_at: Timestamp

    @classmethod
    def from_note(cls, note: ResearchNote) -> Self:
        """Build the response from a `ResearchNote`."""
        return cls(
            id=note.id,
            topic=note.topic,
            data=dict(note.data),
            image_ids=list(note.image_ids),
            created_by=note.created_by,
            created_at=timestamp(note.created_at),
        )


class ResearchNoteListResponse(Struct):
    """A page of research notes, newest first."""

    items: list[ResearchNoteResponse]
    next: NextCursor

    @classmethod
    def from_page(cls, page: ResearchNotePage) -> Self:
        """Build the response from a `ResearchNotePage`."""
        return cls([ResearchNoteResponse.from_note(note) for note in page.items], next_cursor(page.next_id))


class RuleResponse(Struct):
    """A rule and its checks in all images of a summary.

    outcomes is the number of checks by outcome; pass_rate is passed divided by passed and failed checks, 0 to 1, or
    null if there are neither; images_failing is the number of images on which the rule failed.
    """

    rule: str
    criterion: str | None
    level: str
    outcomes: dict[str, int]
    pass_rate: float | None
    images_failing: int

    @classmethod
    def from_rate(cls, rate: RuleRate) -> Self:
        """Build the response from a `RuleRate`."""
        return cls(
            rule=rate.rule,
            criterion=rate.criterion,
            level=rate.level,
            outcomes=dict(rate.outcomes),
            pass_rate=rate.pass_rate,
            images_failing=rate.images_failing,
        )


class FrequentIssueResponse(Struct):
    """The failures of a rule for one pair of colors: the number of places that fail, and of images that have any.

    The colors are null if none were compared.
    """

    rule: str
    level: str
    foreground: str | None
    background: str | None
    places: int
    images: int

    @classmethod
    def from_issue(cls, issue: FrequentIssue) -> Self:
        """Build the response from a `FrequentIssue`."""
        return cls(issue.rule, issue.level, issue.foreground, issue.background, issue.places, issue.images)


class TokenUseResponse(Struct):
    """A color or font size in CSS notation, and the number of images that use it.

    share is the fraction of the images' area that has the color, 0 to 1; null for a font size.
    """

    value: str
    images: int
    share: float | None

    @classmethod
    def from_use(cls, use: TokenUse) -> Self:
        """Build the response from a `TokenUse`."""
        return cls(use.value, use.screens, use.share)


class InsightResponse(Struct):
    """A summary of the results of images. left_out is the number of further images, which were not read."""

    images: int
    left_out: int
    rules: list[RuleResponse]
    issues: list[FrequentIssueResponse]
    colors: list[TokenUseResponse]
    font_sizes: list[TokenUseResponse]

    @classmethod
    def from_insight(cls, insight: Insight) -> Self:
        """Build the response from an `Insight`."""
        return cls(
            images=insight.images,
            left_out=insight.left_out,
            rules=[RuleResponse.from_rate(rate) for rate in insight.rules],
            issues=[FrequentIssueResponse.from_issue(issue) for issue in insight.issues],
            colors=[TokenUseResponse.from_use(use) for use in insight.colors],
            font_sizes=[TokenUseResponse.from_use(use) for use in insight.font_sizes],
        )


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the routes of the research notes and insights of a user or of a project.

    Notes are created, read and deleted, never changed. An insight is not stored: it is a summary of the results of
    several images, made when it is requested.
    """
    router = Router(__name__, services, per_project=True)

    def find_research_note(principal: Principal, research_id: str) -> ResearchNoteResponse:
        return ResearchNoteResponse.from_note(services.research_notes.get(principal, research_id))

    @router.route(
        "POST",
        "/analytics",
        role=ProjectRole.EDITOR,
        body=ResearchNoteRequest,
        responses=Responses(ResearchNoteResponse, status=HTTPStatus.CREATED, problems=NOT_FOUND),
        find=Find(find_research_note, gone=ResearchNoteNotFound),
    )
    def add_research_note(principal: Principal, research_id: str, body: ResearchNoteRequest) -> ResearchNoteResponse:
        """Create a research note."""
        note = services.research_notes.add(principal, body.topic, body.data, body.image_ids, research_id)
        return ResearchNoteResponse.from_note(note)

    @router.route("GET", "/analytics", query=ResearchNoteSearchRequest, responses=Responses(ResearchNoteListResponse))
    def list_research_notes(principal: Principal, query: ResearchNoteSearchRequest) -> ResearchNoteListResponse:
        """List research notes."""
        page = services.research_notes.list(principal, query.limit, query.before_id, query.topic)
        return ResearchNoteListResponse.from_page(page)

    @router.route(
        "GET",
        "/analytics/summary",
        scope=Scope.RESULTS_READ,
        query=InsightRequest,
        responses=Responses(InsightResponse, problems=NO_SUMMARY),
    )
    def summarize_images(principal: Principal, query: InsightRequest) -> InsightResponse:
        """Summarize the results of several images."""
        insight = services.insights.of(principal.owner_id, query.ids, query.begins_at, query.ends_at)
        return InsightResponse.from_insight(insight)

    @router.route("GET", "/analytics/{research_id}", responses=Responses(ResearchNoteResponse, problems=NOT_FOUND))
    def get_research_note(principal: Principal, research_id: str) -> ResearchNoteResponse:
        """Get a research note."""
        return ResearchNoteResponse.from_note(services.research_notes.get(principal, research_id))

    @router.route("DELETE", "/analytics/{research_id}", role=ProjectRole.EDITOR)
    def delete_research_note(principal: Principal, research_id: str) -> None:
        """Delete a research note."""
        services.research_notes.delete(principal, research_id)

    return router.blueprint
