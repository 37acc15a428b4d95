"""The tool that reads results."""

from __future__ import annotations

from typing import Any, Literal

from mcp.server.mcpserver import Context
from pydantic import BaseModel

from rapidata_mcp.errors import BadAnswer, NotFound
from rapidata_mcp.server.arguments import JobId, PageNumber, unknown
from rapidata_mcp.server.desk import desk_of
from rapidata_mcp.server.replies import SIMULATED, Reply, clean
from rapidata_mcp.server.tools.jobs import IN_WORDS

PAIRS_A_PAGE = 20
NOT_ITEMS = frozenset({"Both", "Neither"})
"""Answers that the setting `compare_unsure` adds to a pair (contract H.2)."""


class PairResult(BaseModel):
    """One pair, with the responses that each item got."""

    pair: int
    a: str
    b: str
    context: str = ""
    a_votes: int
    b_votes: int
    winner: Literal["a", "b", "tie", "none"]


class Results(Reply):
    """What labelers answered so far."""

    job_id: str
    completeness: Literal["none", "partial", "final"]
    human_responses: int
    simulated_responses: int
    instruction: str
    a_wins: int
    b_wins: int
    ties: int
    total_pairs: int
    page: int
    pairs: list[PairResult]


async def get_results(ctx: Context, job_id: JobId, page: PageNumber = 1) -> Results:
    """Shows what labelers answered: pairs won, and votes per pair; also while the job is still running."""
    platform = (await desk_of(ctx)).platform
    try:
        job = await platform.jobs.get(job_id)
    except NotFound:
        raise unknown("job_id", "job", job_id, "find_jobs()") from None
    document = await platform.results.document(job)
    entries, info = document.get("results"), document.get("info")
    if not isinstance(entries, list) or not isinstance(info, dict):
        raise BadAnswer("These results are in a format that this version does not read.", "Update rapidata-mcp.")
    pairs = [_pair(position, entry) for position, entry in enumerate(entries, start=1)]
    responses = sum(sum(entry.get("aggregatedResults", {}).values()) for entry in entries)
    simulated = int(info.get("simulatedResponses", 0))
    a_wins, b_wins = (sum(entry.get("winnerIndex") == side for entry in entries) for side in (0, 1))
    voted = sum(1 for pair in pairs if pair.a_votes + pair.b_votes)
    shown = pairs[(page - 1) * PAIRS_A_PAGE : page * PAIRS_A_PAGE]
    final = job.state == "Completed"
    names = _names(document.get("summary", {}))
    return Results(
        summary=_sentence(final, names, a_wins, b_wins, voted, responses)
        + (f" {SIMULATED}" if simulated and simulated == responses else "")
        + (f" {simulated} of them are simulated, not human." if 0 < simulated < responses else "")
        + ("" if final else f" The job {IN_WORDS[job.state]}."),
        job_id=job_id,
        completeness="final" if final else "partial" if responses else "none",
        human_responses=responses - simulated,
        simulated_responses=simulated,
        instruction=clean(str(info.get("instruction", "")), 250),
        a_wins=a_wins,
        b_wins=b_wins,
        ties=voted - a_wins - b_wins,
        total_pairs=len(pairs),
        page=page,
        pairs=shown,
        next_step=_next_step(job_id, final, page, len(pairs)),
    )


def _pair(position: int, entry: dict[str, Any]) -> PairResult:
    counts: dict[str, int] = entry.get("aggregatedResults", {})
    items = list(entry.get("assetUrls") or [key for key in counts if key not in NOT_ITEMS])[:2]
    if len(items) != 2:
        raise BadAnswer(f"The result of pair {position} does not name two items.", "Update rapidata-mcp.")
    winner = entry.get("winnerIndex", entry.get("winner_index"))
    return PairResult(
        pair=position,
        a=clean(items[0], 80),
        b=clean(items[1], 80),
        context=clean(str(entry.get("context") or ""), 80),
        a_votes=counts.get(items[0], 0),
        b_votes=counts.get(items[1], 0),
        winner=("a" if winner == 0 else "b") if winner in (0, 1) else "tie" if any(counts.values()) else "none",
    )


def _names(summary: dict[str, Any]) -> tuple[str, str]:
    """What first and second items stand for: the job's a_b_names where the summary carries them."""
    names = [clean(name.removesuffix("_wins_total")) for name in summary if name.endswith("_wins_total")]
    first, second = names if len(names) == 2 else ("A", "B")
    return (f"{first} (first items)", f"{second} (second items)")


def _sentence(final: bool, names: tuple[str, str], a_wins: int, b_wins: int, voted: int, responses: int) -> str:
    if not responses:
        return "No responses yet."
    return (
        f"{'Final' if final else 'So far'}: {names[0]} won {a_wins} of {voted} pairs, {names[1]} won {b_wins}, "
        f"{voted - a_wins - b_wins} tied, each by the majority of its own responses ({responses:,} in all)."
    )


def _next_step(job_id: str, final: bool, page: int, total: int) -> str:
    if (page - 1) * PAIRS_A_PAGE >= total:
        return f"There is no page {page}: get_results(job_id='{job_id}') shows the first."
    if total > page * PAIRS_A_PAGE:
        return f"get_results(job_id='{job_id}', page={page + 1}) shows the next pairs."
    if not final:
        return f"get_job(job_id='{job_id}', wait_seconds=30), then get_results(job_id='{job_id}') again."
    return "All pairs have been shown. Other pairs or more responses take another create_compare_job."
