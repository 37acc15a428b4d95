"""Our statistics are those of SciPy and of the papers they cite."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from itertools import product
from random import Random

import pytest
from scipy import stats

from rapidata_mcp.aggregate.agreement import krippendorff_alpha
from rapidata_mcp.aggregate.distributions import beta_cdf, t_cdf, t_quantile
from rapidata_mcp.aggregate.required_size import GAPS, RequiredSize, required_size
from rapidata_mcp.aggregate.share import (
    Share,
    effective_sample,
    effective_size,
    majority_probability,
    share_of_job,
    share_of_pair,
    share_of_similar_pairs,
    share_of_these_pairs,
    shares_of,
    wilson,
)
from rapidata_mcp.aggregate.sign_test import sign_test


@pytest.mark.parametrize(("a", "b"), list(product([0.5, 1, 3.5, 40, 5_000, 60_000], repeat=2)))
def test_beta_is_that_of_scipy(a: float, b: float) -> None:
    """In the middle and in the tails, for few votes and for many."""
    mean = a / (a + b)
    for x in {0.0, 1e-3, mean / 2, mean, 0.5, (1 + mean) / 2, 1.0}:
        assert beta_cdf(x, a, b) == pytest.approx(stats.beta.cdf(x, a, b), rel=1e-7, abs=1e-12)


@pytest.mark.parametrize("degrees", [1, 2, 4.5, 29, 99, 9_999, 99_999])
def test_t_is_that_of_scipy(degrees: float) -> None:
    """Distribution and quantiles, on both sides."""
    for value in (-8.0, -1.0, 0.0, 0.3, 2.0):
        assert t_cdf(value, degrees) == pytest.approx(stats.t.cdf(value, degrees), rel=1e-7)
    for probability in (0.025, 0.5, 0.9, 0.975, 0.995):
        assert t_quantile(probability, degrees) == pytest.approx(stats.t.ppf(probability, degrees), abs=1e-7)


@pytest.mark.parametrize(
    ("wins", "losses"), [(0, 0), (1, 0), (7, 3), (3, 7), (5, 5), (60, 40), (5_200, 4_800), (0, 900)]
)
def test_the_sign_test_is_the_binomial_test_of_scipy(wins: int, losses: int) -> None:
    """Two-sided and exact; no pairs are no evidence."""
    expected = stats.binomtest(wins, wins + losses).pvalue if wins + losses else 1.0
    assert sign_test(wins, losses) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(("a", "b"), [(7, 3), (0, 4), (10, 0), (1, 0), (480, 520)])
def test_the_interval_of_a_pair_is_wilsons_of_scipy(a: int, b: int) -> None:
    """And so is that of a job of this one pair."""
    expected = stats.binomtest(a, a + b).proportion_ci(method="wilson")
    for share in (share_of_pair(a, b), share_of_these_pairs([(a, b)]), share_of_job([(a, b)])):
        assert share is not None
        assert (share.low, share.high) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_many_pairs_have_the_t_interval_of_scipy() -> None:
    """Away from 0 and 1 and for many pairs the interval is the textbook's for the mean over clusters."""
    random = Random(3)
    votes = [(a, 10 - a) for a in (random.randint(2, 9) for _ in range(2_000))]
    shares = [a / 10 for a, _ in votes]
    low, high = stats.t.interval(0.95, len(votes) - 1, sum(shares) / len(shares), stats.sem(shares))
    share = share_of_similar_pairs(votes)
    assert (share.low, share.high) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize(("a", "b"), [(0, 0), (7, 3), (3, 7), (10, 0), (300, 280)])
def test_the_probability_of_the_majority_is_the_posterior_of_scipy(a: int, b: int) -> None:
    """Even without votes: nobody knows."""
    assert majority_probability(a, b) == pytest.approx(stats.beta.sf(0.5, a + 1, b + 1), rel=1e-9)


def test_unanimous_pairs_are_not_certainty() -> None:
    """Thirty pairs of ten equal votes count as thirty answers, not as three hundred and not as proof."""
    share = share_of_job([(10, 0)] * 30)
    assert share.value == share.high == 1
    assert 0.85 < share.low < 0.9


def test_responses_of_one_pair_belong_together() -> None:
    """Ten times as many answers to the same pairs, whose shares differ as much, leave the interval as it is."""
    few = [(9, 1), (1, 9), (8, 2)] * 12
    many = [(10 * a, 10 * b) for a, b in few]
    assert share_of_job(many).low == pytest.approx(share_of_job(few).low)
    assert share_of_job(few).high - share_of_job(few).low > 2 * (wilson(0.6, 360).high - wilson(0.6, 360).low)


def _units(*observers: str) -> list[Counter[str]]:
    return [Counter(answer for answer in column if answer != ".") for column in zip(*observers, strict=True)]


