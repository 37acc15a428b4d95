"""Selecting words: labelers select words in a sentence about an item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from pydantic import Field

from rapidata_mcp.aggregate.words import word_shares
from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.tasks.arguments import Datapoint, require_text
from rapidata_mcp.tasks.drafts import (
    EXAMPLE_DEFAULTS,
    JOB_DEFAULTS,
    ExampleContent,
    ExampleDraft,
    ExampleOptions,
    JobOptions,
    OwnSegment,
    TaskContent,
    TaskDraft,
)
from rapidata_mcp.tasks.outcomes import Counted, Outcome, RawResponse, by_majority, read_outcome
from rapidata_mcp.tasks.pictures import require_share
from rapidata_mcp.tasks.results import JobResults
from rapidata_mcp.tasks.task import Answer, DatapointVotes, Question, TaskTypeWithExamples, question_about, read_member
from rapidata_mcp.tasks.verdicts import JobVerdict, Sentence, count_of
from rapidata_mcp.wire import AssetBinding, RapidModel, TextBinding, WireModel

SENTENCE = "transcription"
"""The segment that holds the sentence of a datapoint (contract E.1)."""
MAX_SENTENCE = 1_000
MOST_WORDS = 200


class TranscriptionRapid(RapidModel):
    """The question of a select words job (contract F.3)."""

    t: Literal["Transcription"] = Field("Transcription", alias="_t")
    title: TextBinding
    transcription: TextBinding


class Word(WireModel):
    """A word and its place in the sentence, from 0."""

    word: str
    word_index: int


class TranscriptionExamplePayload(WireModel):
    """The question of a qualification example (contract C.3)."""

    t: Literal["TranscriptionExamplePayload"] = Field("TranscriptionExamplePayload", alias="_t")
    title: str
    transcription: list[Word]


class TranscriptionExampleTruth(WireModel):
    """The truth of a qualification example: the correct words, and the required match (contract C.3)."""

    t: Literal["TranscriptionExampleTruth"] = Field("TranscriptionExampleTruth", alias="_t")
    correct_words: list[Word]
    required_precision: int | float = 1
    required_completeness: int | float = 1
    strict_grading: bool | None = None

    @property
    def places(self) -> set[int]:
        """The positions of the correct words."""
        return {word.word_index for word in self.correct_words}


def require_sentence(argument: str, sentence: str) -> str:
    """Return a sentence of at least two words. It is split at single spaces (contract C.3).

    Raises:
        InvalidArgument: if it has fewer or too many words, or more than one space between two words.
    """
    words = require_text(argument, sentence, MAX_SENTENCE).split(" ")
    if not 2 <= len(words) <= MOST_WORDS or "" in words:
        raise InvalidArgument(argument, f"must be 2 to {MOST_WORDS} words with single spaces between them.")
    return sentence


@dataclass(frozen=True, kw_only=True)
class SelectWordsExample(ExampleDraft):
    """A qualification example: an item, a sentence, and the positions of the correct words in it."""

    takes_context = False  # the sentence takes its place (contract J.4)

    words: tuple[str, ...]
    truth: tuple[int, ...]
    required_precision: float
    required_completeness: float

    @classmethod
    def from_arguments(
        cls,
        instruction: str,
        item: str,
        sentence: str,
        truth: Sequence[int],
        options: ExampleOptions = EXAMPLE_DEFAULTS,
        *,
        required_precision: float = 1,
        required_completeness: float = 1,
    ) -> SelectWordsExample:
        """Build it from a caller's arguments.

        Raises:
            InvalidArgument: names the argument, the allowed values, and the fix.
        """
        words = tuple(require_sentence("sentence", sentence).split(" "))
        if not truth or not all(0 <= place < len(words) for place in truth) or len(set(truth)) < len(truth):
            named = ", ".join(f"{place} {word}" for place, word in enumerate(words[:12]))
            raise InvalidArgument("truth", "must list positions of words, from 0.", f"Positions: {named}.")
        return cls(
            content=ExampleContent.from_arguments(SelectWords.own_settings, instruction, [item], options),
            words=words,
            truth=tuple(truth),
            required_precision=require_share("required_precision", required_precision) or 0,
            required_completeness=require_share("required_completeness", required_completeness) or 0,
        )

    @property
    def guess(self) -> float:
        """The probability that a random click is correct."""
        return len(self.truth) / len(self.words)

    def payload(self) -> TranscriptionExamplePayload:
        """Return the question on the wire."""
        return TranscriptionExamplePayload(title=self.content.instruction, transcription=_words(self.words))

    def wire_truth(self, names: Sequence[str]) -> TranscriptionExampleTruth:
        """Return the truth on the wire."""
        return TranscriptionExampleTruth(
            correct_words=[Word(word=self.words[place], word_index=place) for place in self.truth],
            required_precision=self.required_precision,
            required_completeness=self.required_completeness,
        )


@dataclass(frozen=True, kw_only=True)
class SelectWordsTask(TaskDraft):
    """The task of a select words job: items, each with its sentence, under one instruction."""

    own_segments = (OwnSegment(SENTENCE, "Text", "Transcription"),)

    @classmethod
    def from_arguments(
        cls, instruction: str, items: Sequence[str], sentences: Sequence[str], options: JobOptions = JOB_DEFAULTS
    ) -> SelectWordsTask:
        """Build it from a caller's arguments.

        Raises:
            InvalidArgument: names the argument with its position, the allowed values, and the fix.
        """
        if len(sentences) != len(items):
            raise InvalidArgument("sentences", f"has {len(sentences)} entries for {len(items)} datapoints.")
        segments = [{SENTENCE: require_sentence(f"sentences.{at}", text)} for at, text in enumerate(sentences)]
        rows = [[item] for item in items]
        return cls(
            content=TaskContent.from_arguments(SelectWords.own_settings, instruction, rows, options, segments=segments)
        )

    def spec(self) -> TranscriptionRapid:
        """Return the rapid."""
        return TranscriptionRapid(
            asset=AssetBinding(segment="asset"),
            title=TextBinding(literal=self.content.instruction),
            transcription=TextBinding(segment=SENTENCE),
        )

    def identity(self) -> dict[str, object]:
        """Return the task type; everything else is in the datapoints."""
        return {"task": "Transcription"}


class SelectWords(TaskTypeWithExamples):
    """The select words task type."""

    name = "Transcription"
    results_name = "Transcription"
    slug = "select_words"
    rapid = TranscriptionRapid
    payload = TranscriptionExamplePayload
    truth = TranscriptionExampleTruth

    def instruction(self, spec: TranscriptionRapid | TranscriptionExamplePayload) -> str:
        """Return the question that labelers see."""
        return spec.title if isinstance(spec, TranscriptionExamplePayload) else spec.title.literal or ""

    def question(
        self,
        spec: TranscriptionRapid | TranscriptionExamplePayload,
        datapoint: Datapoint,
        names: Sequence[str],
        settings: Mapping[str, str] | None = None,
    ) -> Question:
        """Ask for some of the words."""
        if isinstance(spec, TranscriptionExamplePayload):
            words = [word.word for word in sorted(spec.transcription, key=lambda word: word.word_index)]
        else:
            bound = spec.transcription
            sentence = bound.literal or datapoint.segments.get(bound.segment or SENTENCE, "")
            words = sentence.split(" ") if isinstance(sentence, str) else []
        if len(words) < 2:
            raise ValueError("There is no sentence of two words or more.")
        return question_about(self.instruction(spec), datapoint, names, settings, words=tuple(words))

    def limits(self, question: Question) -> tuple[int, int]:
        """Return the minimum and maximum of words."""
        return 1, len(question.words)

    def read_answer(self, posted: object, question: Question) -> Answer:
        """Read the positions of the selected words, at least one."""
        places = read_member(posted, "words")
        if not isinstance(places, list) or not places:
            raise ValueError("An answer has one word at least.")
        if not all(type(place) is int and 0 <= place < len(question.words) for place in places):
            raise ValueError(f"A word is a whole number from 0 to {len(question.words) - 1}.")
        return Answer(0, sorted(set(places)))

    def is_right(self, answer: Answer, truth: TranscriptionExampleTruth, question: Question) -> bool:
        """Whether enough of the selected words are correct, and enough of the correct words are selected."""
        selected, right = set(answer.value), truth.places
        hits = len(selected & right)
        precise, complete = truth.required_precision, truth.required_completeness
        if truth.strict_grading:
            precise = complete = 1.0
        return bool(hits) and hits >= precise * len(selected) - 1e-9 and hits >= complete * len(right) - 1e-9

    def describe_truth(self, truth: TranscriptionExampleTruth, question: Question) -> str:
        """Return the correct words."""
        places = sorted(truth.places)
        if not places or not all(0 <= place < len(question.words) for place in places):
            raise ValueError("it does not name words of the sentence")
        return " ".join(question.words[place] for place in places)

    def simulate_answer(
        self, random: Random, skill: float, question: Question, truth: TranscriptionExampleTruth | None = None
    ) -> Answer:
        """Select the correct or fitting words, or a random word by a guess."""
        if random.random() >= skill:
            return Answer(0, [random.randrange(len(question.words))])
        if truth is not None:
            return Answer(0, sorted(truth.places))
        shares = _meant(question)
        seen = [place for place, share in enumerate(shares) if random.random() < share]
        return Answer(0, seen or [shares.index(max(shares))])

    def result(self, datapoint: DatapointVotes, *, with_confidence: bool) -> dict[str, Any]:
        """Return an item in the results format: the votes of each word, and the selection of each labeler.

        The platform's own format is not published (contract H.5). This one follows the other task types and the
        platform's raw responses.
        """
        words, votes = datapoint.question.words, datapoint.votes
        counts = [sum(place in vote.value for vote in votes) for place in range(len(words))]
        aggregated = [
            {"word": word, "wordIndex": place, "count": count, "ratio": round(count / len(votes), 4) if votes else 0}
            for place, (word, count) in enumerate(zip(words, counts, strict=True))
        ]
        return datapoint.entry(
            {"transcription": " ".join(words), "aggregatedResults": aggregated},
            lambda vote: {"selectedWords": [{"word": words[place], "wordIndex": place} for place in vote.value]},
        )

    def response_json(self, answer: Answer, question: Question) -> dict[str, Any]:
        """Return the selected words."""
        words = [{"word": question.words[place], "wordIndex": place} for place in answer.value]
        return {"_t": "TranscriptionResult", "selectedWords": words}

    def summary(self, results: Sequence[dict[str, Any]], spec: TranscriptionRapid) -> dict[str, int]:
        """Count the answers."""
        return {"responses": sum(len(entry["detailedResults"]) for entry in results)}

    def outcome(
        self, position: int, entry: Mapping[str, Any], settings: Mapping[str, str], *, people_only: bool = False
    ) -> Outcome:
        """Count the votes of each word, the most frequent first."""
        words = str(entry["transcription"]).split(" ")

        def count(details: Sequence[RawResponse]) -> list[Counted]:
            selections = [[int(word["wordIndex"]) for word in detail["selectedWords"]] for detail in details]
            votes = Counter(place for selected in selections for place in set(selected))
            shares = word_shares(selections, len(words))
            return [
                Counted(words[place], votes[place], shares[place], f"word {place}") for place, _ in votes.most_common()
            ]

        return by_majority(read_outcome(position, entry, _selected, count, people_only=people_only))

    def verdict(self, results: JobResults) -> JobVerdict:
        """Count the words that are certain, and the words that are undecided."""
        answered = [outcome for outcome in results.outcomes if outcome.total]
        sides = [answer.share.side for outcome in answered for answer in outcome.answers if answer.share is not None]
        sure, perhaps = sides.count("a"), sides.count(None)
        sentence = (
            f"on {count_of(len(answered), 'sentence')} more than half of all labelers select "
            f"{count_of(sure, 'word')} for certain, and perhaps {perhaps:,} more."
        )
        return JobVerdict([Sentence(sentence)])


def _selected(detail: RawResponse) -> str:
    return " ".join(str(word["word"]) for word in detail["selectedWords"])


def _words(words: Sequence[str]) -> list[Word]:
    return [Word(word=word, word_index=place) for place, word in enumerate(words)]


def _meant(question: Question) -> list[float]:
    """The share of careful simulated labelers who select each word: one clear word, some arguable words."""
    random = Random(f"words\n{question.instruction}\n{question.items[0]}\n{question.words}")
    shares = [random.choice((0.02, 0.02, 0.05, 0.3)) for _ in question.words]
    shares[random.randrange(len(shares))] = 0.95
    return shares
