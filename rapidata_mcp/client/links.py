"""Links that are shown to people: where a platform has pages, and for how long they are there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rapidata_mcp.models.audience_kinds import UNLISTED

LabelLink = Callable[[str, str | None], str | None]
"""Where people label for an audience, or for one of its jobs; None where they cannot by a link."""


def _nowhere(_audience_id: str, _job_id: str | None) -> None:
    """No link leads to labeling."""


@dataclass(frozen=True)
class Links:
    """A platform's pages. `life` tells for whom and how long they open, `label_life` the same of labeling."""

    app_url: str | None = None
    life: str = ""
    label: LabelLink = _nowhere
    label_life: str = ""

    def people(self, audience_id: str, job_id: str | None = None) -> str:
        """A sentence to append where people can label by a link."""
        return f" People can answer at label_url, which {self.label_life}." if self.label(audience_id, job_id) else ""

    def preview(self, definition_id: str) -> str | None:
        """Where a person sees a draft as labelers will (contract F.8)."""
        return f"{self.app_url}/definitions/{definition_id}" if self.app_url else None


def cloud_links(app_url: str) -> Links:
    """The cloud's pages. People label there by a link for unlisted audiences only (contract B.9)."""

    def label(audience_id: str, job_id: str | None) -> str | None:
        if not audience_id.startswith(UNLISTED):
            return None
        return f"{app_url}/label/{audience_id}" + (f"/job/{job_id}" if job_id else "")

    life = "opens in Rapidata's app"
    return Links(app_url, life, label, life)
