"""`/label/{audience or job}`: where people qualify and answer. One page with scripts, plain forms without."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs, quote

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from rapidata_mcp.local.access import people
from rapidata_mcp.local.api.platform import platform_of
from rapidata_mcp.local.pages.page import page, part
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.local.sessions.links import LabelLink, find_link
from rapidata_mcp.local.sessions.session import LabelingSession, PageState

MAX_BODY = 256 * 1024
"""Bytes of an answer: twice what the page sends for the largest drawing that is taken."""


async def show(request: Request) -> Response:
    """`GET /label/{link}`: a welcome to those who have not begun, to others what there is to do"""
    identifier = request.path_params["link"]
    try:
        if "key" in request.query_params:
            return await _keep_key(request)
        turn = await _at(request, lambda session: session.turn(after=request.query_params.get("after")))
    except ProblemError as problem:
        if problem.status not in (403, 404):
            raise
        return page("label.html", link=identifier, turn=PageState("closed"), status=problem.status)
    return page("label.html", link=identifier, turn=turn)


async def _keep_key(request: Request) -> Response:
    """Let the browser keep the key of a shared link, so that it stands neither in the address nor in the history."""
    identifier, platform = request.path_params["link"], platform_of(request)
    async with platform.database.read() as connection:
        link = await _link(request, connection)
    answer = _back(identifier)
    if platform.sharing is not None:
        platform.sharing.keep_key(answer, request, link.audience_id)
    return answer


async def start(request: Request) -> Response:
    """`POST /label/{link}/start`: from here on somebody has a name, which is a random key in a cookie"""
    identifier, platform = request.path_params["link"], platform_of(request)
    key = people.key_of(request) or people.new_key()
    async with platform.database.write() as connection:
        await _link(request, connection)
        await people.register(connection, people.id_of(key), people.language_of(request))
    answer = _back(identifier)
    secure = platform.sharing.is_secure(request) if platform.sharing else request.url.scheme == "https"
    people.give_key(answer, key, secure=secure)
    return answer


async def go_on(request: Request) -> Response:
    """`POST /label/{link}/next`: what there is to do"""
    return await _act(request, lambda session, body: session.turn())


async def answer(request: Request) -> Response:
    """`POST /label/{link}/answer`: an answer to the example or the task in hand; again is harmless"""
    return await _act(request, lambda session, body: session.answer(_text(body, "task"), body.get("answer")))


async def undo(request: Request) -> Response:
    """`POST /label/{link}/undo`: the last answer is taken back"""
    return await _act(request, lambda session, body: session.undo())


async def skip(request: Request) -> Response:
    """`POST /label/{link}/skip`: somebody else may answer it"""
    return await _act(request, lambda session, body: session.dismiss(_text(body, "task")))


async def report(request: Request) -> Response:
    """`POST /label/{link}/report`: something about the task is broken"""
    return await _act(request, lambda session, body: session.dismiss(_text(body, "task"), _text(body, "reason")))


async def of_audience(request: Request) -> Response:
    """`GET /label/{link}/job/{job_id}`: a job's link in the form that the cloud has (contract B.9)"""
    return _back(request.path_params["job_id"])


async def _act(request: Request, do: Callable[[LabelingSession, dict[str, Any]], Awaitable[PageState]]) -> Response:
    identifier = request.path_params["link"]
    body, is_form = await _body(request)
    turn = await _at(request, lambda session: do(session, body))
    if is_form:
        return _back(identifier, after=_text(body, "task") if turn and turn.feedback else None)
    if turn is None:
        raise ProblemError(401, "Open the link and begin first.")
    return JSONResponse(_told(identifier, turn), headers={"Cache-Control": "no-store"})


async def _at(request: Request, do: Callable[[LabelingSession], Awaitable[PageState]]) -> PageState | None:
    """Do something at a link, in one transaction. None for somebody who has not begun.

    Who asks for a page is looked up first, so that nobody who is unknown keeps those waiting who write.

    Raises:
        ProblemError: 404 where there is nothing behind the link, 403 where its key is missing, and what `do` raises.
    """
    platform, key = platform_of(request), people.key_of(request)
    labeler_id = "" if key is None else people.id_of(key)
    if key is None or request.method != "POST":
        async with platform.database.read() as connection:
            if not (await _link(request, connection, labeler_id)).known:
                return None
    async with platform.database.write() as connection:
        link = await _link(request, connection, labeler_id)
        return await do(LabelingSession(connection, platform, labeler_id, link)) if link.known else None


async def _link(request: Request, connection: AsyncConnection, labeler_id: str = "") -> LabelLink:
    """The link of the path, to which the request has the key."""
    link = await find_link(connection, request.path_params["link"], labeler_id)
    _require_key(request, link)
    return link


def _require_key(request: Request, link: LabelLink) -> None:
    sharing = platform_of(request).sharing
    if sharing is not None and not sharing.may_label(request, link.audience_id):
        raise ProblemError(403, "This link is not complete: ask for the whole one.")


def _told(link: str, turn: PageState) -> dict[str, Any]:
    """A turn for the page's script: tasks and messages are markup that the server has rendered."""
    return {
        "state": turn.state,
        "tasks": [
            {"id": before.id, "html": part("label/task.html", link=link, before=before)} for before in turn.before
        ],
        "message": "" if turn.before else part("label/message.html", turn=turn),
        "feedback": part("label/feedback.html", turn=turn) if turn.feedback else "",
        "right": turn.feedback.right if turn.feedback else None,
        "admitted": turn.feedback is not None and turn.admitted,
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
        fields = parse_qs(body.decode(errors="replace"), keep_blank_values=True)
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
    return value.encode(errors="replace").decode() if isinstance(value, str) else ""  # JSON may hold half a character


def _back(link: str, after: str | None = None) -> Response:
    query = f"?after={quote(after, safe='')}" if after else ""
    return RedirectResponse(f"/label/{quote(link, safe='')}{query}", 303)


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
