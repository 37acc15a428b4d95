"""Amounts of money, in US dollars."""

from __future__ import annotations

import math

from rapidata_mcp.errors import BadAnswer

ROUNDING_ERROR = 1e-9
"""Amounts that differ by less are equal: sums of floats are not more exact."""


class Usd(float):
    """A price or an estimate: a finite number of US dollars that is not negative.

    A balance is a plain number, because an account can be overdrawn.

    >>> Usd(2.5)
    2.5
    >>> Usd(-1)
    Traceback (most recent call last):
    rapidata_mcp.errors.BadAnswer: -1 is no price in US dollars. Try again in a minute.
    """

    __slots__ = ()

    def __new__(cls, amount: float) -> Usd:
        """Check the amount.

        Raises:
            BadAnswer: the amount is negative, infinite, or not a number.
        """
        if not math.isfinite(amount) or amount < 0:
            raise BadAnswer(f"{amount} is no price in US dollars.", "Try again in a minute.", applied=False)
        return super().__new__(cls, amount)

    def exceeds(self, limit: float) -> bool:
        """Whether the amount is above a limit by more than a rounding error."""
        return self > limit + ROUNDING_ERROR

    def minus(self, amount: float) -> Usd:
        """The part of this amount above another one, in millionths of a dollar; 0 if there is none."""
        return Usd(max(0.0, round(self - amount, 6)))


def dollars(amount: float | None) -> str:
    """Return an amount for people; None is a price that is not known yet.

    >>> dollars(1234.5), dollars(0.001), dollars(0)
    ('$1,234.50', 'less than $0.01', '$0.00')
    """
    if amount is None:
        return "not priced yet"
    return "less than $0.01" if 0 < amount < 0.01 else f"${amount:,.2f}"
