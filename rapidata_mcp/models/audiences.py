"""Audiences: groups of labelers (contract B)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from rapidata_mcp.aggregate.admission import MIN_EXAMPLES, AdmissionRule
from rapidata_mcp.models.audience_kinds import AudienceKind, audience_kind
from rapidata_mcp.models.filters import AudienceFilter
from rapidata_mcp.wire import Whole, WireModel

AudienceStatus = Literal["Created", "Pending", "Recruiting", "Ready"]


class TaskAccuracy(WireModel):
    """Labelers graduate who answer at least `min_tasks` examples with this accuracy, 0 to 1."""

    t: Literal["TaskAccuracy"] = Field("TaskAccuracy", alias="_t")
    target_accuracy: float = Field(ge=0, le=1)
    min_tasks: int = Field(ge=1)
    max_tasks: int | None = None


class ScoreThreshold(WireModel):
    """Labelers graduate whose score passes a threshold."""

    t: Literal["ScoreThreshold"] = Field("ScoreThreshold", alias="_t")
    graduation_score: float
    demotion_score: float | None = None
    min_responses_to_graduate: int | None = None


class AcceptedFreeText(WireModel):
    """Labelers graduate whose texts are accepted."""

    t: Literal["AcceptedFreeText"] = Field("AcceptedFreeText", alias="_t")
    min_accepted_responses: int
    min_accepted_ratio: float
    demotion_ratio: float | None = None


def admission_rule(
    rule: TaskAccuracy, leave_after: int | None, drop_min_responses: int | None, drop_score: float | None
) -> AdmissionRule:
    """Return the admission rule. Without `max_tasks`, undecided candidates leave after `leave_after` answers."""
    default_max = None if leave_after is None else max(leave_after, rule.min_tasks)
    return AdmissionRule(
        target_accuracy=rule.target_accuracy,
        min_tasks=rule.min_tasks,
        max_tasks=default_max if rule.max_tasks is None else rule.max_tasks,
        drop_score=0.0 if drop_score is None else drop_score,
        drop_min_responses=1 if drop_min_responses is None else drop_min_responses,
    )


GraduationRule = Annotated[TaskAccuracy | ScoreThreshold | AcceptedFreeText, Field(discriminator="t")]


class NewAudience(WireModel):
    """The request that creates an audience."""

    name: str = Field(min_length=1)
    description: str | None = None
    filters: list[AudienceFilter] | None = []
    graduation_rule: GraduationRule | None = None
    max_distilling_responses: Whole | None = 10
    drop_min_responses: Whole | None = 3
    drop_score: float | None = 0.2


class AudienceCreated(WireModel):
    """The answer to `NewAudience`."""

    audience_id: str


class AudienceChange(WireModel):
    """The request that changes an audience. Fields that are not set stay as they are (contract B.7)."""

    name: str | None = Field(None, min_length=1)
    description: str | None = None
    filters: list[AudienceFilter] | None = None
    graduation_rule: GraduationRule | None = None
    max_distilling_responses: Whole | None = None
    drop_min_responses: Whole | None = None
    drop_score: float | None = None


class AudienceChanged(WireModel):
    """The answer to `AudienceChange`."""

    recalculation_id: str | None = None
    inactivity_sync_id: str | None = None


class NewFilteredAudience(WireModel):
    """The request that creates a filtered audience. Several filters go into an AndFilter (contract B.8)."""

    filter: AudienceFilter


class NewUnlistedAudience(WireModel):
    """The request that creates an unlisted audience, which labelers join by a link (contract B.9)."""

    name: str = Field(min_length=1)


class UnlistedAudience(WireModel):
    """An audience that labelers join by a link."""

    id: str
    name: str
    created_at: datetime
    owner_id: str = ""
    owner_mail: str = ""
    organization_id: str = ""


class Audience(WireModel):
    """An audience, alone or in a list."""

    id: str = ""
    base_audience_id: str | None = None
    filter: dict[str, Any] | None = None
    name: str
    description: str | None = None
    status: AudienceStatus | str = "Created"
    qualified_user_count: int = 0
    filters: list[dict[str, Any]] = []
    created_at: datetime | None = None
    owner_id: str = ""
    owner_mail: str = ""
    organization_id: str = ""
    is_public: bool = False
    is_distilling: bool = False
    distilling_campaign_id: str = ""
    graduation_rule: GraduationRule | None = None
    max_distilling_responses: int | None = None
    drop_min_responses: int | None = None
    drop_score: float | None = None
    graduated: int | None = None
    dropped: int | None = None
    distilling_retrieval_mode: Literal["Random", "Shuffled", "Sequential"] | str = "Shuffled"
    boost_level: Literal["None", "Stable", "Distilling", "Global"] | str = "None"
    is_shared: bool = False

    @property
    def kind(self) -> AudienceKind:
        """The kind of the audience, from its id."""
        return audience_kind(self.id, is_public=self.is_public)

    @property
    def admission(self) -> AdmissionRule | None:
        """The admission rule; None if labelers are not admitted by their accuracy."""
        if self.kind != "custom" or not isinstance(self.graduation_rule, TaskAccuracy):
            return None
        return admission_rule(
            self.graduation_rule, self.max_distilling_responses, self.drop_min_responses, self.drop_score
        )

    @property
    def examples_needed(self) -> int:
        """The number of examples that recruiting requires (contract C.6)."""
        return max(MIN_EXAMPLES, self.admission.min_tasks if self.admission else 0)


class RecruitingMetrics(WireModel):
    """The number of labelers in each state of the recruiting funnel (contract B.6)."""

    users_per_state: dict[str, int]
    capacity: Literal["None", "Low", "Sufficient"] | str | None = None

    @property
    def nobody(self) -> bool:
        """Whether no labeler has come yet."""
        return not any(self.users_per_state.values())

    @property
    def qualified(self) -> int:
        """The number of labelers who qualified, inactive ones included."""
        return self.count("Graduated") + self.count("Inactive")

    def count(self, prefix: str) -> int:
        """Return the number of labelers in states with this prefix; the suffixes are not documented (contract B.6)."""
        return sum(number for state, number in self.users_per_state.items() if state.startswith(prefix))
