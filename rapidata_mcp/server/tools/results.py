"""The tool that reads results."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.aggregate.agreement import krippendorff_alpha
from rapidata_mcp.calls import Call, NextStep
from rapidata_mcp.concurrency import gather
from rapidata_mcp.server.arguments import JobId
from rapidata_mcp.server.identifiers import JOB
from rapidata_mcp.server.jobs.stalls import of_itself
from rapidata_mcp.server.jobs.status import predicate
from rapidata_mcp.server.replies import SIMULATED, Reply, UntrustedText, clean, count_of
from rapidata_mcp.server.results.cache import Finished
from rapidata_mcp.server.results.cursors import Cursor
from rapidata_mcp.server.results.heat_maps import heat_maps
from rapidata_mcp.server.results.labeler_groups import DIMENSIONS, Dimension, Group, Groups, groups
from rapidata_mcp.server.results.orders import Orders
from rapidata_mcp.server.results.pair_pages import (
    MOST_PAIRS,
    PairResult,
    ResponseRow,
    pair_rows,
    response_rows,
)
from rapidata_mcp.server.results.request import Detail, Request
from rapidata_mcp.server.results.sources import read_results, with_responses, with_sample
from rapidata_mcp.server.results.task_pages import AnswerCount, DatapointResult, GivenAnswer
from rapidata_mcp.server.results.task_reading import fields_of, read_other
from rapidata_mcp.server.results.verdict import found, headline, sentences
from rapidata_mcp.server.services import kept_of, services_of
from rapidata_mcp.tasks.compare import Compare
from rapidata_mcp.tasks.compare_results import CompareResults, Pair
from rapidata_mcp.tasks.compare_verdict import Again, Only, Order, Scope, Verdict, chosen, verdict_of
from rapidata_mcp.tasks.task_results import TaskResults

if TYPE_CHECKING:
    from rapidata_mcp.models.jobs import Job

HOW_PEOPLE_ANSWER = (
    "People answer a new job where the user gives this server Rapidata credentials, or sets RAPIDATA_MCP_CROWD=0 and "
    "opens the job's label_url."
)
CURSOR = r"^([0-9]{1,7}\.[0-9]{1,7}\.[0-9a-f]{12})?$"
ALPHA = "1 would be full agreement, 0 what chance brings"
ABOUT_ROWS = (
    "user_score (0 to 1) is how well a labeler did on qualification tasks, and what an answer counts where answers are "
    "weighed. Responses do not tell who gave them; slice_by shows groups of labelers that are large enough."
)


class Results(Reply):
    """What labelers answered so far: the verdict over the whole job, and a page of it.

    Comparisons are told as pairs, other tasks as datapoints with the answers that were given to them.
    """

    job_id: str
    task: str
    completeness: Literal["none", "partial", "final"]
    progress: float
    human_responses: int
    simulated_responses: int
    instruction: UntrustedText
    preferred: Literal["a", "b", "undecided"] | None = None
    scope: Scope | None = None
    a_share: float | None = None
    a_share_low: float | None = None
    a_share_high: float | None = None
    a_wins: int | None = None
    b_wins: int | None = None
    ties: int | None = None
    undecided: int | None = None
    sign_test_p: float | None = None
    total_pairs: int | None = None
    matching_pairs: int | None = None
    responses_per_pair: float | None = None
    agreement_alpha: float | None = None
    flipped: int | None = None
    total_datapoints: int | None = None
    matching_datapoints: int | None = None
    labelers: list[Group] = []
    answers: list[AnswerCount] = []
    pairs: list[PairResult] = []
    datapoints: list[DatapointResult] = []
    responses: list[ResponseRow] = []
    given: list[GivenAnswer] = []
    cursor: str = ""


async def get_results(
    ctx: Context,
    job_id: JobId,
    detail: Annotated[
        Detail,
        Field(description="`verdict` with who answered; or with it a page of `pairs` (or datapoints), `responses`"),
    ] = "pairs",
    only: Annotated[
        Only, Field(description="Pairs whose own interval includes 50 %, that weighing turns round, or that b won")
    ] = "all",
    text: Annotated[str, Field(max_length=100, description="Pairs with this in the context")] = "",
    order: Annotated[
        Order, Field(description="First the pairs that weighing turns round, then the most one-sided; or as `given`")
    ] = "informative",
    slice_by: Annotated[
        Literal["none", Dimension], Field(description="The verdict of each group of labelers, instead of pairs")
    ] = "none",
    people_only: Annotated[bool, Field(description="Leaves simulated responses out")] = False,
    cursor: Annotated[str, Field(pattern=CURSOR, description="From the answer before: the next page")] = "",
) -> Results:
    """Shows what labelers answered, also while the job runs: which item or model is preferred and how sure that is."""
    platform = (await services_of(ctx)).platform
    with JOB.must_exist(job_id):
        job, progress = await gather(platform.jobs.get(job_id), platform.jobs.progress(job_id))
    stall = await of_itself(platform, job, progress.response_count or 0)
    fix = stall.fix if stall is not None else ""
    asked = Request("verdict" if slice_by != "none" else detail, only, text, order, slice_by, people_only, cursor, fix)
    other = await read_other(platform, job, people_only=people_only)
    if other is not None:
        return compose_other(kept_of(ctx, Orders), job, progress.completion_percentage, other, asked)
    results = await read_results(platform, job, progress, kept_of(ctx, Finished), people_only=people_only)
    page = Page(kept_of(ctx, Orders), results, job_id, asked)
    if not results.single and asked.detail == "responses":
        page.pairs = await with_responses(platform, job, page.pairs[:MOST_PAIRS], people_only=people_only)
    if not results.single and asked.detail == "verdict":
        results = await with_sample(platform, job, results)
    return compose(job, progress.completion_percentage, results, asked, page)


def compose(job: Job, progress: float, results: CompareResults, asked: Request, page: Page) -> Results:
    """The answer to a request; `progress` of the job in percent."""
    if results.people_only and not results.human:
        return nobody(job, progress, results)
    verdict = verdict_of(results, final=job.state == "Completed")
    reply = _whole(job, progress, results, verdict)
    reply.matching_pairs = len(page.positions)
    reply.summary = _summary(job, reply, results, verdict, asked, page)
    if asked.slice_by != "none":
        _tell_groups(reply, groups(results, [asked.slice_by], shares=True))
    elif asked.detail == "verdict":
        if reply.agreement_alpha is not None:
            reply.summary += f" Agreement of labelers (Krippendorff's alpha) is {reply.agreement_alpha:.2f}: {ALPHA}."
        _tell_groups(reply, groups(results, DIMENSIONS, shares=False, most=4))
    if asked.detail == "pairs":
        reply.pairs = pair_rows(page.pairs)
        reply.cursor = page.after(len(reply.pairs), 0)
    elif asked.detail == "responses":
        reply.responses, passed, seen = response_rows(page.pairs, page.skipped)
        reply.summary += f" {ABOUT_ROWS}" if reply.responses else ""
        reply.cursor = page.after(passed, seen)
    reply.next_step = NextStep.of(_next_step(reply, verdict.again, asked))
    return reply


def _tell_groups(reply: Results, who: Groups) -> None:
    """With what is left out of them."""
    reply.labelers = who.rows
    reply.summary = " ".join([reply.summary, *who.remarks])


def _summary(job: Job, reply: Results, results: CompareResults, verdict: Verdict, asked: Request, page: Page) -> str:
    """The verdict with its limits; on later pages and behind what a filter found in one sentence."""
    final = reply.completeness == "final"
    so_far = "" if final else f" so far ({reply.progress:g} % of the pairs done)"
    if asked.filters(len(page.positions), len(results.pairs)):
        matching = [results.pairs[place - 1] for place in page.positions if place <= len(results.pairs)]
        literal = "" if matching or not asked.text else " A text is looked for as it stands, in the contexts alone."
        said = [f"{found(matching, results)}{literal}", headline(verdict, results, f"The whole job{so_far}")]
    elif asked.cursor:
        said = ["The next page.", headline(verdict, results, f"The whole job{so_far}")]
    else:
        said = [sentences(verdict, results, "Final" if final else so_far.strip().capitalize(), final=final)]
    running = [] if final else [f"The job {predicate(job.state)}."]
    return " ".join([*said, *caveats(results), *running])


class Page(Cursor):
    """The pairs from a cursor on, in the order that it pins; without one in the order asked for.

    Raises:
        InvalidArgument: when the cursor does not lead on from here.
    """

    def __init__(self, orders: Orders, results: CompareResults, job_id: str, asked: Request) -> None:
        super().__init__(
            orders,
            job_id,
            asked.cursor,
            lambda: chosen(results.pairs, asked.only, asked.text, asked.order),
        )
        self.pairs: list[Pair] = [results.pairs[place - 1] for place in self.here if place <= len(results.pairs)]


def _whole(job: Job, progress: float, results: CompareResults, verdict: Verdict) -> Results:
    """What is said of the whole job, on every page."""
    final, responses, share = job.state == "Completed", results.human + results.simulated, verdict.share
    done = 100.0 if final else round(progress, 1)
    alike = Counter(pair.all_votes for pair in results.pairs)
    units = [dict(zip("ab+-", votes, strict=True)) for votes in alike]
    alpha = krippendorff_alpha(units, list(alike.values()))
    return Results(
        summary="",
        job_id=job.job_id,
        task=Compare.name,
        completeness="final" if final else "partial" if responses else "none",
        progress=done,
        human_responses=results.human,
        simulated_responses=results.simulated,
        instruction=clean(results.instruction, 250),
        preferred=verdict.preferred if responses else None,
        scope=verdict.scope,
        a_share=round(share.value, 4) if share else None,
        a_share_low=round(share.low, 4) if share else None,
        a_share_high=round(share.high, 4) if share else None,
        a_wins=verdict.a_wins,
        b_wins=verdict.b_wins,
        ties=verdict.ties,
        undecided=verdict.undecided,
        sign_test_p=None
        if verdict.sign_test_p is None or len(results.voted) < 2
        else float(f"{verdict.sign_test_p:.3g}"),
        total_pairs=len(results.pairs),
        matching_pairs=len(results.pairs),
        responses_per_pair=round(results.responses / len(results.pairs), 1) if results.pairs else 0,
        agreement_alpha=None if alpha is None or len(results.voted) < 2 else round(alpha, 3),
        flipped=sum(pair.flipped for pair in results.pairs),
        next_step="",
    )


def compose_other(orders: Orders, job: Job, progress: float, results: TaskResults, asked: Request) -> Results:
    """The answer to a request about a job that is not a comparison."""
    if results.people_only and not results.human:
        return nobody(job, progress, results)
    final, responses = job.state == "Completed", results.human + results.simulated
    done = 100.0 if final else round(progress, 1)
    fields = fields_of(orders, job.job_id, results, asked)
    opening = f"{'Final' if final else f'So far ({done:g} % collected)'}{_by_whom(results)}:"
    matching, total = fields["matching_datapoints"], len(results.outcomes)
    if asked.filters(matching, total):
        opening = (
            f"{matching:,} of {count_of(total, 'datapoint')} match. The whole job, {opening[0].lower()}{opening[1:]}"
        )
    said = fields.pop("summary")
    running = [] if final else [f"The job {predicate(job.state)}."]
    reply = Results(
        summary=" ".join([f"{opening} {said}" if responses else "No responses yet.", *caveats(results), *running]),
        job_id=job.job_id,
        task=results.kind.name,
        completeness="final" if final else "partial" if responses else "none",
        progress=done,
        human_responses=results.human,
        simulated_responses=results.simulated,
        instruction=clean(results.instruction, 250),
        next_step="",
        **fields,
    )
    if reply.given:
        reply.summary += f" {ABOUT_ROWS}"
    reply.next_step = NextStep.of(_next_step(reply, None, asked))
    maps = heat_maps(results, [row.datapoint for row in reply.datapoints]) if responses else {}
    if maps:
        which = ", ".join(map(str, maps))
        reply.summary += f" Pictures for the user show where the answers to datapoint {which} lie: darker is more."
    return reply.with_pictures(*maps.values())


def nobody(job: Job, progress: float, results: CompareResults | TaskResults) -> Results:
    """The answer where people's responses are asked for and there are none: without rows of nothing."""
    final = job.state == "Completed"
    left_out = f" {results.simulated:,} simulated responses are left out." if results.simulated else ""
    running = "" if final else f" The job {predicate(job.state)}."
    simulated = f"get_results(job_id='{job.job_id}') shows the simulated responses."
    return Results(
        summary=f"No human has answered yet.{left_out}{running}",
        job_id=job.job_id,
        task=Compare.name if isinstance(results, CompareResults) else results.kind.name,
        total_pairs=len(results.pairs) if isinstance(results, CompareResults) else None,
        total_datapoints=len(results.outcomes) if isinstance(results, TaskResults) else None,
        completeness="none",
        progress=100.0 if final else round(progress, 1),
        human_responses=0,
        simulated_responses=results.simulated,
        instruction=clean(results.instruction, 250),
        next_step=simulated if results.simulated else f"get_job(job_id='{job.job_id}') tells where people can answer.",
    )


