"""What a rehearsal may script on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rapidata_mcp.models.jobs import ReviewReason


@dataclass(frozen=True)
class JobScript:
    """Where a job gets stuck (contract G.2): in StaleResults when it has completed, elsewhere before it runs.

    `retry` gets it out of Failed and StaleResults, `resume` out of SpendLimited, `approve` out of
    ManualApproval, time out of Submitted.
    """

    state: Literal["Submitted", "ManualApproval", "SpendLimited", "Blocked", "StaleResults", "Failed"]
    review_reason: ReviewReason | None = None
    failure_message: str | None = None


@dataclass(frozen=True)
class UploadFailure:
    """Why a URL cannot be stored (contract D.5), and how often in a row; None is always."""

    stage: str = "download"
    upstream_status: int | None = 403
    times: int | None = None


@dataclass(frozen=True)
class Scenario:
    """Deviations from an ordinary crowd and platform.

    `wrong_truths` are truths (URL or text) that careful labelers disagree with: as if the example had been marked the
    wrong way round. `job_states` are by the name of a job or of its definition, `failing_urls` by URL.
    """

    wrong_truths: frozenset[str] = frozenset()
    job_states: Mapping[str, JobScript] = field(default_factory=dict)
    failing_urls: Mapping[str, UploadFailure] = field(default_factory=dict)
