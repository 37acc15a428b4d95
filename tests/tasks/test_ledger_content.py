"""A draft keeps its identity over versions: databases hold hashes of it, and a new hash would draft a job twice."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from rapidata_mcp.server.drafts.definitions import ledger_content
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.classification import ClassificationTask
from rapidata_mcp.tasks.compare import CompareTask
from rapidata_mcp.tasks.drafts import JobOptions, TaskDraft
from rapidata_mcp.tasks.ranking import RankingTask

EVERYTHING = JobOptions(
    contexts=["c", ""],
    private_metadata=[{"id": "1"}, {"id": "2"}],
    data_type="text",
    settings={"markdown": True},
)
TEXT = JobOptions(data_type="text")
HASHES = {
    "0acf6e4b28f50b479a2aa95e38295f6b38890335b067fcaffacece11050180a3": CompareTask.from_arguments(
        "Which?", [["x", "y"], ["z", "w"]], EVERYTHING, a_b_names=["M", "N"]
    ),
    "9b9e7070623d5d7916859aef55080997480d06f75c9b4f386573aa13786c38b2": ClassificationTask.from_arguments(
        "What?", ["x"], TEXT, answer_options=["a", "b"]
    ),
    "06ac82d0d4a4ae40d9477d6dd87f13f3009fcd271d122ff0273e1ff787c1ed50": RankingTask.from_arguments(
        "Best?", [["x", "y", "z"]], 9, JobOptions(data_type="text", contexts=["c"])
    ),
}
"""Computed by version 0.1.0."""


@pytest.mark.parametrize("digest", HASHES)
def test_the_hash_of_a_draft_is_that_of_earlier_versions(digest: str) -> None:
    """For a comparison, a classification, and a ranking with everything that counts."""
    task: TaskDraft = HASHES[digest]
    content = ledger_content("N", task, Stopping(12, 0.99))
    assert sha256(json.dumps(content, sort_keys=True).encode()).hexdigest() == digest
