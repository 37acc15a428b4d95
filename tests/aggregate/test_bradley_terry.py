"""Strengths from comparisons are those of the textbook and of SciPy's optimiser."""

from __future__ import annotations

import math
from itertools import combinations, permutations
from random import Random

import numpy as np
import pytest
from scipy import optimize, special

from rapidata_mcp.aggregate.bradley_terry import Strengths, bradley_terry, elo

GAMES = (
    (0, 7, 9, 7, 7, 9, 11),
    (6, 0, 7, 5, 11, 9, 9),
    (4, 6, 0, 7, 7, 8, 12),
    (6, 8, 6, 0, 6, 7, 10),
    (6, 2, 6, 7, 0, 7, 12),
    (4, 4, 5, 6, 6, 0, 6),
    (2, 4, 1, 3, 1, 7, 0),
)
"""Games that the team of the row won against that of the column, American League East, 1987.

Milwaukee, Detroit, Toronto, New York, Boston, Cleveland, Baltimore.
"""
Wins = dict[tuple[int, int], float]


def _games() -> Wins:
    return {pair: float(GAMES[pair[0]][pair[1]]) for pair in permutations(range(7), 2)}


def test_the_baseball_example_is_reproduced() -> None:
    """Agresti, Categorical Data Analysis, 2nd ed., 10.6: strengths against Baltimore, and their standard errors."""
    fit = bradley_terry(_games(), 7, prior=0)
    against_last = [round(value - fit.values[6], 2) for value in fit.values]
    assert against_last == [1.58, 1.44, 1.29, 1.25, 1.11, 0.68, 0]
    errors = [round(fit.error_of_difference(team, 6), 3) for team in range(6)]
    assert errors == [0.343, 0.340, 0.337, 0.336, 0.334, 0.332]


def _random_wins(random: Random, items: int, comparisons: int) -> Wins:
    strengths = [random.gauss(0, 1.5) for _ in range(items)]
    wins: Wins = {}
    for _ in range(comparisons):
        first, second = random.sample(range(items), 2)
        won = random.random() < special.expit(strengths[first] - strengths[second])
        pair = (first, second) if won else (second, first)
        wins[pair] = wins.get(pair, 0) + 1
    return wins


@pytest.mark.parametrize(("items", "comparisons"), [(2, 3), (5, 40), (12, 50), (40, 300)])
def test_strengths_and_errors_are_those_of_scipy(items: int, comparisons: int) -> None:
    """With the prior, also where items lost everything: the optimum that BFGS finds, and the inverse Hessian there."""
    wins = _random_wins(Random(items), items, comparisons)

    def loss(values: np.ndarray) -> float:
        likelihood = sum(count * special.log_expit(values[a] - values[b]) for (a, b), count in wins.items())
        return float(-likelihood - np.sum(special.log_expit(values) + special.log_expit(-values)) / 2)

    found = optimize.minimize(loss, np.zeros(items), method="BFGS", options={"gtol": 1e-7}).x
    fit = bradley_terry(wins, items)
    assert fit.values == pytest.approx(list(found - found.mean()), abs=1e-4)
    weights = np.diag(special.expit(found) * special.expit(-found))
    for (a, b), count in wins.items():
        unit = np.eye(items)[a] - np.eye(items)[b]
        weights += count * special.expit(unit @ found) * special.expit(-unit @ found) * np.outer(unit, unit)
    centre = np.eye(items) - 1 / items
    covariance = centre @ np.linalg.inv(weights) @ centre
    assert np.allclose(fit.covariance, covariance, atol=1e-4)
    low, high = fit.interval(0)
    assert high - low == pytest.approx(2 * 1.959964 * math.sqrt(covariance[0, 0]), abs=1e-3)


def test_an_item_that_won_everything_is_strong_but_not_infinitely() -> None:
    """And the more it won, the stronger."""
    few, many = (bradley_terry({(0, 1): n, (1, 2): 3, (2, 1): 3}, 3) for n in (3, 300))
    assert few.values[0] < many.values[0] < 10
    assert few.values[0] == max(few.values)


def test_parts_that_nothing_connects_are_not_told_apart() -> None:
    """However clear the order within each of them."""
    fit = bradley_terry({(0, 1): 500, (2, 3): 500, (3, 2): 400}, 5)
    assert fit.component == [0, 0, 1, 1, 2]
    assert fit.ranks() == [(1, 4), (2, 5), (1, 4), (2, 5), (1, 5)]


def test_ranks_without_comparisons_are_open() -> None:
    """Nothing is known, and nothing fails; a ranking of nothing is empty."""
    assert bradley_terry({}, 3).ranks() == [(1, 3)] * 3
    assert bradley_terry({}, 0).ranks() == []


def test_elo_is_odds_of_ten_to_one_at_400_points() -> None:
    """And the average item has the starting score."""
    assert elo(0) == 1200
    assert elo(math.log(10)) - elo(0) == pytest.approx(400)


def _covered(fit: Strengths, truth: list[float]) -> bool:
    order = sorted(range(len(truth)), key=lambda item: -truth[item])
    return all(low <= order.index(item) + 1 <= high for item, (low, high) in enumerate(fit.ranks()))


def test_ranks_hold_for_all_items_at_once() -> None:
    """The true ranks of all items lie within theirs in at least 95 of 100 of 300 rankings, and they say something."""
    random = Random(11)
    covered, narrow = 0, 0
    for _ in range(300):
        truth = [random.gauss(0, 1) for _ in range(8)]
        wins: Wins = {}
        for first, second in combinations(range(8), 2):
            won = sum(random.random() < special.expit(truth[first] - truth[second]) for _ in range(20))
            wins[first, second], wins[second, first] = won, 20 - won
        fit = bradley_terry(wins, 8)
        covered += _covered(fit, truth)
        narrow += sum(high - low < 4 for low, high in fit.ranks())
    assert covered >= 285
    assert narrow > 1_200
