"""Problems of an audience: good labelers are kept out, or guessers are let in."""

from __future__ import annotations

from collections.abc import Iterator

from rapidata_mcp.server.audiences.example_checks import describe_contradictions, is_failed, most_failed
from rapidata_mcp.server.audiences.state import AudienceState, odds
from rapidata_mcp.server.replies import clean, count_of, quoted

MAX_GUESS_CHANCE = 0.06
"""If guessers qualify with a higher chance, more examples and a higher min_tasks are worth their cost."""
MIN_DECIDED = 20
"""With fewer labelers who graduated or were dropped, the share that qualifies means nothing."""
MIN_PASS_SHARE = 0.1
"""If a smaller share of them qualifies, the bar or an example keeps good labelers out."""
FAILED_NAMED = 5
UNCHANGEABLE = "The bar cannot be changed, and dropped labelers stay out, so this takes another audience."


def problems(state: AudienceState, job_instruction: str | None = None) -> list[str]:
    """Return the problems of a custom audience, worst first.

    `job_instruction` is the instruction of the newest job on the audience, if there is one.
    """
    if state.audience.kind != "custom":
        return []
    return [
        *_recruiting_problems(state),
        *describe_contradictions(state.examples),
        *_failed_example_problems(state),
        *_question_problems(state, job_instruction),
        *_guesser_problems(state),
    ]


def describe_low_pass_rate(state: AudienceState) -> str:
    """Return a sentence if hardly anyone who tried has qualified; empty if enough did, or too few have tried."""
    decided, rule = state.graduated + state.dropped, state.audience.admission
    if decided < MIN_DECIDED or state.graduated >= MIN_PASS_SHARE * decided:
        return ""
    bar = f" at a bar of {rule.min_correct} of {rule.min_tasks} right" if rule else ""
    return f"Hardly anyone passes: {state.graduated} of {count_of(decided, 'labeler')} qualified{bar}."


def _recruiting_problems(state: AudienceState) -> Iterator[str]:
    audience = state.audience
    if state.missing_examples:
        yield f"{len(state.examples)} of {audience.examples_needed} examples: it cannot recruit yet."
    elif audience.status == "Created":
        yield "It has never recruited, so nobody can qualify."
    elif state.metrics.nobody and audience.filters:
        yield "Nobody has come to qualify: its filters may match nobody. Use an audience with wider filters or none."
    elif sentence := describe_low_pass_rate(state):
        yield f"{sentence} {UNCHANGEABLE}"
    elif state.dropped and not state.graduated and not state.qualifying:
        yield f"None of {count_of(state.dropped, 'labeler')} qualified: the bar is too high or an example is wrong."


def _failed_example_problems(state: AudienceState) -> Iterator[str]:
    for example in most_failed(state.examples, FAILED_NAMED):
        if is_failed(example):
            counts = f"{example.incorrect_count} wrong, {example.correct_count} right"
            yield f"Most labelers fail example {example.id} ({counts}). Is its truth correct?"


def _question_problems(state: AudienceState, job_instruction: str | None) -> Iterator[str]:
    instructions = list(dict.fromkeys(example.question.instruction for example in state.examples))
    if len(instructions) > 1:
        yield f"Its examples ask {len(instructions)} different questions; an audience learns one task best."
    if job_instruction is not None and instructions and job_instruction not in instructions:
        yield (
            f"Its examples ask {quoted(clean(instructions[0], 80))}, its newest job asks "
            f"{quoted(clean(job_instruction, 80))}: labelers qualify for another question than they answer."
        )


def _guesser_problems(state: AudienceState) -> Iterator[str]:
    repeated = len(state.examples) - len({example.content for example in state.examples})
    if repeated:
        yield f"{repeated} of {len(state.examples)} examples are repeats, which add no quality."
    if state.guess_chance is not None and state.guess_chance > MAX_GUESS_CHANCE:
        yield (
            f"A labeler who clicks at random qualifies with a chance of {odds(state.guess_chance)}; "
            "a new audience with a higher min_tasks and as many different examples keeps guessers out."
        )
