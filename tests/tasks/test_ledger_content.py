"""A draft keeps its identity over versions: databases hold hashes of it, and a new hash would create a draft twice."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from rapidata_mcp.server.drafts.definitions import ledger_content
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.classification import ClassificationTask
from rapidata_mcp.tasks.compare import CompareTask
from rapidata_mcp.tasks.drafts import JobOptions, TaskDraft
from rapidata_mcp.tasks.draw import DrawTask
from rapidata_mcp.tasks.free_text import FreeTextTask
from rapidata_mcp.tasks.locate import LocateTask
from rapidata_mcp.tasks.ranking import RankingTask
from rapidata_mcp.tasks.select_words import SelectWordsTask

EVERYTHING = JobOptions(
    contexts=["c", ""],
    private_metadata=[{"id": "1"}, {"id": "2"}],
    data_type="text",
    settings={"markdown": True},
)
TEXT = JobOptions(data_type="text")
URLS = ["https://a.test/1.jpg", "https://a.test/2.jpg"]
HASHES: dict[str, TaskDraft] = {
    "0acf6e4b28f50b479a2aa95e38295f6b38890335b067fcaffacece11050180a3": CompareTask.from_arguments(
        "Which?", [["x", "y"], ["z", "w"]], EVERYTHING, a_b_names=["M", "N"]
    ),
    "9b9e7070623d5d7916859aef55080997480d06f75c9b4f386573aa13786c38b2": ClassificationTask.from_arguments(
        "What?", ["x"], TEXT, answer_options=["a", "b"]
    ),
    "06ac82d0d4a4ae40d9477d6dd87f13f3009fcd271d122ff0273e1ff787c1ed50": RankingTask.from_arguments(
        "Best?", [["x", "y", "z"]], 9, JobOptions(data_type="text", contexts=["c"])
    ),
    "96f916e42e838402fffbf0254b52e03b919086e66daf69bfa3febf6f44b30724": LocateTask.from_arguments(
        "Tap", URLS, JobOptions(settings={"locate_max_points": 5})
    ),
    "2c12ffcac4be1d9c2bab882cca1083f0481a6eaa748277e3a83affbae4a98c4e": DrawTask.from_arguments(
        "Draw", URLS, JobOptions(media_contexts=[[URLS[1]], []])
    ),
    "2659a37f1b9245cbe22e2863576fb945e8e79db7b2fe32177806f1b4d5dcad96": SelectWordsTask.from_arguments(
        "Select", URLS, ["a b", "c d e"]
    ),
    "c5ae35fca21830444ec61fc6a5f309d4aa4b781593ad3f64acba5f7c7474e9bb": FreeTextTask.from_arguments("Say", URLS),
}
"""Computed by version 0.1.0."""


@pytest.mark.parametrize("digest", HASHES, ids=lambda digest: type(HASHES[digest]).__name__)
def test_the_hash_of_a_draft_is_that_of_earlier_versions(digest: str) -> None:
    """The hash is the same for every task type, with contexts, metadata, settings and segments."""
    content = ledger_content("N", HASHES[digest], Stopping(12, 0.99))
    assert sha256(json.dumps(content, sort_keys=True).encode()).hexdigest() == digest
