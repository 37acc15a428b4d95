"""Referees: when a datapoint has enough responses (contract F.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from rapidata_mcp.aggregate.confidence import confidence
from rapidata_mcp.aggregate.majority import tally
from rapidata_mcp.aggregate.quorum import quorum_settled
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.wire import Wire

ScoredVotes = Sequence[tuple[int, float]]
"""The votes of one datapoint as (option, user score)."""
CAREFUL = 0.9
"""The user score of a careful labeler, by which it is foreseen how soon a datapoint could be certain enough."""


class NaiveReferee(Wire):
    """A fixed number of responses."""

    t: Literal["NaiveReferee"] = Field("NaiveReferee", alias="_t")
    total_votes: int = Field(ge=1)

    @property
    def most(self) -> int:
        """The most responses asked for."""
        return self.total_votes

    def settled(self, votes: ScoredVotes, options: int) -> bool:
        """Whether these votes are enough."""
        return len(votes) >= self.total_votes


class EarlyStoppingReferee(Wire):
    """Stops when an option is certain enough."""

    t: Literal["EarlyStoppingReferee"] = Field("EarlyStoppingReferee", alias="_t")
    max_votes: int = Field(ge=1)
    threshold: float = Field(gt=0, lt=1)

    @property
    def most(self) -> int:
        """The most responses asked for."""
        return self.max_votes

    def settled(self, votes: ScoredVotes, options: int) -> bool:
        """Whether these votes are enough."""
        return len(votes) >= self.max_votes or (bool(votes) and max(confidence(votes, options)) > self.threshold)


class QuorumReferee(Wire):
    """Stops when an option has enough votes, or none can get there."""

    t: Literal["QuorumReferee"] = Field("QuorumReferee", alias="_t")
    max_votes: int = Field(ge=1)
    threshold: int = Field(ge=1)

    @property
    def most(self) -> int:
        """The most responses asked for."""
        return self.max_votes

    def settled(self, votes: ScoredVotes, options: int) -> bool:
        """Whether these votes are enough."""
        counts = [int(count) for count in tally(((choice, 1) for choice, _ in votes), options)]
        return quorum_settled(counts, self.threshold, self.max_votes)


def fewest_more(referee: EarlyStoppingReferee | QuorumReferee, votes: ScoredVotes, options: int) -> int:
    """How many more responses could be enough at the earliest, if they agree: more at the same time may be in vain."""
    most = max(1, referee.most - len(votes))
    agreeing = ([(option, CAREFUL)] for option in range(options))
    return min(
        (
            next((more for more in range(1, most) if referee.settled([*votes, *vote * more], options)), most)
            for vote in agreeing
        ),
        default=most,
    )


Referee = Annotated[NaiveReferee | EarlyStoppingReferee | QuorumReferee, Field(discriminator="t")]


def referee_for(stopping: Stopping) -> NaiveReferee | EarlyStoppingReferee | QuorumReferee:
    """The referee that a caller's stopping rule asks for."""
    if stopping.confidence is not None:
        return EarlyStoppingReferee(max_votes=stopping.responses, threshold=stopping.confidence)
    if stopping.quorum is not None:
        return QuorumReferee(max_votes=stopping.responses, threshold=stopping.quorum)
    return NaiveReferee(total_votes=stopping.responses)
