"""The kinds of audiences (contract B.1). The models, which take longer to import, are elsewhere."""

from __future__ import annotations

from typing import Literal

AudienceKind = Literal["global", "curated", "custom", "filtered", "unlisted"]
FILTERED, UNLISTED = "fau_", "ula_"
"""The prefixes of the ids of filtered and unlisted audiences."""


def audience_kind(audience_id: str, *, is_public: bool) -> AudienceKind:
    """Return the kind of an audience: everyone, provided by the platform, own, part of another, or by invitation."""
    if audience_id == "global":
        return "global"
    if audience_id.startswith(FILTERED):
        return "filtered"
    if audience_id.startswith(UNLISTED):
        return "unlisted"
    return "curated" if is_public else "custom"
