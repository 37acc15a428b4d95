"""Strengths of items from comparisons of two at a time (Bradley and Terry 1952, Biometrika 39, 324-345)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import mul

from rapidata_mcp.aggregate.distributions import normal_quantile

PRIOR = 1.0
"""Comparisons of every item with an imagined average one, half of them won and half of them lost.

They keep the strength of an item that won or lost everything finite, and fade as comparisons come in: the conjugate
prior of Davidson and Solomon 1973, Biometrika 60, 477-487.
"""
STARTING_SCORE = 1200
MOST_ITEMS = 200
"""Items whose strengths are estimated together: it takes half a second, and eight times as long for twice as many."""
_STEPS = 100
_LONGEST_STEP = 2.0
_Matrix = list[list[float]]


@dataclass(frozen=True)
class Strengths:
    """Estimated log-odds of winning against an item of average strength, which is 0.

    `part` numbers the parts of the items that no answer connects. The order of two parts is unknown, so strengths of
    different parts have no relation.
    """

    values: Sequence[float]
    covariance: Sequence[Sequence[float]]
    part: Sequence[int]

    def interval(self, item: int) -> tuple[float, float]:
        """The 95 % interval of a strength."""
        half = normal_quantile(0.975) * math.sqrt(self.covariance[item][item])
        return self.values[item] - half, self.values[item] + half

    def error_of_difference(self, first: int, second: int) -> float:
        """The standard error of the difference of two strengths."""
        covariance = self.covariance
        variance = covariance[first][first] + covariance[second][second] - 2 * covariance[first][second]
        return math.sqrt(max(0.0, variance))

    def apart(self, first: int, second: int) -> bool:
        """Whether one of two items is distinguishably stronger; right for all pairs of items at once in 95 %."""
        if self.part[first] != self.part[second]:
            return False
        items = len(self.values)
        bar = normal_quantile(1 - 0.05 / max(2, items * (items - 1)))
        return abs(self.values[first] - self.values[second]) > bar * self.error_of_difference(first, second)

    def ranks(self) -> list[tuple[int, int]]:
        """For each item the best and the worst rank that it may have, 1 the best; right for all of them in 95 %.

        An item is behind those, and only those, that are distinguishably stronger: every difference is tested at
        5 % divided by their number (Klein, Wright and Wieczorek 2020, J. Royal Statistical Society A 183, 589-606).
        """
        items = len(self.values)
        stronger, weaker = [0] * items, [0] * items
        for first, second in combinations(range(items), 2):
            if not self.apart(first, second):
                continue
            better, worse = (first, second) if self.values[first] > self.values[second] else (second, first)
            stronger[worse] += 1
            weaker[better] += 1
        return [(1 + better, items - worse) for better, worse in zip(stronger, weaker, strict=True)]


def elo(strength: float, average: float = STARTING_SCORE) -> float:
    """A strength on the scale of Elo, where 400 points are odds of ten to one (contract F.2: startingScore)."""
    return average + 400 * strength / math.log(10)


def bradley_terry(wins: Mapping[tuple[int, int], float], items: int, prior: float = PRIOR) -> Strengths:
    """Strengths of `items` items, from how often the first item of each `(winner, loser)` won.

    The most probable strengths by Newton's method, which the log-concave likelihood lets converge; their covariance is
    the inverse of the information there. With `prior` 0 they are those of the greatest likelihood, which exist only
    where every item, and every set of items, won and lost against others (Hunter 2004, Annals of Statistics 32,
    384-406). Takes about 0.1 seconds for 100 items, and eight times as long for twice as many.
    """
    values = _fit(wins, items, prior)
    factor = _cholesky(_derivatives(wins, values, prior)[1])
    inverse = [_solve(factor, [float(row == item) for row in range(items)]) for item in range(items)]
    return Strengths(_from_mean(values), _centred(inverse), _parts(wins, items))


def likeliest(wins: Mapping[tuple[int, int], float], items: int, prior: float = PRIOR) -> list[float]:
    """The values of the strengths alone, which take less than half of the time."""
    return _from_mean(_fit(wins, items, prior))


def _fit(wins: Mapping[tuple[int, int], float], items: int, prior: float) -> list[float]:
    values = [0.0] * items
    for _ in range(_STEPS):
        slope, information = _derivatives(wins, values, prior)
        factor = _cholesky(information)
        step = _solve(factor, slope)
        longest = max(map(abs, step), default=0.0)
        scale = min(1.0, _LONGEST_STEP / longest) if longest else 1.0
        values = [value + scale * change for value, change in zip(values, step, strict=True)]
        if longest < 1e-9:
            break
    return values


def _from_mean(values: Sequence[float]) -> list[float]:
    mean = sum(values) / max(1, len(values))
    return [value - mean for value in values]


def _derivatives(
    wins: Mapping[tuple[int, int], float], values: Sequence[float], prior: float
) -> tuple[list[float], _Matrix]:
    """Gradient of the log-likelihood, and the information: minus its second derivatives."""
    items = len(values)
    slope, information = [0.0] * items, [[0.0] * items for _ in range(items)]
    for (winner, loser), count in wins.items():
        chance = _logistic(values[winner] - values[loser])
        slope[winner] += count * (1 - chance)
        slope[loser] -= count * (1 - chance)
        weight = count * chance * (1 - chance)
        information[winner][winner] += weight
        information[loser][loser] += weight
        information[winner][loser] -= weight
        information[loser][winner] -= weight
    for item, value in enumerate(values):
        chance = _logistic(value)
        slope[item] += prior * (0.5 - chance)
        information[item][item] += prior * chance * (1 - chance)
    if not prior:  # only differences are known: let the mean be 0
        information = [[entry + 1 / items for entry in row] for row in information]
    return slope, information


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value > -700 else 0.0


def _cholesky(matrix: _Matrix) -> _Matrix:
    """The rows of the lower triangle whose product with its transpose is the matrix."""
    lower: _Matrix = []
    for at, entries in enumerate(matrix):
        row: list[float] = []
        for column in range(at):
            above = lower[column]
            row.append((entries[column] - sum(map(mul, row, above))) / above[column])
        row.append(math.sqrt(entries[at] - sum(map(mul, row, row))))
        lower.append(row)
    return lower


def _solve(lower: _Matrix, right: Sequence[float]) -> list[float]:
    """The vector that the factored matrix turns into `right`."""
    forward: list[float] = []
    for row, value in zip(lower, right, strict=True):
        forward.append((value - sum(map(mul, row, forward))) / row[-1])
    solution = forward
    for at in range(len(lower) - 1, -1, -1):
        row = lower[at]
        solution[at] /= row[-1]
        known = solution[at]
        for column in range(at):
            solution[column] -= row[column] * known
    return solution


def _centred(covariance: _Matrix) -> _Matrix:
    """The covariance of the differences from the mean."""
    items = len(covariance)
    means = [sum(row) / items for row in covariance]
    whole = sum(means) / max(1, items)
    return [
        [entry - means[at] - means[column] + whole for column, entry in enumerate(row)]
        for at, row in enumerate(covariance)
    ]


def _parts(wins: Mapping[tuple[int, int], float], items: int) -> list[int]:
    """The number of each item's part of the graph of comparisons."""
    leader = list(range(items))

    def find(item: int) -> int:
        while leader[item] != item:
            leader[item] = leader[leader[item]]
            item = leader[item]
        return item

    for (winner, loser), count in wins.items():
        if count:
            leader[find(winner)] = find(loser)
    numbers: dict[int, int] = {}
    return [numbers.setdefault(find(item), len(numbers)) for item in range(items)]
