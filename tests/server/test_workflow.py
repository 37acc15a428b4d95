"""The workflow document of the project, run through the tools."""

from __future__ import annotations

import pytest

from tests.assistant import FLOWERS, QUESTION, SIGNS, Assistant
from tests.conftest import OpenAssistant

ERAS = pytest.mark.parametrize("era", ["auto", "legacy"])


async def run_document(assistant: Assistant, examples: list[dict[str, object]]) -> dict[str, object]:
    """Run the document with its six tools and its arguments, and return the results."""
    audience = await assistant.call("create_audience", name="Prompt Alignment Audience")
    for example in examples:
        await assistant.call("add_compare_example", audience_id=audience["audience_id"], **example)
    found = await assistant.call("find_audiences", name="Prompt Alignment")
    assert [row["audience_id"] for row in found["audiences"]] == [audience["audience_id"]]
    draft = await assistant.call(
        "create_compare_job",
        name="Prompt Alignment Job",
        instruction=QUESTION,
        datapoints=[list(FLOWERS)],
        contexts=["A yellow flower sticking out of a green pot."],
    )
    job = await assistant.call(
        "assign_job", job_definition_id=draft["job_definition_id"], audience_id=audience["audience_id"]
    )
    assert (job["status"], job["recruiting_started"]) == ("started", True)
    for _ in range(30):
        results = await assistant.call("get_results", job_id=job["job_id"])
        if results["completeness"] == "final":
            return results
        assistant.clock.time += 1
    raise AssertionError("the job did not finish within half a minute")


@ERAS
async def test_the_document_runs_with_its_literal_arguments(open_assistant: OpenAssistant, era: str) -> None:
    """One example three times and no start_recruiting lead to results, which are marked as simulated."""
    example = {
        "instruction": QUESTION,
        "datapoint": list(SIGNS),
        "truth": SIGNS[0],
        "context": "A sign that says 'Diffusion'.",
    }
    async with open_assistant(era) as assistant:
        results = await run_document(assistant, [example] * 3)
    assert results["total_pairs"] == 1
    assert results["human_responses"] == 0
    assert results["simulated_responses"] >= 10
    assert "no human has answered" in str(results["summary"])


@ERAS
async def test_the_document_runs_with_three_different_examples(open_assistant: OpenAssistant, era: str) -> None:
    """The recommended variant leads to results too."""
    examples = [
        {
            "instruction": QUESTION,
            "datapoint": [f"https://a.test/{n}.jpg", SIGNS[1]],
            "truth": f"https://a.test/{n}.jpg",
        }
        for n in range(3)
    ]
    async with open_assistant(era) as assistant:
        results = await run_document(assistant, examples)
    assert results["completeness"] == "final"


async def test_a_repeated_example_is_added_and_flagged(assistant: Assistant) -> None:
    """The reply names the first example and says that the repeat adds no quality."""
    audience_id = await assistant.audience(examples=0)
    first = await assistant.example(audience_id)
    again = await assistant.example(audience_id)
    swapped = await assistant.example(audience_id, datapoint=SIGNS[::-1])
    assert (first["duplicate_of"], again["duplicate_of"], swapped["duplicate_of"]) == (None, *[first["example_id"]] * 2)
    assert "adds no quality" in again["summary"]
    assert (swapped["example_count"], swapped["distinct_examples"]) == (3, 1)


@pytest.mark.parametrize(("min_tasks", "odds"), [(3, "1 in 8"), (10, "1 in 18")])
async def test_an_audience_says_how_likely_guessers_get_in(assistant: Assistant, min_tasks: int, odds: str) -> None:
    """The chance follows from the admission rule of the audience."""
    audience = await assistant.call("create_audience", name="Bar", min_tasks=min_tasks)
    assert audience["guesser_passes"] == odds


async def test_a_job_that_nobody_could_answer_is_not_started(assistant: Assistant) -> None:
    """With too few examples the refusal says how many are missing, and no job exists."""
    audience_id = await assistant.audience(examples=2)
    definition_id = await assistant.draft()
    refusal = await assistant.refusal("assign_job", job_definition_id=definition_id, audience_id=audience_id)
    assert "2 of the 3 examples" in refusal
    assert "add_compare_example" in refusal
    assert (await assistant.call("find_jobs"))["total_jobs"] == 0
    assert "2 of the 3 examples" in await assistant.refusal("start_recruiting", audience_id=audience_id)


