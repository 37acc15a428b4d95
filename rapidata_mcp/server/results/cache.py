"""The results of a finished job, kept so that a page of them does not read all pairs again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidata_mcp.tasks.results import JobResults

if TYPE_CHECKING:
    from rapidata_mcp.models.jobs import Job, JobProgress


class FinishedResults:
    """The last large job that was read and is complete: only one, since 100,000 pairs take some 60 MB."""

    def __init__(self) -> None:
        self._kept: tuple[Job, JobProgress, JobResults] | None = None

    def find(self, job: Job, progress: JobProgress, *, people_only: bool) -> JobResults | None:
        """Return the results of this job; None if they are not kept, or may have changed."""
        if self._kept is None or self._kept[:2] != (job, progress):
            return None
        results = self._kept[2]
        return results if results.people_only == people_only else None

    def keep(self, job: Job, progress: JobProgress, results: JobResults) -> None:
        """Keep final results in place of those before. Others may still change (contract G.2)."""
        if results.final:
            self._kept = job, progress, results

    def forget(self) -> None:
        """Make room before others are read."""
        self._kept = None
