"""All task types behave alike: a draft, examples, a job that simulated labelers answer, and its results."""

from __future__ import annotations

import csv
import json
import re
from base64 import b64decode
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from rapidata_mcp.tasks import TASK_TYPES
from rapidata_mcp.tasks.task import TaskType
from tests.assistant import Assistant
from tests.conftest import OpenAssistant
from tests.server.test_heat_maps import pixels
from tests.task_samples import SAMPLES

KIND = {kind.slug: kind for kind in TASK_TYPES}
OTHERS = [slug for slug in SAMPLES if slug != "compare"]


@pytest.fixture
async def allowed(open_assistant: OpenAssistant, tmp_path: Path) -> AsyncIterator[Assistant]:
    async with open_assistant(toolsets="all", files=(tmp_path,)) as assistant:
        yield assistant


async def finished(assistant: Assistant, slug: str, **changes: Any) -> str:
    """Run the sample job and return its id. Its labelers qualified with the sample example, if there is one."""
    sample, audience_id = SAMPLES[slug], "global"
    if sample.example is not None:
        audience_id = (await assistant.call("create_audience", name="Examined"))["audience_id"]
        for _ in range(3):
            await assistant.call(f"add_{slug}_example", audience_id=audience_id, **sample.example)
    draft = await assistant.call(f"create_{slug}_job", name="Sample", **{**sample.job, **changes})
    job = await assistant.call("assign_job", job_definition_id=draft["job_definition_id"], audience_id=audience_id)
    await assistant.finished(job["job_id"])
    return str(job["job_id"])


async def results_document(assistant: Assistant, job_id: str) -> dict[str, Any]:
    resource = await assistant.client.read_resource(f"rapidata://jobs/{job_id}/results")
    read: dict[str, Any] = json.loads(resource.contents[0].text)
    return read


def answers_in(kind: TaskType, document: dict[str, Any]) -> Counter[tuple[int, str]]:
    """Count the responses in the platform's results by datapoint and answer."""
    outcomes = [kind.outcome(position, entry, {}) for position, entry in enumerate(document["results"], start=1)]
    return Counter((outcome.position, response.answer) for outcome in outcomes for response in outcome.responses())


@pytest.mark.parametrize("slug", SAMPLES)
async def test_a_draft_is_made_once(allowed: Assistant, slug: str) -> None:
    """The same arguments return the same draft; another instruction makes another draft."""
    first, again = [await allowed.call(f"create_{slug}_job", name="Sample", **SAMPLES[slug].job) for _ in range(2)]
    assert (first["task"], first["already_existed"], again["already_existed"]) == (KIND[slug].name, False, True)
    assert first["job_definition_id"] == again["job_definition_id"]
    other = await allowed.call(
        f"create_{slug}_job", name="Sample", **{**SAMPLES[slug].job, "instruction": "Another one?"}
    )
    assert other["job_definition_id"] != first["job_definition_id"]


@pytest.mark.parametrize("slug", OTHERS)
async def test_results_contain_every_response(allowed: Assistant, slug: str) -> None:
    """The pages of responses together hold each response once, and the counts of each datapoint match them."""
    job_id = await finished(allowed, slug)
    results = await results_document(allowed, job_id)
    whole = await allowed.call("get_results", job_id=job_id)
    assert (whole["task"], whole["completeness"], whole["human_responses"]) == (KIND[slug].name, "final", 0)
    assert whole["simulated_responses"] == results["info"]["simulatedResponses"] > 0
    assert "no human has answered" in whole["summary"]
    assert whole["summary"].startswith("Final, of simulated answers: ")
    people = await allowed.call("get_results", job_id=job_id, people_only=True)
    assert people["summary"].startswith("No human has answered yet.")
    assert people["datapoints"] == []
    assert len(whole["datapoints"]) == whole["total_datapoints"] == len(results["results"])
    assert sum(row["responses"] for row in whole["datapoints"]) == whole["simulated_responses"]
    listed: Counter[int] = Counter()
    cursor = ""
    while True:
        page_of_responses = await allowed.call("get_results", job_id=job_id, detail="responses", cursor=cursor)
        listed.update(row["datapoint"] for row in page_of_responses["given"])
        cursor = page_of_responses["cursor"]
        if not cursor:
            break
    by_datapoint: Counter[int] = Counter()
    for (datapoint, _), number in answers_in(KIND[slug], results).items():
        by_datapoint[datapoint] += number
    assert listed == by_datapoint


@pytest.mark.parametrize("slug", OTHERS)
async def test_all_answers_and_responses_are_exported(allowed: Assistant, slug: str, tmp_path: Path) -> None:
    """Exports have a row per answer or per response, as CSV or JSONL; the table is a resource too."""
    job_id = await finished(allowed, slug)
    answers = answers_in(KIND[slug], await results_document(allowed, job_id))
    wrote = await allowed.call("export_results", job_id=job_id, file=str(tmp_path / "given.jsonl"), row_per="response")
    rows = [json.loads(line) for line in (tmp_path / "given.jsonl").read_text().splitlines()]
    assert Counter((row["datapoint"], row["answer"]) for row in rows) == answers
    assert wrote["rows"] == len(rows)
    await allowed.call("export_results", job_id=job_id, file=str(tmp_path / "answers.csv"))
    with (tmp_path / "answers.csv").open(newline="") as file:
        table = list(csv.DictReader(file))
    resource = await allowed.client.read_resource(f"rapidata://jobs/{job_id}/results.csv")
    assert len(resource.contents[0].text.splitlines()) == len(table) + 1
    assert {int(row["datapoint"]) for row in table} == {datapoint for datapoint, _ in answers}


