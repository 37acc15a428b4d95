"""The arguments that several tools share, and how wrong ones are explained."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field, ValidationError

from rapidata_mcp.calls import UNKNOWN, Argument, Call
from rapidata_mcp.server.identifiers import FINDERS
from rapidata_mcp.server.replies import clean
from rapidata_mcp.tasks.arguments import DataType

ID = r"^[A-Za-z0-9_-]{1,64}$"
OPTIONAL_ID = r"^[A-Za-z0-9_-]{0,64}$"
PROBLEMS_TOLD = 5
"""Wrong arguments of a call that are named; the others are counted."""

AudienceId = Annotated[
    str, Field(pattern=ID, description="From create_audience or find_audiences; `global` is everyone")
]
OwnAudienceId = Annotated[str, Field(pattern=ID, description="Of a custom audience")]
DefinitionId = Annotated[str, Field(pattern=ID, description="From create_compare_job or find_jobs")]
JobId = Annotated[str, Field(pattern=ID, description="From assign_job or find_jobs")]
Name = Annotated[str, Field(description="Part of the name; empty for all", max_length=200)]
PageNumber = Annotated[int, Field(ge=1, le=10_000, description="Page, from 1")]
Limit = Annotated[int, Field(ge=1, le=50, description="Entries per page")]
ItemKind = Annotated[DataType, Field(description="`media`: http(s) URLs of images, videos, audio")]
TaskSettings = Annotated[
    dict[str, bool | int],
    Field(description="Such as {markdown: true}; a wrong name lists those that fit"),
]
JobName = Annotated[str, Field(description="Labelers do not see it")]
Instruction = Annotated[str, Field(description="One question, one criterion; best under 80 characters, at most 250")]
ExampleInstruction = Annotated[str, Field(description="The question, as in the job")]
Context = Annotated[str, Field(description="Such as the prompt; at most 400 characters")]
MediaContext = Annotated[list[str], Field(max_length=10, description="Media shown with it")]
Explanation = Annotated[str, Field(description="Shown after a wrong answer")]
Items = Annotated[list[str], Field(max_length=10_000, description="One item each; or give datapoints_file")]
ItemsFile = Annotated[
    str,
    Field(description="As for create_compare_job; columns item, context, media_context, others"),
]
Contexts = Annotated[list[str], Field(description="Text shown with each, at most 400 characters")]
MediaContexts = Annotated[list[list[str]], Field(description="Up to 10 media shown with each")]
PrivateMetadata = Annotated[list[dict[str, str]], Field(description="Only results show it")]
Responses = Annotated[int, Field(ge=1, le=1000, description="Labelers for each")]
MostResponses = Annotated[int, Field(ge=1, le=1000, description="The most, if a threshold is given")]
Confidence = Annotated[
    float, Field(gt=0, lt=1, description="Stops a datapoint when an option is this certain, such as 0.99")
]
Quorum = Annotated[int, Field(ge=1, description="Stops a datapoint at this many equal votes; instead of confidence")]
FailureTolerance = Annotated[float, Field(ge=0, lt=1, description="Share that may fail to upload")]
RequiredPrecision = Annotated[float, Field(ge=0, le=1, description="Share of the answer that must be right")]
RequiredCompleteness = Annotated[float, Field(ge=0, le=1, description="Share of the truth that must be found")]
Repeat = Annotated[bool, Field(description="true makes another of the same")]


def next_page(tool: str, name: str, page: int, limit: int) -> Call:
    """Return the call for the next page of a list. It does not repeat the name, which may be long."""
    arguments: dict[str, Argument] = {"page": page + 1, "limit": limit}
    if not name:
        return Call(tool, arguments, "shows more")
    return Call(tool, arguments | {"name": UNKNOWN}, "with the same name shows more")


def explain(error: ValidationError, known: Iterable[str]) -> str:
    """What is wrong with a call's arguments, one line each: the argument, what is allowed, never the value."""
    names = list(known)
    problems = error.errors(include_url=False, include_input=False)
    lines = []
    for problem in problems[:PROBLEMS_TOLD]:
        place = clean(".".join(map(str, problem["loc"])) or "arguments")
        lines.append(f"{place}: {_problem(problem, names)}")
    if len(problems) > PROBLEMS_TOLD:
        lines.append(f"{len(problems) - PROBLEMS_TOLD:,} more like these.")
    return "\n".join(lines)


def _problem(problem: Any, known: list[str]) -> str:
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(str(problem["loc"][-1]), known, n=1, cutoff=0.5)
        hint = f"Did you mean '{close[0]}'?" if close else f"Known arguments: {', '.join(known) or 'none'}."
        return f"unknown argument. {hint}"
    if kind == "missing":
        return "is required."
    if kind == "string_pattern_mismatch":
        finder = FINDERS.get(str(problem["loc"][-1]))
        hint = f" {finder}(name) finds it by a name." if finder else ""
        return f"must be an id as another tool returned it: letters, digits, '_' and '-', at most 64.{hint}"
    expected = {
        "int_type": "a whole number, without quotes",
        "float_type": "a number, without quotes",
        "finite_number": "a finite number",
        "bool_type": "true or false, without quotes",
        "string_type": "a text",
        "list_type": "a list",
        "literal_error": f"one of {context.get('expected')}",
        "greater_than_equal": f"at least {context.get('ge')}",
        "less_than_equal": f"at most {context.get('le')}",
        "greater_than": f"greater than {context.get('gt')}",
        "less_than": f"less than {context.get('lt')}",
        "string_too_long": f"at most {context.get('max_length')} characters",
        "string_too_short": f"at least {context.get('min_length')} characters",
        "too_long": f"a list of at most {context.get('max_length')} entries",
        "too_short": f"a list of at least {context.get('min_length')} entries",
    }.get(kind)
    return f"must be {expected}." if expected else f"{problem['msg']}."
