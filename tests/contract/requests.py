"""Requests made comparable: ids, generated names and the order of independent uploads set aside."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl, unquote

from tests.contract.served import Answer

_ID = re.compile(r"\b(aud|exm|dst|dpt|jdf|job|ppl|pdl|bup)_[0-9a-zA-Z]+")


def comparable(answers: Iterable[Answer]) -> Counter[str]:
    """The requests behind these answers, how often each was sent."""
    answers = list(answers)
    names = _sources(answers)
    return Counter(_written(answer, names) for answer in answers)


def _written(answer: Answer, names: dict[str, str]) -> str:
    text = f"{answer.method} {answer.path}?{answer.query} {_body(answer)}"
    for name, source in names.items():
        text = text.replace(name, f"<{source}>")
    return _ID.sub(lambda found: found[1], re.sub(r"correlationId=[0-9a-f-]{36}", "correlationId=any", text))


def _body(answer: Answer) -> str:
    if answer.sent.startswith(b"--"):
        return "file " + _part(answer.sent)
    body: Any = json.loads(answer.sent) if answer.sent else None
    if answer.path == "/asset/batch-upload":
        body |= {"urls": sorted(body["urls"]), "correlationId": "any"}
    return json.dumps(body, sort_keys=True)


def _part(form: bytes) -> str:
    """The one part of a form: its headers' meaning and its length."""
    boundary = form.partition(b"\r\n")[0]
    part = message_from_bytes(form.partition(b"\r\n")[2].rpartition(b"\r\n" + boundary)[0])
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    name = part.get_param("name", header="content-disposition")
    return f"{name} {part.get_filename()} {part.get_content_type()} {len(content)} bytes"


def _sources(answers: Iterable[Answer]) -> dict[str, str]:
    """What each generated name was generated for."""
    found: dict[str, str] = {}
    for answer in answers:
        if answer.path == "/asset/url":
            found[json.loads(answer.content)["fileName"]] = dict(parse_qsl(answer.query))["url"]
        elif answer.path == "/asset/file":
            found[json.loads(answer.content)["fileName"]] = _part(answer.sent)
        elif re.fullmatch(r"/asset/batch-upload/bup_\w+", answer.path):
            found |= {item["fileName"]: item["url"] for item in json.loads(answer.content)["items"]}
    return {name: unquote(source) for name, source in found.items()}
