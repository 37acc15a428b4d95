"""Local files in tool calls: only allowed files are read, and the problems of a datapoints file name its lines."""

from __future__ import annotations

import json
import os
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from mcp import Client

from rapidata_mcp.server.app import build_server
from rapidata_mcp.settings import Settings
from tests.assistant import Assistant, MovingClock
from tests.cloud import serve_cloud
from tests.conftest import OpenAssistant

JOB = {"name": "Files", "instruction": "Which is sharper?"}


@pytest.fixture
def allowed(tmp_path: Path) -> Path:
    directory = tmp_path / "allowed"
    directory.mkdir()
    for name in ("one.png", "two.png"):
        (directory / name).write_bytes(b"\x89PNG\r\n\x1a\n" + name.encode())
    return directory


@pytest.fixture
async def reader(open_assistant: OpenAssistant, allowed: Path) -> AsyncIterator[Assistant]:
    async with open_assistant(files=(allowed,)) as assistant:
        yield assistant


async def test_pictures_of_an_allowed_directory_are_accepted(reader: Assistant, allowed: Path) -> None:
    """Paths are absolute or relative to the directory."""
    pairs = [["one.png", str(allowed / "two.png")]]
    draft = await reader.call("create_compare_job", **JOB, datapoints=pairs)
    assert draft["datapoints"] == 1


def disallowed(allowed: Path) -> dict[str, str]:
    """Create files that must not be read, and return the expected reason of the refusal by path."""
    outside = allowed.parent / "outside.png"
    outside.write_bytes(b"secret")
    (allowed / "link.png").symlink_to(outside)
    (allowed / "up").symlink_to(allowed.parent)
    os.mkfifo(allowed / "pipe.png")
    (allowed / "folder.png").mkdir()
    (allowed / "notes.txt").write_text("secret")
    with (allowed / "huge.png").open("wb") as huge:
        huge.truncate(101 * 1024 * 1024)
    return {
        str(outside): "not an existing file in an allowed directory",
        "../outside.png": "not an existing file in an allowed directory",
        "link.png": "not an existing file in an allowed directory",
        "up/outside.png": "not an existing file in an allowed directory",
        "missing.png": "not an existing file in an allowed directory",
        "pipe.png": "not a regular file",
        "folder.png": "not a regular file",
        "notes.txt": "not of a supported type",
        "huge.png": "larger than 100 MB",
        "file:///etc/passwd": "named by its path",
    }


async def test_other_files_are_refused(reader: Assistant, allowed: Path) -> None:
    """The refusal names the position of the item and nothing of the content."""
    for path, reason in disallowed(allowed).items():
        refusal = await reader.refusal("create_compare_job", **JOB, datapoints=[["one.png", path]])
        assert "datapoints.0.1" in refusal
        assert reason in refusal, path
        assert "secret" not in refusal


async def test_without_allowed_directories_there_are_no_files(assistant: Assistant, allowed: Path) -> None:
    """Neither media nor a datapoints file can be local."""
    pair = [str(allowed / "one.png"), str(allowed / "two.png")]
    assert "not allowed" in await assistant.refusal("create_compare_job", **JOB, datapoints=[pair])
    assert "not allowed" in await assistant.refusal("create_compare_job", **JOB, datapoints_file="pairs.csv")


TABLES = {
    "pairs.csv": 'a,b,context,model\nx 1,y 1,"first, second",m1\nx 2,y 2,,m2\n',
    "pairs.jsonl": '{"a": "x 1", "b": "y 1", "context": "first, second", "model": "m1"}\n\n{"a": "x 2", "b": "y 2"}\n',
    "pairs.json": json.dumps([{"a": "x 1", "b": "y 1", "context": "first, second"}, {"a": "x 2", "b": "y 2"}]),
}


@pytest.mark.parametrize("name", TABLES)
async def test_pairs_are_read_from_a_file(reader: Assistant, allowed: Path, name: str) -> None:
    """Every format may begin with a byte order mark."""
    (allowed / name).write_text("\ufeff" + TABLES[name], encoding="utf-8")
    draft = await reader.call("create_compare_job", **JOB, datapoints_file=name, data_type="text")
    assert draft["datapoints"] == 2


PROBLEMS = {
    "a.csv": ("a,b\nx,y\nx,x\n,y\n", ["line 3: a and b are equal", "line 4: column a must be text"]),
    "b.csv": ("first,second\nx,y\n", ["line 1: the header lacks the columns a and b"]),
    "c.csv": ("a,b\nx,y,z\n", ["line 2: has more fields than the header"]),
    "d.jsonl": (
        '{"a": "x", "b": "y"}\nnot json\n{"a": 1, "b": "y"}',
        ["line 2: is not a JSON object", "line 3: column a"],
    ),
    "e.json": ('{"a": "x"}', ["is not a JSON list of objects"]),
    "f.json": ('[{"a": "x", "b": "y", "context": 7}]', ["line 1: column context"]),
    "g.csv": ("a,b\n", ["has no rows"]),
    "h.jsonl": ("\xff\xfe", ["is not UTF-8"]),
    "i.csv": (
        'a,b,context\n"x\nx",y,\nx,y,' + "c" * 401 + "\n",
        ["line 4: column context must be text of at most 400"],
    ),
    "j.jsonl": ("[" * 100_000, ["line 1: is not a JSON object"]),
    "k.csv": ('a,b\nx,"y\n', ["is not CSV"]),
}


@pytest.mark.parametrize("name", PROBLEMS)
async def test_problems_of_a_datapoints_file_name_their_lines(reader: Assistant, allowed: Path, name: str) -> None:
    """Nothing is created."""
    content, problems = PROBLEMS[name]
    (allowed / name).write_text(content, encoding="latin-1")
    refusal = await reader.refusal("create_compare_job", **JOB, datapoints_file=name, data_type="text")
    assert refusal.startswith("Nothing was done. ")
    for problem in problems:
        assert problem in refusal
    assert (await reader.call("find_jobs"))["total_drafts"] == 0


async def test_problems_with_media_of_a_datapoints_file_name_their_lines(reader: Assistant, allowed: Path) -> None:
    """The refusal names line and column; empty lines count."""
    for column, value in (("b", "/etc/passwd"), ("media_context", "ftp://a.test/1.png")):
        row = {"a": "one.png", "b": "two.png"} | {column: value}
        (allowed / "pairs.jsonl").write_text(f'{{"a": "one.png", "b": "two.png"}}\n\n{json.dumps(row)}\n')
        refusal = await reader.refusal("create_compare_job", **JOB, datapoints_file="pairs.jsonl")
        assert f"datapoints_file: line 3: column {column}" in refusal


async def test_files_are_never_wholly_in_memory(tmp_path: Path, allowed: Path, clock: MovingClock) -> None:
    """Four files of 60 MB go over a socket with a peak below half of one file, in client and platform together."""
    for name in "abcd":
        with (allowed / f"{name}.mp4").open("wb") as film:
            film.truncate(60 * 1024 * 1024)
    async with serve_cloud(tmp_path, clock) as cloud:
        settings = Settings(**cloud.settings.model_dump() | {"files": (allowed,), "timeout": 30})
        async with Client(build_server(settings, clock, pages=False)) as client:
            assistant = Assistant(client, clock)
            await assistant.call("find_jobs")  # opens the platform, whose modules are not measured
            tracemalloc.start()
            draft = await assistant.call(
                "create_compare_job", **JOB, datapoints=[["a.mp4", "b.mp4"], ["c.mp4", "d.mp4"]]
            )
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
    assert draft["datapoints"] == 2
    assert peak < 30 * 1024 * 1024
