"""The response rate of a job comes from recent counts only, and is unknown without them."""

from __future__ import annotations

from rapidata_mcp.client.response_rate import ResponseCounts, ResponseRate


def rate_of(*counts: tuple[float, int], age: float = 0.0) -> ResponseRate:
    """Return the rate for these counts (time in seconds, responses) of a job that is `age` seconds older."""
    response_counts = ResponseCounts(counts[0][0] - age, counts[0][0])
    for at, responses in counts:
        response_counts.add(responses, at)
    return response_counts.rate(counts[-1][0])


def test_the_rate_of_a_new_job_starts_at_its_creation() -> None:
    """An older job may have been paused or queued, so it needs two counts."""
    assert rate_of((0, 30), age=30) == ResponseRate(per_minute=60)
    assert rate_of((0, 30), age=90) == ResponseRate(per_minute=None)
    assert rate_of((0, 30), (10, 32), age=90) == ResponseRate(per_minute=12)


def test_only_the_last_minutes_count() -> None:
    """An older count is used if there is no other."""
    assert rate_of((0, 0), (10, 1_000), (320, 1_100), (380, 1_160)) == ResponseRate(per_minute=60)
    assert rate_of((0, 1_000), (600, 1_100), age=90) == ResponseRate(per_minute=10)
    assert rate_of((0, 1_000), *((at, 1_000 + at) for at in range(1, 400))) == ResponseRate(per_minute=60)


def test_a_job_without_a_response_for_a_minute_is_idle() -> None:
    """An idle job has no rate. It has a rate again after the next response."""
    assert rate_of((0, 0), (20, 36), (79, 36)).per_minute is not None
    assert rate_of((0, 0), (20, 36), (80, 36)) == ResponseRate(per_minute=None, idle_s=60)
    assert rate_of((0, 0), (20, 36), (80, 36)).is_idle
    assert not rate_of((0, 0), (20, 36), (80, 36), (90, 37)).is_idle


def test_withdrawn_responses_do_not_make_the_rate_negative() -> None:
    """Counting starts again."""
    assert rate_of((0, 0), (20, 36), (40, 10)) == ResponseRate(per_minute=None)
    assert rate_of((0, 0), (20, 36), (40, 10), (50, 20)) == ResponseRate(per_minute=60)
