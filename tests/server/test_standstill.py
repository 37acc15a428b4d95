"""A job that does not move says why, and what mends it: a call that does, or the person who must."""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, get_args

import pytest

from rapidata_mcp.client.response_rate import ResponseRate
from rapidata_mcp.local.api.scenario import JobScript, Scenario
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.models.jobs import JobProgress, ReviewReason
from rapidata_mcp.server.jobs.status import job_status
from rapidata_mcp.settings import Settings
from tests.assistant import QUESTION, Assistant, MovingClock
from tests.conftest import OpenAssistant
from tests.contract.caller import EXAMPLE, Caller, opened
from tests.server.test_results import JOB as ENDED

Start = Callable[[Assistant, Caller], Awaitable[str]]
NOWHERE = {"_t": "CountryFilter", "countries": ["VA"]}
"""Nobody of the crowd lives there."""
WRONG, MOSTLY_WRONG = (frozenset(f"clear answer {number}" for number in range(many)) for many in (3, 12))


@dataclass(frozen=True)
class Stuck:
    """A way to get stuck: how a job gets there, what is said of it, and what mends it.

    `call` is the tool that the answer names with complete arguments; without one a person must act, or time passes.
    """

    state: str
    start: Start
    why: str
    mend: str = ""
    call: str = ""
    scenario: Scenario = field(default_factory=Scenario)


async def scripted(assistant: Assistant, _: Caller) -> str:
    return await assistant.job(name="Stuck")


async def paused(assistant: Assistant, _: Caller) -> str:
    job_id = await assistant.job()
    await assistant.call("pause_job", job_id=job_id)
    return job_id


async def queued(assistant: Assistant, _: Caller) -> str:
    first, draft = await assistant.job(pairs=20), await assistant.draft(name="Second")
    second = await assistant.call("assign_job", job_definition_id=draft, audience_id="global", run_after=first)
    return str(second["job_id"])


async def bare(call: Caller, audience_id: str, draft: str) -> str:
    """A job started by the platform's API alone, which lets through what the tools refuse."""
    return str((await call("POST", "/job", {"jobDefinitionId": draft, "audienceId": audience_id}))["jobId"])


async def never_recruited(assistant: Assistant, call: Caller) -> str:
    audience_id = await assistant.audience(examples=1)
    job_id = await bare(call, audience_id, await assistant.draft())
    for text in ("second", "third"):
        await assistant.example(audience_id, datapoint=[text, "muddled"], truth=text, data_type="text")
    return job_id


async def too_few_examples(assistant: Assistant, call: Caller) -> str:
    return await bare(call, await assistant.audience(examples=1), await assistant.draft())


async def recruiting(assistant: Assistant, _: Caller) -> str:
    job_id = await assistant.job(await assistant.audience())
    assistant.clock.time += 0.5
    return job_id


async def watched(assistant: Assistant, job_id: str) -> None:
    """Time passes in steps: too few qualify at first, so the crowd is asked for more, until nobody else comes."""
    for _ in range(60):
        assistant.clock.time += 5
        if "under way" not in ((await assistant.call("get_job", job_id=job_id))["why"] or "under way"):
            break


async def wrong_truths(assistant: Assistant, _: Caller) -> str:
    job_id = await assistant.job(await assistant.audience(target_accuracy=1.0, min_tasks=15, examples=15))
    await watched(assistant, job_id)
    return job_id


async def used_up(assistant: Assistant, _: Caller) -> str:
    """Three of six hundred labelers qualify, where each datapoint needs six."""
    audience_id = await assistant.audience(target_accuracy=1.0, min_tasks=6, examples=6)
    job_id = await assistant.job(audience_id, pairs=12, responses_per_datapoint=6)
    await watched(assistant, job_id)
    return job_id


async def few_who_may_qualify(assistant: Assistant, _: Caller) -> str:
    """Filters leave so few that nobody can say that the bar is too high."""
    filters = [{"country": ["JP"], "age": ["65+"]}]
    job_id = await assistant.job(await assistant.audience(filters=filters), responses_per_datapoint=100)
    await watched(assistant, job_id)
    return job_id


