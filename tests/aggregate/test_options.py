"""Shares of options, answers on scales, confusion: those of SciPy and of the papers they cite."""

from __future__ import annotations

from collections import Counter
from random import Random

import numpy as np
import pytest
from scipy import stats

from rapidata_mcp.aggregate.agreement import krippendorff_alpha, ordinal_alpha
from rapidata_mcp.aggregate.coincidences import coincidences
from rapidata_mcp.aggregate.confusion import confusions
from rapidata_mcp.aggregate.options import is_ahead, option_shares
from rapidata_mcp.aggregate.scale import mean_step, median_step
from rapidata_mcp.aggregate.share import share_of_pair
from rapidata_mcp.aggregate.words import word_shares

OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
"""Krippendorff 2011, part C: four observers, twelve units, missing answers."""
UNITS = [Counter(answer for answer in column if answer != ".") for column in zip(*OBSERVERS, strict=True)]


@pytest.mark.parametrize("counts", [(7, 3), (7, 2, 1), (10, 0, 0, 0), (40, 30, 20, 10, 0)])
def test_intervals_of_options_are_wilsons_at_a_share_of_the_error(counts: tuple[int, ...]) -> None:
    """Goodman 1965; two options mirror each other and share nothing."""
    parts = len(counts) if len(counts) > 2 else 1
    for count, share in zip(counts, option_shares(counts), strict=True):
        expected = stats.binomtest(count, sum(counts)).proportion_ci(1 - 0.05 / parts, method="wilson")
        assert (share.low, share.high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert option_shares([0] * len(counts)) == []


def test_intervals_of_options_hold_at_once() -> None:
    """All five in 93 of 100 and more of 2,000 samples of 60 answers, of which one option expects only three."""
    shares = [0.4, 0.25, 0.2, 0.1, 0.05]
    samples = np.random.default_rng(5).multinomial(60, shares, 2_000)
    covered = sum(
        all(s.low <= p <= s.high for s, p in zip(option_shares(counts), shares, strict=True))
        for counts in samples.tolist()
    )
    assert covered >= 1_860


@pytest.mark.parametrize(
    ("counts", "ahead"),
    [
        ((7, 3), False),
        ((8, 2), False),
        ((9, 1), True),
        ((8, 3, 3), False),
        ((12, 3, 3), True),
        ((30, 10, 8, 2), True),
        ((0, 0, 0), False),
    ],
)
def test_a_lead_is_as_sure_as_told(counts: tuple[int, ...], ahead: bool) -> None:
    """In 200,000 draws of the posterior, most people choose a leading option in at least 95 %."""
    draws = np.random.default_rng(1).dirichlet([count + 1 for count in counts], 200_000)
    probability = float(np.mean(draws.argmax(axis=1) == np.argmax(counts)))
    assert is_ahead(counts) == ahead
    assert probability >= 0.95 or not ahead


@pytest.mark.parametrize("votes", range(1, 20))
def test_an_answer_without_rivals_has_to_be_given_as_often_as_one_with_a_rival_that_nobody_chose(votes: int) -> None:
    """One text alone leads nothing for certain, though nobody wrote another; four do."""
    assert is_ahead([votes]) == is_ahead([votes, 0]) == (votes >= 4)


@pytest.mark.parametrize("counts", [(0, 3, 5, 2, 0), (1, 0, 2, 30, 9), (50, 30, 20), (1, 1)])
def test_the_mean_of_a_scale_has_the_t_interval_of_scipy(counts: tuple[int, ...]) -> None:
    """As near to it as an interval can be that never leaves the scale."""
    answers = [step / (len(counts) - 1) for step, count in enumerate(counts) for _ in range(count)]
    low, high = stats.t.interval(0.95, len(answers) - 1, np.mean(answers), stats.sem(answers))
    estimate = mean_step(counts)
    assert estimate is not None
    assert estimate.value == pytest.approx(np.mean(answers))
    assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1
    if len(answers) >= 40:
        assert (estimate.low, estimate.high) == pytest.approx((low, high), abs=0.02)


def test_a_unanimous_scale_is_not_certainty() -> None:
    """Ten equal answers leave room; none say nothing."""
    estimate = mean_step([0, 0, 10])
    assert estimate is not None
    assert 0.5 < estimate.low < 0.8 < estimate.high == 1
    assert mean_step([0, 0, 0]) is median_step([0, 0, 0]) is None
    assert mean_step([0, 1, 0]) is not None


@pytest.mark.parametrize("answers", [1, 5, 6, 9, 25, 400])
def test_the_median_of_a_scale_is_the_quantile_test_of_scipy(answers: int) -> None:
    """The interval of order statistics; with fewer than six answers it is the whole scale."""
    random = Random(answers)
    given = sorted(random.choice((0, 1, 1, 2, 2, 2, 3, 4)) for _ in range(answers))
    estimate = median_step([given.count(step) for step in range(5)])
    assert estimate is not None
    assert estimate.value == np.median(given)
    interval = stats.quantile_test(given, q=0, p=0.5).confidence_interval(0.95)
    low, high = (0, 4) if np.isnan(interval.low) else (interval.low, interval.high)
    assert (estimate.low, estimate.high) == (low, high)


def test_ordinal_alpha_reproduces_the_published_example() -> None:
    """Krippendorff 2011, part D: 0.815, where the nominal one is 0.743; neighbours agree better than strangers."""
    assert ordinal_alpha(UNITS, "12345") == pytest.approx(0.815, abs=0.0005)
    near, far = [{"1": 5, "2": 5}, {"4": 5, "5": 5}] * 4, [{"1": 5, "5": 5}, {"2": 5, "4": 5}] * 4
    assert (ordinal_alpha(near, "12345") or 0) > 0.5 > 0 > (ordinal_alpha(far, "12345") or 1)
    assert ordinal_alpha([{"1": 3}, {"1": 1}], "12345") is ordinal_alpha([], "12") is None


def test_coincidences_reproduce_the_published_matrix() -> None:
    """Krippendorff 2011, part C: its rows, whose sums are the answers that can be compared."""
    found = coincidences(UNITS)
    rows = [[round(found.get((first, second), 0), 3) for second in "12345"] for first in "12345"]
    assert rows[0] == [7, 1.333, 0.333, 0.333, 0]
    assert rows[1] == [1.333, 10, 1.333, 0.333, 0]
    assert [round(sum(row), 1) for row in rows] == [9, 13, 10, 5, 3]


def test_alpha_and_confusion_count_the_same_disagreement() -> None:
    """What is split over two options adds up to what alpha calls observed disagreement."""
    split = confusions(UNITS)
    assert (split[0].first, split[0].second) == ("1", "2")
    assert split[0].share == pytest.approx(2 * 4 / 3 / 40)
    assert split[0].second_given_first == pytest.approx(4 / 3 / 9)
    totals = [9, 13, 10, 5, 3]
    expected = 1 - sum(total * (total - 1) for total in totals) / (40 * 39)
    alpha = krippendorff_alpha(UNITS)
    assert alpha == pytest.approx(1 - sum(pair.share for pair in split) / expected)


def test_words_are_counted_once_per_labeler() -> None:
    """With SciPy's interval, however often a word is named in one answer."""
    estimate = word_shares([[0, 2], [2, 2], [2], []], 3)
    assert [share.value for share in estimate] == [0.25, 0, 0.75]
    expected = stats.binomtest(3, 4).proportion_ci(method="wilson")
    assert (estimate[2].low, estimate[2].high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert word_shares([], 3) == []


def test_certain_means_for_two_options_what_it_means_for_a_pair() -> None:
    """An answer leads for certain by the votes that decide a pair."""
    counts = [(ahead, votes - ahead) for votes in range(1, 61) for ahead in range(votes + 1) if 2 * ahead > votes]
    shares = [share_of_pair(*two) for two in counts]
    assert [is_ahead(two) for two in counts] == [share is not None and share.side is not None for share in shares]
