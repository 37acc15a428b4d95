"""Distribution functions in plain Python. A scientific library would make the start of the server slower."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

_STEPS = 500
_TINY = 1e-300


def normal_quantile(probability: float) -> float:
    """Return the quantile of the standard normal distribution."""
    return NormalDist().inv_cdf(probability)


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return the distribution function of Beta(a, b) at `x`: the regularized incomplete beta function.

    It uses the continued fraction of Press et al., Numerical Recipes, 3rd ed., 6.4, by Lentz's method.
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):  # the fraction of the mirrored function converges faster
        return 1 - beta_cdf(1 - x, b, a)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(log_front) / a * _fraction(x, a, b)


def _fraction(x: float, a: float, b: float) -> float:
    upper, lower = 1.0, _reciprocal(1 - (a + b) * x / (a + 1))
    value = lower
    for m in range(1, _STEPS + 10 * math.isqrt(int(max(a, b)))):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            lower = _reciprocal(1 + term * lower)
            upper = 1 + term / (upper or _TINY)
            change = lower * upper
            value *= change
        if abs(change - 1) < 1e-14:
            break
    return value


def _reciprocal(value: float) -> float:
    return 1 / (value or _TINY)


def t_cdf(value: float, degrees: float) -> float:
    """Return the distribution function of Student's t (Abramowitz and Stegun, 26.7.1)."""
    tail = beta_cdf(degrees / (degrees + value * value), degrees / 2, 0.5) / 2
    return 1 - tail if value > 0 else tail


@lru_cache(maxsize=64)
def t_quantile(probability: float, degrees: float) -> float:
    """Return the quantile of Student's t, found by bisection."""
    if probability < 0.5:
        return -t_quantile(1 - probability, degrees)
    low, high = 0.0, 1.0
    while t_cdf(high, degrees) < probability:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if t_cdf(middle, degrees) < probability else (low, middle)
    return (low + high) / 2