async def test_an_ordered_scale_has_means_and_medians(allowed: Assistant) -> None:
    """Its answers are listed in the order of the steps."""
    steps = ["Very bad", "Bad", "Fair", "Good", "Very good"]
    job_id = await finished(
        allowed, "classification", answer_options=steps, settings={"no_shuffle": True}, responses_per_datapoint=20
    )
    results = await allowed.call("get_results", job_id=job_id)
    assert "On the scale from 1 (“Very bad”) to 5 (“Very good”) the mean is" in results["summary"]
    assert all("mean" in row["note"] and "median" in row["note"] for row in results["datapoints"])
    order = [answer["answer"] for answer in results["answers"]]
    assert order == [step for step in steps if step in order]


async def test_classification_stops_early(allowed: Assistant) -> None:
    """Confidence and quorum stop it as they stop comparisons; other tasks do not take these arguments."""
    items = [f"text {number}" for number in range(20)]
    quorum = await finished(allowed, "classification", datapoints=items, quorum_threshold=4)
    confident = await finished(
        allowed, "classification", datapoints=items, responses_per_datapoint=30, confidence_threshold=0.95
    )
    for entry in (await results_document(allowed, quorum))["results"]:
        assert max(entry["aggregatedResults"].values()) >= 4 or sum(entry["aggregatedResults"].values()) >= 7
    document = await results_document(allowed, confident)
    assert sum(len(entry["detailedResults"]) for entry in document["results"]) < 20 * 20
    results = await allowed.call("get_results", job_id=confident)
    assert all(row["confidence"] for row in results["datapoints"])
    refusal = await allowed.refusal(
        "create_free_text_job", name="Sample", **SAMPLES["free_text"].job, quorum_threshold=3
    )
    assert "quorum_threshold" in refusal


async def test_arguments_for_comparisons_are_refused_for_other_tasks(allowed: Assistant) -> None:
    """The refusal names the valid values."""
    job_id = await finished(allowed, "classification")
    assert "undecided" in await allowed.refusal("get_results", job_id=job_id, only="lost_by_a")
    for slug, only in (("free_text", "undecided"), ("ranking", "flipped"), ("locate", "flipped")):
        other = await finished(allowed, slug)
        assert "has no meaning for" in await allowed.refusal("get_results", job_id=other, only=only)
        by_gender = await allowed.call("get_results", job_id=other, slice_by="gender")
        assert "Groups have counts only" in by_gender["summary"]
    sliced = await allowed.call("get_results", job_id=job_id, slice_by="gender", only="undecided")
    assert "Shares of groups are those of" in sliced["summary"]


@pytest.mark.parametrize("slug", ["locate", "draw"])
async def test_marks_are_shown_as_a_heat_map(allowed: Assistant, slug: str) -> None:
    """Each of the first datapoints has an image for the user, darkest where labelers agree."""
    job_id = await finished(allowed, slug)
    result = await allowed.client.call_tool("get_results", {"job_id": job_id, "order": "given"})
    pictures = [part for part in result.content if part.type == "image"]
    assert [part.mime_type for part in pictures] == ["image/png"] * 2
    assert "where the answers to datapoint 1, 2 lie" in result.structured_content["summary"]
    for picture, row in zip(pictures, result.structured_content["datapoints"], strict=True):
        assert picture.annotations.audience == ["user"]
        image = pixels(b64decode(picture.data))
        _, x, y = min((sum(colour), x, y) for y, line in enumerate(image[1:-1]) for x, colour in enumerate(line[1:-1]))
        places = [[float(part) for part in re.findall(r"\d+", answer["answer"])] for answer in row["answers"]]
        boxes = [place if slug == "draw" else (place[0], place[0], place[1], place[1]) for place in places]
        across, down = 100 * x / len(image), 100 * y / len(image)
        reach = 3 if slug == "draw" else 6
        assert any(a - reach < across < b + reach and c - reach < down < d + reach for a, b, c, d in boxes)
    responses = await allowed.client.call_tool("get_results", {"job_id": job_id, "detail": "responses"})
    assert [part.type for part in responses.content] == ["text"]


@pytest.mark.parametrize(
    ("slug", "flags", "message"),
    [
        ("free_text", {"free_text_minimum_characters": True}, "a whole number from 1 to 1024"),
        ("free_text", {"free_text_max_characters": 0}, "true or a whole number from 1"),
        ("free_text", {"no_shuffle": True}, "free_text_max_characters"),
        ("locate", {"keyboard_numeric": True}, "locate_max_points"),
        ("classification", {"locate_max_points": 3}, "classify_equirectangular"),
        ("ranking", {"free_text_max_characters": 9}, "no_shuffle"),
    ],
)
async def test_a_setting_that_does_not_apply_is_refused(
    allowed: Assistant, slug: str, flags: dict[str, Any], message: str
) -> None:
    """The refusal names the settings that apply, or the valid values."""
    refusal = await allowed.refusal(f"create_{slug}_job", name="Sample", **{**SAMPLES[slug].job, "settings": flags})
    assert next(iter(flags)) in refusal
    assert message in refusal


async def test_results_outlive_their_definition(allowed: Assistant) -> None:
    """The results of a job are read by its own task type after its draft was deleted."""
    job_id = await finished(allowed, "classification")
    definition_id = (await allowed.call("get_job", job_id=job_id))["job_definition_id"]
    await allowed.call("delete_job_definition", job_definition_id=definition_id)
    results = await allowed.call("get_results", job_id=job_id)
    assert (results["task"], results["completeness"]) == ("Classify", "final")
    assert sum(answer["votes"] for answer in results["answers"]) == results["simulated_responses"]