async def deleted_audience(assistant: Assistant, call: Caller) -> str:
    audience_id = await assistant.audience()
    job_id = await assistant.job(audience_id)
    await call("DELETE", f"/audience/{audience_id}", status=204)
    return job_id


async def deleted_audience_of_a_paused_job(assistant: Assistant, call: Caller) -> str:
    job_id = await deleted_audience(assistant, call)
    await assistant.call("pause_job", job_id=job_id)
    return job_id


async def deleted_whole_of_a_slice(assistant: Assistant, call: Caller) -> str:
    audience_id = await assistant.audience()
    somewhere = {"_t": "NotFilter", "filter": NOWHERE}
    sliced = await call("POST", f"/audience/{audience_id}/filter", {"filter": somewhere})
    job_id = await assistant.job(sliced["audienceId"])
    await call("DELETE", f"/audience/{audience_id}", status=204)
    return job_id


async def slice_of_few(assistant: Assistant, call: Caller) -> str:
    old = {"_t": "DemographicFilter", "identifier": "age", "values": ["65+"]}
    japan = {"_t": "CountryFilter", "countries": ["JP"]}
    few = {"_t": "AndFilter", "filters": [old, japan]}
    sliced = await call("POST", "/audience/global/filter", {"filter": few})
    job_id = await assistant.job(sliced["audienceId"], responses_per_datapoint=100)
    assistant.clock.time += 600
    status = await assistant.call("get_job", job_id=job_id)
    assert status["why"] is None
    assert 0 < status["simulated_responses"] < 300
    assistant.clock.time += 60
    return job_id


