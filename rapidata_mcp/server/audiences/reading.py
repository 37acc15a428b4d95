"""An audience as the platform tells it, and what follows from that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rapidata_mcp.errors import Refused
from rapidata_mcp.server.audiences.filters import told
from rapidata_mcp.server.audiences.problems import contradicting, contradictions, hardly_anyone, odds, parting
from rapidata_mcp.server.audiences.replacement import Replacement
from rapidata_mcp.server.identifiers import AUDIENCE
from rapidata_mcp.server.replies import clean, quoted
from rapidata_mcp.tasks import type_examining
from rapidata_mcp.tasks.compare import GUESS

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.audiences import Audience, RecruitingMetrics
    from rapidata_mcp.models.examples import Example


@dataclass(frozen=True)
class ReadAudience:
    """An audience as the platform tells it: itself, its funnel, its examples."""

    audience: Audience
    metrics: RecruitingMetrics
    examples: list[Example]
    base: Audience | None = None
    """What a filtered audience is a part of; None where that was deleted."""

    @property
    def name(self) -> str:
        """Its name for people, which tells that it is a part where it is one: a part has the name of the whole."""
        named = clean(self.audience.name)
        return f"{named}, filtered" if self.audience.kind == "filtered" else named

    @property
    def example_call(self) -> str:
        """How an example is added, of the type of those that are there."""
        page = type_examining(self.examples[-1].payload).slug if self.examples else "compare"
        arguments = "instruction, datapoint, truth" if page == "compare" else "…"
        return f"add_{page}_example(audience_id='{self.audience.id}', {arguments})"

    @property
    def part_of(self) -> str:
        """What it is a part of and who fits, for people."""
        if self.base is None:
            return "the audience that it is a part of was deleted, so nobody can answer."
        fits = told([self.audience.filter] if self.audience.filter else self.audience.filters)
        return f"the part of {quoted(clean(self.base.name))} ({self.base.id}) with {fits}; nobody has to qualify."

    @property
    def guess_chance(self) -> float | None:
        """The chance that someone who clicks at random qualifies under the audience's own rule, by the mean example."""
        rule = self.audience.admission
        known = [example.random_correct_probability for example in self.examples]
        guesses = [GUESS if guess is None else guess for guess in known] or [GUESS]
        examples = max(len(self.examples), rule.min_tasks) if rule else 0
        return None if rule is None else rule.pass_probability(sum(guesses) / len(guesses), examples)

    @property
    def distinct(self) -> int:
        """The number of different examples; those that contradict each other are one."""
        contents = [example.content for example in self.examples]
        return len({(question, items, context) for question, items, _, context in contents})

    @property
    def missing(self) -> int:
        """Examples that have to be added before recruiting can start."""
        return max(0, self.audience.examples_needed - len(self.examples)) if self.audience.kind == "custom" else 0

    def facts(self, definition_id: str = "") -> dict[str, Any]:
        """The fields of `AudienceState`; the next step is for a draft, where one is given."""
        rule, chance = self.audience.admission, self.guess_chance
        return {
            "audience_id": self.audience.id,
            "name": self.name,
            "kind": self.audience.kind,
            "status": self.audience.status,
            "target_accuracy": rule and rule.target_accuracy,
            "min_tasks": rule and rule.min_tasks,
            "max_tasks": rule and rule.max_tasks,
            "example_count": len(self.examples),
            "distinct_examples": self.distinct,
            "guesser_passes": odds(chance) if chance is not None else "",
            "graduated": self.metrics.count("Graduated"),
            "qualifying": self.metrics.count("Distilling"),
            "dropped": self.metrics.count("Dropped"),
            "next_step": self.next_step(definition_id),
        }

    def next_step(self, definition_id: str = "") -> str:
        """The call that brings this audience further, or makes another one in place of it, for a draft if given."""
        audience_id = self.audience.id
        if self.audience.kind == "filtered" and self.base is None:
            return "find_audiences() shows audiences that there are."
        for _, later in contradictions(self.examples):
            return parting(audience_id, later)
        if self.missing:
            return f"{self.example_call}: {self.missing} more needed, different ones are best."
        if self.audience.kind == "custom" and self.audience.status == "Created":
            return (
                f"start_recruiting(audience_id='{audience_id}') lets labelers qualify now; or create_compare_job, and "
                "assign_job, which starts it too."
            )
        if hardly_anyone(self):
            return Replacement.of(self).steps(definition_id)
        return f"create_compare_job, then assign_job(job_definition_id, audience_id='{audience_id}')."


async def read_audience(platform: Platform, audience_id: str) -> ReadAudience:
    """Ask for an audience, its funnel and its examples at the same time.

    Raises:
        NotFound: names the argument and how to find valid ids.
    """
    with AUDIENCE.must_exist(audience_id):
        audience, metrics, examples = await platform.read_audience(audience_id)
    base = await platform.base_of(audience) if audience.kind == "filtered" else None
    return ReadAudience(audience, metrics, examples, base)


def require_examples(read: ReadAudience) -> None:
    """An audience that may recruit has as many examples as a labeler must answer, and they can all be answered rightly.

    Raises:
        Refused: says how many are missing and how to add them, or which contradict each other.
    """
    for said in contradicting(read.examples):
        raise Refused(f"{said} Nothing was started.", read.next_step())
    if read.missing:
        raise Refused(
            f"Nobody could qualify: the audience {quoted(clean(read.audience.name))} has {len(read.examples)} of the "
            f"{read.audience.examples_needed} examples that its admission bar needs. Nothing was started.",
            f"Add {read.missing} more with {read.example_call}.",
        )
