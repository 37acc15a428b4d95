"""A job that does not move has a stall: the reason, and the call or the person that fixes it."""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, get_args

import pytest

from rapidata_mcp.local.api.scenario import JobScript, Scenario
from rapidata_mcp.models.job_states import JobState
from rapidata_mcp.models.jobs import ReviewReason
from rapidata_mcp.settings import Settings
from tests.assistant import QUESTION, Assistant, MovingClock
from tests.conftest import OpenAssistant
from tests.contract.caller import EXAMPLE, Caller, opened

Start = Callable[[Assistant, Caller], Awaitable[str]]
NOWHERE = {"_t": "CountryFilter", "countries": ["VA"]}
"""No simulated labeler lives there."""
WRONG, MOSTLY_WRONG = (frozenset(f"clear answer {number}" for number in range(many)) for many in (3, 12))


@dataclass(frozen=True)
class Stalled:
    """A way to stall: how a job gets there, the reason in words, and a part of the next step.

    `call` is the tool that the next step calls with all arguments. Without it, a person must act or time must pass.
    """

    state: str
    start: Start
    why: str
    fix: str = ""
    call: str = ""
    scenario: Scenario = field(default_factory=Scenario)


async def scripted(assistant: Assistant, _: Caller) -> str:
    return await assistant.job(name="Stalled")


async def paused(assistant: Assistant, _: Caller) -> str:
    job_id = await assistant.job()
    await assistant.call("pause_job", job_id=job_id)
    return job_id


async def queued(assistant: Assistant, _: Caller) -> str:
    first, draft = await assistant.job(pairs=20), await assistant.draft(name="Second")
    second = await assistant.call("assign_job", job_definition_id=draft, audience_id="global", run_after=first)
    return str(second["job_id"])


async def bare(call: Caller, audience_id: str, draft: str) -> str:
    """Start a job with a request to the platform, which accepts more than the tools do."""
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
    """Let time pass in steps. Few qualify at first, so more simulated labelers come, until nobody else comes."""
    for _ in range(60):
        assistant.clock.time += 5
        if "under way" not in ((await assistant.call("get_job", job_id=job_id))["why"] or "under way"):
            break


async def wrong_truths(assistant: Assistant, _: Caller) -> str:
    job_id = await assistant.job(await assistant.audience(target_accuracy=1.0, min_tasks=15, examples=15))
    await watched(assistant, job_id)
    return job_id


async def used_up(assistant: Assistant, _: Caller) -> str:
    """Three of six hundred labelers qualify, and each datapoint needs six responses."""
    audience_id = await assistant.audience(target_accuracy=1.0, min_tasks=6, examples=6)
    job_id = await assistant.job(audience_id, pairs=12, responses_per_datapoint=6)
    await watched(assistant, job_id)
    return job_id


async def few_who_may_qualify(assistant: Assistant, _: Caller) -> str:
    """The filters leave too few labelers to blame the bar."""
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
    return Scenario(job_states={"Stalled": JobScript(state, **more)})