@pytest.mark.parametrize(
    ("units", "alpha"),
    [
        (_units("0100000010", "1110010000"), 0.095),
        (_units("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    ],
)
def test_alpha_reproduces_the_published_examples(units: list[Counter[str]], alpha: float) -> None:
    """Krippendorff 2011, parts A and C: two observers, and four with missing answers."""
    assert krippendorff_alpha(units) == pytest.approx(alpha, abs=0.0005)


def test_alpha_is_unknown_where_nothing_could_disagree() -> None:
    """Nobody shares a unit; or everyone says the same everywhere."""
    assert krippendorff_alpha([{"a": 1}, {"b": 1}]) is krippendorff_alpha([{"a": 5}, {"a": 3, "b": 0}]) is None
    assert krippendorff_alpha([{"a": 5}, {"b": 3}]) == 1


def _drawn(random: Random, pairs: int, mean: float) -> list[tuple[int, int]]:
    """Votes of ten people on pairs that differ about as much as pairs do."""
    shares = (min(1.0, max(0.0, random.gauss(mean, 0.2))) for _ in range(pairs))
    return [(a := _binomial(random, share), 10 - a) for share in shares]


def _enough_like(votes: list[tuple[int, int]]) -> RequiredSize:
    found = required_size(share_of_job(votes), effective_sample(shares_of(votes)))
    assert found is not None
    return found


@pytest.mark.parametrize(("nearer", "low", "high"), [(1, 0.74, 0.86), (2, 0.15, 0.45)])
def test_what_is_said_to_decide_pairs_like_these_does_so_four_times_of_five(
    nearer: float, low: float, high: float
) -> None:
    """Over 300 jobs, each as large as a first one said, where the share is as far from one half; seldomer where not."""
    random, decided, widths = Random(3), 0, []
    for _ in range(300):
        first = share_of_job(votes := _drawn(random, 60, 0.5))
        if first.side is None and (found := _enough_like(votes)).gap == 0.05:
            job = share_of_job(_drawn(random, round(60 * found.factor), 0.5 + found.gap / nearer))
            decided += job.side == "a"
            widths.append((job.high - job.low) / 2 / found.half_width)
    assert len(widths) > 200
    assert low <= decided / len(widths) <= high
    assert sum(widths) / len(widths) == pytest.approx(1, abs=0.05)


def test_what_is_said_to_decide_one_pair_does_so_four_times_of_five() -> None:
    """After a 5:5, in which the share may as well be 60 %."""
    found, random = required_size(share_of_these_pairs([(5, 5)]), effective_size([(5, 5)])), Random(4)
    assert found is not None
    votes = round(10 * found.factor)
    won = [sum(random.random() < 0.5 + found.gap for _ in range(votes)) for _ in range(1_000)]
    decided = sum(share_of_these_pairs([(a, votes - a)]).side == "a" for a in won) / 1_000
    assert (found.gap, votes) == (0.1, 196)
    assert 0.76 <= decided <= 0.86


def test_what_would_decide_is_the_same_for_every_run_of_a_job() -> None:
    """Of 40 runs of the same undecided job: for the same gap within a fifth of the typical size."""
    random, runs = Random(5), []
    while len(runs) < 40:
        votes = _drawn(random, 400, 0.49)
        runs += [_enough_like(votes)] if share_of_job(votes).side is None else []
    assert len({run.gap for run in runs}) == 1
    times = sorted(run.factor for run in runs)
    assert 0.8 * times[20] <= times[0] <= times[-1] <= 1.2 * times[20]


def test_nothing_decides_only_where_the_whole_interval_is_close_to_one_half() -> None:
    """Not because the share itself happens to be one half."""
    for size in (10, 100, 1_000, 10_000):
        found = required_size(wilson(0.5, size), size)
        assert found is not None
        assert found.factor >= 1.5
        assert found.gap in GAPS
    assert required_size(Share(0.5, 0.4955, 0.5045), 50_000) is None


def _normal(gap: float) -> Callable[[Random], float]:
    return lambda random: 1 / (1 + math.exp(-gap * random.gauss(0.3, 1)))


@pytest.mark.parametrize(
    ("pairs", "draw"),
    [
        (30, lambda random: 0.6),
        (30, lambda random: random.betavariate(0.5, 0.2)),
        (30, lambda random: random.betavariate(9, 1)),
        (60, lambda random: float(random.random() < 0.8)),
        (100, _normal(1.5)),
        (100, _normal(4)),
    ],
    ids=["equal pairs", "pairs of two kinds", "clear pairs", "only clear pairs", "differing", "strongly differing"],
)
def test_the_interval_covers_the_mean_of_the_population(pairs: int, draw: Callable[[Random], float]) -> None:
    """In 93 to 97 of 100 of 1,000 simulated jobs of ten responses a pair."""
    random = Random(20)
    mean = sum(draw(random) for _ in range(200_000)) / 200_000
    covered = 0
    for _ in range(1_000):
        shares = (draw(random) for _ in range(pairs))
        share = share_of_job([(a := _binomial(random, p), 10 - a) for p in shares])
        covered += share.low <= mean <= share.high
    assert 930 <= covered <= 970, covered


@pytest.mark.parametrize("pairs", [1, 3, 12, 29])
def test_below_thirty_pairs_the_interval_covers_the_mean_of_these_pairs(pairs: int) -> None:
    """At least in 93 of 100 of 1,000 simulated jobs; it speaks for nothing else, and may be too wide."""
    random = Random(7)
    shares = [random.betavariate(2, 1) for _ in range(pairs)]
    mean = sum(shares) / pairs
    intervals = [share_of_job([(a := _binomial(random, p), 10 - a) for p in shares]) for _ in range(1_000)]
    assert sum(share.low <= mean <= share.high for share in intervals) >= 930


def _binomial(random: Random, share: float) -> int:
    return sum(random.random() < share for _ in range(10))
