"""Everything that can go wrong, in one tree.

    RapidataError                 what happened, and what to do next
    ├── InvalidArgument           the caller's input; names the argument and what is allowed
    ├── SettingsError             the environment or the flags; names the setting
    ├── NotFound                  no such audience, definition, job, ...
    ├── Refused                   the platform understood and said no
    │   └── NotYet                the same question may be answered later
    ├── AccessDenied              credentials missing, wrong or without the right
    │   └── NotAuthenticated      the token is not valid any more
    └── PlatformFailure           no usable answer
        ├── Throttled             too many requests
        ├── Unreachable           no connection, or cut off; `applied` tells whether the request may have taken effect
        ├── PairsChanged          a list that is read page by page was another by the end
        └── BadAnswer             an answer, but not one that the contract allows

Every error says what happened in its message and what mends it in `next_step`. Neither ever holds a secret, a request
header or the body of a foreign answer.
"""

from __future__ import annotations

from rapidata_mcp.calls import Call, NextStep


class RapidataError(Exception):
    """Base of all errors of this package: a sentence on what happened, and one on what to do next."""

    applied: bool | None = False
    """False when nothing can have taken effect; None when that is not known."""

    def __init__(self, message: str, next_step: NextStep | Call | str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = NextStep.of(next_step)

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class InvalidArgument(RapidataError):
    """An argument that cannot be used. `argument` is the name the caller knows, e.g. `datapoints.3`."""

    def __init__(self, argument: str, problem: str, next_step: NextStep | Call | str = "") -> None:
        super().__init__(f"{argument}: {problem}", next_step)
        self.argument = argument


class SettingsError(RapidataError):
    """A setting that cannot be used."""


class NotFound(RapidataError):
    """The platform has nothing under this id."""


class Refused(RapidataError):
    """The platform understood the request and refuses it (contract A.9, status 400 and 422).

    `fields` maps the platform's field names to its messages; `trace_id` is what support asks for.
    """

    def __init__(
        self,
        message: str,
        next_step: NextStep | Call | str = "",
        *,
        fields: dict[str, list[str]] | None = None,
        trace_id: str = "",
    ) -> None:
        super().__init__(message, next_step)
        self.fields = fields or {}
        self.trace_id = trace_id


class NotYet(Refused):
    """Refused for now (contract A.9, status 409): not priced yet, or changed by someone else meanwhile."""


class AccessDenied(RapidataError):
    """Credentials are missing, wrong, or lack the right."""


class NotAuthenticated(AccessDenied):
    """Status 401: the token is not valid (any more). The request had no effect."""


class PlatformFailure(RapidataError):
    """The platform gave no usable answer.

    Whether the request was applied is not known, unless `applied` says so; `transient` when the same may work soon.
    """

    def __init__(
        self,
        message: str,
        next_step: NextStep | Call | str = "",
        *,
        applied: bool | None = None,
        transient: bool = False,
        trace_id: str = "",
    ) -> None:
        super().__init__(message, next_step)
        self.applied = applied
        self.transient = transient
        self.trace_id = trace_id


class PairsChanged(PlatformFailure):
    """The pairs of a job were others, or in another order, before all of their pages were read."""

    def __init__(self) -> None:
        super().__init__("The pairs of the job changed while they were read.", "Call it again.", transient=True)


class Throttled(PlatformFailure):
    """Status 429. `retry_after` is the wait in seconds that the platform asks for, where it does."""

    def __init__(
        self, message: str, next_step: NextStep | Call | str = "", *, retry_after: float | None = None
    ) -> None:
        super().__init__(message, next_step, applied=False, transient=True)
        self.retry_after = retry_after


class Unreachable(PlatformFailure):
    """No connection, or it broke before a whole answer came."""

    def __init__(self, message: str, next_step: NextStep | Call | str = "", *, applied: bool | None = None) -> None:
        super().__init__(message, next_step, applied=applied, transient=True)


class BadAnswer(PlatformFailure):
    """An answer that the contract does not allow: a server error, a foreign page, broken or oversized content."""