REVIEWS = {
    "ContentFlagged": "content was flagged",
    "UnsupportedContentType": "cannot be checked automatically",
    "CheckErrored": "check failed",
    "ClassificationTimedOut": "took too long",
}
STALLS = {
    "being prepared": Stalled("Submitted", scripted, "preparing it", scenario=in_state("Submitted")),
    "queued": Stalled(
        "Queued", queued, "waits until the job before it has ended", "shows the progress of that job", "get_job"
    ),
    "paused": Stalled("Paused", paused, "It was paused", "continues", "resume_job"),
    "failed": Stalled(
        "Failed", scripted, "“disk on fire”", "again", "resume_job", in_state("Failed", failure_message="disk on fire")
    ),
    "stale": Stalled(
        "StaleResults", scripted, "must be made again", "makes them again", "resume_job", in_state("StaleResults")
    ),
    "blocked": Stalled("Blocked", scripted, "flagged item", "The user has to un-flag", scenario=in_state("Blocked")),
    "out of money": Stalled("SpendLimited", scripted, "used up", "has to top it up", scenario=in_state("SpendLimited")),
    "never recruited": Stalled("Running", never_recruited, "never recruited", "", "start_recruiting"),
    "too few examples": Stalled("Running", too_few_examples, "1 of 3 examples", "2 more needed"),
    "recruiting": Stalled("Running", recruiting, "Recruiting is under way"),
    "nobody qualifies": Stalled(
        "Running", wrong_truths, "Nobody qualifies", "In place of", "create_audience", Scenario(MOSTLY_WRONG)
    ),
    "used up": Stalled(
        "Running", used_up, "All 3 labelers who qualified have", "In place of", "create_audience", Scenario(WRONG)
    ),
    "few may qualify": Stalled("Running", few_who_may_qualify, "Other labelers would have to qualify", "wider filters"),
    "audience deleted": Stalled("Running", deleted_audience, "was deleted", "runs it again", "assign_job"),
    "audience deleted, paused": Stalled(
        "Paused", deleted_audience_of_a_paused_job, "was deleted", "runs it again", "assign_job"
    ),
    "whole deleted": Stalled("Running", deleted_whole_of_a_slice, "is a part of was deleted", "again", "assign_job"),
    "slice of few": Stalled("Running", slice_of_few, "too few people", "on all of them", "assign_job"),
    "filters leave nobody": Stalled("Running", filters_that_leave_nobody, "filters", "wider filters, or none"),
    "slice of nobody": Stalled("Running", slice_of_nobody, "filters", "on all of them", "assign_job"),
} | {
    f"review: {reason}": Stalled(
        "ManualApproval", scripted, why, "hour", scenario=in_state("ManualApproval", review_reason=reason)
    )
    for reason, why in REVIEWS.items()
}
COMPLETES = ("being prepared", "queued", "paused", "failed", "stale", "never recruited", "recruiting")
"""These jobs complete after the call, or after some time."""


def named_call(next_step: str) -> tuple[str, dict[str, Any]]:
    """The first call in a next step that has all of its arguments."""
    literal = r"(?:'[^']*'|[\d.]+)"
    call = re.search(rf"(\w+)\(((?:\w+={literal}(?:, )?)+)\)", next_step)
    assert call is not None, next_step
    return call[1], {name: literal_eval(value) for name, value in re.findall(rf"(\w+)=({literal})", call[2])}


async def replaced(assistant: Assistant, audience_id: str, next_step: str) -> str:
    """Replace an audience as its next step says. Return the id of the job that runs on the new audience."""
    tool, arguments = named_call(next_step)
    new = await assistant.call(tool, **arguments)
    examples = (await assistant.call("get_audience", audience_id=audience_id))["examples"]
    kept = next_step.split("Leave out")[0]
    for example in (example for example in examples if example["example_id"] in kept):
        pair = [example["truth"], example["other"]]
        await assistant.example(new["audience_id"], datapoint=pair, truth=pair[0], data_type="text")
    _, draft = named_call(next_step[next_step.index("assign_job") :].replace(", audience_id", ""))
    return str((await assistant.call("assign_job", audience_id=new["audience_id"], **draft))["job_id"])


@asynccontextmanager
async def stalled_job(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock, case: Stalled
) -> AsyncIterator[tuple[Assistant, str]]:
    async with open_assistant(scenario=case.scenario) as assistant, opened(settings, clock) as call:
        job_id = await case.start(assistant, call)
        if case.state == "StaleResults":
            clock.time += 60
        yield assistant, job_id


@pytest.mark.parametrize("name", STALLS)
async def test_every_stall_has_a_reason_and_a_fix(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock, name: str
) -> None:
    """If the fix is a call, it has all of its arguments, and the job moves after it."""
    case = STALLS[name]
    async with stalled_job(open_assistant, settings, clock, case) as (assistant, job_id):
        status = await assistant.call("get_job", job_id=job_id)
        assert status["state"] == case.state
        assert case.why in status["why"]
        assert case.why in status["summary"]
        assert case.fix in status["next_step"]
        if case.fix and case.state != "Running":
            assert (await assistant.call("get_results", job_id=job_id))["next_step"] == status["next_step"]
        if case.call:
            tool, arguments = named_call(status["next_step"])
            assert tool == case.call
            if tool == "create_audience":
                await assistant.finished(await replaced(assistant, status["audience_id"], status["next_step"]))
                return
            result = await assistant.call(tool, **arguments)
            if tool == "assign_job":
                await assistant.finished(result["job_id"])
        if name in COMPLETES:
            assert (await assistant.finished(job_id))["why"] is None


