"""The answer of get_results: the verdict in sentences, a page of rows, and the next step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rapidata_mcp.calls import Argument, Call, NextStep
from rapidata_mcp.server.jobs.status import predicate
from rapidata_mcp.server.replies import SIMULATED, clean, defang, quoted
from rapidata_mcp.server.results.heat_maps import heat_maps
from rapidata_mcp.server.results.labeler_groups import largest_groups
from rapidata_mcp.server.results.pages import ResultsPage
from rapidata_mcp.server.results.query import ResultsQuery
from rapidata_mcp.server.results.reply import ResultsReply
from rapidata_mcp.server.results.rows import (
    answer_rows,
    datapoint_response,
    datapoint_rows,
    pair_response,
    pair_rows,
    response_rows,
)
from rapidata_mcp.tasks.outcomes import Outcome
from rapidata_mcp.tasks.results import JobResults
from rapidata_mcp.tasks.verdicts import Sentence

if TYPE_CHECKING:
    from rapidata_mcp.models.jobs import Job

HOW_PEOPLE_ANSWER = (
    "People answer a new job if the user gives this server Rapidata credentials, or sets RAPIDATA_MCP_CROWD=0 and "
    "opens the job's label_url."
)
ALPHA = "1 is full agreement, 0 is chance"
ABOUT_ROWS = (
    "user_score (0 to 1) is how well a labeler did on qualification tasks; it is the weight of a weighted answer. "
    "Responses do not name labelers; slice_by shows groups of labelers that are large enough."
)


def compose(
    job: Job,
    progress: float,
    results: JobResults,
    query: ResultsQuery,
    page: ResultsPage,
    sample: Sequence[Outcome] = (),
) -> ResultsReply:
    """Compose the answer to a query.

    `progress` is in percent. `sample` are outcomes with single responses, if the results have only counts.
    """
    reply = _frame(job, progress, results)
    running = [] if results.final else [f"The job {predicate(job.state)}."]
    if results.people_only and not results.human:
        return _show_nobody(reply, results, running)
    _judge(reply, results, len(page.positions))
    sentences = [*_summary(reply, results, query, page), *caveats(results, sample), *running]
    if query.detail == "pairs":
        _show_outcomes(reply, page)
    elif query.detail == "responses":
        sentences += _show_responses(reply, results, page)
    else:
        sentences += _show_groups(reply, results, query, sample or results.outcomes)
    maps = heat_maps(results, [row.datapoint for row in reply.datapoints]) if results.total else {}
    if maps:
        which = ", ".join(map(str, maps))
        sentences.append(f"Pictures for the user show where the answers to datapoint {which} lie: darker is more.")
    reply.summary = " ".join(sentences)
    reply.next_step = _next_step(reply, results, query, len(page.positions))
    return reply.with_pictures(*maps.values())


def _frame(job: Job, progress: float, results: JobResults) -> ResultsReply:
    """The answer without any outcome."""
    responses, outcomes, paired = results.human + results.simulated, len(results.outcomes), _is_paired(results)
    return ResultsReply(
        summary="",
        job_id=job.job_id,
        task=results.kind.name,
        completeness="final" if results.final else "partial" if responses else "none",
        progress=100.0 if results.final else round(progress, 1),
        human_responses=results.human,
        simulated_responses=results.simulated,
        instruction=clean(results.instruction, 250),
        total_pairs=outcomes if paired else None,
        total_datapoints=None if paired else outcomes,
        next_step=NextStep(),
    )


def _is_paired(results: JobResults) -> bool:
    return results.kind.results_unit == "pair"


def _show_nobody(reply: ResultsReply, results: JobResults, running: Sequence[str]) -> ResultsReply:
    """Show that no human has answered, without empty rows."""
    left_out = [f"{results.simulated:,} simulated responses are left out."] if results.simulated else []
    reply.completeness = "none"
    reply.summary = " ".join(["No human has answered yet.", *left_out, *running])
    shows = (
        ("get_results", "shows the simulated responses") if left_out else ("get_job", "shows where people can answer")
    )
    reply.next_step = NextStep(Call(shows[0], {"job_id": reply.job_id}, shows[1]))
    return reply


def _judge(reply: ResultsReply, results: JobResults, matching: int) -> None:
    """Fill in the facts on the whole job, which are the same on every page."""
    verdict, outcomes = results.verdict, len(results.outcomes)
    reply.answers = answer_rows(verdict.answers)
    if _is_paired(results):
        reply.matching_pairs = matching
        reply.responses_per_pair = round(results.total / outcomes, 1) if outcomes else 0
    else:
        reply.matching_datapoints = matching
    if verdict.preference is not None:
        reply.prefer(verdict.preference)


def _summary(reply: ResultsReply, results: JobResults, query: ResultsQuery, page: ResultsPage) -> list[str]:
    """The verdict with its limits. Later pages, and pages of a selection, repeat only its first sentence."""
    headline, *limits = map(in_words, results.verdict.sentences)
    done, whose = f"({reply.progress:g} % of the {results.kind.results_unit}s done)", _whose(results)
    if query.cursor or query.selects(len(page.positions), len(results.outcomes)):
        opening, limits = f"The whole job{'' if results.final else f' so far {done}'}{whose}", []
    else:
        opening = f"{'Final' if results.final else f'So far {done}'}{whose}"
    verdict = [f"{opening}: {headline}", *limits] if results.total else ["No responses yet."]
    if query.selects(len(page.positions), len(results.outcomes)):
        return [*_matches(results, query, page), *verdict]
    return ["The next page.", *verdict] if query.cursor else verdict


def _matches(results: JobResults, query: ResultsQuery, page: ResultsPage) -> list[str]:
    """The number of outcomes in the selection."""
    matches = [results.outcomes[place - 1] for place in page.positions if place <= len(results.outcomes)]
    sentences = [in_words(results.kind.describe_matches(results, matches))]
    if query.text and not matches:
        searched = "contexts" if _is_paired(results) else "items and contexts"
        sentences.append(f"The text is matched literally, in {searched} only.")
    return sentences


def _whose(results: JobResults) -> str:
    """The labelers whose answers are counted, unless all are people."""
    if results.people_only:
        return ", of people's answers alone"
    if results.simulated:
        return ", of people's and simulated answers together" if results.human else ", of simulated answers"
    return ""


def _show_outcomes(reply: ResultsReply, page: ResultsPage) -> None:
    if reply.total_pairs is not None:
        reply.pairs = pair_rows(page.outcomes)
    else:
        reply.datapoints = datapoint_rows(page.outcomes)
    reply.cursor = page.after(len(reply.pairs) + len(reply.datapoints), 0)


def _show_responses(reply: ResultsReply, results: JobResults, page: ResultsPage) -> list[str]:
    if _is_paired(results):
        reply.responses, passed, seen = response_rows(pair_response, page.outcomes, page.skipped)
    else:
        reply.given, passed, seen = response_rows(datapoint_response, page.outcomes, page.skipped)
    reply.cursor = page.after(passed, seen)
    return [ABOUT_ROWS] if reply.responses or reply.given else []


def _show_groups(
    reply: ResultsReply, results: JobResults, query: ResultsQuery, outcomes: Sequence[Outcome]
) -> list[str]:
    """Show the largest groups of labelers, with their verdicts if the query slices by a dimension."""
    leader, paired = results.verdict.leader, _is_paired(results)
    sentences: list[str] = []
    if query.slice_by == "none":
        groups = largest_groups(results, outcomes, None, shares=False)
        if reply.agreement_alpha is not None:
            alpha = f"{reply.agreement_alpha:.2f}: {ALPHA}"
            sentences.append(f"Agreement of labelers (Krippendorff's alpha) is {alpha}.")
    else:
        groups = largest_groups(results, outcomes, query.slice_by, shares=paired or leader is not None)
        if leader is not None:
            sentences.append(in_words(Sentence("Shares of groups are those of {}.", (leader,))))
        elif not paired:
            sentences.append("Groups have counts only: this task has no answers to judge them by.")
    reply.labelers = groups.rows
    return [*sentences, *groups.remarks]


def caveats(results: JobResults, sample: Sequence[Outcome] = ()) -> list[str]:
    """Say which answers are simulated, if any are, and in how many pairs labelers are counted, if not in all."""
    sentences = []
    if results.people_only:
        sentences.append(
            f"{results.human:,} human responses are counted, {results.simulated:,} simulated ones left out."
        )
    elif results.all_simulated:
        sentences.append(SIMULATED)
    elif results.simulated:
        sentences.append(
            f"{results.human:,} responses are human, {results.simulated:,} simulated: people_only=true counts people."
        )
    if sample:
        sentences.append(f"Groups of labelers are counted in {len(sample):,} pairs.")
    return sentences


def _next_step(reply: ResultsReply, results: JobResults, query: ResultsQuery, matching: int) -> NextStep:
    unit, job = results.kind.results_unit, {"job_id": reply.job_id}
    if reply.cursor:
        return NextStep(Call("get_results", _next_page(reply, query), "shows the next ones"))
    if not matching:
        return NextStep(Call("get_results", job, "shows all", f"No {unit} matches:"))
    if not results.final:
        again = Call("get_results", job, "again", "then")
        return query.fix or NextStep(Call("get_job", job | {"wait_seconds": 30}), again)
    if query.detail == "verdict":
        return NextStep(Call("get_results", job, f"shows the {unit}s"))
    if query.selects(matching, len(results.outcomes)):
        return NextStep(f"All {matching:,} are shown", Call("get_results", job, "shows the whole job"))
    if results.all_simulated:
        return NextStep("All shown", HOW_PEOPLE_ANSWER)
    more = Call(results.kind.job_tool, {}, f"takes other {unit}s or more responses", "A new")
    return NextStep("All shown", results.verdict.next_job or more)


def _next_page(reply: ResultsReply, query: ResultsQuery) -> dict[str, Argument]:
    """The arguments of the same call with its new cursor. The cursor stands for the text, which is not repeated."""
    arguments: dict[str, Argument] = {"job_id": reply.job_id}
    for name, value, default in (
        ("detail", query.detail, "pairs"),
        ("only", query.only, "all"),
        ("order", query.order, "informative"),
    ):
        if value != default:
            arguments[name] = value
    arguments["cursor"] = reply.cursor
    return arguments | ({"people_only": True} if query.people_only else {})


def in_words(sentence: Sentence) -> str:
    """Write a sentence, with its texts from outside cleaned and in quotation marks."""
    return sentence.text.format(*(quoted(defang(part, 60)) for part in sentence.outside))
