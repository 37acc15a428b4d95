"""The replies of the audience tools, made from the state of an audience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from rapidata_mcp.models.audience_kinds import AudienceKind
from rapidata_mcp.server.audiences.advice import next_step
from rapidata_mcp.server.audiences.filters import describe_filters
from rapidata_mcp.server.audiences.state import AudienceState, odds
from rapidata_mcp.server.replies import Reply, UntrustedText, clean, quoted
from rapidata_mcp.tasks.arguments import MAX_INSTRUCTION

if TYPE_CHECKING:
    from rapidata_mcp.models.examples import Example

QUESTIONS_SHOWN = 3
ITEM_CHARACTERS = 120
"""Most URLs are shorter, so an example can be added to another audience as it is shown."""


class AudienceReply(Reply):
    """An audience: its admission bar and its recruiting funnel."""

    audience_id: str
    name: UntrustedText
    kind: AudienceKind
    status: str
    target_accuracy: float | None = None
    min_tasks: int | None = None
    max_tasks: int | None = None
    example_count: int = 0
    distinct_examples: int = 0
    guesser_passes: str = Field("", description="Chance that a labeler who clicks at random qualifies")
    graduated: int = 0
    qualifying: int = 0
    dropped: int = 0


class CreatedAudience(AudienceReply):
    """An audience that was created, now or by an earlier call."""

    already_existed: bool
    label_url: str = ""


class ExampleRow(BaseModel):
    """A qualification example and how labelers did on it."""

    example_id: str
    truth: UntrustedText
    other: UntrustedText
    context: UntrustedText = ""
    correct: int
    incorrect: int


class AudienceDetails(AudienceReply):
    """An audience with its problems and its examples."""

    problems: list[str] = []
    examples: list[ExampleRow] = []


def audience_reply(state: AudienceState, summary: str, definition_id: str = "") -> AudienceReply:
    """Return the reply for an audience. Its next step runs the draft `definition_id`, if there is one."""
    rule, chance = state.audience.admission, state.guess_chance
    return AudienceReply(
        summary=summary,
        next_step=next_step(state, definition_id),
        audience_id=state.audience_id,
        name=state.name,
        kind=state.audience.kind,
        status=state.audience.status,
        target_accuracy=rule.target_accuracy if rule else None,
        min_tasks=rule.min_tasks if rule else None,
        max_tasks=rule.max_tasks if rule else None,
        example_count=len(state.examples),
        distinct_examples=state.distinct_examples,
        guesser_passes="" if chance is None else odds(chance),
        graduated=state.graduated,
        qualifying=state.qualifying,
        dropped=state.dropped,
    )


def example_row(example: Example) -> ExampleRow:
    """Return the row of an example."""
    return ExampleRow(
        example_id=example.id,
        truth=clean(example.answer, ITEM_CHARACTERS),
        other="; ".join(clean(item, ITEM_CHARACTERS) for item in example.others),
        context=clean(example.context or "", 80),
        correct=example.correct_count,
        incorrect=example.incorrect_count,
    )


def describe_audience(state: AudienceState, *, simulated: bool) -> str:
    """An audience in a few sentences."""
    audience = state.audience
    name = f"The {audience.kind} audience {quoted(state.name)}"
    if audience.kind == "filtered":
        return f"{name}: {describe_part(state)}"
    if audience.kind != "custom":
        return f"{name} is ready: nobody has to qualify."
    filters = f" Only labelers with {describe_filters(audience.filters)} may qualify." if audience.filters else ""
    rule = audience.admission
    bar = f" Its bar: {rule.min_correct} of {rule.min_tasks} right." if rule else ""
    instructions = dict.fromkeys(clean(example.question.instruction, MAX_INSTRUCTION) for example in state.examples)
    questions = "; ".join(map(quoted, list(instructions)[:QUESTIONS_SHOWN]))
    return (
        f"{name} is {audience.status}: {state.graduated} {'simulated ' if simulated else ''}labelers qualified, "
        f"{state.qualifying} qualifying, {state.dropped} dropped.{bar}{filters}"
        f"{f' Its examples ask {questions}.' if questions else ''}"
    )


def describe_part(state: AudienceState) -> str:
    """A sentence on a filtered audience: its base, and who belongs to it."""
    if state.base is None:
        return "the audience that it is a part of was deleted, so nobody can answer."
    filters = describe_filters([state.audience.filter] if state.audience.filter else state.audience.filters)
    return f"the part of {quoted(clean(state.base.name))} ({state.base.id}) with {filters}; nobody has to qualify."