async def filters_that_leave_nobody(assistant: Assistant, call: Caller) -> str:
    rule = {"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3}
    made = await call("POST", "/audience", {"name": "Nobody", "filters": [NOWHERE], "graduationRule": rule})
    for _ in range(3):
        await call("POST", f"/audience/{made['audienceId']}/example", EXAMPLE)
    job_id = await assistant.job(made["audienceId"])
    assistant.clock.time += 60
    return job_id


async def slice_of_nobody(assistant: Assistant, call: Caller) -> str:
    sliced = await call("POST", "/audience/global/filter", {"filter": NOWHERE})
    job_id = await bare(call, sliced["audienceId"], await assistant.draft())
    assistant.clock.time += 60
    return job_id


def in_state(state: Any, **more: Any) -> Scenario:
    return Scenario(job_states={"Stuck": JobScript(state, **more)})


REVIEWS = {
    "ContentFlagged": "content was flagged",
    "UnsupportedContentType": "cannot be checked automatically",
    "CheckErrored": "check failed",
    "ClassificationTimedOut": "took too long",
}
STUCK = {
    "being prepared": Stuck("Submitted", scripted, "preparing it", scenario=in_state("Submitted")),
    "queued": Stuck("Queued", queued, "waits until the job before it has ended", "tells how that one", "get_job"),
    "paused": Stuck("Paused", paused, "It was paused", "continues", "resume_job"),
    "failed": Stuck(
        "Failed", scripted, "“disk on fire”", "again", "resume_job", in_state("Failed", failure_message="disk on fire")
    ),
    "stale": Stuck("StaleResults", scripted, "must be made anew", "anew", "resume_job", in_state("StaleResults")),
    "blocked": Stuck("Blocked", scripted, "flagged item", "The user has to un-flag", scenario=in_state("Blocked")),
    "out of money": Stuck("SpendLimited", scripted, "used up", "has to top it up", scenario=in_state("SpendLimited")),
    "never recruited": Stuck("Running", never_recruited, "never recruited", "", "start_recruiting"),
    "too few examples": Stuck("Running", too_few_examples, "1 of 3 examples", "2 more needed"),
    "recruiting": Stuck("Running", recruiting, "Recruiting is under way"),
    "nobody qualifies": Stuck(
        "Running", wrong_truths, "Nobody qualifies", "In place of", "create_audience", Scenario(MOSTLY_WRONG)
    ),
    "used up": Stuck(
        "Running", used_up, "All 3 labelers who qualified have", "In place of", "create_audience", Scenario(WRONG)
    ),
    "few may qualify": Stuck("Running", few_who_may_qualify, "Others would have to qualify", "wider filters"),
    "audience deleted": Stuck("Running", deleted_audience, "was deleted", "runs it again", "assign_job"),
    "audience deleted, paused": Stuck(
        "Paused", deleted_audience_of_a_paused_job, "was deleted", "runs it again", "assign_job"
    ),
    "whole deleted": Stuck("Running", deleted_whole_of_a_slice, "is a part of was deleted", "again", "assign_job"),
    "slice of few": Stuck("Running", slice_of_few, "too few people", "on all of them", "assign_job"),
    "filters leave nobody": Stuck("Running", filters_that_leave_nobody, "filters", "wider filters, or none"),
    "slice of nobody": Stuck("Running", slice_of_nobody, "filters", "on all of them", "assign_job"),
} | {
    f"review: {reason}": Stuck(
        "ManualApproval", scripted, why, "hour", scenario=in_state("ManualApproval", review_reason=reason)
    )
    for reason, why in REVIEWS.items()
}
GOES_ON = ("being prepared", "queued", "paused", "failed", "stale", "never recruited", "recruiting")
"""These jobs end well when the named call is made, or time passes."""


def named_call(next_step: str) -> tuple[str, dict[str, Any]]:
    """The first call that a next step names, with its arguments."""
    value = r"(?:'[^']*'|[\d.]+)"
    call = re.search(rf"(\w+)\(((?:\w+={value}(?:, )?)+)\)", next_step)
    assert call is not None, next_step
    return call[1], {name: literal_eval(given) for name, given in re.findall(rf"(\w+)=({value})", call[2])}


async def made_in_place(assistant: Assistant, audience_id: str, next_step: str) -> str:
    """The job that runs when the steps are taken by which another audience is made in place of one; its id."""
    tool, arguments = named_call(next_step)
    made = await assistant.call(tool, **arguments)
    shown = (await assistant.call("get_audience", audience_id=audience_id))["examples"]
    kept = next_step.split("Leave out")[0]
    for example in (example for example in shown if example["example_id"] in kept):
        pair = [example["truth"], example["other"]]
        await assistant.example(made["audience_id"], datapoint=pair, truth=pair[0], data_type="text")
    _, draft = named_call(next_step[next_step.index("assign_job") :].replace(", audience_id", ""))
    return str((await assistant.call("assign_job", audience_id=made["audience_id"], **draft))["job_id"])


@asynccontextmanager
async def stuck_job(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock, case: Stuck
) -> AsyncIterator[tuple[Assistant, str]]:
    async with open_assistant(scenario=case.scenario) as assistant, opened(settings, clock) as call:
        job_id = await case.start(assistant, call)
        if case.state == "StaleResults":
            clock.time += 60
        yield assistant, job_id


@pytest.mark.parametrize("name", STUCK)
async def test_every_reason_is_told_with_what_mends_it(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock, name: str
) -> None:
    """In words; the call that is named has all of its arguments, is made, and is shown to help."""
    case = STUCK[name]
    async with stuck_job(open_assistant, settings, clock, case) as (assistant, job_id):
        status = await assistant.call("get_job", job_id=job_id)
        assert status["state"] == case.state
        assert case.why in status["why"]
        assert case.why in status["summary"]
        assert case.mend in status["next_step"]
        if case.mend and case.state != "Running":
            assert (await assistant.call("get_results", job_id=job_id))["next_step"] == status["next_step"]
        if case.call:
            tool, arguments = named_call(status["next_step"])
            assert tool == case.call
            if tool == "create_audience":
                await assistant.finished(await made_in_place(assistant, status["audience_id"], status["next_step"]))
                return
            mended = await assistant.call(tool, **arguments)
            if tool == "assign_job":
                await assistant.finished(mended["job_id"])
        if name in GOES_ON:
            assert (await assistant.finished(job_id))["why"] is None


@pytest.mark.parametrize("name", ["audience deleted, paused", "whole deleted"])
async def test_a_job_without_an_audience_does_not_go_on(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock, name: str
) -> None:
    """Nobody is sent to its labeling page, and resuming it is refused with what helps."""
    async with stuck_job(open_assistant, settings, clock, STUCK[name]) as (assistant, job_id):
        await assistant.call("pause_job", job_id=job_id)
        assert (await assistant.call("get_job", job_id=job_id))["label_url"] == ""
        refusal = await assistant.refusal("resume_job", job_id=job_id)
        assert "Nothing was resumed" in refusal
        assert "audience_id='global'" in refusal


def test_every_state_and_review_reason_is_tried() -> None:
    """But for that of a job that has ended well."""
    assert {case.state for case in STUCK.values()} == set(JobState.known()) - {"Completed"}
    assert set(REVIEWS) == set(get_args(ReviewReason))


async def test_examples_that_are_missing_are_added_as_told(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock
) -> None:
    """As many as are said to be missing; then the job goes on by the call that is named next."""
    async with stuck_job(open_assistant, settings, clock, STUCK["too few examples"]) as (assistant, job_id):
        audience_id = (await assistant.call("get_job", job_id=job_id))["audience_id"]
        for text in ("second", "third"):
            await assistant.example(audience_id, datapoint=[text, "muddled"], truth=text, data_type="text")
        tool, arguments = named_call((await assistant.call("get_job", job_id=job_id))["next_step"])
        await assistant.call(tool, **arguments)
        await assistant.finished(job_id)


async def test_a_wrong_truth_is_named_and_left_out(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock
) -> None:
    """The examples most failed are those that are marked the wrong way round; what is made anew is without them."""
    async with stuck_job(open_assistant, settings, clock, STUCK["nobody qualifies"]) as (assistant, job_id):
        status = await assistant.call("get_job", job_id=job_id)
        shown = (await assistant.call("get_audience", audience_id=status["audience_id"]))["examples"]
        wrong = {example["example_id"] for example in shown if example["truth"] in MOSTLY_WRONG}
        kept, without = status["next_step"].split("Leave out")
        assert sum(example_id in status["why"] for example_id in wrong) == 3
        assert all(example_id in without for example_id in wrong)
        assert all(example["example_id"] in kept for example in shown if example["example_id"] not in wrong)
        again = await assistant.finished(await made_in_place(assistant, status["audience_id"], status["next_step"]))
        assert again["graduated"] > 0


async def test_every_tool_leads_out_of_an_audience_that_hardly_anyone_passes(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock
) -> None:
    """The same steps, whatever is asked about it; a start on it is warned of."""
    async with stuck_job(open_assistant, settings, clock, STUCK["used up"]) as (assistant, job_id):
        status = await assistant.call("get_job", job_id=job_id)
        audience = {"audience_id": status["audience_id"]}
        read = await assistant.call("get_audience", **audience)
        assert "Hardly anyone passes: 3 of 600 labelers qualified at a bar of 6 of 6 right" in read["problems"][0]
        assert f"Its examples ask “{QUESTION}”." in read["summary"]
        recruited = await assistant.call("start_recruiting", **audience)
        resumed = await assistant.call("resume_job", job_id=job_id)
        assert "Hardly anyone passes" in recruited["summary"]
        assert resumed["why"] == status["why"]
        assert read["next_step"] == recruited["next_step"] == resumed["next_step"] == status["next_step"]
        assigned = await assistant.call("assign_job", job_definition_id=await assistant.draft(), **audience)
        assert "Hardly anyone passes" in assigned["summary"]


async def test_a_restart_does_not_hide_that_a_job_cannot_go_on(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock
) -> None:
    """It is told by what is counted, at the first look."""
    async with stuck_job(open_assistant, settings, clock, STUCK["used up"]) as (_, job_id):
        pass
    async with open_assistant(scenario=Scenario(WRONG)) as restarted:
        assert "cannot go on" in (await restarted.call("get_job", job_id=job_id))["why"]


async def test_early_stopping_that_ran_out_of_labelers_is_told_when_nothing_comes(
    open_assistant: OpenAssistant,
) -> None:
    """Nobody knows how often they may answer: a minute without a response tells, and until then no time is promised."""
    async with open_assistant(scenario=Scenario(WRONG)) as assistant:
        audience_id = await assistant.audience(6, target_accuracy=1.0, min_tasks=6)
        job_id = await assistant.job(audience_id, pairs=12, responses_per_datapoint=30, confidence_threshold=0.9)
        said = []
        while not said or said[-1]["why"] is None or "cannot go on" not in said[-1]["why"]:
            assistant.clock.time += 5
            said.append(await assistant.call("get_job", job_id=job_id))
        assert all(status["minutes_left"] is None for status in said)
        assert "have answered what they may, and nobody is qualifying" in said[-1]["why"]
        await assistant.finished(await made_in_place(assistant, audience_id, said[-1]["next_step"]))


async def test_money_that_ran_out_is_told_and_topping_up_mends(open_assistant: OpenAssistant) -> None:
    """By how much it falls short, and what it has cost; resuming before there is money is refused."""
    async with open_assistant(local_price=0.01, local_credit=0.1) as assistant:
        draft = await assistant.draft()
        assistant.clock.time += 5
        quoted = await assistant.call("assign_job", job_definition_id=draft, audience_id="global")
        started = await assistant.call(
            "assign_job", job_definition_id=draft, audience_id="global", quote=quoted["quote"]
        )
        assistant.clock.time += 60
        status = await assistant.call("get_job", job_id=started["job_id"])
        assert (
            "used up ($0.00 left). The whole job is estimated at $0.30, and about $0.20 more is needed" in status["why"]
        )
        assert status["cost_usd"] == pytest.approx(0.1)
        assert "The user has to top it up" in status["next_step"]
        assert "restarting the server with a higher RAPIDATA_MCP_LOCAL_CREDIT" in status["next_step"]
        assert (await assistant.call("get_results", job_id=started["job_id"]))["next_step"] == status["next_step"]
        tool, arguments = named_call(status["next_step"])
        assert "Nothing was resumed" in await assistant.refusal(tool, **arguments)
    async with open_assistant(local_price=0.01, local_credit=1.0) as assistant:
        await assistant.call(tool, **arguments)
        done = await assistant.finished(started["job_id"])
        assert done["cost_usd"] == pytest.approx(0.01 * done["simulated_responses"])
        assert f"It has cost ${done['cost_usd']:,.2f}." in done["summary"]


async def test_time_left_is_told_when_it_can_be(assistant: Assistant) -> None:
    """From a twentieth of the responses on, by the rate that is told with it; not at the end."""
    job_id = await assistant.job(pairs=200)
    began, told = assistant.clock.time, 0
    while (status := await assistant.call("get_job", job_id=job_id))["state"] == "Running":
        answers, passed = status["simulated_responses"], (assistant.clock.time - began) / 60
        assert f"{answers:,} simulated responses of about 2,000" in status["summary"]
        if answers < 100:
            assert status["minutes_left"] is None
        else:
            told += 1
            assert status["minutes_left"] == pytest.approx(max(0, 2_000 - answers) * passed / answers, abs=0.06)
            assert "at this speed" in status["summary"]
        assistant.clock.time += 0.1
    assert told > 0
    assert (await assistant.finished(job_id))["minutes_left"] is None


@pytest.mark.parametrize(
    ("answers", "said"),
    [(40, "about 1.5 minutes are left"), (50, "about 1 minute is left"), (80, "less than a minute is left")],
)
def test_time_left_agrees_with_the_rate(answers: int, said: str) -> None:
    """By responses, of which there are many before the first datapoint is done; one minute is singular."""
    job = ENDED.model_copy(update={"state": JobState.RUNNING})
    progress = JobProgress(completion_percentage=0, response_count=answers)
    summary = job_status(job, progress, rate=ResponseRate(per_minute=answers), expected=100).summary
    assert f"none of its datapoints is done, though {answers} % of its responses are in" in summary
    assert f"{answers} responses a minute came in; at this speed {said}" in summary