async def test_custom_audiences_are_created_then_recruiting_then_ready(assistant: Assistant) -> None:
    """The states have the platform's names. Starting to recruit twice is harmless."""
    audience_id = await assistant.audience()
    states = [(await assistant.call("get_audience", audience_id=audience_id))["status"]]
    for _ in range(2):
        states.append((await assistant.call("start_recruiting", audience_id=audience_id))["status"])
    assistant.clock.time += 30
    audience = await assistant.call("get_audience", audience_id=audience_id)
    assert [*states, audience["status"]] == ["Created", "Recruiting", "Recruiting", "Ready"]
    assert audience["graduated"] >= 10
    assert audience["dropped"] > 0
    assert audience["qualifying"] == 0


async def test_ready_made_audiences_exist_from_the_start(assistant: Assistant) -> None:
    """`global` and a curated audience answer jobs without recruiting."""
    kinds = {row["kind"] for row in (await assistant.call("find_audiences"))["audiences"]}
    assert kinds == {"global", "curated"}
    job_id = await assistant.job("global")
    assert (await assistant.finished(job_id))["simulated_responses"] >= 30
    assert "takes no examples" in await assistant.refusal(
        "add_compare_example", audience_id="global", instruction="?", datapoint=["a", "b"], truth="a", data_type="text"
    )


@pytest.mark.parametrize("tool", ["audience", "draft", "job"])
async def test_the_same_call_twice_makes_one_thing(assistant: Assistant, tool: str) -> None:
    """The second call returns the id of the first and says so; repeat=true creates another."""
    definition_id = await assistant.draft()
    calls = {
        "audience": ("create_audience", "audience_id", {"name": "Twice"}),
        "draft": (
            "create_compare_job",
            "job_definition_id",
            {"name": "Twice", "instruction": "?", "datapoints": [["a", "b"]], "data_type": "text"},
        ),
        "job": ("assign_job", "job_id", {"job_definition_id": definition_id, "audience_id": "global"}),
    }
    name, identifier, arguments = calls[tool]
    first = await assistant.call(name, **arguments)
    second = await assistant.call(name, **arguments)
    third = await assistant.call(name, **arguments, repeat=True)
    assert [first["already_existed"], second["already_existed"], third["already_existed"]] == [False, True, False]
    assert first[identifier] == second[identifier] != third[identifier]
    assert "changed since" not in second["summary"]


async def test_things_of_the_same_name_can_be_told_apart(assistant: Assistant) -> None:
    """Jobs of the same name show their start and audience; a new audience names others with its name."""
    draft, first = await assistant.draft(), await assistant.audience()
    second = await assistant.call("create_audience", name="Readers", min_tasks=4)
    assert f"Other audiences have the same name: {first}." in second["summary"]
    assert "3 of 4 answers have to be right" in second["summary"]
    for audience_id in (first, "global"):
        await assistant.call("assign_job", job_definition_id=draft, audience_id=audience_id)
        assistant.clock.time += 60
    newer, older = (await assistant.call("find_jobs"))["jobs"]
    assert newer["name"] == older["name"]
    assert (newer["created_at"], older["created_at"]) == ("2027-01-15 08:01:00", "2027-01-15 08:00:00")
    assert (newer["audience_id"], older["audience_id"]) == ("global", first)


async def test_a_list_shows_responses_while_no_datapoint_is_complete(assistant: Assistant) -> None:
    """A job at 0 percent shows by its responses that it advances."""
    job_id = await assistant.job(pairs=50)
    assistant.clock.time += 2
    (listed,) = (await assistant.call("find_jobs"))["jobs"]
    assert listed["progress"] == 0
    assert listed["responses"] == (await assistant.call("get_job", job_id=job_id))["simulated_responses"] > 0
    await assistant.finished(job_id)
    (listed,) = (await assistant.call("find_jobs"))["jobs"]
    assert (listed["progress"], listed["responses"]) == (100, None)


async def test_a_paused_job_collects_nothing_until_it_is_resumed(assistant: Assistant) -> None:
    """Its responses stay, and none are added."""
    job_id = await assistant.job(pairs=10)
    assistant.clock.time += 1
    paused = await assistant.call("pause_job", job_id=job_id)
    assistant.clock.time += 600
    later = await assistant.call("get_job", job_id=job_id)
    assert paused["state"] == later["state"] == "Paused"
    assert paused["simulated_responses"] == later["simulated_responses"] > 0
    assert (await assistant.call("resume_job", job_id=job_id))["state"] == "Running"
    assert (await assistant.finished(job_id))["simulated_responses"] >= 100


