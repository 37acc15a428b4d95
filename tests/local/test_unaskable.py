"""Datapoints of which no question can be made: refused before a job starts, and harmless where a job has them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select, update

from rapidata_mcp.database import open_database
from rapidata_mcp.database.tables import datapoints
from rapidata_mcp.settings import Settings
from tests.assistant import Assistant, MovingClock
from tests.conftest import OpenAssistant
from tests.contract.caller import Caller, opened
from tests.local.conftest import Come
from tests.task_samples import SAMPLES

SENTENCE = {"key": "transcription", "kind": "Text", "label": "Sentence", "required": False}
OPTIONS = {"key": "answer_options", "kind": "OptionList", "label": "Options", "required": False}
ASSET = {"key": "asset", "kind": "Asset", "label": "Asset", "required": True}
LISTEN = {
    "_t": "Transcription",
    "asset": {"segment": "asset"},
    "title": {"literal": "Select"},
    "transcription": {"segment": "transcription"},
}
CHOOSE = {
    "_t": "Classify",
    "asset": {"segment": "asset"},
    "title": {"literal": "What?"},
    "categories": {"segment": "answer_options"},
}
TWO_WORDS = {"key": "transcription", "kind": "Text", "text": "two words"}
ONE_WORD = {**TWO_WORDS, "text": "one"}


@pytest.fixture
async def call(settings: Settings, clock: MovingClock) -> AsyncIterator[Caller]:
    async with opened(settings, clock) as caller:
        yield caller


async def add(call: Caller, dataset: str, *extra: dict[str, Any], at: int = 0) -> None:
    asset = {"key": "asset", "kind": "Asset", "asset": {"_t": "TextAssetInput", "text": "a text"}}
    await call("POST", f"/dataset/{dataset}/datapoint", {"segments": [asset, *extra], "sortIndex": at})


@pytest.mark.parametrize("kind", ["text", "one upload", "one URL"])
async def test_an_item_is_not_compared_with_itself(call: Caller, kind: str) -> None:
    """Results are shown by what items are called (contract H.2): two that are the same would be counted as one."""
    url = "/asset/url?url=https://a.test/1.png"
    names = [(await call("POST", url))["fileName"] for _ in range(2)]
    text, first, second = (
        {"_t": "TextAssetInput", "text": "a text"},
        *({"_t": "ExistingAssetInput", "name": name} for name in names),
    )
    pair = {"text": [text, text], "one upload": [first, first], "one URL": [first, second]}[kind]
    asset = {"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": pair}}
    dataset = (await call("POST", "/dataset", {"name": "d", "schema": None}))["datasetId"]
    problem = await call("POST", f"/dataset/{dataset}/datapoint", {"segments": [asset]}, status=400)
    assert problem["title"] == "A datapoint has one item twice: results could not distinguish the two."


def definition(rapid: dict[str, Any], dataset: str) -> dict[str, Any]:
    workflow, referee = {"_t": "SimpleWorkflow", "rapid": rapid}, {"_t": "NaiveReferee", "totalVotes": 3}
    return {"definitionName": "Draft", "workflow": workflow, "referee": referee, "datasetId": dataset}


@pytest.mark.parametrize(
    ("own", "rapid", "segments", "says"),
    [
        (SENTENCE, LISTEN, [ONE_WORD], "no sentence of two words"),
        (SENTENCE, LISTEN, [], "no sentence of two words"),
        (OPTIONS, CHOOSE, [], "needs options"),
    ],
    ids=["one word", "no sentence", "no options"],
)
async def test_a_definition_is_refused(
    call: Caller, own: dict[str, Any], rapid: dict[str, Any], segments: list[dict[str, Any]], says: str
) -> None:
    """With the place of the datapoint that the task cannot ask about."""
    dataset = (await call("POST", "/dataset", {"name": "d", "schema": [ASSET, own]}))["datasetId"]
    await add(call, dataset, *segments)
    refusal = await call("POST", "/job/definition", definition(rapid, dataset), status=400)
    assert says in refusal["errors"]["datapoints.0"][0]


async def test_a_job_is_refused_for_what_came_after_its_definition(call: Caller) -> None:
    """Also one beyond those that are read together."""
    dataset = (await call("POST", "/dataset", {"name": "d", "schema": [ASSET, SENTENCE]}))["datasetId"]
    for at in range(1_001):
        await add(call, dataset, TWO_WORDS, at=at)
    made = await call("POST", "/job/definition", definition(LISTEN, dataset))
    wanted = {"jobDefinitionId": made["definitionId"], "audienceId": "global"}
    await call("POST", "/job", wanted)
    await add(call, dataset, ONE_WORD, at=1_001)
    refusal = await call("POST", "/job", wanted, status=400)
    assert "no sentence of two words" in refusal["errors"]["datapoints.1001"][0]


async def test_a_text_that_begins_like_a_url_is_asked_about(open_assistant: OpenAssistant) -> None:
    """A text need not be an address: a rehearsal of it ends like any other."""
    async with open_assistant(toolsets="all") as assistant:
        draft = await assistant.call(
            "create_free_text_job",
            name="Placeholders",
            instruction="What does it say?",
            datapoints=["https://[your-domain]/login"],
            data_type="text",
        )
        job = await assistant.call("assign_job", job_definition_id=draft["job_definition_id"], audience_id="global")
        assert (await assistant.finished(job["job_id"]))["simulated_responses"] >= 10


async def break_words(settings: Settings, job_id: str) -> None:
    """Store a sentence of one word in place of another, as no version does today."""
    async with open_database(settings.database) as database, database.write() as connection:
        rows = await connection.execute(select(datapoints.c.id, datapoints.c.segments))
        for datapoint_id, segments in rows.all():
            if "couch" in json.dumps(segments):
                segments = [ONE_WORD if part["key"] == "transcription" else part for part in segments]
                await connection.execute(
                    update(datapoints).where(datapoints.c.id == datapoint_id).values(segments=segments)
                )


async def word_job(assistant: Assistant) -> str:
    draft = await assistant.call("create_select_words_job", name="Words", **SAMPLES["select_words"].job)
    job = await assistant.call("assign_job", job_definition_id=draft["job_definition_id"], audience_id="global")
    return str(job["job_id"])


async def test_a_job_that_cannot_go_on_keeps_nobody_from_others(
    open_assistant: OpenAssistant, settings: Settings
) -> None:
    """It fails and says why; lists and other jobs are read, and it can be deleted."""
    async with open_assistant(toolsets="all") as assistant:
        broken, sound = await word_job(assistant), await assistant.job()
        await break_words(settings, broken)
        assistant.clock.time += 60
        found = await assistant.call("find_jobs")
        assert {job["job_id"]: job["state"] for job in found["jobs"]} == {broken: "Failed", sound: "Completed"}
        assert "no sentence of two words" in await assistant.text("get_job", job_id=broken)
        assert (await assistant.call("pause_job", job_id=broken))["state"] == "Failed"
        await assistant.call("delete_job", job_id=broken)
        assert (await assistant.call("find_jobs"))["total_jobs"] == 1


async def test_people_are_not_asked_what_cannot_be_asked(
    people_only: Assistant, come: Come, settings: Settings
) -> None:
    """A labeler on such a job sees that there is nothing to do, and the job that it failed."""
    broken = await word_job(people_only)
    await break_words(settings, broken)
    assert (await come(broken).begin())["state"] == "finished"
    assert (await people_only.call("get_job", job_id=broken))["state"] == "Failed"
