"""What is wrong with an audience: who should be in is kept out, or who should not be is let in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rapidata_mcp.server.replies import clean, count_of, quoted

if TYPE_CHECKING:
    from rapidata_mcp.models.examples import Example
    from rapidata_mcp.server.audiences.reading import ReadAudience

GUESSERS_TOO_LIKELY = 0.06
"""Above this chance of passing by guessing, more examples and a higher min_tasks are worth asking for."""
ENOUGH_FOR_SIDES = 3
"""From so many different examples on it means something that all truths are on one side."""
ENOUGH_DECIDED = 20
"""From so many labelers on, who qualified or were dropped, the share that qualifies means something."""
HARDLY_ANYONE = 0.1
"""Below this share of them the bar or an example keeps out who should be in."""
FAILED_NAMED = 5
UNCHANGEABLE = "A bar cannot be changed, and who was dropped stays out: it takes another audience."


def problems(read: ReadAudience, asked: str | None = None) -> list[str]:
    """What is wrong, worst first; `asked` is the instruction of the newest job on the audience, where there is one."""
    if read.audience.kind != "custom":
        return []
    return [
        *_of_recruiting(read),
        *contradicting(read.examples),
        *(
            f"Example {example.id} is failed by most labelers ({example.incorrect_count} wrong, "
            f"{example.correct_count} right): is its truth right?"
            for example in worst(read.examples, FAILED_NAMED)
            if is_failed(example)
        ),
        *_of_questions(read, asked),
        *_of_guessers(read),
    ]


def contradictions(examples: Sequence[Example]) -> list[tuple[Example, Example]]:
    """Pairs of examples that ask the same of the same items and have another truth."""
    asked: dict[tuple[object, ...], Example] = {}
    found = []
    for example in examples:
        question, items, truth, context = example.content
        earlier = asked.setdefault((question, items, context), example)
        if earlier.content[2] != truth:
            found.append((earlier, example))
    return found


def contradicting(examples: Sequence[Example]) -> list[str]:
    """The same in sentences."""
    return [
        f"Examples {one.id} and {other.id} ask the same and have different truths: nobody can be right on both."
        for one, other in contradictions(examples)
    ]


def parting(audience_id: str, example: Example) -> str:
    """How to get rid of an example, with the tool for it or without."""
    return (
        f"remove_example(audience_id='{audience_id}', example_id='{example.id}'), or the other one if that is wrong; "
        "where that tool is switched off, create_audience makes a new audience without it."
    )


def worst(examples: Sequence[Example], number: int) -> list[Example]:
    """So many of the examples, those that labelers failed most."""
    return sorted(examples, key=lambda example: example.correct_count - example.incorrect_count)[:number]


def is_failed(example: Example) -> bool:
    """Whether most labelers fail an example."""
    return example.incorrect_count > max(2, example.correct_count)


def hardly_anyone(read: ReadAudience) -> str:
    """That hardly any of those who tried qualified, in a sentence; empty where enough did, or that cannot be told."""
    graduated, dropped = read.metrics.count("Graduated"), read.metrics.count("Dropped")
    tried, rule = graduated + dropped, read.audience.admission
    if tried < ENOUGH_DECIDED or graduated >= HARDLY_ANYONE * tried:
        return ""
    bar = f" at a bar of {rule.fewest_right} of {rule.min_tasks} right" if rule else ""
    return f"Hardly anyone passes: {graduated} of {count_of(tried, 'labeler')} qualified{bar}."


def one_sided(examples: Sequence[Example]) -> str:
    """What all truths being on one side means, where items are not shuffled; empty where they are not, or are few."""
    sides = {_side(example) for example in examples}
    if len({example.content for example in examples}) < ENOUGH_FOR_SIDES or len(sides) != 1 or None in sides:
        return ""
    side = "first" if sides == {0} else "last"
    return f"All truths are the {side} item, and items are not shuffled: whoever always picks the {side} one qualifies."


def _of_recruiting(read: ReadAudience) -> Iterator[str]:
    audience, metrics = read.audience, read.metrics
    if read.missing:
        yield f"{len(read.examples)} of {audience.examples_needed} examples: it cannot recruit yet."
    elif audience.status == "Created":
        yield "It has never recruited, so nobody can qualify."
    elif metrics.nobody and audience.filters:
        yield "Nobody has come to qualify: its filters may leave nobody. One with wider filters, or none, reaches more."
    elif hard := hardly_anyone(read):
        yield f"{hard} {UNCHANGEABLE}"
    elif metrics.count("Dropped") and not metrics.count("Graduated") and not metrics.count("Distilling"):
        yield f"Nobody qualified of {count_of(metrics.count('Dropped'), 'labeler')}: the bar or an example is wrong."


def _of_questions(read: ReadAudience, asked: str | None) -> Iterator[str]:
    taught = list(dict.fromkeys(example.question.instruction for example in read.examples))
    if len(taught) > 1:
        yield f"Its examples ask {len(taught)} different questions; an audience learns one task best."
    if asked is not None and taught and asked not in taught:
        yield (
            f"Its examples ask {quoted(clean(taught[0], 80))}, its newest job {quoted(clean(asked, 80))}: labelers "
            "qualify for another question than they answer."
        )


def _of_guessers(read: ReadAudience) -> Iterator[str]:
    repeated = len(read.examples) - len({example.content for example in read.examples})
    if repeated:
        yield f"{repeated} of {len(read.examples)} examples are repeats, which add no quality."
    if read.guess_chance is not None and read.guess_chance > GUESSERS_TOO_LIKELY:
        yield (
            f"A labeler who clicks at random qualifies with a chance of {odds(read.guess_chance)}; "
            "a new audience with a higher min_tasks and as many different examples keeps guessers out."
        )


def _side(example: Example) -> int | None:
    """Where the right answer stands among the items; None where it is none of them."""
    return example.items.index(example.answer) if len(example.items) == 2 and example.answer in example.items else None


def odds(chance: float) -> str:
    """A probability for people."""
    return f"1 in {1 / chance:,.0f}" if chance > 0 else "none"
