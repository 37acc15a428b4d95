"""Free text: labelers write a text about an item. There are no examples, since no text is the only correct one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from random import Random
from typing import Any, ClassVar, Literal
from urllib.parse import unquote, urlsplit

from pydantic import Field

from rapidata_mcp.aggregate.texts import distinct_texts
from rapidata_mcp.tasks.arguments import Datapoint, is_remote
from rapidata_mcp.tasks.drafts import JOB_DEFAULTS, JobOptions, TaskContent, TaskDraft
from rapidata_mcp.tasks.outcomes import Counted, Outcome, RawResponse, read_outcome
from rapidata_mcp.tasks.results import JobResults
from rapidata_mcp.tasks.settings import TaskSetting, number_of
from rapidata_mcp.tasks.task import Answer, DatapointVotes, Question, TaskType, question_about, read_member
from rapidata_mcp.tasks.verdicts import JobVerdict, Sentence, count_of
from rapidata_mcp.wire import AssetBinding, RapidModel, TextBinding

MAX_CHARACTERS = 1024
"""The platform's limit if a job sets none (contract F.6)."""
MOST_EVER = 10_000
"""The upper limit in characters, regardless of the settings of a job."""
_KEPT = frozenset("\n\t")
_WORD = re.compile(r"[^\W_]+")
_FORMS = ("{}", "{}.", "A {}", "a {}", "I see a {}", "It is a {}.", "{}!")
_FORMS_OF_TEXTS = ("{}", "{}.", "It says {}", "it says {}", "“{}”", "{}!")
_THOUGHTLESS = ("good", "nice", "ok", "asdf", "yes", "idk")


class FreeTextRapid(RapidModel):
    """The question of a free text job (contract F.3)."""

    t: Literal["FreeText"] = Field("FreeText", alias="_t")
    question: TextBinding
    should_validate_response: bool | None = None
    validation_system_prompt: str | None = None


@dataclass(frozen=True, kw_only=True)
class FreeTextTask(TaskDraft):
    """The task of a free text job: items under one question."""

    @classmethod
    def from_arguments(cls, instruction: str, items: Sequence[str], options: JobOptions = JOB_DEFAULTS) -> FreeTextTask:
        """Build it from a caller's arguments.

        Raises:
            InvalidArgument: names the argument with its position, the allowed values, and the fix.
        """
        return cls(
            content=TaskContent.from_arguments(FreeText.own_settings, instruction, [[item] for item in items], options)
        )

    def spec(self) -> FreeTextRapid:
        """Return the rapid."""
        return FreeTextRapid(
            asset=AssetBinding(segment="asset"),
            question=TextBinding(literal=self.content.instruction),
            validation_system_prompt=None,
        )

    def identity(self) -> dict[str, object]:
        """Return the task type; everything else is in the datapoints."""
        return {"task": "FreeText"}


