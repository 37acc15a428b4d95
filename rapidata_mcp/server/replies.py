"""How results are written for their reader: an assistant that may see only the text, or only the structure."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from typing import Annotated, Any, Self

from mcp.types import Annotations, ImageContent, TextContent
from pydantic import BaseModel, ConfigDict, PlainSerializer, PlainValidator, PrivateAttr, WithJsonSchema

from rapidata_mcp.calls import NextStep

SIMULATED = "Simulated answers: no human has answered, so they tell nothing about the items."
"""Said wherever simulated responses are counted."""
REHEARSAL = "This is a rehearsal: its labelers are simulated, not people."
"""Said before that, wherever labelers are promised."""

_SPACES = re.compile(r"\s+")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories of control, format (zero-width, bidirectional), surrogate, private and unassigned characters."""

_SCHEME = re.compile(r"https?(?=:)|\b(?:javascript|data|vbscript|file):", re.IGNORECASE)
_MARKUP = str.maketrans({"<": "‹", ">": "›", "`": "'", "[": "(", "]": ")"})


class _Fence:
    """Marks a field whose text comes from outside."""


UntrustedText = Annotated[str, _Fence()]
"""A text from outside: in the text of an answer it stands between quotation marks that it cannot close."""


Step = Annotated[
    NextStep,
    PlainValidator(NextStep.of),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string"}),
]
"""A next step, which is one sentence on the wire."""


class Reply(BaseModel):
    """The base of all tool results: a sentence on what happened, typed facts, and the next calls."""

    model_config = ConfigDict(extra="forbid")

    summary: str
    next_step: Step
    _audited: dict[str, Any] = PrivateAttr(default_factory=dict)
    _pictures: list[bytes] = PrivateAttr(default_factory=list)

    def audited(self, **facts: Any) -> Self:
        """This answer, with facts that the audit log tells besides it."""
        self._audited = facts
        return self

    def pictured(self, *pictures: bytes) -> Self:
        """This answer, with PNG files for people; what they show is told in the answer too."""
        self._pictures = list(pictures)
        return self

    def content(self) -> list[TextContent | ImageContent]:
        """The answer as text, and its pictures."""
        shown = [b64encode(picture).decode() for picture in self._pictures]
        for_people = Annotations(audience=["user"])
        pictures = [
            ImageContent(type="image", data=data, mime_type="image/png", annotations=for_people) for data in shown
        ]
        return [TextContent(type="text", text=as_text(self)), *pictures]

    def for_audit(self) -> dict[str, Any]:
        """What the audit log tells of it."""
        return self.model_dump(mode="json") | self._audited


def clean(outside: str, limit: int = 100) -> str:
    """A text from outside in one line: without control, zero-width and bidirectional characters, and shortened."""
    visible = "".join(char for char in _SPACES.sub(" ", outside) if unicodedata.category(char) not in _UNSEEN)
    line = _SPACES.sub(" ", visible).strip()
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def defang(outside: str, limit: int = 100) -> str:
    """A text that somebody wrote freely, cleaned, so that nothing in it is rendered or followed.

    Links, images and code of Markdown and tags of HTML stay readable; addresses begin with `hxxp`, as is the custom of
    those who handle hostile ones.
    """
    return clean(_SCHEME.sub(_harmless, outside).translate(_MARKUP), limit)


def _harmless(scheme: re.Match[str]) -> str:
    """`https:` becomes `hxxps:`, `javascript:` becomes `javascript :`."""
    written = scheme[0]
    return f"hxxp{written[4:]}" if written[:4].lower() == "http" else f"{written[:-1]} :"


def quoted(outside: str) -> str:
    """A text from outside between quotation marks that it cannot close."""
    return f"“{outside.replace('“', chr(34)).replace('”', chr(34))}”"


def as_text(reply: Reply) -> str:
    """The same facts as the structure, as a short text."""
    facts = _facts(reply)
    del facts["summary"], facts["next_step"]
    lines = [reply.summary]
    lines += [
        f"{name}: {_inline(value)}"
        for name, value in facts.items()
        if _is_worth_telling(value) and not _is_table(value)
    ]
    for name, value in facts.items():
        if _is_table(value):
            lines.append(f"{name}:")
            lines += [f"- {_row(row)}" for row in value]
    return "\n".join([*lines, f"Next: {reply.next_step}"])


def _facts(model: BaseModel) -> dict[str, Any]:
    """The fields of a model, with texts from outside fenced."""
    facts = model.model_dump(mode="json")
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if value and any(isinstance(mark, _Fence) for mark in field.metadata):
            facts[name] = quoted(value)
        elif isinstance(value, list) and value and isinstance(value[0], BaseModel):
            facts[name] = [_facts(row) for row in value]
    return facts


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _is_worth_telling(value: Any) -> bool:
    return value is not None and value != [] and value != ""


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if _is_table(value):
        return "; ".join(f"({_row(row)})" for row in value)
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _row(row: dict[str, Any]) -> str:
    return " · ".join(f"{name} {_inline(value)}" for name, value in row.items() if _is_worth_telling(value))


def count_of(number: int, noun: str) -> str:
    """A number of things."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def rehearsal_note(simulated: bool) -> str:
    """A sentence to append where labelers are not people."""
    return f" {REHEARSAL}" if simulated else ""


def dollars(amount: float | None) -> str:
    """An amount of money for people."""
    if amount is None:
        return "not priced yet"
    return "less than $0.01" if 0 < amount < 0.01 else f"${amount:,.2f}"
