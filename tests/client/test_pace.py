"""How fast responses come in is told from what was seen lately, and not claimed otherwise."""

from __future__ import annotations

from rapidata_mcp.client.pace import Counts, Pace


def paced(*counted: tuple[float, int], age: float = 0.0) -> Pace:
    """The pace of a job that began `age` seconds before the first of these counts: seconds, responses."""
    counts = Counts(counted[0][0] - age, counted[0][0])
    for at, responses in counted:
        counts.add(responses, at)
    return counts.pace(counted[-1][0])


def test_a_young_job_is_measured_from_its_beginning() -> None:
    """An older one may have been paused or queued: it takes two counts."""
    assert paced((0, 30), age=30) == Pace(per_minute=60)
    assert paced((0, 30), age=90) == Pace(per_minute=None)
    assert paced((0, 30), (10, 32), age=90) == Pace(per_minute=12)


def test_the_last_minutes_count() -> None:
    """What came before them does not, unless nothing else is known."""
    assert paced((0, 0), (10, 1_000), (320, 1_100), (380, 1_160)) == Pace(per_minute=60)
    assert paced((0, 1_000), (600, 1_100), age=90) == Pace(per_minute=10)
    assert paced((0, 1_000), *((at, 1_000 + at) for at in range(1, 400))) == Pace(per_minute=60)


def test_a_minute_without_a_response_is_quiet() -> None:
    """Then there is no pace; with the next response there is one again."""
    assert paced((0, 0), (20, 36), (79, 36)).per_minute is not None
    assert paced((0, 0), (20, 36), (80, 36)) == Pace(per_minute=None, quiet_s=60)
    assert paced((0, 0), (20, 36), (80, 36)).is_quiet
    assert not paced((0, 0), (20, 36), (80, 36), (90, 37)).is_quiet


def test_responses_that_were_withdrawn_are_no_negative_pace() -> None:
    """Counting begins anew."""
    assert paced((0, 0), (20, 36), (40, 10)) == Pace(per_minute=None)
    assert paced((0, 0), (20, 36), (40, 10), (50, 20)) == Pace(per_minute=60)
