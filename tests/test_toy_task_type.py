"""A new task type takes two new files and two lines; then drafts, jobs and results work with it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TASK = '''
"""A toy: how many things an item shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Literal

from pydantic import Field

from rapidata_mcp.tasks.drafts import TaskContent, TaskDraft
from rapidata_mcp.tasks.outcomes import Counted, read_outcome
from rapidata_mcp.tasks.task import Answer, Question, TaskType, read_member
from rapidata_mcp.wire import RapidModel, TextBinding


class CountRapid(RapidModel):
    t: Literal["Count"] = Field("Count", alias="_t")
    target: TextBinding


@dataclass(frozen=True, kw_only=True)
class CountTask(TaskDraft):
    @classmethod
    def from_arguments(cls, instruction, items, options):
        rows = [[item] for item in items]
        return cls(content=TaskContent.from_arguments(Count.own_settings, instruction, rows, options))

    def spec(self):
        return CountRapid(target=TextBinding(literal=self.content.instruction))

    def identity(self):
        return {"task": "Count"}


class Count(TaskType):
    name = results_name = "Count"
    slug = "count"
    rapid = CountRapid

    def instruction(self, spec):
        return spec.target.literal

    def question(self, spec, datapoint, names, settings=None):
        return Question(self.instruction(spec), datapoint.items, tuple(names), settings=settings)

    def read_answer(self, posted, question):
        return Answer(0, int(read_member(posted, "text")))

    def simulate_answer(self, random, skill, question, truth=None):
        seen = Random(question.items[0]).randrange(9)
        return Answer(0, seen if random.random() < skill else random.randrange(9))

    def result(self, datapoint, *, with_confidence):
        return datapoint.entry({}, lambda vote: {"number": vote.value})

    def response_json(self, answer, question):
        return {"_t": "CountResult", "number": answer.value}

    def summary(self, results, spec):
        return {}

    def outcome(self, position, entry, settings, *, people_only=False):
        def count(details):
            return [Counted(str(number), votes) for number, votes in Counter(map(answer, details)).most_common()]

        def answer(detail):
            return str(detail["number"])

        return read_outcome(position, entry, answer, count, people_only=people_only)
'''
PAGE = """
{% from "item.html" import shown %}
{% include "tasks/asked.html" %}
{{ shown(question.items[0], "Item", question.look) }}
<label data-input="text">How many? <input name="text" inputmode="numeric"></label>
"""
LINES = {
    # file: the text that follows the new import, the import, the text that precedes the new line, the line
    "tasks/__init__.py": (
        "TASK_TYPES: tuple",
        "from rapidata_mcp.tasks.count import Count\n",
        "    Compare(),\n",
        "    Count(),\n",
    ),
    "server/registry.py": (
        "TOOLS: tuple",
        "from rapidata_mcp.tasks.count import CountTask\n",
        "TOOLS: tuple[FreeTool | SpendingTool, ...] = (\n",
        '    _single_item_job("count", CountTask.from_arguments, "labelers count what each item shows"),\n',
    ),
}
SCRIPT = """
import json, sys, anyio
import httpx2 as httpx
from pathlib import Path
from mcp import Client
from rapidata_mcp.server.app import build_server
from rapidata_mcp.settings import Settings

async def main():
    settings = Settings(data_dir=Path(sys.argv[1]), platform="local", toolsets="tasks")
    async with Client(build_server(settings)) as client:
        async def call(tool, **arguments):
            answer = await client.call_tool(tool, arguments)
            assert not answer.is_error, answer.content
            return answer.structured_content
        arguments = {"instruction": "How many?", "data_type": "text", "datapoints": ["ab", "c"]}
        draft = await call("create_count_job", name="Toy", **arguments)
        async with httpx.AsyncClient(trust_env=False) as browser:
            preview = (await browser.get(draft["preview_url"])).text
        job = await call("assign_job", job_definition_id=draft["job_definition_id"], audience_id="global")
        for _ in range(30):
            status = await call("get_job", job_id=job["job_id"], wait_seconds=10)
            if status["state"] == "Completed":
                break
        results = await call("get_results", job_id=job["job_id"])
        print(json.dumps([preview, results]))

anyio.run(main)
"""


def test_a_toy_takes_two_files_and_two_lines(tmp_path: Path) -> None:
    """The files are the type and its page fragment; the lines, with their imports, register the type and its tool."""
    package = tmp_path / "rapidata_mcp"
    shutil.copytree(ROOT / "rapidata_mcp", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "prompts", tmp_path / "prompts")
    (package / "tasks" / "count.py").write_text(TASK)
    (package / "local" / "pages" / "tasks" / "count.html").write_text(PAGE)
    for name, (follower, new_import, predecessor, line) in LINES.items():
        text = (package / name).read_text()
        assert text.count(follower) == text.count(predecessor) == 1
        text = text.replace(follower, f"{new_import}\n{follower}").replace(predecessor, predecessor + line)
        (package / name).write_text(text)
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "data")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    preview, results = json.loads(done.stdout)
    assert preview.count('<label data-input="text">') == 2
    assert (results["task"], results["completeness"]) == ("Count", "final")
    assert [row["leading"].isdecimal() for row in results["datapoints"]] == [True, True]
    assert results["simulated_responses"] >= 20


def test_comparison_is_a_task_type_like_the_others() -> None:
    """At most eight files of the package mention it; ranking is one of them, since its labelers see pairs."""
    mention = re.compile(r"compare(?!_digest)", re.IGNORECASE)
    package = ROOT / "rapidata_mcp"
    files = {str(path.relative_to(package)) for path in package.rglob("*.py") if mention.search(path.read_text())}
    assert files == {
        *("demo.py", "server/registry.py", "server/tools/compare.py", "tasks/__init__.py", "tasks/ranking.py"),
        *("tasks/compare.py", "tasks/compare_results.py", "tasks/compare_verdict.py"),
    }