def caveats(results: CompareResults | TaskResults) -> list[str]:
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
    if isinstance(results, CompareResults) and results.sample:
        told.append(f"Groups of labelers are those of {len(results.sample):,} pairs.")
    return told


def _by_whom(results: TaskResults) -> str:
    """Whose answers a sentence is about, where they are not all people's."""
    if results.people_only:
        return ", of people's answers alone"
    if results.simulated:
        return ", of people's and simulated answers together" if results.human else ", of simulated answers"
    return ""


def _next_step(reply: Results, again: Again | None, asked: Request) -> NextStep | Call | str:
    job = f"job_id='{reply.job_id}'"
    if reply.cursor:
        # A text of the caller's is not repeated: the cursor remembers what was asked for.
        changed = {"detail": asked.detail, "only": asked.only, "order": asked.order, "cursor": reply.cursor}
        standard = {"detail": "pairs", "only": "all", "order": "informative"}
        given = "".join(f", {name}='{value}'" for name, value in changed.items() if value != standard.get(name))
        given += ", people_only=true" if asked.people_only else ""
        return f"get_results({job}{given}) shows the next ones."
    compares = reply.task == Compare.name
    matching, unit = (reply.matching_pairs or 0, "pair") if compares else (reply.matching_datapoints or 0, "datapoint")
    total = (reply.total_pairs if compares else reply.total_datapoints) or 0
    if not matching:
        return f"No {unit} matches: get_results({job}) shows all."
    if reply.completeness != "final":
        return asked.fix or f"get_job({job}, wait_seconds=30), then get_results({job}) again."
    if asked.detail == "verdict":
        return f"get_results({job}) shows the {unit}s."
    if asked.filters(matching, total):
        return f"All {matching:,} are shown; get_results({job}) shows the whole job."
    if not compares:
        return "All shown. Other datapoints or more responses take a new job."
    if reply.simulated_responses and not reply.human_responses:
        return f"All shown. {HOW_PEOPLE_ANSWER}"
    if again is not None:
        return f"All shown. A new create_compare_job {again.told}"
    if reply.preferred == "undecided":
        return "All shown. Other pairs take a new create_compare_job."
    return "All shown. Other pairs or more responses take a new create_compare_job."
