"""The states of a job and their meanings (contract G.2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar, Literal

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

Resumption = Literal["resume", "retry"]


class Phase(Enum):
    """A group of states in which the same can happen next."""

    WAITING = "changes by itself, before it collects responses"
    IN_REVIEW = "waits for a reviewer of the platform, before it collects responses"
    COLLECTING = "collects responses"
    HELD = "collects nothing until a person acts outside this program"
    STOPPED = "collects nothing until it is resumed"
    ENDED = "needs no labelers"
    UNKNOWN = "a state that the platform added after this program was written"


@dataclass(frozen=True)
class _Meaning:
    """`label` stands alone on a page; `predicate` follows "The job"."""

    phase: Phase
    label: str
    predicate: str
    resumption: Resumption | None = None


class JobState(str):
    """The name of a state, with its meaning.

    The platform may add states. An unknown state keeps its name, and never counts as ended, as resumable, or as
    changing by itself.
    """

    SUBMITTED: ClassVar[JobState]
    QUEUED: ClassVar[JobState]
    MANUAL_APPROVAL: ClassVar[JobState]
    RUNNING: ClassVar[JobState]
    PAUSED: ClassVar[JobState]
    SPEND_LIMITED: ClassVar[JobState]
    BLOCKED: ClassVar[JobState]
    STALE_RESULTS: ClassVar[JobState]
    COMPLETED: ClassVar[JobState]
    FAILED: ClassVar[JobState]

    __slots__ = ()

    @property
    def phase(self) -> Phase:
        """The phase of the state."""
        meaning = _MEANINGS.get(self)
        return meaning.phase if meaning else Phase.UNKNOWN

    @property
    def changes_by_itself(self) -> bool:
        """Whether the state can change without a request."""
        return self.phase in (Phase.WAITING, Phase.COLLECTING)

    @property
    def has_ended(self) -> bool:
        """Whether the job needs no labelers."""
        return self.phase is Phase.ENDED

    @property
    def has_all_responses(self) -> bool:
        """Whether the job has collected everything, even if its results must be made again."""
        return self in (JobState.COMPLETED, JobState.STALE_RESULTS)

    @property
    def is_idle(self) -> bool:
        """Whether the job collects nothing until a request resumes it, or forever."""
        return self.phase in (Phase.STOPPED, Phase.ENDED)

    @property
    def resumption(self) -> Resumption | None:
        """The request that continues the job, or None if no request does (contract G.5)."""
        meaning = _MEANINGS.get(self)
        return meaning.resumption if meaning else None

    @property
    def label(self) -> str:
        """The state in a few words."""
        meaning = _MEANINGS.get(self)
        return meaning.label if meaning else str(self)

    @property
    def predicate(self) -> str | None:
        """The state as the predicate of a sentence about the job; None for an unknown state."""
        meaning = _MEANINGS.get(self)
        return meaning.predicate if meaning else None

    @classmethod
    def known(cls, *phases: Phase) -> tuple[JobState, ...]:
        """Return the known states of these phases, in the order of a job's life; all states if no phase is given."""
        return tuple(cls(name) for name, meaning in _MEANINGS.items() if not phases or meaning.phase in phases)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept any string as a state."""
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema())


_MEANINGS: dict[str, _Meaning] = {
    "Submitted": _Meaning(Phase.WAITING, "being prepared", "is being prepared"),
    "Queued": _Meaning(Phase.WAITING, "waits for the job before it", "waits for the job before it"),
    "ManualApproval": _Meaning(Phase.IN_REVIEW, "in review", "is being reviewed by Rapidata, which can take hours"),
    "Running": _Meaning(Phase.COLLECTING, "collecting", "is collecting responses"),
    "Paused": _Meaning(Phase.STOPPED, "paused", "is paused", "resume"),
    "SpendLimited": _Meaning(
        Phase.HELD, "stopped: the balance is used up", "has stopped because the balance is used up", "resume"
    ),
    "Blocked": _Meaning(Phase.HELD, "blocked", "is blocked by a flagged item; a person has to look at the job's page"),
    "StaleResults": _Meaning(Phase.ENDED, "results out of date", "has results that must be made again", "retry"),
    "Completed": _Meaning(Phase.ENDED, "complete", "is complete"),
    "Failed": _Meaning(Phase.ENDED, "failed", "has failed", "retry"),
}

JobState.SUBMITTED = JobState("Submitted")
JobState.QUEUED = JobState("Queued")
JobState.MANUAL_APPROVAL = JobState("ManualApproval")
JobState.RUNNING = JobState("Running")
JobState.PAUSED = JobState("Paused")
JobState.SPEND_LIMITED = JobState("SpendLimited")
JobState.BLOCKED = JobState("Blocked")
JobState.STALE_RESULTS = JobState("StaleResults")
JobState.COMPLETED = JobState("Completed")
JobState.FAILED = JobState("Failed")
