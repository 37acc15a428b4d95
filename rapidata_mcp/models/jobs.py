"""Jobs: a definition that an audience answers (contract G)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.wire import Whole, WireModel

ReviewReason = Literal["ContentFlagged", "UnsupportedContentType", "CheckErrored", "ClassificationTimedOut"]


class NewJob(WireModel):
    """The request that starts a job. This request costs money."""

    job_definition_id: str
    audience_id: str
    revision_number: Whole | None = None
    name: str | None = None
    preceding_job_id: str | None = None
    check_for_explicit_content: bool | None = None
    experiment_id: str | None = None


class CostWarning(WireModel):
    """A warning that the estimate exceeds the balance. The job exists anyway."""

    estimated_cost: float
    available_balance: float
    shortfall: float


class JobCreated(WireModel):
    """The answer to `NewJob`."""

    job_id: str
    recruiting_started: bool = False
    experiment_id: str | None = None
    content_check_skip_denied: bool | None = None
    cost_warning: CostWarning | None = None


class Job(WireModel):
    """A job, alone."""

    job_id: str
    name: str
    definition_id: str
    audience_id: str
    revision_number: int
    pipeline_id: str
    state: JobState
    is_public: bool = False
    audience_deleted: bool = False
    created_at: datetime
    owner_id: str = ""
    owner_mail: str = ""
    organization_id: str = ""
    audience_name: str | None = None
    campaign_id: str | None = None
    completed_at: datetime | None = None
    result_file_name: str | None = None
    failed_at: datetime | None = None
    failure_message: str | None = None
    review_reason: str | None = None
    experiment_id: str | None = None


class JobListItem(WireModel):
    """A job in a list. Its definition is `jobDefinitionId`, and its progress is a ratio (contract G.3, G.4)."""

    job_id: str
    name: str
    job_definition_id: str
    audience_id: str
    revision_number: int = 1
    pipeline_id: str
    state: JobState | None = None
    owner_mail: str = ""
    organization_id: str = ""
    created_at: datetime
    progress: float | None = None
    is_shared: bool = False


class AudienceJobListItem(WireModel):
    """A job in the list of its audience. Its definition is `definitionId`."""

    job_id: str
    name: str
    definition_id: str
    audience_id: str
    revision_number: int
    pipeline_id: str
    state: JobState
    created_at: datetime


class JobProgress(WireModel):
    """The progress of a job.

    The local platform returns two extra fields: the number of simulated responses, and of datapoints that people
    reported as broken.
    """

    completion_percentage: float
    total: int = 0
    completed: int = 0
    state: Literal["Created", "Started", "Labeling", "Paused", "Done", "Failed"] | str = "Labeling"
    response_count: int | None = None
    simulated_response_count: int = 0
    reported_count: int = 0


class PreliminaryDownload(WireModel):
    """A snapshot of the results so far."""

    download_id: str
