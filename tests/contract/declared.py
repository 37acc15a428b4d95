"""What the official SDK declares that each operation answers, read from its generated client."""

from __future__ import annotations

import importlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import rapidata.api_client.api as generated

NO_API = ("/assets/", "/connect/", "/.well-known/")
"""What the SDK reaches by other means than its generated client."""
_METHOD = re.compile(r"    def (_?\w+)\(\n.*?(?=\n    def |\n    @validate_call|\Z)", re.DOTALL)
_TYPES = re.compile(r"_response_types_map: [^=]+= \{(.*?)\}", re.DOTALL)


@cache
def operations() -> list[tuple[str, re.Pattern[str], dict[str, str]]]:
    """Every operation: its method, its path, and the name of the declared type by status, literal paths first."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for file in Path(generated.__file__).parent.glob("*_api.py"):
        text = file.read_text()
        bodies = {match[1]: match[0] for match in _METHOD.finditer(text)}
        for name, body in bodies.items():
            if not name.endswith("_serialize"):
                continue
            method = re.search(r"method='(\w+)'", body)
            path = re.search(r"resource_path='([^']+)'", body)
            types = _TYPES.search(bodies.get(name[1:].removesuffix("_serialize"), ""))
            if method and path and types:
                declared = dict(re.findall(r"'(\d+)': \"?([\w\[\]]+)", types[1]))
                found[(method[1], path[1])] = declared
    ordered = sorted(found.items(), key=lambda entry: (entry[0][1].count("{"), entry[0]))
    return [(method, re.compile(re.sub(r"\{\w+\}", "[^/]+", path) + r"\Z"), types) for (method, path), types in ordered]


def declared_type(method: str, path: str, status: int) -> str | None:
    """The name of the type that an operation declares for this status; None where it declares no content.

    Raises:
        LookupError: when the SDK knows no such operation.
    """
    for known_method, pattern, types in operations():
        if known_method == method and pattern.match(path):
            declared = types.get(str(status), "None")
            return None if declared == "None" else declared
    raise LookupError(f"{method} {path}")


def check_answer(method: str, path: str, status: int, content: bytes) -> str | None:
    """Read an answer as the SDK would, strictly; the name of the class it was read as is returned.

    Raises:
        ValueError: pydantic's, naming each member that is missing or wrong.
    """
    if path.startswith(NO_API):
        return None
    name = declared_type(method, path, status)
    if name in (None, "object", "bytes", "str") or status == 202:
        return None
    model: Any = getattr(importlib.import_module("rapidata.api_client.models"), name)
    model.from_dict(json.loads(content))
    return name
