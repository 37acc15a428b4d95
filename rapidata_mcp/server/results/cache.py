"""The results of a finished job, kept so that each page of them does not read all of its pairs again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapidata_mcp.models.jobs import Job, JobProgress
    from rapidata_mcp.tasks.compare_results import CompareResults


class Finished:
    """The last finished job that was read in pages: one, since 100,000 pairs take some 60 MB."""

    def __init__(self) -> None:
        self._kept: tuple[Job, JobProgress, CompareResults] | None = None

    def find(self, job: Job, progress: JobProgress, *, people_only: bool) -> CompareResults | None:
        """The results of this job, unless these are not kept, or may have changed."""
        if self._kept is None or self._kept[:2] != (job, progress):
            return None
        results = self._kept[2]
        return results if results.people_only == people_only else None

    def keep(self, job: Job, progress: JobProgress, results: CompareResults) -> None:
        """Keep results in place of those before, unless responses still come in or were counted anew (contract G.2)."""
        if job.state == "Completed":
            self._kept = job, progress, results

    def forget(self) -> None:
        """Make room before others are read."""
        self._kept = None
