"""The tool that reads results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.aggregate.agreement import krippendorff_alpha
from rapidata_mcp.concurrency import together
from rapidata_mcp.errors import InvalidArgument, NotFound
from rapidata_mcp.models.jobs import Job
from rapidata_mcp.server.arguments import JobId, unknown
from rapidata_mcp.server.desk import desk_of, orders_of
from rapidata_mcp.server.orders import Orders
from rapidata_mcp.server.replies import SIMULATED, Outside, Reply, clean
from rapidata_mcp.server.tools.compare_reading import read_results, with_responses, with_sample
from rapidata_mcp.server.tools.jobs import IN_WORDS
from rapidata_mcp.server.tools.pair_pages import (
    MOST_PAIRS,
    PairResult,
    ResponseRow,
    pair_rows,
    response_rows,
)
from rapidata_mcp.server.tools.quality import DIMENSIONS, Dimension, Group, groups
from rapidata_mcp.server.tools.verdict import sentences
from rapidata_mcp.tasks.compare_results import CompareResults, Pair
from rapidata_mcp.tasks.compare_verdict import Only, Order, Scope, Verdict, chosen, verdict_of

CURSOR = r"^([0-9]{1,7}\.[0-9]{1,7}\.[0-9a-f]{12})?$"
Detail = Literal["verdict", "pairs", "responses"]


class Results(Reply):
    """What labelers answered so far: the verdict over the whole job, and a page of pairs or of responses."""

    job_id: str
    completeness: Literal["none", "partial", "final"]
    progress: float
    human_responses: int
    simulated_responses: int
    instruction: Outside
    preferred: Literal["a", "b", "undecided"]
    scope: Scope
    a_share: float | None
    a_share_low: float | None
    a_share_high: float | None
    a_wins: int
    b_wins: int
    ties: int
    undecided: int
    sign_test_p: float | None
    total_pairs: int
    matching_pairs: int
    responses_per_pair: float
    agreement_alpha: float | None
    flipped: int
    labelers: list[Group]
    pairs: list[PairResult]
    responses: list[ResponseRow]
    cursor: str = ""


async def get_results(
    ctx: Context,
    job_id: JobId,
    detail: Annotated[
        Detail, Field(description="`verdict` with who answered; or with it a page of `pairs` or of `responses`")
    ] = "pairs",
    only: Annotated[
        Only, Field(description="Pairs whose own interval includes 50 %, that weighing turns round, or that b won")
    ] = "all",
    text: Annotated[str, Field(max_length=100, description="Pairs with this in the context")] = "",
    order: Annotated[Order, Field(description="`given` as in the job")] = "informative",
    slice_by: Annotated[
        Literal["none", Dimension], Field(description="The verdict of each group of labelers")
    ] = "none",
    people_only: Annotated[bool, Field(description="Leaves simulated responses out")] = False,
    cursor: Annotated[str, Field(pattern=CURSOR, description="From the answer before: the next page")] = "",
) -> Results:
    """Shows what labelers answered, also while the job runs: which item or model is preferred and how sure that is."""
    platform = (await desk_of(ctx)).platform
    try:
        job, progress = await together(platform.jobs.get(job_id), platform.jobs.progress(job_id))
    except NotFound:
        raise unknown("job_id", "job", job_id, "find_jobs()") from None
    asked = Request(detail, only, text, order, slice_by, people_only, cursor)
    results = await read_results(platform, job, progress, people_only=people_only)
    page = Page(orders_of(ctx), results, job_id, asked)
    if not results.single and detail == "responses":
        page.pairs = await with_responses(platform, job, page.pairs[:MOST_PAIRS], people_only=people_only)
    if not results.single and (slice_by != "none" or detail == "verdict"):
        results = await with_sample(platform, job, results)
    return compose(job, progress.completion_percentage, results, asked, page)


@dataclass(frozen=True)
class Request:
    """What a caller of get_results wants to see."""

    detail: Detail = "pairs"
    only: Only = "all"
    text: str = ""
    order: Order = "informative"
    slice_by: Literal["none", Dimension] = "none"
    people_only: bool = False
    cursor: str = ""


def compose(job: Job, progress: float, results: CompareResults, asked: Request, page: Page) -> Results:
    """The answer to a request; `progress` of the job in percent."""
    verdict = verdict_of(results)
    reply = _whole(job, progress, results, verdict)
    reply.matching_pairs = len(page.positions)
    if asked.slice_by != "none":
        reply.labelers = groups(results, [asked.slice_by], shares=True)
    elif asked.detail == "verdict":
        reply.labelers = groups(results, DIMENSIONS, shares=False, most=4)
    if asked.detail == "pairs":
        reply.pairs = pair_rows(page.pairs)
        reply.cursor = page.after(len(reply.pairs), 0)
    elif asked.detail == "responses":
        reply.responses, passed, seen = response_rows(page.pairs, page.skipped)
        reply.cursor = page.after(passed, seen)
    reply.next_step = _next_step(reply, verdict, asked)
    return reply


class Page:
    """The pairs from a cursor on, in the order that it pins; without one in the order asked for.

    Raises:
        InvalidArgument: when the cursor does not lead on from here.
    """

    def __init__(self, orders: Orders, results: CompareResults, job_id: str, asked: Request) -> None:
        self._offset, self.skipped = 0, 0
        self.positions: Sequence[int]
        if asked.cursor:
            offset, skipped, self._name = asked.cursor.split(".")
            self._offset, self.skipped = int(offset), int(skipped)
            self.positions = _pinned(orders, results, job_id, self._name, asked)
        else:
            self.positions = chosen(results.pairs, asked.only, asked.text, asked.order)
            self._name = orders.keep(job_id, self.positions)
        here = self.positions[self._offset :]
        self.pairs: list[Pair] = [results.pairs[position - 1] for position in here if position <= len(results.pairs)]

    def after(self, passed: int, seen: int) -> str:
        """The cursor behind so many pairs of this page, and so many responses of the next; empty at the end."""
        offset = self._offset + passed
        return f"{offset}.{seen}.{self._name}" if offset < len(self.positions) else ""


def _pinned(orders: Orders, results: CompareResults, job_id: str, name: str, asked: Request) -> Sequence[int]:
    """The order that a cursor holds on to; made again where the server has forgotten it and nothing has changed.

    Raises:
        InvalidArgument: when it is forgotten and the responses are others by now, or the cursor is of another job.
    """
    kept = orders.find(name)
    if kept is not None and orders.keep(job_id, kept) == name:
        return kept
    positions = chosen(results.pairs, asked.only, asked.text, asked.order)
    if orders.keep(job_id, positions) != name:
        raise InvalidArgument("cursor", "does not lead on from here any more.", "Start again without a cursor.")
    return positions


def _whole(job: Job, progress: float, results: CompareResults, verdict: Verdict) -> Results:
    """What is said of the whole job, on every page."""
    final, responses, share = job.state == "Completed", results.human + results.simulated, verdict.share
    done = 100.0 if final else round(progress, 1)
    alike = Counter(pair.all_votes for pair in results.pairs)
    units = [dict(zip("ab+-", votes, strict=True)) for votes in alike]
    alpha = krippendorff_alpha(units, list(alike.values()))
    return Results(
        summary=" ".join(
            [
                sentences(verdict, results, "Final" if final else f"So far ({done:g} % collected)"),
                *caveats(results),
                *([] if final else [f"The job {IN_WORDS.get(job.state, 'is not complete')}."]),
            ]
        ),
        job_id=job.job_id,
        completeness="final" if final else "partial" if responses else "none",
        progress=done,
        human_responses=results.human,
        simulated_responses=results.simulated,
        instruction=clean(results.instruction, 250),
        preferred=verdict.preferred,
        scope=verdict.scope,
        a_share=round(share.value, 4) if share else None,
        a_share_low=round(share.low, 4) if share else None,
        a_share_high=round(share.high, 4) if share else None,
        a_wins=verdict.a_wins,
        b_wins=verdict.b_wins,
        ties=verdict.ties,
        undecided=verdict.undecided,
        sign_test_p=None if verdict.sign_test_p is None else float(f"{verdict.sign_test_p:.3g}"),
        total_pairs=len(results.pairs),
        matching_pairs=len(results.pairs),
        responses_per_pair=round(results.responses / len(results.pairs), 1) if results.pairs else 0,
        agreement_alpha=None if alpha is None else round(alpha, 3),
        flipped=sum(pair.flipped for pair in results.pairs),
        labelers=[],
        pairs=[],
        responses=[],
        next_step="",
    )


def caveats(results: CompareResults) -> list[str]:
    """That answers are simulated, where any are, and of how many pairs the labelers are known."""
    told = []
    if results.people_only:
        told.append(f"{results.human:,} human responses are counted, {results.simulated:,} simulated ones left out.")
    elif results.all_simulated:
        told.append(SIMULATED)
    elif results.simulated:
        told.append(
            f"{results.human:,} responses are human, {results.simulated:,} simulated: people_only=true counts people."
        )
    if results.sample:
        told.append(f"Groups of labelers are those of {len(results.sample):,} pairs.")
    return told


def _next_step(reply: Results, verdict: Verdict, asked: Request) -> str:
    job = f"job_id='{reply.job_id}'"
    if reply.cursor:
        # A text of the caller's is not repeated: the cursor remembers what was asked for.
        changed = {"detail": asked.detail, "only": asked.only, "order": asked.order, "cursor": reply.cursor}
        standard = {"detail": "pairs", "only": "all", "order": "informative"}
        given = "".join(f", {name}='{value}'" for name, value in changed.items() if value != standard.get(name))
        return f"get_results({job}{given}) shows the next ones."
    if not reply.matching_pairs:
        return f"No pair matches: get_results({job}) shows all."
    if reply.completeness != "final":
        return f"get_job({job}, wait_seconds=30), then get_results({job}) again."
    if not reply.pairs and not reply.responses and reply.matching_pairs:
        return f"get_results({job}) shows the pairs."
    if verdict.more:
        return f"All shown. About {verdict.more} would probably decide it: another create_compare_job."
    return "All shown. Other pairs or more responses take another create_compare_job."
