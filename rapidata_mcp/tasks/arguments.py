"""Validation of the arguments that describe a task. The rest of the program works with valid tasks only."""

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
    """Return a text that labelers or users read.

    Raises:
        InvalidArgument: if it is blank or longer than `limit` characters.
    """
    if not value.strip():
        raise InvalidArgument(argument, "must not be empty or blank.", f"Give 1 to {limit} characters.")
    if len(value) > limit:
        raise InvalidArgument(argument, f"has {len(value)} characters; at most {limit} are allowed.", "Shorten it.")
    return value


@dataclass(frozen=True, slots=True)
class Datapoint:
    """One unit of work: the items that a labeler sees together, with their context and metadata.

    `segments` are further parts that the task type defines, by key: a text, or options (contract E.2). `group` is the
    name of its group, for task types with groups (E.3).
    """

    items: tuple[str, ...]
    context: str | None = None
    media_context: tuple[str, ...] = ()
    private_metadata: Mapping[str, str] | None = None
    segments: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    group: str | None = None


def is_remote(item: str) -> bool:
    """Whether an item is an http(s) URL, by the rule of the SDK (contract C.2)."""
    return _REMOTE.match(item) is not None


class MediaItems:
    """Validates media items and collects the local files among them."""

    def __init__(self, allowed: LocalFiles) -> None:
        self._allowed = allowed
        self.files: dict[str, LocalFile] = {}

    def require(self, argument: str, item: str) -> None:
        """Accept the http(s) URL of an image, video or audio file, or its path if local files are allowed.

        No file is opened.

        Raises:
            InvalidArgument: if the item is anything else.
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
                'Give an http(s) URL, or set data_type="text" if the items are texts.',
            )
        elif item not in self.files:
            self.files[item] = self._allowed.media(argument, item)


def _require_url(argument: str, item: str) -> None:
    if len(item) > MAX_URL or _NOT_IN_URLS.search(item):
        raise InvalidArgument(
            argument,
            "is not a usable URL.",
            f"Give at most {MAX_URL} characters without spaces or control characters.",
        )
    try:
        host = urlsplit(item).hostname
    except ValueError:
        host = None
    if not host:
        raise InvalidArgument(argument, "is a URL without a host.", "Give a complete http(s) URL.")


def require_contexts(contexts: Sequence[str | None] | None, datapoints: int) -> list[str | None]:
    """Return one context per datapoint; None for each that is blank, or for all if there are no contexts.

    Raises:
        InvalidArgument: if the number of contexts differs, or a context is longer than 400 characters.
    """
    if contexts is None:
        return [None] * datapoints
    if len(contexts) != datapoints:
        raise InvalidArgument(
            "contexts",
            f"has {len(contexts)} entries for {datapoints} datapoints.",
            "Give one context per datapoint, in the same order, or omit contexts.",
        )
    return [
        require_text(f"contexts.{position}", context, MAX_CONTEXT) if context and context.strip() else None
        for position, context in enumerate(contexts)
    ]


@dataclass(frozen=True)
class Stopping:
    """The rule by which a datapoint has enough responses (contract F.4).

    `responses` is their number, or their maximum if a threshold is set. The threshold `confidence`, between 0 and 1,
    stops a datapoint as soon as one option is that certain; `quorum` as soon as one option has that many votes.
    """

    responses: int = 10
    confidence: float | None = None
    quorum: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.responses <= MAX_RESPONSES:
            raise InvalidArgument("responses_per_datapoint", f"must be a whole number from 1 to {MAX_RESPONSES}.")
        if self.confidence is not None and self.quorum is not None:
            raise InvalidArgument(
                "confidence_threshold", "cannot be combined with quorum_threshold.", "Give at most one of the two."
            )
        if self.confidence is not None and not 0 < self.confidence < 1:
            raise InvalidArgument(
                "confidence_threshold", "must be greater than 0 and less than 1.", "A usual value is 0.99."
            )
        if self.quorum is not None and not 1 <= self.quorum <= self.responses:
            raise InvalidArgument(
                "quorum_threshold",
                f"must be a whole number from 1 to responses_per_datapoint ({self.responses}).",
                "Lower it, or raise responses_per_datapoint.",
            )


def require_media_contexts(
    media_contexts: Sequence[Sequence[str]] | None, datapoints: int, media: MediaItems
) -> list[tuple[str, ...]]:
    """Return the media shown with each datapoint, up to ten (contract C.2); none if there are no media contexts.

    Raises:
        InvalidArgument: if the number of entries differs, an entry has too many files, or a file is not valid.
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
    """Return texts by name for each datapoint, which results return and labelers do not see; None if there are none.

    Raises:
        InvalidArgument: if the number of entries differs.
    """
    if metadata is None:
        return [None] * datapoints
    if len(metadata) != datapoints:
        raise InvalidArgument("private_metadata", f"has {len(metadata)} entries for {datapoints} datapoints.")
    return [dict(entry) or None for entry in metadata]
