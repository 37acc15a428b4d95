"""The arguments that several tools share, and explanations of wrong ones."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from rapidata_mcp.calls import UNKNOWN, Argument, Call
from rapidata_mcp.files import LocalFiles
from rapidata_mcp.server.identifiers import FINDERS
from rapidata_mcp.server.replies import clean
from rapidata_mcp.tasks.arguments import DataType, Stopping
from rapidata_mcp.tasks.drafts import ExampleOptions, JobOptions

ID = r"^[A-Za-z0-9_-]{1,64}$"
OPTIONAL_ID = r"^[A-Za-z0-9_-]{0,64}$"
PROBLEMS_SHOWN = 5
"""Wrong arguments of a call that are explained; the others are counted."""

AudienceId = Annotated[
    str, Field(pattern=ID, description="From create_audience or find_audiences; `global` is everyone")
]
OwnAudienceId = Annotated[str, Field(pattern=ID, description="A custom audience")]
DefinitionId = Annotated[str, Field(pattern=ID, description="From a create_*_job tool or find_jobs")]
JobId = Annotated[str, Field(pattern=ID, description="From assign_job or find_jobs")]
Name = Annotated[str, Field(description="Part of the name; empty for all", max_length=200)]
PageNumber = Annotated[int, Field(ge=1, le=10_000, description="Page, from 1")]
Limit = Annotated[int, Field(ge=1, le=50, description="Entries per page")]
ItemKind = Annotated[
    DataType, Field(description="`media`: items are URLs of images, videos or audio; `text`: items are texts")
]
TaskSettings = Annotated[
    dict[str, bool | int],
    Field(description="Display settings, such as {markdown: true}; an unknown name lists the valid ones"),
]
JobName = Annotated[str, Field(description="Name of the job; hidden from labelers")]
Instruction = Annotated[
    str, Field(description="Question to labelers: one criterion, best under 80 characters, at most 250")
]
ExampleInstruction = Annotated[str, Field(description="Question to labelers, as in the job")]
Context = Annotated[str, Field(description="Text shown with the item, such as a prompt; at most 400 characters")]
MediaContext = Annotated[list[str], Field(max_length=10, description="Media shown with the item")]
Explanation = Annotated[str, Field(description="Shown after a wrong answer")]
Items = Annotated[list[str], Field(max_length=10_000, description="Items, one per datapoint; or give datapoints_file")]
ItemsFile = Annotated[
    str,
    Field(
        description="Instead of datapoints: a CSV, JSONL or JSON file in an allowed directory with columns item, "
        "context, media_context; other columns become private_metadata"
    ),
]
Contexts = Annotated[
    list[str], Field(description="A text for each datapoint, such as its prompt; at most 400 characters")
]
MediaContexts = Annotated[list[list[str]], Field(description="Up to 10 media shown with each datapoint")]
PrivateMetadata = Annotated[list[dict[str, str]], Field(description="Returned with results; hidden from labelers")]
Responses = Annotated[int, Field(ge=1, le=1000, description="Responses per datapoint")]
MostResponses = Annotated[
    int, Field(ge=1, le=1000, description="Responses per datapoint (maximum if a threshold is set)")
]
Confidence = Annotated[float, Field(gt=0, lt=1, description="Stops a datapoint early at this certainty, such as 0.99")]
Quorum = Annotated[
    int, Field(ge=1, description="Stops a datapoint early at this many equal votes; not with confidence_threshold")
]
FailureTolerance = Annotated[float, Field(ge=0, lt=1, description="Share of datapoints that may fail to upload")]
RequiredPrecision = Annotated[float, Field(ge=0, le=1, description="Share of the answer that must be right")]
RequiredCompleteness = Annotated[float, Field(ge=0, le=1, description="Share of the truth that must be found")]
Repeat = Annotated[bool, Field(description="true creates another one if the same exists")]


@dataclass(frozen=True, kw_only=True)
class DatapointArguments:
    """The arguments for additional content of the datapoints of a job."""

    contexts: Contexts | None = None
    media_contexts: MediaContexts | None = None
    private_metadata: PrivateMetadata | None = None
    data_type: ItemKind = "media"


@dataclass(frozen=True, kw_only=True)
class StoppingArguments:
    """The arguments of task types whose datapoints can stop before all responses are there."""

    responses_per_datapoint: MostResponses = 10
    confidence_threshold: Confidence | None = None
    quorum_threshold: Quorum | None = None

    def rule(self) -> Stopping:
        """Return the rule. Raises InvalidArgument if the arguments exclude each other."""
        return Stopping(self.responses_per_datapoint, self.confidence_threshold, self.quorum_threshold)


@dataclass(frozen=True, kw_only=True)
class DraftArguments:
    """The arguments that every create tool has at its end."""

    settings: TaskSettings | None = None
    failure_tolerance: FailureTolerance = 0
    repeat: Repeat = False

    def job_options(self, content: DatapointArguments, allowed: LocalFiles) -> JobOptions:
        """Return the options of the task. `allowed` are the local files that it may use."""
        return JobOptions(
            contexts=content.contexts,
            media_contexts=content.media_contexts,
            private_metadata=content.private_metadata,
            data_type=content.data_type,
            settings=self.settings,
            allowed=allowed,
        )


@dataclass(frozen=True, kw_only=True)
class ExampleArguments:
    """The arguments for additional content of a qualification example."""

    context: Context = ""
    media_context: MediaContext | None = None
    explanation: Explanation = ""

    def options(
        self, settings: TaskSettings | None, allowed: LocalFiles, data_type: DataType = "media"
    ) -> ExampleOptions:
        """Return the options of the example. `allowed` are the local files that it may use."""
        return ExampleOptions(
            context=self.context,
            media_context=self.media_context or (),
            explanation=self.explanation,
            data_type=data_type,
            settings=settings,
            allowed=allowed,
        )


def next_page(tool: str, name: str, page: int, limit: int) -> Call:
    """Return the call for the next page of a list. It does not repeat the name, which may be long."""
    arguments: dict[str, Argument] = {"page": page + 1, "limit": limit}
    if not name:
        return Call(tool, arguments, "shows more")
    return Call(tool, arguments | {"name": UNKNOWN}, "with the same name shows more")


def explain(error: ValidationError, known: Iterable[str]) -> str:
    """Explain the wrong arguments of a call, a line each: the argument and what is allowed, never the value."""
    names = list(known)
    problems = error.errors(include_url=False, include_input=False)
    lines = []
    for problem in problems[:PROBLEMS_SHOWN]:
        place = clean(".".join(map(str, problem["loc"])) or "arguments")
        lines.append(f"{place}: {_explanation(problem, names)}")
    if len(problems) > PROBLEMS_SHOWN:
        lines.append(f"{len(problems) - PROBLEMS_SHOWN:,} more like these.")
    return "\n".join(lines)


def _explanation(problem: ErrorDetails, known: list[str]) -> str:
    kind, limits = problem["type"], problem.get("ctx", {})
    argument = str(problem["loc"][-1]) if problem["loc"] else ""
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(argument, known, n=1, cutoff=0.5)
        hint = f"Did you mean '{close[0]}'?" if close else f"Known arguments: {', '.join(known) or 'none'}."
        return f"unknown argument. {hint}"
    if kind == "missing":
        return "is required."
    if kind == "string_pattern_mismatch":
        finder = FINDERS.get(argument)
        hint = f" {Call(finder, {'name': UNKNOWN}, 'finds it by name')}." if finder else ""
        return f"must be an id as another tool returned it: letters, digits, '_' and '-', at most 64.{hint}"
    expected = {
        "int_type": "a whole number, without quotes",
        "float_type": "a number, without quotes",
        "finite_number": "a finite number",
        "bool_type": "true or false, without quotes",
        "string_type": "a text",
        "list_type": "a list",
        "literal_error": f"one of {limits.get('expected')}",
        "greater_than_equal": f"at least {limits.get('ge')}",
        "less_than_equal": f"at most {limits.get('le')}",
        "greater_than": f"greater than {limits.get('gt')}",
        "less_than": f"less than {limits.get('lt')}",
        "string_too_long": f"at most {limits.get('max_length')} characters",
        "string_too_short": f"at least {limits.get('min_length')} characters",
        "too_long": f"a list of at most {limits.get('max_length')} entries",
        "too_short": f"a list of at least {limits.get('min_length')} entries",
    }.get(kind)
    return f"must be {expected}." if expected else f"{problem['msg']}."
