"""What moves on pages by itself: texts and bars by name, the same for a page and for the script that renews it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import RowMapping

from rapidata_mcp.local.audiences.funnels import Funnel, Funnels
from rapidata_mcp.models.job_states import JobState

Live = dict[str, str]


def live_job(job: RowMapping, most: int) -> Live:
    """A job's row: its state, and responses of people and simulated ones apart; `most` are asked for a datapoint.

    The bar grows with every response, since datapoints are settled all at about the same time; it is full when all are.
    """
    settled = job["settled_count"] / job["datapoint_count"]
    collected = job["response_count"] / (job["datapoint_count"] * most)
    state = JobState(job["state"])
    values = {
        "state": state.label,
        "moving": "yes" if state.changes_by_itself else "",
        "version": f"{job['state']} {job['response_count']}",
        "bar": f"{round(100 * max(settled, min(0.99, collected)), 1):g}",
        "settled": f"{job['settled_count']:,} of {job['datapoint_count']:,}",
        "people": f"{job['response_count'] - job['simulated_count']:,}",
        "simulated": f"{job['simulated_count']:,}",
    }
    return {f"{job['id']}.{name}": value for name, value in values.items()}


def live_audience(audience_id: str, status: str, funnels: Funnels) -> Live:
    """An audience: its status and its funnels, as numbers and as parts of a bar of 100."""
    values = {"status": status, "moving": "yes" if status == "Recruiting" else ""}
    for who, funnel in (("people", funnels.people), ("simulated", funnels.simulated)):
        values |= {f"{who}.{name}": value for name, value in _parts(funnel).items()}
    return {f"{audience_id}.{name}": value for name, value in values.items()}


def _parts(funnel: Funnel) -> Live:
    counts: Mapping[str, int] = {
        "graduated": funnel.graduated,
        "answering": funnel.answering,
        "left": funnel.left,
    }
    parts, start = {"arrived": f"{funnel.arrived:,}"}, 0.0
    for name, number in counts.items():
        width = 100 * number / max(1, funnel.arrived)
        parts |= {name: f"{number:,}", f"{name}.x": f"{start:.2f}", f"{name}.width": f"{width:.2f}"}
        start += width
    return parts