@pytest.mark.parametrize("name", ["audience deleted, paused", "whole deleted"])
async def test_a_job_without_an_audience_cannot_be_resumed(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock, name: str
) -> None:
    """It has no labeling page, and the refusal names another way to run it."""
    async with stalled_job(open_assistant, settings, clock, STALLS[name]) as (assistant, job_id):
        await assistant.call("pause_job", job_id=job_id)
        assert (await assistant.call("get_job", job_id=job_id))["label_url"] == ""
        refusal = await assistant.refusal("resume_job", job_id=job_id)
        assert "Nothing was resumed" in refusal
        assert "audience_id='global'" in refusal


def test_the_stalls_cover_every_state_and_review_reason() -> None:
    """Except for the state of a complete job."""
    assert {case.state for case in STALLS.values()} == set(JobState.known()) - {"Completed"}
    assert set(REVIEWS) == set(get_args(ReviewReason))


async def test_adding_the_missing_examples_fixes_the_stall(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock
) -> None:
    """The next step then starts recruiting, and the job completes."""
    async with stalled_job(open_assistant, settings, clock, STALLS["too few examples"]) as (assistant, job_id):
        audience_id = (await assistant.call("get_job", job_id=job_id))["audience_id"]
        for text in ("second", "third"):
            await assistant.example(audience_id, datapoint=[text, "muddled"], truth=text, data_type="text")
        tool, arguments = named_call((await assistant.call("get_job", job_id=job_id))["next_step"])
        await assistant.call(tool, **arguments)
        await assistant.finished(job_id)


async def test_examples_with_wrong_truths_are_named_and_left_out(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock
) -> None:
    """Labelers fail them most, and the audience that replaces theirs does without them."""
    async with stalled_job(open_assistant, settings, clock, STALLS["nobody qualifies"]) as (assistant, job_id):
        status = await assistant.call("get_job", job_id=job_id)
        examples = (await assistant.call("get_audience", audience_id=status["audience_id"]))["examples"]
        wrong = {example["example_id"] for example in examples if example["truth"] in MOSTLY_WRONG}
        kept, without = status["next_step"].split("Leave out")
        assert sum(example_id in status["why"] for example_id in wrong) == 3
        assert all(example_id in without for example_id in wrong)
        assert all(example["example_id"] in kept for example in examples if example["example_id"] not in wrong)
        again = await assistant.finished(await replaced(assistant, status["audience_id"], status["next_step"]))
        assert again["graduated"] > 0


async def test_every_tool_advises_the_same_replacement_of_an_audience(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock
) -> None:
    """Hardly anyone qualifies for it, and a start on it comes with a warning."""
    async with stalled_job(open_assistant, settings, clock, STALLS["used up"]) as (assistant, job_id):
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


async def test_a_restarted_server_finds_the_stall_at_once(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock
) -> None:
    """The counts of responses and labelers suffice."""
    async with stalled_job(open_assistant, settings, clock, STALLS["used up"]) as (_, job_id):
        pass
    async with open_assistant(scenario=Scenario(WRONG)) as restarted:
        assert "cannot go on" in (await restarted.call("get_job", job_id=job_id))["why"]


async def test_a_job_with_early_stopping_stalls_after_a_minute_without_responses(
    open_assistant: OpenAssistant,
) -> None:
    """Nobody knows how often its labelers may still answer, so no time is estimated before."""
    async with open_assistant(scenario=Scenario(WRONG)) as assistant:
        audience_id = await assistant.audience(6, target_accuracy=1.0, min_tasks=6)
        job_id = await assistant.job(audience_id, pairs=12, responses_per_datapoint=30, confidence_threshold=0.9)
        statuses: list[dict[str, Any]] = []
        while not statuses or "cannot go on" not in (statuses[-1]["why"] or ""):
            assistant.clock.time += 5
            statuses.append(await assistant.call("get_job", job_id=job_id))
        assert all(status["minutes_left"] is None for status in statuses)
        assert "have answered all datapoints that they can, and nobody is qualifying" in statuses[-1]["why"]
        await assistant.finished(await replaced(assistant, audience_id, statuses[-1]["next_step"]))


async def test_a_higher_balance_fixes_a_job_without_money(open_assistant: OpenAssistant) -> None:
    """The reason has the missing amount. Resuming without money is refused."""
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
        complete = await assistant.finished(started["job_id"])
        assert complete["cost_usd"] == pytest.approx(0.01 * complete["simulated_responses"])
        assert f"It has cost ${complete['cost_usd']:,.2f}." in complete["summary"]
