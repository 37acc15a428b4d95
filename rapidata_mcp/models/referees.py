"""Referees: the rules by which a datapoint has enough responses (contract F.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from rapidata_mcp.aggregate.confidence import Confidence
from rapidata_mcp.aggregate.quorum import Quorum
from rapidata_mcp.aggregate.stopping import FixedNumber, VoteCounter
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.wire import WireModel

ScoredVotes = Sequence[tuple[int, float]]
"""The votes of one datapoint as (option, user score)."""


class NaiveReferee(WireModel):
    """A fixed number of responses."""

    t: Literal["NaiveReferee"] = Field("NaiveReferee", alias="_t")
    total_votes: int = Field(ge=1)

    @property
    def max_responses(self) -> int:
        """The most responses per datapoint."""
        return self.total_votes

    def vote_counter(self, options: int) -> VoteCounter:
        """Return an empty vote counter for a datapoint with this number of options."""
        return FixedNumber(self.total_votes)


class EarlyStoppingReferee(WireModel):
    """Stop when the confidence in an option reaches the threshold."""

    t: Literal["EarlyStoppingReferee"] = Field("EarlyStoppingReferee", alias="_t")
    max_votes: int = Field(ge=1)
    threshold: float = Field(gt=0, lt=1)

    @property
    def max_responses(self) -> int:
        """The most responses per datapoint."""
        return self.max_votes

    def vote_counter(self, options: int) -> VoteCounter:
        """Return an empty vote counter for a datapoint with this number of options."""
        return Confidence(options, self.threshold, self.max_votes)


class QuorumReferee(WireModel):
    """Stop when an option has enough votes, or none can reach them."""

    t: Literal["QuorumReferee"] = Field("QuorumReferee", alias="_t")
    max_votes: int = Field(ge=1)
    threshold: int = Field(ge=1)

    @property
    def max_responses(self) -> int:
        """The most responses per datapoint."""
        return self.max_votes

    def vote_counter(self, options: int) -> VoteCounter:
        """Return an empty vote counter for a datapoint with this number of options."""
        return Quorum(options, self.threshold, self.max_votes)


Referee = Annotated[NaiveReferee | EarlyStoppingReferee | QuorumReferee, Field(discriminator="t")]


def is_enough(referee: NaiveReferee | EarlyStoppingReferee | QuorumReferee, votes: ScoredVotes, options: int) -> bool:
    """Whether a datapoint with these votes has enough responses."""
    counter = referee.vote_counter(options)
    for choice, score in votes:
        counter.add(choice, score)
    return counter.is_enough


def referee_for(stopping: Stopping) -> NaiveReferee | EarlyStoppingReferee | QuorumReferee:
    """Return the referee for a stopping rule."""
    if stopping.confidence is not None:
        return EarlyStoppingReferee(max_votes=stopping.responses, threshold=stopping.confidence)
    if stopping.quorum is not None:
        return QuorumReferee(max_votes=stopping.responses, threshold=stopping.quorum)
    return NaiveReferee(total_votes=stopping.responses)
