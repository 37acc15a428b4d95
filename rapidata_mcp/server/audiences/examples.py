"""Adding a qualification example of any task type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.calls import UNKNOWN, Call
from rapidata_mcp.errors import Refused
from rapidata_mcp.server.audiences.advice import next_step
from rapidata_mcp.server.audiences.example_checks import contradictions, describe_one_sided
from rapidata_mcp.server.audiences.reading import read_audience
from rapidata_mcp.server.audiences.state import AudienceState, odds
from rapidata_mcp.server.replies import Reply
from rapidata_mcp.server.services import services_of
from rapidata_mcp.tasks.drafts import ExampleDraft

if TYPE_CHECKING:
    from rapidata_mcp.models.examples import Example


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
    """Add an example to a custom audience, and describe the audience with it.

    Raises:
        Refused: if the audience takes no examples.
    """
    platform = (await services_of(ctx)).platform
    before = await read_audience(platform, audience_id)
    if before.audience.kind != "custom":
        raise Refused(
            f"audience_id: the {before.audience.kind} audience takes no examples.",
            Call("create_audience", {"name": UNKNOWN}, "makes an audience that does"),
        )
    added = await platform.examples.add(audience_id, example, before.examples)
    after = await read_audience(platform, audience_id)
    known_ids = {earlier.id for earlier in before.examples}
    place = _Place.of(added.find_among([known for known in after.examples if known.id not in known_ids]), after)
    unshuffled = (
        "no_shuffle" in dict(example.content.settings) and before.missing_examples and not after.missing_examples
    )
    return AddedExample(
        summary=f"{place.summary(after)} {describe_one_sided(after.examples) if unshuffled else ''}".rstrip(),
        next_step=next_step(after),
        audience_id=audience_id,
        example_id=added.example_id,
        duplicate_of=place.duplicate_of,
        example_count=len(after.examples),
        distinct_examples=after.distinct_examples,
        examples_needed=after.audience.examples_needed,
        guesser_passes="" if after.guess_chance is None else odds(after.guess_chance),
    )


@dataclass(frozen=True)
class _Place:
    """The place of a new example among the examples of its audience.

    `duplicate_of` and `contradicts` are the ids of earlier examples.
    """

    number: int
    duplicate_of: str | None
    contradicts: str | None

    @classmethod
    def of(cls, example: Example | None, state: AudienceState) -> _Place:
        """Return the place of an example; the last one if the example is not known by its id."""
        if example is None:
            return cls(len(state.examples), None, None)
        index = state.examples.index(example)
        earlier = state.examples[:index]
        return cls(
            index + 1,
            next((known.id for known in earlier if known.content == example.content), None),
            next((first.id for first, later in contradictions(state.examples) if later is example), None),
        )

    def summary(self, state: AudienceState) -> str:
        if self.duplicate_of:
            note = "It repeats an earlier one: it counts, but adds no quality beyond the first."
        elif self.contradicts:
            note = (
                f"It contradicts {self.contradicts}, which asks the same with another truth; nobody is right on both."
            )
        else:
            note = f"{state.distinct_examples} of {len(state.examples)} are distinct."
        chance = state.guess_chance
        guessers = f" A labeler who clicks at random qualifies with a chance of {odds(chance)}." if chance else ""
        return f"Added example {self.number}. {note}{guessers}"