class FreeText(TaskType):
    """The free text task type."""

    name = "FreeText"
    results_name = "FreeText"
    slug = "free_text"
    own_settings: ClassVar = {
        "free_text_minimum_characters": TaskSetting("free_text_minimum_characters", None, 1, 1_024),
        "free_text_max_characters": TaskSetting("free_text_max_characters", "1024", 1, 10_000),
        "keyboard_numeric": TaskSetting("keyboard_numeric"),
    }
    selections = ("all",)
    rapid = FreeTextRapid

    def instruction(self, spec: FreeTextRapid) -> str:
        """Return the question that labelers see."""
        return spec.question.literal or ""

    def question(
        self,
        spec: FreeTextRapid,
        datapoint: Datapoint,
        names: Sequence[str],
        settings: Mapping[str, str] | None = None,
    ) -> Question:
        """Ask for a text about the item."""
        return question_about(self.instruction(spec), datapoint, names, settings)

    def limits(self, question: Question) -> tuple[int, int]:
        """Return the minimum and maximum of characters (contract F.6)."""
        settings = question.settings or {}
        most = number_of(settings.get("free_text_max_characters"), MAX_CHARACTERS, MOST_EVER)
        return min(most, number_of(settings.get("free_text_minimum_characters"), 1, MOST_EVER)), most

    def read_answer(self, posted: object, question: Question) -> Answer:
        """Read a text without its control characters."""
        text = read_member(posted, "text")
        if not isinstance(text, str):
            raise ValueError("A text is needed.")
        kept = "".join(char for char in text if char in _KEPT or unicodedata.category(char) not in ("Cc", "Cs")).strip()
        fewest, most = self.limits(question)
        seen = any(unicodedata.category(char)[0] not in "CZ" for char in kept)
        if not seen or not fewest <= len(kept) <= most:
            raise ValueError(f"A text of {fewest} to {most} characters is needed.")
        return Answer(0, kept)

    def simulate_answer(self, random: Random, skill: float, question: Question, truth: Any = None) -> Answer:
        """Write a variant of the item's name, or a thoughtless word by a guess."""
        fewest, most = self.limits(question)
        numeric = "keyboard_numeric" in (question.settings or {})
        if random.random() >= skill:
            text = str(random.randrange(100)) if numeric else random.choice(_THOUGHTLESS)
        elif numeric:
            text = str(Random(f"number\n{question.instruction}\n{question.items[0]}").randrange(1, 20))
        else:
            forms = _FORMS if is_remote(question.items[0]) else _FORMS_OF_TEXTS
            text = random.choice(forms).format(_subject(question.items[0]))
        while len(text) < fewest:
            text = f"{text} {text}"
        return Answer(0, text[:most])

    def result(self, datapoint: DatapointVotes, *, with_confidence: bool) -> dict[str, Any]:
        """Return an item in the results format, as far as it is documented (contract H.5)."""
        texts = [vote.value for vote in datapoint.votes]
        return datapoint.entry({"aggregatedResults": texts}, lambda vote: {"answer": vote.value})

    def response_json(self, answer: Answer, question: Question) -> dict[str, Any]:
        """Return the text."""
        return {"_t": "FreeTextResult", "answer": answer.value}

    def summary(self, results: Sequence[dict[str, Any]], spec: FreeTextRapid) -> dict[str, int]:
        """Count the texts."""
        return {"answers": sum(len(entry["aggregatedResults"]) for entry in results)}

    def outcome(
        self, position: int, entry: Mapping[str, Any], settings: Mapping[str, str], *, people_only: bool = False
    ) -> Outcome:
        """Count the different texts, the most frequent first."""
        details = entry.get("detailedResults") or [{"answer": text} for text in entry["aggregatedResults"]]

        def count(details: Sequence[RawResponse]) -> list[Counted]:
            return [Counted(text, times) for text, times in distinct_texts(map(_written, details))]

        entry = {**entry, "detailedResults": details}
        return read_outcome(position, entry, _written, count, people_only=people_only)

    def verdict(self, results: JobResults) -> JobVerdict:
        """Count the texts, and the texts that differ in more than their form."""
        distinct = sum(len(outcome.names) for outcome in results.outcomes)
        answered = count_of(sum(outcome.total > 0 for outcome in results.outcomes), "datapoint")
        return JobVerdict(
            [
                Sentence(
                    f"{count_of(results.total, 'text')} on {answered}, {distinct:,} of them different in more than "
                    "capitals, spaces and punctuation."
                )
            ]
        )


def _written(detail: RawResponse) -> str:
    return str(detail["answer"])


def _subject(item: str) -> str:
    """The first words of an item's file name or text."""
    name = _file_name(item) if is_remote(item) else item
    return " ".join(_WORD.findall(name)[:4]).lower() or "picture"


def _file_name(url: str) -> str:
    try:
        return PurePosixPath(unquote(urlsplit(url).path)).stem
    except ValueError:  # a text may begin like a URL and be none
        return url
