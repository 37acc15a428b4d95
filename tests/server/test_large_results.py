"""The results of a large job are read in pages, and are the same as in the file."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client

from rapidata_mcp.server.app import build_server
from rapidata_mcp.server.results.query import ResultsQuery
from rapidata_mcp.server.results.sources import DOCUMENT_RESPONSES
from rapidata_mcp.settings import Settings
from rapidata_mcp.tasks.pairs import votes_of
from tests.assistant import Assistant, MovingClock
from tests.conftest import OpenAssistant
from tests.server.test_results import all_pages, answered, read


@pytest.fixture
def allowed(tmp_path: Path) -> Path:
    directory = tmp_path / "allowed"
    directory.mkdir()
    return directory


@dataclass(frozen=True)
class Finished:
    """A data directory with a finished job, and the time at which it was left."""

    data_dir: Path
    job_id: str
    time: float


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """A finished job with a few more responses than are read from a file, made once for all tests of a worker."""
    data_dir, clock = tmp_path_factory.mktemp("large") / "data", MovingClock()

    async def make() -> str:
        server = build_server(Settings(data_dir=data_dir, platform="local"), clock, pages=False)
        async with Client(server) as client:
            assistant = Assistant(client, clock)
            job_id = await assistant.job(
                pairs=205, responses_per_datapoint=DOCUMENT_RESPONSES // 200, a_b_names=["Flux", "MJ"]
            )
            await assistant.finished(job_id)
            return job_id

    return Finished(data_dir, anyio.run(make), clock.time)


@pytest.fixture
async def assistant(
    open_assistant: OpenAssistant, finished: Finished, tmp_path: Path, clock: MovingClock, allowed: Path
) -> AsyncIterator[Assistant]:
    """An assistant on a copy of the finished job, whose user allowed a directory."""
    shutil.copytree(finished.data_dir, tmp_path / "data")
    clock.time = finished.time
    async with open_assistant(files=(allowed,)) as one:
        yield one


@pytest.fixture
def large(finished: Finished) -> str:
    """The finished job."""
    return finished.job_id


async def from_the_file(assistant: Assistant, job_id: str, **query: Any) -> dict[str, Any]:
    """The answer if the whole file is read."""
    resource = await assistant.client.read_resource(f"rapidata://jobs/{job_id}/results")
    results = read(json.loads(resource.contents[0].text), people_only=query.get("people_only", False))
    return answered(results, ResultsQuery(**query), job_id=job_id).model_dump(mode="json")


@pytest.mark.parametrize("query", [{}, {"order": "given"}, {"only": "undecided"}, {"people_only": True}], ids=str)
async def test_pages_say_what_the_file_says(assistant: Assistant, large: str, query: dict[str, Any]) -> None:
    """The verdict, the names of the sides, and the votes of every pair are the same; so is an answer without people."""
    pages = await assistant.call("get_results", job_id=large, **query)
    assert pages["total_pairs"] == 205
    assert pages == await from_the_file(assistant, large, **query)


async def test_single_responses_and_groups_are_read_on_demand(assistant: Assistant, large: str) -> None:
    """Groups of labelers are counted in a sample of pairs, as the summary says."""
    responses = await assistant.call("get_results", job_id=large, detail="responses")
    expected = await from_the_file(assistant, large, detail="responses")
    assert [row["pair"] for row in responses["responses"]] == [row["pair"] for row in expected["responses"]]
    assert len(responses["responses"]) == 50
    sliced = await assistant.call("get_results", job_id=large, slice_by="gender")
    assert "Groups of labelers are counted in 205 pairs." in sliced["summary"]
    assert {group["value"] for group in sliced["labelers"]} >= {"Female", "Male"}


async def test_pages_of_a_large_job_show_every_pair_once(assistant: Assistant, large: str) -> None:
    """The cursor pins the order."""
    pages = await all_pages(assistant, large)
    assert sorted(pair["pair"] for page in pages for pair in page["pairs"]) == list(range(1, 206))


@pytest.mark.parametrize(("row_per", "many"), [("pair", 205), ("response", DOCUMENT_RESPONSES)])
async def test_a_large_job_is_exported_in_parts(
    assistant: Assistant, allowed: Path, large: str, row_per: str, many: int
) -> None:
    """CSV and JSON lines have each pair or response once, with the counts of the results file."""
    table = await assistant.call("export_results", job_id=large, file="all.csv", row_per=row_per)
    lines = await assistant.call("export_results", job_id=large, file="all.jsonl", row_per=row_per)
    with (allowed / "all.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    raw = [json.loads(line) for line in (allowed / "all.jsonl").read_text().splitlines()]
    assert len(rows) == len(raw) == table["rows"] == lines["rows"] >= many
    assert table["simulated_responses"] >= DOCUMENT_RESPONSES
    resource = await assistant.client.read_resource(f"rapidata://jobs/{large}/results")
    expected = read(json.loads(resource.contents[0].text))
    if row_per == "pair":
        assert [(int(row["a_votes"]), int(row["b_votes"])) for row in rows] == [
            votes_of(pair)[:2] for pair in expected.outcomes
        ]
    else:
        assert Counter((row["pair"], row["side"]) for row in rows) == Counter(
            (str(pair.position), expected.kind.side(pair, response.answer, None) or "")
            for pair in expected.outcomes
            for response in pair.responses()
        )
