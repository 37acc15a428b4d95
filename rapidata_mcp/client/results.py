"""Results: the platform's document, final or so far (contract G.7, G.8, H)."""

from __future__ import annotations

from typing import Any

import anyio
from pydantic_core import from_json

from rapidata_mcp.client.attempt import FirstAttempt, make_once
from rapidata_mcp.client.http import Http, segment
from rapidata_mcp.clock import Clock
from rapidata_mcp.errors import BadAnswer, PlatformFailure
from rapidata_mcp.models.jobs import Job, PreliminaryDownload
from rapidata_mcp.wire import Wire

MAX_DOCUMENT = 256 * 1024 * 1024
"""Bytes of a results document that are read at most."""
SNAPSHOT_DEADLINE_S = 10
DOWNLOAD_S = 60.0
POLL_S = 0.5


class _SnapshotRequest(Wire):
    send_email: bool = False


class Results:
    """What labelers answered."""

    def __init__(self, http: Http, clock: Clock) -> None:
        self._http = http
        self._clock = clock

    async def document(self, job: Job) -> dict[str, Any]:
        """The results of a job: final when it is completed, a snapshot otherwise.

        Raises:
            PlatformFailure: when the platform takes more than ten seconds for the snapshot.
        """
        if job.state == "Completed":
            path = f"/job/{segment(job.job_id)}/download-results"
            data = await self._http.send_raw(
                "GET", path, accept="application/octet-stream", limit=MAX_DOCUMENT, deadline=DOWNLOAD_S
            )
        else:
            data = await self._snapshot(job.pipeline_id)
        try:
            document = from_json(data)
        except ValueError:
            document = None
        if not isinstance(document, dict):
            raise BadAnswer("The platform's results are not a JSON document.", "Try again later.")
        return document

    async def _snapshot(self, pipeline_id: str) -> bytes:
        request = f"/pipeline/{segment(pipeline_id)}/preliminary-download"
        body = _SnapshotRequest(send_email=False)

        async def send() -> str:
            return (await self._http.send("POST", request, PreliminaryDownload, body=body)).download_id

        async def find() -> str | None:
            return None  # a snapshot whose answer was lost changes nothing: another one is taken

        until = self._clock.now() + SNAPSHOT_DEADLINE_S
        with anyio.move_on_after(SNAPSHOT_DEADLINE_S):
            download_id = await make_once(send, find, FirstAttempt(), self._clock)
            path = f"/pipeline/preliminary-download/{segment(download_id)}"
            while self._clock.now() < until:
                # While it is being built the answer is 202 (contract G.8), whose body is nothing.
                data = await self._http.send_raw("GET", path, limit=MAX_DOCUMENT)
                if data:
                    return data
                await self._clock.sleep(POLL_S)
        raise PlatformFailure(
            "The platform is still preparing the results so far.", "Call get_results again in a few seconds."
        )
