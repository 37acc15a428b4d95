"""Ids of the platform's things: which argument takes an id, and the error for an id that names nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rapidata_mcp.calls import Call
from rapidata_mcp.errors import NotFound


@dataclass(frozen=True)
class Entity:
    """A kind of thing that tools take by id.

    `reader` is the tool that shows a thing by its id, `finder` the tool that lists things by name.
    """

    argument: str
    noun: str
    prefix: str
    reader: str
    finder: str

    @contextmanager
    def must_exist(self, identifier: str) -> Iterator[None]:
        """Explain a NotFound of the requests inside: the argument, and how to find a valid id.

        Raises:
            NotFound: when the platform has nothing under this id.
        """
        try:
            yield
        except NotFound:
            raise self.unknown(identifier) from None

    def unknown(self, identifier: str) -> NotFound:
        """Return the error for an id that names nothing; it says if the id looks like one of another kind."""
        problem = f"{self.argument}: there is no {self.noun} '{identifier}'."
        other = next((entity for entity in ENTITIES if identifier.startswith(entity.prefix)), self)
        if other is self:
            return NotFound(problem, Call(self.finder, why="lists them"))
        article = "an" if other.argument.startswith("a") else "a"
        return NotFound(
            f"{problem} It looks like {article} {other.argument}.",
            Call(other.reader, {other.argument: identifier}, "takes it"),
        )


AUDIENCE = Entity("audience_id", "audience", "aud_", "get_audience", "find_audiences")
JOB_DEFINITION = Entity("job_definition_id", "job definition", "jdf_", "get_job", "find_jobs")
JOB = Entity("job_id", "job", "job_", "get_job", "find_jobs")
ENTITIES = (AUDIENCE, JOB_DEFINITION, JOB)
FINDERS = {entity.argument: entity.finder for entity in ENTITIES} | {"run_after": JOB.finder}
"""The tool that finds the id for an argument by name."""
