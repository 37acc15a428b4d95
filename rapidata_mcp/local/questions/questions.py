"""What labelers are asked: datapoints and qualification examples, as their task types see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping

from rapidata_mcp.local.questions.media import context_names, item_names
from rapidata_mcp.models.datasets import DEFAULT_SCHEMA, Segment, SegmentDefinition
from rapidata_mcp.models.definitions import Revision
from rapidata_mcp.models.examples import NewExample
from rapidata_mcp.tasks import task_type_of_example
from rapidata_mcp.tasks.arguments import Datapoint
from rapidata_mcp.tasks.task import Question, TaskTypeWithExamples

COMMON = frozenset(part.key for part in DEFAULT_SCHEMA)


def question_of(
    revision: Revision,
    names: Sequence[str],
    context: str | None,
    segments: Sequence[dict[str, Any]] | None,
    sources: Mapping[str, str],
) -> Question:
    """The question about a datapoint, from its row; `sources` maps stored media to their authors' names.

    Raises:
        ValueError: where the datapoint does not have what the task needs. `fit.py` refuses that before a job starts.
    """
    datapoint = datapoint_of(names, context, segments, sources)
    return revision.task.question(revision.spec, datapoint, names, revision.settings)


def datapoint_of(
    names: Sequence[str], context: str | None, segments: Sequence[dict[str, Any]] | None, sources: Mapping[str, str]
) -> Datapoint:
    """A datapoint as task types see it, from its row."""
    return Datapoint(
        items=tuple(sources.get(name, name) for name in names),
        context=context,
        media_context=tuple(sources.get(name, name) for name in context_names(segments)),
        segments=own_segments([Segment.model_validate(part) for part in segments or () if part["key"] not in COMMON]),
    )


def own_segments(segments: Sequence[Segment]) -> dict[str, str | tuple[str, ...]]:
    """The parts of a datapoint that its task type has in addition to asset and contexts, by key (contract E.2)."""
    return {
        part.key: part.text or "" if part.options is None else tuple(option.value for option in part.options)
        for part in segments
    }


def example_question(example: NewExample, sources: Mapping[str, str]) -> tuple[TaskTypeWithExamples, Question]:
    """The question of a qualification example, and its task type.

    Raises:
        ValueError: where its truth is not an answer to it.
    """
    kind = task_type_of_example(example.payload)
    names = item_names(example.asset.to_json())
    context_media = [] if example.context_asset is None else item_names(example.context_asset.to_json())
    datapoint = Datapoint(
        items=tuple(sources.get(name, name) for name in names),
        context=example.context,
        media_context=tuple(sources.get(name, name) for name in context_media),
    )
    settings = {flag.key: flag.value for flag in example.feature_flags or ()}
    question = kind.question(example.payload, datapoint, names, settings)
    if not isinstance(example.truth, kind.truth):
        raise ValueError("The truth is that of another task type.")
    kind.describe_truth(example.truth, question)
    return kind, question


def schema_of(row: RowMapping) -> list[SegmentDefinition]:
    """What the datapoints of a data set consist of."""
    stored = row["schema"]
    return DEFAULT_SCHEMA if stored is None else [SegmentDefinition.model_validate(part) for part in stored]
