"""Ranking: lists of items are put in order. Labelers compare two items at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Annotated, Any, Literal

from pydantic import Field

from rapidata_mcp.aggregate.bradley_terry import MAX_ITEMS, STARTING_SCORE, elo, estimate_values
from rapidata_mcp.aggregate.elo import elo_ratings
from rapidata_mcp.aggregate.majority import ratios, tally
from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.tasks.arguments import Datapoint, MediaItems, require_contexts, require_media_contexts
from rapidata_mcp.tasks.compare import Compare
from rapidata_mcp.tasks.drafts import JOB_DEFAULTS, Group, JobOptions, TaskContent, TaskDraft
from rapidata_mcp.tasks.outcomes import Outcome
from rapidata_mcp.tasks.ranking_results import outcome_of, verdict_of
from rapidata_mcp.tasks.results import JobResults
from rapidata_mcp.tasks.task import Answer, DatapointVotes, Question, TaskType, by_key, question_about, read_choice
from rapidata_mcp.tasks.verdicts import JobVerdict
from rapidata_mcp.wire import WireModel

EVERY_PAIR_UP_TO = 10
"""Every pair of a list of up to this many items is compared. Longer lists have a budget (contract F.5)."""
MOST_COMPARISONS = 100_000
"""The maximum for one list."""
MOST_POINTS = 1_000_000_000
"""The maximum of a score and of its changes: far above useful values, and small enough for exact arithmetic."""
RANDOM_SHARE = 0.5
COMPARISON = Compare()
"""The question about two items of a list."""


class FullPermutationPairMaker(WireModel):
    """Every pair of a list (contract F.2)."""

    t: Literal["FullPermutationPairMaker"] = Field("FullPermutationPairMaker", alias="_t")


class OnlinePairMaker(WireModel):
    """A number of pairs of each list: some random, the others chosen by earlier responses (contract F.2)."""

    t: Literal["OnlinePairMaker"] = Field("OnlinePairMaker", alias="_t")
    random_matches_ratio: float | None = Field(None, ge=0, le=1)
    total_comparison_budget: int | None = Field(None, ge=1, le=MOST_COMPARISONS)


class BradleyTerryRankingConfig(WireModel):
    """Scores by the Bradley–Terry model, around a starting score (contract F.2)."""

    t: Literal["BradleyTerryRankingConfig"] = Field("BradleyTerryRankingConfig", alias="_t")
    starting_score: int = Field(ge=-MOST_POINTS, le=MOST_POINTS)


class EloConfig(WireModel):
    """Scores by the Elo rule (contract F.2)."""

    t: Literal["EloConfig"] = Field("EloConfig", alias="_t")
    starting_score: int = Field(ge=-MOST_POINTS, le=MOST_POINTS)
    k_factor: int = Field(ge=-MOST_POINTS, le=MOST_POINTS)
    scaling_factor: int = Field(gt=0, le=MOST_POINTS)


PairMaker = Annotated[FullPermutationPairMaker | OnlinePairMaker, Field(discriminator="t")]
RankingConfig = Annotated[BradleyTerryRankingConfig | EloConfig, Field(discriminator="t")]


class GroupedRankingWorkflow(WireModel):
    """The question of a ranking job, with the rules for its pairs and scores (contract F.2)."""

    t: Literal["GroupedRankingWorkflow"] = Field("GroupedRankingWorkflow", alias="_t")
    criteria: str
    pair_maker_config: PairMaker | None = None
    ranking_config: RankingConfig | None = None
    contexts: dict[str, str] | None = None
    context_assets: dict[str, Any] | None = None
    feature_flags: list[Any] | None = None
    max_parallelism: int | None = None

    @property
    def online(self) -> OnlinePairMaker | None:
        """The rule for choosing pairs, or None if every pair is compared."""
        return self.pair_maker_config if isinstance(self.pair_maker_config, OnlinePairMaker) else None


def pairs_of(items: int) -> int:
    """Return the number of different pairs of some items."""
    return items * (items - 1) // 2


def votes_per_pair(budget: int, responses: int, longest: int) -> int:
    """Return the responses per pair, for lists of up to `longest` items (contract F.5)."""
    if longest > EVERY_PAIR_UP_TO:
        return responses
    return max(1, budget // pairs_of(longest)) * responses


@dataclass(frozen=True, kw_only=True)
class RankingTask(TaskDraft):
    """The task of a ranking job: lists, each ranked by itself with the same budget of comparisons."""

    budget: int
    responses: int
    random_share: float

    @classmethod
    def from_arguments(
        cls,
        instruction: str,
        lists: Sequence[Sequence[str]],
        budget: int,
        options: JobOptions = JOB_DEFAULTS,
        *,
        responses: int = 1,
        random_share: float = RANDOM_SHARE,
    ) -> RankingTask:
        """Build it from a caller's arguments. Contexts and media contexts are one per list.

        Raises:
            InvalidArgument: names the argument with its position, the allowed values, and the fix.
        """
        for at, items in enumerate(lists):
            _require_list(f"datapoints.{at}", items)
        media = MediaItems(options.allowed)
        contexts = require_contexts(options.contexts, len(lists))
        media_contexts = require_media_contexts(options.media_contexts, len(lists), media)
        alone = replace(options, contexts=None, media_contexts=None)
        rows = [[item] for items in lists for item in items]
        content = TaskContent.from_arguments(COMPARISON.own_settings, instruction, rows, alone)
        names = [str(at) for at, items in enumerate(lists) for _ in items]
        points = zip(content.datapoints, names, strict=True)
        return cls(
            content=replace(
                content,
                datapoints=tuple(Datapoint(point.items, group=name) for point, name in points),
                files={**content.files, **media.files},
            ),
            groups=tuple(Group(str(at), *shown) for at, shown in enumerate(zip(contexts, media_contexts, strict=True))),
            budget=budget,
            responses=responses,
            random_share=random_share,
        )

    @property
    def longest(self) -> int:
        """The number of items of the longest list."""
        names = [point.group for point in self.content.datapoints]
        return max(names.count(group.name) for group in self.groups)

    @property
    def votes_per_pair(self) -> int:
        """The responses per pair."""
        return votes_per_pair(self.budget, self.responses, self.longest)

    @property
    def comparisons(self) -> int:
        """The number of pairs of all lists together (contract F.5)."""
        if self.longest > EVERY_PAIR_UP_TO:
            return self.budget * len(self.groups)
        return sum(pairs_of(items) for items in Counter(point.group for point in self.content.datapoints).values())

    def spec(self) -> GroupedRankingWorkflow:
        """Return the workflow (contract F.5)."""
        online = OnlinePairMaker(random_matches_ratio=self.random_share, total_comparison_budget=self.budget)
        return GroupedRankingWorkflow(
            criteria=self.content.instruction,
            pair_maker_config=online if self.longest > EVERY_PAIR_UP_TO else FullPermutationPairMaker(),
            ranking_config=BradleyTerryRankingConfig(starting_score=STARTING_SCORE),
        )

    def identity(self) -> dict[str, object]:
        """Return the budget, and the contexts of the lists."""
        shown = [[group.context, group.media_context] for group in self.groups]
        return {"task": "Ranking", "budget": [self.budget, self.responses, self.random_share], "groups": shown}


def _require_list(argument: str, items: Sequence[str]) -> None:
    if not 2 <= len(items) <= MAX_ITEMS:
        raise InvalidArgument(argument, f"has {len(items)} items.", f"Give 2 to {MAX_ITEMS} items.")
    if len(set(items)) < len(items):
        raise InvalidArgument(argument, "has equal items.", "Give different items.")


class Ranking(TaskType):
    """The ranking task type.

    A labeler sees two items of a list. The choice of an answer is the winner, and its value is the loser. The votes of
    a result belong to a whole list; they refer to its items in the same way.
    """

    name = "GroupedRanking"
    results_name = "Ranking"
    slug = "ranking"
    answers_datapoints = False
    workflow = GroupedRankingWorkflow

    def instruction(self, spec: GroupedRankingWorkflow) -> str:
        """Return the question that labelers see."""
        return spec.criteria

    def question(
        self,
        spec: GroupedRankingWorkflow,
        datapoint: Datapoint,
        names: Sequence[str],
        settings: Mapping[str, str] | None = None,
    ) -> Question:
        """Ask for one of two items."""
        return question_about(spec.criteria, datapoint, names, settings, options=datapoint.items)

    def read_answer(self, posted: object, question: Question) -> Answer:
        """Read the position of the chosen item. The value is the other item."""
        choice = read_choice(posted, question).choice
        return Answer(choice, 1 - choice)

    def simulate_answer(self, random: Random, skill: float, question: Question, truth: Any = None) -> Answer:
        """Choose the preferred item, or a random item by a guess."""
        choice = COMPARISON.simulate_answer(random, skill, question).choice
        return Answer(choice, 1 - choice)

    def result(self, datapoint: DatapointVotes, *, with_confidence: bool) -> dict[str, Any]:
        """Return a list in the results format, with one map over its items per figure (contract H.5).

        `elo` is the platform's score, in whole points around the starting score (contract G.9).
        """
        keys, votes, outcomes = [item.key for item in datapoint.items], datapoint.votes, outcomes_of(datapoint)
        wins, losses = (tally(((outcome[side], 1) for outcome in outcomes), len(keys)) for side in (0, 1))
        scores = tally(((vote.choice, vote.user_score) for vote in votes), len(keys))
        played = [won + lost for won, lost in zip(wins, losses, strict=True)]
        members = {
            "aggregatedResults": {key: int(count) for key, count in zip(keys, wins, strict=True)},
            "aggregatedResultsRatios": by_key(
                keys, [won / (all_ or 1) for won, all_ in zip(wins, played, strict=True)]
            ),
            "summedUserScores": by_key(keys, scores),
            "summedUserScoresRatios": by_key(keys, ratios(scores)),
            "elo": dict(zip(keys, scores_of(outcomes, len(keys), datapoint.spec), strict=True)),
        }
        return datapoint.entry(members, lambda vote: {"votedFor": keys[vote.choice], "votedAgainst": keys[vote.value]})

    def response_json(self, answer: Answer, question: Question) -> dict[str, Any]:
        """Return the winning item."""
        return COMPARISON.response_json(answer, question)

    def summary(self, results: Sequence[dict[str, Any]], spec: GroupedRankingWorkflow) -> dict[str, Any]:
        """Return the score of each item (contract H.5), with the list's number if lists share names."""
        keys = [key for entry in results for key in entry["elo"]]
        distinct = len(set(keys)) == len(keys)
        return {
            key if distinct else f"{number}: {key}": score
            for number, entry in enumerate(results, start=1)
            for key, score in entry["elo"].items()
        }

    def outcome(
        self, position: int, entry: Mapping[str, Any], settings: Mapping[str, str], *, people_only: bool = False
    ) -> Outcome:
        """Return the order of a list."""
        return outcome_of(position, entry, people_only=people_only)

    def verdict(self, results: JobResults) -> JobVerdict:
        """Return the leading items, and their certainty."""
        return verdict_of(results.outcomes)


def outcomes_of(datapoint: DatapointVotes) -> list[tuple[int, int]]:
    """Return the (winner, loser) of each vote on a list."""
    return [(vote.choice, vote.value) for vote in datapoint.votes]


def scores_of(outcomes: Sequence[tuple[int, int]], items: int, spec: GroupedRankingWorkflow | None) -> list[int]:
    """Return the score of each item in whole points, by the rule of the workflow. Outcomes are (winner, loser)."""
    rule = None if spec is None else spec.ranking_config
    if isinstance(rule, EloConfig):
        scores = elo_ratings(outcomes, items, rule.starting_score, rule.k_factor, rule.scaling_factor)
    else:
        start = STARTING_SCORE if rule is None else rule.starting_score
        scores = [elo(strength, start) for strength in estimate_values(Counter(outcomes), items)]
    return [round(score) for score in scores]
