"""When a datapoint has enough responses, and counting."""

from __future__ import annotations

from random import Random

import pytest

from rapidata_mcp.aggregate.confidence import CAREFUL, confidence
from rapidata_mcp.aggregate.majority import ratios, tally, winner
from rapidata_mcp.models.referees import EarlyStoppingReferee, NaiveReferee, QuorumReferee, is_enough


def test_confidence_reproduces_the_published_sample() -> None:
    """Contract H.8: four votes for one of two, with these scores, give 0.9943 and 0.0057."""
    votes = [(0, 0.3), (0, 0.8486), (0, 0.4469), (0, 0.4911)]
    assert [round(share, 4) for share in confidence(votes, 2)] == [0.9943, 0.0057]


def test_confidence_without_votes_is_even_and_extreme_scores_stay_finite() -> None:
    """Nothing is known; and a perfect labeler is not infallible."""
    assert confidence([], 4) == [0.25] * 4
    assert confidence([(0, 1.0), (1, 1.0)], 2) == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(
    ("counts", "settled"), [([7, 0], True), ([6, 3], False), ([4, 4], True), ([4, 3], False), ([5, 5], True)]
)
def test_quorum_of_seven_of_ten(counts: list[int], settled: bool) -> None:
    """Contract H.9, with its own example: both at four ends it."""
    votes = [(choice, 0.5) for choice, count in enumerate(counts) for _ in range(count)]
    assert is_enough(QuorumReferee(max_votes=10, threshold=7), votes, 2) is settled


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("rule", ["fixed", "quorum", "confidence"])
def test_the_fewest_more_votes_are_those_that_trying_finds(seed: int, rule: str) -> None:
    """More and more careful votes for each option until they are enough, by the rule itself."""
    random = Random(f"{rule} {seed}")
    most, options = random.randrange(1, 40), random.randrange(2, 6)
    referee = {
        "fixed": NaiveReferee(total_votes=most),
        "quorum": QuorumReferee(max_votes=most, threshold=random.randrange(1, most + 1)),
        "confidence": EarlyStoppingReferee(max_votes=most, threshold=random.uniform(0.05, 0.999)),
    }[rule]
    counter, votes = referee.vote_counter(options), list[tuple[int, float]]()
    for _ in range(most + 3):
        left = max(1, most - len(votes))
        tried = [
            next((more for more in range(1, left) if is_enough(referee, [*votes, *more * [vote]], options)), left)
            for vote in ((option, CAREFUL) for option in range(options))
        ]
        assert counter.min_more_votes() == min(tried)
        votes.append((random.choice((0, 0, random.randrange(options))), random.random()))
        counter.add(*votes[-1])


def test_counting() -> None:
    """A tie and no votes have no winner; ratios sum to one where there is something to divide."""
    assert winner(tally([(0, 1), (1, 1), (1, 1)], 2)) == 1
    assert winner([2.0, 2.0]) is winner([0.0, 0.0]) is None
    assert ratios([1.0, 3.0]) == [0.25, 0.75]
    assert ratios([0.0, 0.0]) == [0.0, 0.0]
