"""What callers hand in to describe a task, checked once. Below this line impossible tasks do not exist."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from rapidata_mcp.errors import InvalidArgument
from rapidata_mcp.files import LocalFile, LocalFiles

DataType = Literal["media", "text"]

MAX_INSTRUCTION = 250  # characters, contract C.6
MAX_CONTEXT = 400  # characters, contract C.6
MAX_NAME = 200
MAX_TEXT_ITEM = 10_000
MAX_URL = 2_000
MAX_RESPONSES = 1_000
MAX_MEDIA_CONTEXT = 10

_NOT_IN_URLS = re.compile(r"[\s\x00-\x1f\x7f]")
_REMOTE = re.compile(r"https?://", re.IGNORECASE)


def require_text(argument: str, value: str, limit: int) -> str:
    """A text that people will read: not blank, at most `limit` characters.

    Raises:
        InvalidArgument: says which of the two does not hold.
    """
    if not value.strip():
        raise InvalidArgument(argument, "must not be empty or blank.", f"Give 1 to {limit} characters.")
    if len(value) > limit:
        raise InvalidArgument(argument, f"has {len(value)} characters; at most {limit} are allowed.", "Shorten it.")
    return value


@dataclass(frozen=True, slots=True)
class Datapoint:
    """One unit of work: the items a labeler sees together, what is shown with them, and what is only kept.

    `segments` are further parts that its task type has, by key: a text, or options (contract E.2). `group` is the name
    of the group that it belongs to where there are groups (E.3).
    """

    items: tuple[str, ...]
    context: str | None = None
    media_context: tuple[str, ...] = ()
    private_metadata: Mapping[str, str] | None = None
    segments: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    group: str | None = None


def is_remote(item: str) -> bool:
    """Whether an item is an http(s) URL (the rule of the SDK, contract C.2)."""
    return _REMOTE.match(item) is not None


class Media:
    """Checks media items, and remembers the local files among them."""

    def __init__(self, allowed: LocalFiles) -> None:
        self._allowed = allowed
        self.files: dict[str, LocalFile] = {}

    def require(self, argument: str, item: str) -> None:
        """The http(s) URL of an image, video or audio file, or the path of one where local files are allowed.

        Raises:
            InvalidArgument: names the argument, what is allowed and what to do. Nothing is opened.
        """
        if not item.strip():
            raise InvalidArgument(argument, "must not be empty or blank.", "Give the http(s) URL of a media file.")
        if is_remote(item):
            _require_url(argument, item)
        elif not self._allowed or item.lower().startswith("file:"):
            raise InvalidArgument(
                argument,
                "is not an http(s) URL, and local files are not allowed on this server."
                if not self._allowed
                else "is not an http(s) URL; a local file is named by its path.",
                'Give an http(s) URL, or set data_type="text" if the items are texts to be compared.',
            )
        elif item not in self.files:
            self.files[item] = self._allowed.media(argument, item)


def _require_url(argument: str, item: str) -> None:
    if len(item) > MAX_URL or _NOT_IN_URLS.search(item):
        raise InvalidArgument(
            argument,
            f"is not a usable URL (at most {MAX_URL} characters, no spaces or control characters).",
            "Mend it.",
        )
    try:
        host = urlsplit(item).hostname
    except ValueError:
        host = None
    if not host:
        raise InvalidArgument(argument, "is a URL without a host.", "Give a complete http(s) URL.")


def require_contexts(contexts: Sequence[str | None] | None, datapoints: int) -> list[str | None]:
    """One context per datapoint, or none at all. Empty ones count as none.

    Raises:
        InvalidArgument: on another number of contexts, or one over 400 characters.
    """
    if contexts is None:
        return [None] * datapoints
    if len(contexts) != datapoints:
        raise InvalidArgument(
            "contexts",
            f"has {len(contexts)} entries for {datapoints} datapoints.",
            "Give one context per datapoint in the same order, or leave contexts out.",
        )
    return [
        require_text(f"contexts.{position}", context, MAX_CONTEXT) if context and context.strip() else None
        for position, context in enumerate(contexts)
    ]


@dataclass(frozen=True)
class Stopping:
    """When a datapoint has enough responses.

    `responses` is the number asked for, or the most when a threshold is given: `confidence` (0 to 1, both excluded)
    stops when an option is that certain, `quorum` when an option has that many votes (contract F.4).
    """

    responses: int = 10
    confidence: float | None = None
    quorum: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.responses <= MAX_RESPONSES:
            raise InvalidArgument("responses_per_datapoint", f"must be a whole number from 1 to {MAX_RESPONSES}.")
        if self.confidence is not None and self.quorum is not None:
            raise InvalidArgument(
                "confidence_threshold", "cannot be combined with quorum_threshold.", "Give one of the two, or neither."
            )
        if self.confidence is not None and not 0 < self.confidence < 1:
            raise InvalidArgument("confidence_threshold", "must be between 0 and 1, both excluded.", "0.99 is usual.")
        if self.quorum is not None and not 1 <= self.quorum <= self.responses:
            raise InvalidArgument(
                "quorum_threshold",
                f"must be a whole number from 1 to responses_per_datapoint ({self.responses}).",
                "Lower it, or raise responses_per_datapoint.",
            )


def require_media_contexts(
    media_contexts: Sequence[Sequence[str]] | None, datapoints: int, media: Media
) -> list[tuple[str, ...]]:
    """Up to ten media files per datapoint that are shown with it (contract C.2), or none at all.

    Raises:
        InvalidArgument: on another number of entries, too many files, or one that cannot be shown.
    """
    if media_contexts is None:
        return [()] * datapoints
    if len(media_contexts) != datapoints:
        raise InvalidArgument("media_contexts", f"has {len(media_contexts)} entries for {datapoints} datapoints.")
    for position, files in enumerate(media_contexts):
        if len(files) > MAX_MEDIA_CONTEXT:
            raise InvalidArgument(f"media_contexts.{position}", f"has more than {MAX_MEDIA_CONTEXT} files.")
        for place, item in enumerate(files):
            media.require(f"media_contexts.{position}.{place}", item)
    return [tuple(files) for files in media_contexts]


def require_private_metadata(
    metadata: Sequence[Mapping[str, str]] | None, datapoints: int
) -> list[Mapping[str, str] | None]:
    """Texts by name for each datapoint, which labelers do not see and results return; or none at all.

    Raises:
        InvalidArgument: on another number of entries.
    """
    if metadata is None:
        return [None] * datapoints
    if len(metadata) != datapoints:
        raise InvalidArgument("private_metadata", f"has {len(metadata)} entries for {datapoints} datapoints.")
    return [dict(entry) or None for entry in metadata]
