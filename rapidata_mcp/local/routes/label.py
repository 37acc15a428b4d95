"""`/label/{audience or job}`: where people qualify and answer. One page with scripts, plain forms without."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, quote

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from rapidata_mcp.local import people
from rapidata_mcp.local.links import find_link
from rapidata_mcp.local.page import page, part
from rapidata_mcp.local.platform import platform_of
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.local.sitting import Sitting, Turn

MAX_BODY = 64 * 1024
"""Bytes of an answer."""


async def show(request: Request) -> Response:
    """`GET /label/{link}`: a welcome to those who have not begun, to others what there is to do"""
    link, platform = request.path_params["link"], platform_of(request)
    key = people.key_of(request)
    try:
        if key is None:
            async with platform.database.read() as connection:
                await find_link(connection, link)
            return page("label.html", link=link, turn=None)
        async with platform.database.write() as connection:
            sitting = await Sitting.open(connection, platform, people.id_of(key), link)
            turn = None if sitting is None else await sitting.turn(after=request.query_params.get("after"))
    except ProblemError as problem:
        if problem.status != 404:
            raise
        return page("label.html", link=link, turn=Turn("closed"), status=404)
    return page("label.html", link=link, turn=turn)


async def start(request: Request) -> Response:
    """`POST /label/{link}/start`: from here on somebody has a name, which is a random key in a cookie"""
    link, platform = request.path_params["link"], platform_of(request)
    key = people.key_of(request) or people.new_key()
    async with platform.database.write() as connection:
        await find_link(connection, link)
        await people.register(connection, people.id_of(key), people.language_of(request))
    answer = _back(link)
    people.give_key(answer, key, secure=request.url.scheme == "https")
    return answer


async def go_on(request: Request) -> Response:
    """`POST /label/{link}/next`: what there is to do"""
    return await _act(request, lambda sitting, body: sitting.turn())


async def answer(request: Request) -> Response:
    """`POST /label/{link}/answer`: an answer to the example or the task in hand; again is harmless"""
    return await _act(request, lambda sitting, body: sitting.answer(_text(body, "task"), body.get("answer")))


async def undo(request: Request) -> Response:
    """`POST /label/{link}/undo`: the last answer is taken back"""
    return await _act(request, lambda sitting, body: sitting.undo())


async def skip(request: Request) -> Response:
    """`POST /label/{link}/skip`: somebody else may answer it"""
    return await _act(request, lambda sitting, body: sitting.put_aside(_text(body, "task")))


async def report(request: Request) -> Response:
    """`POST /label/{link}/report`: something about the task is broken"""
    return await _act(request, lambda sitting, body: sitting.put_aside(_text(body, "task"), _text(body, "reason")))


async def of_audience(request: Request) -> Response:
    """`GET /label/{link}/job/{job_id}`: a job's link in the form that the cloud has (contract B.9)"""
    return _back(request.path_params["job_id"])


async def _act(request: Request, do: Any) -> Response:
    link, platform = request.path_params["link"], platform_of(request)
    body, is_form = await _body(request)
    key = people.key_of(request)
    turn: Turn | None = None
    if key is not None:
        async with platform.database.write() as connection:
            sitting = await Sitting.open(connection, platform, people.id_of(key), link)
            turn = None if sitting is None else await do(sitting, body)
    if is_form:
        return _back(link, after=_text(body, "task") if turn and turn.feedback else None)
    if turn is None:
        raise ProblemError(401, "Open the link and begin first.")
    return JSONResponse(_told(link, turn), headers={"Cache-Control": "no-store"})


def _told(link: str, turn: Turn) -> dict[str, Any]:
    """A turn for the page's script: tasks and messages are markup that the server has rendered."""
    return {
        "state": turn.state,
        "tasks": [
            {"id": before.id, "html": part("label/task.html", link=link, before=before)} for before in turn.before
        ],
        "message": "" if turn.before else part("label/message.html", turn=turn),
        "feedback": part("label/feedback.html", turn=turn) if turn.feedback else "",
        "right": turn.feedback.right if turn.feedback else None,
        "admitted": turn.feedback is not None and turn.state not in ("qualifying", "dropped"),
        "answered": turn.answered,
        "percent": int(100 * turn.share),
        "undoable": turn.undoable,
    }


async def _body(request: Request) -> tuple[dict[str, Any], bool]:
    """A JSON object or a form, and whether it was a form. Raises ProblemError: 400 or 413 on anything else."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise ProblemError(413, f"An answer is at most {MAX_BODY} bytes.")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        fields = parse_qs(body.decode(errors="replace"), keep_blank_values=True, max_num_fields=100)
        return {
            "task": fields.get("task", [""])[0],
            "reason": fields.get("reason", [""])[0],
            "answer": _answer(fields),
        }, True
    try:
        given = json.loads(body) if kind == "application/json" else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise ProblemError(400, "The request is neither a JSON object nor a form.")
    return given, False


def _answer(fields: dict[str, list[str]]) -> dict[str, Any]:
    """The answer in a form, as the script would post it."""
    given: dict[str, Any] = {}
    if fields.get("choice", [""])[0].isdecimal():
        given["choice"] = int(fields["choice"][0][:9])
    if "text" in fields:
        given["text"] = fields["text"][0]
    if "words" in fields:
        given["words"] = [int(word[:9]) for word in fields["words"] if word.isdecimal()]
    return given


def _text(body: dict[str, Any], member: str) -> str:
    value = body.get(member)
    return value if isinstance(value, str) else ""


def _back(link: str, after: str | None = None) -> Response:
    told = f"?after={quote(after, safe='')}" if after else ""
    return RedirectResponse(f"/label/{quote(link, safe='')}{told}", 303)


ROUTES = [
    Route("/label/{link}", show),
    Route("/label/{link}/start", start, methods=["POST"]),
    Route("/label/{link}/next", go_on, methods=["POST"]),
    Route("/label/{link}/answer", answer, methods=["POST"]),
    Route("/label/{link}/undo", undo, methods=["POST"]),
    Route("/label/{link}/skip", skip, methods=["POST"]),
    Route("/label/{link}/report", report, methods=["POST"]),
    Route("/label/{link}/job/{job_id}", of_audience),
]