async def test_two_thousand_pairs_at_once(assistant: Assistant) -> None:
    """A job of 2,000 pairs keeps their order and can be paged through."""
    definition_id = await assistant.draft(pairs=2000)
    draft = await assistant.call("get_job", job_definition_id=definition_id)
    assert "2,000 pairs, about 20,000 responses (a few late ones can come on top), " in draft["summary"]
    job = await assistant.call("assign_job", job_definition_id=definition_id, audience_id="global")
    first = await assistant.call("get_results", job_id=job["job_id"], order="given")
    _, _, order = first["cursor"].split(".")
    last = await assistant.call("get_results", job_id=job["job_id"], cursor=f"1990.0.{order}")
    assert [pair["a"] for pair in last["pairs"]] == [f"first text {number}" for number in range(1990, 2000)]
    assert last["total_pairs"] == 2000
    assert last["cursor"] == ""


async def test_text_and_structured_content_say_the_same(assistant: Assistant) -> None:
    """Ids, counts and the next step are in both, since a client may show only one of the two."""
    job_id = await assistant.job()
    await assistant.finished(job_id)
    result = await assistant.client.call_tool("get_results", {"job_id": job_id})
    text, facts = result.content[0].text, result.structured_content
    for name in ("summary", "job_id", "next_step", "completeness"):
        assert str(facts[name]) in text
    assert "first text 0" in text


async def test_replies_of_a_rehearsal_say_that_labelers_are_simulated(assistant: Assistant) -> None:
    """A user who approves a job must know that no people will answer."""
    audience = await assistant.call("create_audience", name="Readers")
    draft = await assistant.call(
        "create_compare_job", name="n", instruction="?", datapoints=[["a", "b"]], data_type="text"
    )
    job = await assistant.call("assign_job", job_definition_id=draft["job_definition_id"], audience_id="global")
    assert all("labelers are simulated" in answer["summary"] for answer in (audience, draft, job))


async def test_examples_that_contradict_each_other_are_named(assistant: Assistant) -> None:
    """Nobody can be right on two examples that ask the same and have different truths."""
    audience_id = await assistant.audience(examples=0)
    first = await assistant.example(audience_id)
    second = await assistant.example(audience_id, truth=SIGNS[1])
    assert f"contradicts {first['example_id']}" in second["summary"]
    assert second["distinct_examples"] == 1
    assert f"remove_example(audience_id='{audience_id}', example_id='{second['example_id']}')" in second["next_step"]
    problems = (await assistant.call("get_audience", audience_id=audience_id))["problems"]
    assert any(first["example_id"] in problem and second["example_id"] in problem for problem in problems)


async def test_nothing_starts_on_examples_that_contradict_each_other(open_assistant: OpenAssistant) -> None:
    """Recruiting and jobs are refused until one of them is removed; an audience that recruits gets a warning."""
    async with open_assistant(toolsets="manage") as assistant:
        audience_id = await assistant.audience(examples=3)
        other = {"datapoint": ["clear answer 0", "muddled answer 0"], "truth": "muddled answer 0", "data_type": "text"}
        wrong = await assistant.example(audience_id, **other)
        draft = await assistant.draft()
        started = {"job_definition_id": draft, "audience_id": audience_id}
        for tool, arguments in (("start_recruiting", {"audience_id": audience_id}), ("assign_job", started)):
            refusal = await assistant.refusal(tool, **arguments)
            assert f"and {wrong['example_id']} ask the same" in refusal
            assert "remove_example" in refusal
        await assistant.call("remove_example", audience_id=audience_id, example_id=wrong["example_id"])
        await assistant.call("start_recruiting", audience_id=audience_id)
        await assistant.example(audience_id, **other)
        assert "ask the same" in (await assistant.call("assign_job", **started))["summary"]


async def test_texts_that_are_all_urls_get_a_note(assistant: Assistant) -> None:
    """There is no note on media, nor if one item is another text."""
    notes = []
    for kind, pair in (("text", SIGNS), ("media", SIGNS), ("text", (SIGNS[0], "a sign"))):
        job = {"name": "Signs", "instruction": QUESTION, "datapoints": [pair], "data_type": kind}
        notes.append("labelers will read them" in (await assistant.call("create_compare_job", **job))["summary"])
    assert notes == [True, False, False]


