"""Task settings by their names in the SDK, and the platform's feature flags for them (contract F.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapidata_mcp.errors import InvalidArgument

Flags = tuple[tuple[str, str], ...]
"""Feature flags as (key, value) pairs. All values are strings on the wire."""


@dataclass(frozen=True)
class TaskSetting:
    """A setting: the key of its flag, its values, and the task types that it applies to.

    `when_true` is the value of the flag for `true`; a setting without it takes only numbers. `low` and `high` are the
    limits of a number; a setting without them takes only true and false. Without `tasks` it applies to all task types.
    """

    key: str
    when_true: str | None = "true"
    low: int | None = None
    high: int | None = None
    tasks: tuple[str, ...] = ()


TASK_SETTINGS = {
    "no_shuffle": TaskSetting("no_shuffle", tasks=("Compare", "Classify")),
    "allow_neither_both": TaskSetting("compare_unsure", "5000", 0, 60_000, ("Compare",)),
    "reference_overlay": TaskSetting("reference_overlay", tasks=("Compare",)),
    "compare_panorama": TaskSetting("compare_panorama", tasks=("Compare",)),
    "compare_equirectangular": TaskSetting("compare_equirectangular", tasks=("Compare",)),
    "classify_equirectangular": TaskSetting("classify_equirectangular", tasks=("Classify",)),
    "free_text_minimum_characters": TaskSetting("free_text_minimum_characters", None, 1, 1_024, ("FreeText",)),
    "free_text_max_characters": TaskSetting("free_text_max_characters", "1024", 1, 10_000, ("FreeText",)),
    "keyboard_numeric": TaskSetting("keyboard_numeric", tasks=("FreeText",)),
    "locate_max_points": TaskSetting("locate_max_points", "3", 1, 100, ("Locate",)),
    "locate_min_points": TaskSetting("locate_min_points", "1", 1, 100, ("Locate",)),
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


def names_for(task: str) -> list[str]:
    """Return the names of the settings that apply to a task type."""
    return [name for name, setting in TASK_SETTINGS.items() if not setting.tasks or task in setting.tasks]


def flags_for(task: str, settings: Mapping[str, bool | int]) -> Flags:
    """Return settings as feature flags. Settings that are false are left out.

    Raises:
        InvalidArgument: if a setting does not apply to the task type or its value is out of range.
    """
    flags = []
    for name, value in settings.items():
        argument = f"settings.{name}"
        if name not in names_for(task):
            raise InvalidArgument(
                argument, "does not apply to this task.", f"Valid settings: {', '.join(names_for(task))}."
            )
        setting = TASK_SETTINGS[name]
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
