"""Job definitions: the question, the dataset and the number of responses (contract F)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from rapidata_mcp.models.examples import FeatureFlag
from rapidata_mcp.models.referees import Referee
from rapidata_mcp.tasks import TASK_TYPES, task_type_of
from rapidata_mcp.tasks.task import TaskType
from rapidata_mcp.wire import Whole, WireModel, one_of

_RAPIDS = tuple(kind.rapid for kind in TASK_TYPES if kind.rapid)
Rapid: Any = one_of(_RAPIDS)


class SimpleWorkflow(WireModel):
    """A workflow in which each datapoint is answered on its own."""

    t: Literal["SimpleWorkflow"] = Field("SimpleWorkflow", alias="_t")
    rapid: Rapid
    batch_size: int | None = None
    feature_flags: list[FeatureFlag] | None = None


Workflow: Any = one_of([SimpleWorkflow, *(kind.workflow for kind in TASK_TYPES if kind.workflow)])


def workflow_of(spec: WireModel) -> WireModel:
    """Return the workflow of a spec: the spec itself, or a simple workflow with the rapid."""
    return SimpleWorkflow(t="SimpleWorkflow", rapid=spec) if isinstance(spec, _RAPIDS) else spec


def spec_of(workflow: WireModel) -> WireModel:
    """Return the spec of a workflow: its rapid, or the workflow itself if it is a task type's own."""
    rapid: WireModel | None = getattr(workflow, "rapid", None)
    return workflow if rapid is None else rapid


class NewDefinition(WireModel):
    """The request that creates a definition. It costs nothing."""

    definition_name: str = Field(min_length=1)
    workflow: Workflow
    referee: Referee
    dataset_id: str
    rapid_feature_flags: list[FeatureFlag] | None = None
    campaign_feature_flags: list[FeatureFlag] | None = None


class NewRevision(WireModel):
    """The request that adds a revision. It is always complete (contract F.7)."""

    workflow: Workflow
    referee: Referee
    dataset_id: str
    rapid_feature_flags: list[FeatureFlag] | None = None
    campaign_feature_flags: list[FeatureFlag] | None = None
    aggregator_type: str | None = None
    validation_set_id: str | None = None
    base_revision_number: Whole | None = None
    require_latest: bool = False


class RevisionCreated(WireModel):
    """The answer to `NewRevision`."""

    revision_number: int
    pipeline_id: str


class RevisionListItem(WireModel):
    """A revision in a list."""

    definition_id: str
    revision_number: int
    base_revision_number: int | None = None
    created_at: datetime
    state: Literal["Pending", "Completed", "Failed"] | str = "Completed"


class DefinitionCreated(WireModel):
    """The answer to `NewDefinition`."""

    definition_id: str
    pipeline_id: str = ""


class Definition(WireModel):
    """A definition, alone or in a list."""

    definition_id: str
    name: str
    definition_type: str = "Unknown"
    is_public: bool = False
    created_at: datetime | None = None
    owner_id: str = ""
    owner_mail: str = ""
    organization_id: str = ""
    revision_count: int | None = None


class Revision(WireModel):
    """A revision of a definition."""

    definition_id: str
    revision_number: int
    state: Literal["Pending", "Completed", "Failed"] | str = "Completed"
    pipeline_id: str
    dataset_id: str
    workflow: Workflow
    referee: Referee
    feature_flags: list[FeatureFlag] = []
    campaign_feature_flags: list[FeatureFlag] = []
    created_at: datetime
    created_by_id: str
    created_by_mail: str = ""
    aggregator_type: str | None = None
    validation_set_id: str | None = None
    base_revision_number: int | None = None

    @property
    def spec(self) -> WireModel:
        """The spec of its questions: a rapid, or a workflow of the task type's own."""
        return spec_of(self.workflow)

    @property
    def task(self) -> TaskType:
        """The task type."""
        return task_type_of(self.spec)

    @property
    def settings(self) -> dict[str, str]:
        """The settings (contract F.6)."""
        return {flag.key: flag.value for flag in self.feature_flags}


class CostEstimate(WireModel):
    """The highest possible cost of a definition or a job, in US dollars (contract F.9)."""

    estimated_cost: float = Field(ge=0, allow_inf_nan=False)
    cost_per_response: float = 0.0
    datapoint_count: int
    required_responses: int
