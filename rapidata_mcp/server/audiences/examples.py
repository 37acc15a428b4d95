"""Qualification examples, whatever their task type."""

from __future__ import annotations

from typing import Any

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.errors import Refused
from rapidata_mcp.server.audiences.problems import contradictions, odds, one_sided
from rapidata_mcp.server.audiences.reading import read_audience
from rapidata_mcp.server.replies import Reply
from rapidata_mcp.server.services import services_of
from rapidata_mcp.tasks.drafts import ExampleDraft


class AddedExample(Reply):
    """A qualification example that was added."""

    audience_id: str
    example_id: str | None = None
    duplicate_of: str | None = Field(None, description="An earlier example with the same content")
    example_count: int
    distinct_examples: int
    examples_needed: int
    guesser_passes: str


async def add_example(ctx: Context[Any, Any], audience_id: str, example: ExampleDraft) -> AddedExample:
    """Add an example to a custom audience, and tell what the audience is like with it.

    Raises:
        Refused: where the audience takes no examples.
    """
    platform = (await services_of(ctx)).platform
    before = await read_audience(platform, audience_id)
    if before.audience.kind != "custom":
        raise Refused(
            f"audience_id: the {before.audience.kind} audience takes no examples.",
            "Make one of your own with create_audience(name).",
        )
    added = await platform.examples.add(audience_id, example, before.examples)
    after = await read_audience(platform, audience_id)
    there = {earlier.id for earlier in before.examples}
    own = added.among([known for known in after.examples if known.id not in there])
    number = after.examples.index(own) + 1 if own else len(after.examples)
    twin = next(
        (earlier.id for earlier in after.examples[: number - 1] if own and earlier.content == own.content), None
    )
    facts = after.facts()
    clash = next((earlier.id for earlier, later in contradictions(after.examples) if later is own), None)
    fixed = "no_shuffle" in dict(example.settings) and before.missing and not after.missing
    sided = f" {one_sided(after.examples)}" if fixed else ""
    return AddedExample(
        summary=_summary(facts, number, twin, clash, after.guess_chance) + sided.rstrip(),
        audience_id=audience_id,
        example_id=added.example_id,
        duplicate_of=twin,
        example_count=facts["example_count"],
        distinct_examples=facts["distinct_examples"],
        examples_needed=after.audience.examples_needed,
        guesser_passes=facts["guesser_passes"],
        next_step=facts["next_step"],
    )


def _summary(facts: dict[str, Any], number: int, twin: str | None, clash: str | None, chance: float | None) -> str:
    count, distinct = facts["example_count"], facts["distinct_examples"]
    if twin:
        what = "It repeats an earlier one: it counts, but adds no quality beyond the first."
    elif clash:
        what = f"It contradicts {clash}, which asks the same with another truth: nobody can be right on both."
    else:
        what = f"{distinct} of {count} are distinct."
    odds_now = f" A labeler who clicks at random qualifies with a chance of {odds(chance)}." if chance else ""
    return f"Added example {number}. {what}{odds_now}"
