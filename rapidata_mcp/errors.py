"""Everything that can go wrong, in one tree.

    RapidataError                 the problem and the next step
    ├── InvalidArgument           wrong input of the caller; names the argument and what is allowed
    ├── SettingsError             a wrong setting in the environment or the flags
    ├── NotFound                  no such audience, definition, job, ...
    ├── Refused                   the platform understood the request and refuses it
    │   └── NotYet                the same request may be accepted later
    ├── AccessDenied              credentials are missing, wrong or lack the right
    │   └── NotAuthenticated      the token is not valid any more
    └── PlatformFailure           no usable answer
        ├── Throttled             too many requests
        ├── Unreachable           no connection, or it was cut off
        ├── PairsChanged          a list changed while it was read page by page
        └── BadAnswer             an answer that the contract does not allow

Every error has the problem in its message and the fix in `next_step`. Neither ever holds a secret, a request header or
the body of a foreign answer.
"""

from __future__ import annotations

from rapidata_mcp.calls import Call, NextStep


class RapidataError(Exception):
    """Base of all errors of this package: a sentence on the problem, and the next step."""

    applied: bool | None = False
    """False if nothing can have taken effect; None if that is not known."""

    def __init__(self, message: str, next_step: NextStep | Call | str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = NextStep.of(next_step)

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class InvalidArgument(RapidataError):
    """An argument that cannot be used. `argument` is the name that the caller knows, such as `datapoints.3`."""

    def __init__(self, argument: str, problem: str, next_step: NextStep | Call | str = "") -> None:
        super().__init__(f"{argument}: {problem}", next_step)
        self.argument = argument


class SettingsError(RapidataError):
    """A setting that cannot be used."""


class NotFound(RapidataError):
    """The platform has nothing under this id."""


class Refused(RapidataError):
    """The platform understood the request and refuses it (contract A.9, status 400 and 422).

    `fields` maps the platform's field names to its messages; `trace_id` identifies the request for support.
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

    `applied` is False if the request had no effect, and None if that is not known. `transient` errors may pass soon.
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
    """The pairs of a job, or their order, changed before all pages were read."""

    def __init__(self) -> None:
        super().__init__("The pairs of the job changed while they were read.", "Call it again.", transient=True)


class Throttled(PlatformFailure):
    """Status 429. `retry_after` is the wait in seconds that the platform asks for, if it does."""

    def __init__(
        self, message: str, next_step: NextStep | Call | str = "", *, retry_after: float | None = None
    ) -> None:
        super().__init__(message, next_step, applied=False, transient=True)
        self.retry_after = retry_after


class Unreachable(PlatformFailure):
    """No connection, or it broke before the whole answer arrived."""

    def __init__(self, message: str, next_step: NextStep | Call | str = "", *, applied: bool | None = None) -> None:
        super().__init__(message, next_step, applied=applied, transient=True)


class BadAnswer(PlatformFailure):
    """An answer that the contract does not allow: a server error, a foreign page, broken or oversized content."""
