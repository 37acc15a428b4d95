"""Links to a platform's web pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rapidata_mcp.models.audience_kinds import UNLISTED

LabelLink = Callable[[str, str | None], str | None]
"""Returns the labeling page of an audience, or of one of its jobs; None if people cannot label by a link."""


def _no_link(_audience_id: str, _job_id: str | None) -> None:
    """Return None: people cannot label by a link."""


@dataclass(frozen=True)
class PageLinks:
    """The web pages of a platform.

    `life` is a predicate that says who can open them and how long, such as "opens in Rapidata's app"; `label_life` is
    the same for labeling pages.
    """

    app_url: str | None = None
    life: str = ""
    label: LabelLink = _no_link
    label_life: str = ""

    def people(self, audience_id: str, job_id: str | None = None) -> str:
        """Return a sentence about the labeling page, with a space before it; empty if there is none."""
        return f" People can answer at label_url, which {self.label_life}." if self.label(audience_id, job_id) else ""

    def preview(self, definition_id: str) -> str | None:
        """Return the page that shows a draft as labelers will see it (contract F.8)."""
        return f"{self.app_url}/definitions/{definition_id}" if self.app_url else None


def cloud_links(app_url: str) -> PageLinks:
    """Return the pages of the cloud, on which people can label for unlisted audiences only (contract B.9)."""

    def label(audience_id: str, job_id: str | None) -> str | None:
        if not audience_id.startswith(UNLISTED):
            return None
        return f"{app_url}/label/{audience_id}" + (f"/job/{job_id}" if job_id else "")

    life = "opens in Rapidata's app"
    return PageLinks(app_url, life, label, life)
