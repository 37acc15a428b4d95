"""Task settings by their names in the SDK, and the platform's feature flags for them (contract F.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapidata_mcp.errors import InvalidArgument

Flags = tuple[tuple[str, str], ...]
"""Feature flags as (key, value) pairs. All values are strings on the wire."""


@dataclass(frozen=True)
class TaskSetting:
    """A setting: the key of its flag, and its values.

    `when_true` is the value of the flag for `true`; a setting without it takes only numbers. `low` and `high` are the
    limits of a number; a setting without them takes only true and false.
    """

    key: str
    when_true: str | None = "true"
    low: int | None = None
    high: int | None = None


COMMON_SETTINGS = {
    "mute_video": TaskSetting("mute_video_asset"),
    "play_percentage_video": TaskSetting("media_played_percentage", "95", 0, 95),
    "disable_autoloop": TaskSetting("disable_autoloop"),
    "markdown": TaskSetting("use_main_text_markdown"),
    "swap_context_instruction": TaskSetting("swap_question_and_prompt"),
    "no_instruction_display": TaskSetting("no_aux_text"),
    "original_language_only": TaskSetting("force_original_language"),
    "translate_text_assets": TaskSetting("translate_text_assets"),
    "no_mistake_option": TaskSetting("no_mistake"),
    "pin_context_media": TaskSetting("media_context_persistent_thumbnail"),
}
"""The settings that apply to all task types."""


def flags_for(own: Mapping[str, TaskSetting], settings: Mapping[str, bool | int]) -> Flags:
    """Return settings as feature flags. Settings that are false are left out.

    `own` are the settings that apply to the task type in addition to those of all types.

    Raises:
        InvalidArgument: if a setting does not apply to the task type or its value is out of range.
    """
    flags, valid = [], {**own, **COMMON_SETTINGS}
    for name, value in settings.items():
        argument = f"settings.{name}"
        if name not in valid:
            raise InvalidArgument(argument, "does not apply to this task.", f"Valid settings: {', '.join(valid)}.")
        setting = valid[name]
        numbers = None if setting.low is None else f"a whole number from {setting.low} to {setting.high}"
        if value is True and setting.when_true is not None:
            flags.append((setting.key, setting.when_true))
        elif isinstance(value, bool):
            if value:
                raise InvalidArgument(argument, f"must be {numbers}.")
        elif setting.low is None or setting.high is None:
            raise InvalidArgument(argument, "must be true or false.")
        elif not setting.low <= value <= setting.high:
            raise InvalidArgument(argument, f"must be {'true or ' if setting.when_true else ''}{numbers}.")
        else:
            flags.append((setting.key, str(value)))
    return tuple(flags)


def number_of(value: str | None, default: int, most: int) -> int:
    """Return the whole number in a feature flag, limited to 1 to `most`, or `default` if the flag holds no number.

    Other clients write flags too, so a number may have any length; Python refuses to parse very long ones.
    """
    if value is None or not value.isascii() or not value.isdecimal():
        return default
    digits = value.lstrip("0") or "0"
    return most if len(digits) > len(str(most)) else min(most, max(1, int(digits)))
