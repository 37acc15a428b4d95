"""Files and resources hold all results, and nothing outside the allowed directories is touched."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from mcp import MCPError

from rapidata_mcp.server import resources
from tests.assistant import Assistant
from tests.conftest import OpenAssistant


@pytest.fixture
def allowed(tmp_path: Path) -> Path:
    directory = tmp_path / "allowed"
    directory.mkdir()
    return directory


@pytest.fixture
async def writer(open_assistant: OpenAssistant, allowed: Path) -> AsyncIterator[Assistant]:
    """An assistant whose user allowed a directory."""
    async with open_assistant(files=(allowed,)) as writer:
        yield writer


async def test_a_row_per_pair_as_csv(writer: Assistant, allowed: Path) -> None:
    """Its votes are those of get_results. No cell is a formula."""
    job_id = await writer.job(datapoints=[["=cmd()", "plain"], ["c, d", 'e "f"']])
    await writer.finished(job_id)
    exported = await writer.call("export_results", job_id=job_id, file="out.csv")
    with (allowed / "out.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = (await writer.call("get_results", job_id=job_id, order="given"))["pairs"]
    assert exported["rows"] == 2
    assert exported["file"] == str(allowed / "out.csv")
    assert "no human has answered" in exported["summary"]
    assert [row["a"] for row in rows] == ["'=cmd()", "c, d"]
    assert [int(row["a_votes"]) for row in rows] == [pair["a_votes"] for pair in pairs]


async def test_a_row_per_response_as_json_lines(writer: Assistant, allowed: Path) -> None:
    """Each has every field of the platform."""
    job_id = await writer.job()
    await writer.finished(job_id)
    exported = await writer.call("export_results", job_id=job_id, file=str(allowed / "r.jsonl"), row_per="response")
    rows = [json.loads(line) for line in (allowed / "r.jsonl").read_text().splitlines()]
    assert len(rows) == exported["rows"] == exported["simulated_responses"]
    resource = await writer.client.read_resource(f"rapidata://jobs/{job_id}/results")
    document = json.loads(resource.contents[0].text)
    assert [row["raw"] for row in rows] == [each for entry in document["results"] for each in entry["detailedResults"]]


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ("../out.csv", "not in an existing allowed directory"),
        ("/etc/out.csv", "not in an existing allowed directory"),
        ("missing/out.csv", "not in an existing allowed directory"),
        ("link/out.csv", "not in an existing allowed directory"),
        ("taken.csv", "is not overwritten"),
        ("dangling.csv", "is not overwritten"),
        ("out.py", "must end in .csv or .jsonl"),
        ("a\0b.csv", "unprintable"),
        ("n" * 300 + ".csv", "cannot be written"),
    ],
)
async def test_nothing_else_is_touched(writer: Assistant, allowed: Path, file: str, problem: str) -> None:
    """Other directories, also through a link, existing files, and other kinds of files are refused."""
    (allowed / "taken.csv").write_text("mine")
    (allowed / "link").symlink_to(allowed.parent)
    (allowed / "dangling.csv").symlink_to(allowed.parent / "nowhere.csv")
    job_id = await writer.job(pairs=1)
    before = sorted(allowed.parent.rglob("*"))
    refusal = await writer.refusal("export_results", job_id=job_id, file=file)
    assert problem in refusal
    assert "Nothing was done" in refusal
    assert sorted(allowed.parent.rglob("*")) == before
    assert (allowed / "taken.csv").read_text() == "mine"


async def test_without_allowed_directories_nothing_is_written(assistant: Assistant) -> None:
    """The refusal says how the user allows a directory."""
    assert "RAPIDATA_MCP_FILES" in await assistant.refusal("export_results", job_id="job_x", file="out.csv")


@pytest.mark.parametrize("resource", ["results", "results.csv"])
async def test_a_resource_that_would_be_too_large_is_refused(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, resource: str
) -> None:
    """The error names the tool that writes results to a file."""
    monkeypatch.setattr(resources, "MOST_RESPONSES", 20)
    job_id = await assistant.job(pairs=3)
    await assistant.finished(job_id)
    with pytest.raises(MCPError, match="export_results"):
        await assistant.client.read_resource(f"rapidata://jobs/{job_id}/{resource}")


async def test_the_table_is_a_resource(assistant: Assistant) -> None:
    """A client without a directory can read it. An unknown job is an error."""
    job_id = await assistant.job(pairs=3)
    await assistant.finished(job_id)
    resource = await assistant.client.read_resource(f"rapidata://jobs/{job_id}/results.csv")
    assert resource.contents[0].mime_type == "text/csv"
    assert [row["pair"] for row in csv.DictReader(io.StringIO(resource.contents[0].text))] == ["1", "2", "3"]
    with pytest.raises(MCPError, match="no job"):
        await assistant.client.read_resource("rapidata://jobs/job_none/results.csv")