async def test_a_used_draft_names_its_jobs(assistant: Assistant) -> None:
    """This keeps users from starting it again by mistake."""
    definition_id = await assistant.draft()
    job = await assistant.call("assign_job", job_definition_id=definition_id, audience_id="global")
    status = await assistant.call("get_job", job_definition_id=definition_id)
    assert job["job_id"] in status["summary"]
    await assistant.finished(job["job_id"])
    again = await assistant.call("assign_job", job_definition_id=definition_id, audience_id="global")
    assert again["next_step"].startswith(f"get_results(job_id='{job['job_id']}')")


async def test_the_id_of_a_draft_is_recognized_in_place_of_a_job_id(assistant: Assistant) -> None:
    """The refusal gives the call that takes the id."""
    definition_id = await assistant.draft()
    for tool in ("get_job", "get_results"):
        refusal = await assistant.refusal(tool, job_id=definition_id)
        assert "looks like a job_definition_id" in refusal
        assert f"get_job(job_definition_id='{definition_id}')" in refusal
    job_id = await assistant.job()
    assert f"get_job(job_id='{job_id}')" in await assistant.refusal("get_job", job_definition_id=job_id)


async def test_a_name_in_place_of_an_id_leads_to_the_tool_that_finds_it(assistant: Assistant) -> None:
    """The refusal names the tool that lists valid ids."""
    assert "find_jobs(name)" in await assistant.refusal("get_job", job_id="My first job")
    refusal = await assistant.refusal("assign_job", job_definition_id="jdf_1", audience_id="Careful readers")
    assert "find_audiences(name)" in refusal


async def test_a_used_draft_starts_again_only_with_repeat(assistant: Assistant) -> None:
    """The same call returns the job that it started; repeat=true starts another, as the draft's next step says."""
    definition_id = await assistant.draft()
    arguments = {"job_definition_id": definition_id, "audience_id": "global"}
    first = await assistant.call("assign_job", **arguments)
    next_step = (await assistant.call("get_job", job_definition_id=definition_id))["next_step"]
    assert next_step.endswith("with another audience, or with repeat=true, starts another job.")
    assert (await assistant.call("assign_job", **arguments))["job_id"] == first["job_id"]
    assert (await assistant.call("assign_job", **arguments, repeat=True))["job_id"] != first["job_id"]


async def test_pausing_or_resuming_a_finished_job_changes_nothing(assistant: Assistant) -> None:
    """The replies say so."""
    job_id = await assistant.job()
    await assistant.finished(job_id)
    assert "nothing to pause" in (await assistant.call("pause_job", job_id=job_id))["summary"]
    assert "nothing to resume" in (await assistant.call("resume_job", job_id=job_id))["summary"]


@pytest.mark.parametrize("tool", ["find_audiences", "find_jobs"])
async def test_the_next_step_of_a_list_leads_to_its_next_page(assistant: Assistant, tool: str) -> None:
    """It does not repeat the name, which may be long and is untrusted."""
    name = "x" * 190
    for number in range(3):
        await assistant.call("create_audience", name=f"{name}{number}")
        await assistant.draft(name=f"{name}{number}")
    page = await assistant.call(tool, name=name, limit=2)
    assert page["next_step"] == f"{tool}(page=2, limit=2, name) with the same name shows more."
    rest = await assistant.call(tool, name=name, limit=2, page=2)
    assert len(rest["audiences" if tool == "find_audiences" else "drafts"]) == 1


async def test_advice_asks_for_examples_of_the_task_type_of_the_first(assistant: Assistant) -> None:
    """The next step and refusals name the tool of that task type."""
    audience_id = (await assistant.call("create_audience", name="Readers"))["audience_id"]
    question = {"instruction": "What kind of text?", "answer_options": ["Question", "Order"], "data_type": "text"}
    added = await assistant.call(
        "add_classification_example", audience_id=audience_id, datapoint="Who?", truth=["Question"], **question
    )
    call = f"add_classification_example(audience_id='{audience_id}', instruction, datapoint, truth)"
    assert added["next_step"].startswith(call)
    assert call in await assistant.refusal("start_recruiting", audience_id=audience_id)
