"""The result of get_results, as it is on the wire."""

from __future__ import annotations

from typing import Literal

from rapidata_mcp.server.replies import Reply, UntrustedText
from rapidata_mcp.server.results.labeler_groups import LabelerGroup
from rapidata_mcp.server.results.rows import AnswerCount, DatapointResult, GivenAnswer, PairResult, ResponseRow
from rapidata_mcp.tasks.verdicts import Preference, Scope

Completeness = Literal["none", "partial", "final"]


class ResultsReply(Reply):
    """The results of a job, final or so far: the verdict over the whole job, and a page of it.

    Comparisons are shown as pairs, other tasks as datapoints with their answers.
    """

    job_id: str
    task: str
    completeness: Completeness
    progress: float
    human_responses: int
    simulated_responses: int
    instruction: UntrustedText
    preferred: Literal["a", "b", "undecided"] | None = None
    scope: Scope | None = None
    a_share: float | None = None
    a_share_low: float | None = None
    a_share_high: float | None = None
    a_wins: int | None = None
    b_wins: int | None = None
    ties: int | None = None
    undecided: int | None = None
    sign_test_p: float | None = None
    total_pairs: int | None = None
    matching_pairs: int | None = None
    responses_per_pair: float | None = None
    agreement_alpha: float | None = None
    flipped: int | None = None
    total_datapoints: int | None = None
    matching_datapoints: int | None = None
    labelers: list[LabelerGroup] = []
    answers: list[AnswerCount] = []
    pairs: list[PairResult] = []
    datapoints: list[DatapointResult] = []
    responses: list[ResponseRow] = []
    given: list[GivenAnswer] = []
    cursor: str = ""

    def prefer(self, preference: Preference) -> None:
        """Fill in the side that is preferred over all pairs."""
        share, p, alpha = preference.share, preference.sign_test_p, preference.agreement
        self.scope = preference.scope
        if self.completeness != "none":
            self.preferred = preference.preferred
        if share is not None:
            self.a_share, self.a_share_low, self.a_share_high = (
                round(part, 4) for part in (share.value, share.low, share.high)
            )
        self.a_wins, self.b_wins, self.ties = preference.a_wins, preference.b_wins, preference.ties
        self.undecided, self.flipped = preference.undecided, preference.flipped
        self.sign_test_p = None if p is None else float(f"{p:.3g}")
        self.agreement_alpha = None if alpha is None else round(alpha, 3)
