"""Replies of tools, for an assistant that may see only the text, or only the structure."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from typing import Annotated, Any, Self

from mcp.types import Annotations, ImageContent, TextContent
from pydantic import BaseModel, ConfigDict, InstanceOf, PlainSerializer, PrivateAttr, WithJsonSchema

from rapidata_mcp.calls import NextStep

SIMULATED = "Simulated answers: no human has answered, so they say nothing about the items."
"""A sentence for every place that counts simulated responses."""
REHEARSAL = "This is a rehearsal: its labelers are simulated, not people."
"""A sentence for every place that promises labelers."""

_SPACES = re.compile(r"\s+")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories of control, format (zero-width, bidirectional), surrogate, private and unassigned characters."""

_SCHEME = re.compile(r"https?(?=:)|\b(?:javascript|data|vbscript|file):", re.IGNORECASE)
_MARKUP = str.maketrans({"<": "‹", ">": "›", "`": "'", "[": "(", "]": ")"})


class _Untrusted:
    """Marks a field whose text comes from outside."""


UntrustedText = Annotated[str, _Untrusted()]
"""A text from outside. The text of a reply shows it between quotation marks that it cannot close."""
Step = Annotated[
    InstanceOf[NextStep],
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string"}),
]
"""A next step, which is one sentence on the wire."""


class Reply(BaseModel):
    """The base of all tool results: a sentence on the outcome, typed facts, and the next calls."""

    model_config = ConfigDict(extra="forbid")

    summary: str
    next_step: Step
    _outcome: str = PrivateAttr("")
    _pictures: list[bytes] = PrivateAttr(default_factory=list)

    @property
    def outcome(self) -> str:
        """The outcome for the audit log, if it is not the usual one."""
        return self._outcome

    def with_outcome(self, outcome: str) -> Self:
        """Set the outcome for the audit log."""
        self._outcome = outcome
        return self

    def with_pictures(self, *pictures: bytes) -> Self:
        """Add PNG files for people. The text of the reply says the same."""
        self._pictures = list(pictures)
        return self

    def content(self) -> list[TextContent | ImageContent]:
        """Return the reply as text, and its pictures."""
        pictures = [
            ImageContent(
                type="image",
                data=b64encode(picture).decode(),
                mime_type="image/png",
                annotations=Annotations(audience=["user"]),
            )
            for picture in self._pictures
        ]
        return [TextContent(type="text", text=as_text(self)), *pictures]


def clean(text: str, limit: int = 100) -> str:
    """Return a text from outside as one line, without invisible characters, shortened to `limit` characters."""
    visible = "".join(char for char in _SPACES.sub(" ", text) if unicodedata.category(char) not in _INVISIBLE)
    line = _SPACES.sub(" ", visible).strip()
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def defang(text: str, limit: int = 100) -> str:
    """Return a text that somebody wrote freely, cleaned, so that no client renders or follows a part of it.

    Links, images and code of Markdown and tags of HTML stay readable. URLs begin with `hxxp`, as is the custom for
    hostile URLs.
    """
    return clean(_SCHEME.sub(_harmless, text).translate(_MARKUP), limit)


def _harmless(scheme: re.Match[str]) -> str:
    """`https:` becomes `hxxps:`, `javascript:` becomes `javascript :`."""
    text = scheme[0]
    return f"hxxp{text[4:]}" if text[:4].lower() == "http" else f"{text[:-1]} :"


def quoted(text: str) -> str:
    """Return a text from outside between quotation marks that it cannot close."""
    return f"“{text.replace('“', chr(34)).replace('”', chr(34))}”"


def as_text(reply: Reply) -> str:
    """Return the facts of the structure as a short text."""
    facts = _facts(reply)
    del facts["summary"], facts["next_step"]
    lines = [reply.summary]
    lines += [
        f"{name}: {_inline(value)}" for name, value in facts.items() if not _is_empty(value) and not _is_table(value)
    ]
    for name, value in facts.items():
        if _is_table(value):
            lines.append(f"{name}:")
            lines += [f"- {_row(row)}" for row in value]
    return "\n".join([*lines, f"Next: {reply.next_step}"])


def _facts(model: BaseModel) -> dict[str, Any]:
    """The fields of a model as JSON, with texts from outside in quotation marks."""
    facts = model.model_dump(mode="json")
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if value and any(isinstance(mark, _Untrusted) for mark in field.metadata):
            facts[name] = quoted(value)
        elif isinstance(value, list) and value and isinstance(value[0], BaseModel):
            facts[name] = [_facts(row) for row in value]
    return facts


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _is_empty(value: object) -> bool:
    return value is None or value == [] or value == ""


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if _is_table(value):
        return "; ".join(f"({_row(row)})" for row in value)
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _row(row: dict[str, Any]) -> str:
    return " · ".join(f"{name} {_inline(value)}" for name, value in row.items() if not _is_empty(value))


def count_of(number: int, noun: str) -> str:
    """Return a number of things, such as "3 pairs"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def rehearsal_note(simulated: bool) -> str:
    """Return a sentence to append if labelers are simulated."""
    return f" {REHEARSAL}" if simulated else ""
