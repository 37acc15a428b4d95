"""What a labeler sees of a question: items in the order shown, as texts or media, and how its settings show them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from rapidata_mcp.local.questions.markdown import rendered
from rapidata_mcp.local.questions.media import Media
from rapidata_mcp.tasks.task import Question, TaskType

Kind = Literal["text", "markdown", "image", "video", "audio", "unusable"]
_BY_ENDING: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("video", re.compile(r"\.(mp4|webm|mov)($|[?#])", re.IGNORECASE)),
    ("audio", re.compile(r"\.(mp3|wav|ogg)($|[?#])", re.IGNORECASE)),
)
_LOADABLE = re.compile(r"https?://|/assets/", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """One item: a text, or the URL of a media file. `choice` is its place in the datapoint, wherever it is shown."""

    kind: Kind
    content: str | Markup
    choice: int


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from; `choice` is its position among the question's options."""

    label: str
    choice: int


@dataclass(frozen=True)
class DisplaySettings:
    """The display settings of a task's questions (contract F.6)."""

    markdown: bool = False
    swapped: bool = False
    without_instruction: bool = False
    muted: bool = False
    looped: bool = True

    @classmethod
    def of(cls, settings: Mapping[str, str]) -> DisplaySettings:
        """Read the feature flags of a question."""
        return cls(
            markdown="use_main_text_markdown" in settings,
            swapped="swap_question_and_prompt" in settings,
            without_instruction="no_aux_text" in settings,
            muted="mute_video_asset" in settings,
            looped="disable_autoloop" not in settings,
        )


@dataclass(frozen=True)
class ShownQuestion:
    """A question as the page fragment of its task type shows it: `items`, or else `options`, in the order shown."""

    fragment: str
    instruction: str
    context: str | None
    context_media: Sequence[Item]
    items: Sequence[Item]
    options: Sequence[Option]
    words: Sequence[str]
    look: DisplaySettings
    limits: tuple[int, int] | None = None
    """The fewest and the most parts of an answer that has several."""
    right: Collection[int] = ()
    """The options that are known to be right, if the page shows them."""


def shown(
    kind: TaskType,
    question: Question,
    media: Mapping[str, Media],
    context_media: Sequence[str] = (),
    order: Sequence[int] | None = None,
    right: Collection[int] = (),
) -> ShownQuestion:
    """A question as it is shown. `context_media` names the media of its context, `order` is that of its options."""
    look = DisplaySettings.of(question.settings or {})
    items = [_item(name, media.get(name), look, place) for place, name in enumerate(question.names)]
    order = order or range(len(question.options))
    return ShownQuestion(
        fragment=f"tasks/{kind.slug}.html",
        instruction=question.instruction,
        context=question.context,
        context_media=[_item(name, media.get(name), look, place) for place, name in enumerate(context_media)],
        items=[items[choice] for choice in order if choice < len(items)]
        if question.options[: len(items)] == question.items
        else items,
        options=[Option(question.options[choice], choice) for choice in order],
        words=question.words,
        look=look,
        limits=kind.limits(question),
        right=right,
    )


def _item(name: str, media: Media | None, look: DisplaySettings, place: int) -> Item:
    if media is None:
        return Item("markdown", rendered(name), place) if look.markdown else Item("text", name, place)
    url = media.url("")
    if not _LOADABLE.match(url):
        return Item("unusable", url, place)
    kind: Kind = next((kind for kind, ending in _BY_ENDING if ending.search(url)), "image")
    return Item(kind, url, place)
