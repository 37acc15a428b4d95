"""A hostile visitor of a label link gets nowhere."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import text

from rapidata_mcp.database import open_database
from rapidata_mcp.settings import Settings
from tests.assistant import Assistant
from tests.local.conftest import Come

SCRIPT = "<script>alert(1)</script>"


async def counted(settings: Settings) -> int:
    """The answers that the platform has."""
    async with open_database(settings.database) as database, database.read() as connection:
        return int((await connection.execute(text("SELECT COUNT(*) FROM responses"))).scalar_one())


async def test_nobody_answers_what_was_not_given_to_them(
    people_only: Assistant, come: Come, settings: Settings
) -> None:
    """Others' tasks, tasks of nobody, of other jobs, out of range, and what is no task at all: 404, and not counted."""
    job_id, other_id = await people_only.job(pairs=9), await people_only.job(pairs=9, name="other")
    one, other = come(job_id), come(job_id)
    await one.begin()
    theirs = (await other.begin())["tasks"][0]["id"]
    made_up = [f"{job_id}.8", f"{job_id}.9", f"{job_id}.-1", f"{job_id}.1e1", f"{job_id}.99999999999", f"{other_id}.0"]
    for task in (theirs, *made_up, "exm_123456", "", ".", "../../etc", SCRIPT, f"{job_id}.٣"):
        assert await one.refused("answer", task=task, answer={"choice": 0}) == 404
        assert await one.refused("skip", task=task) == 404
        assert await one.refused("report", task=task, reason="media") == 404
    assert await counted(settings) == 0


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        [],
        "0",
        {"choice": None},
        {"choice": "0"},
        {"choice": True},
        {"choice": 2},
        {"choice": -1},
        {"choice": 1e9},
    ],
)
async def test_an_impossible_answer_is_refused(
    people_only: Assistant, come: Come, settings: Settings, answer: Any
) -> None:
    """With what an answer is, and the task stays in hand."""
    job_id = await people_only.job(pairs=1)
    one = come(job_id)
    turn = await one.begin()
    assert await one.refused("answer", task=turn["tasks"][0]["id"], answer=answer) == 400
    assert (await one.act("next"))["tasks"] == turn["tasks"]
    assert await counted(settings) == 0


@pytest.mark.parametrize("key", ["", "x", "A" * 43, "A" * 9000, "lab_1"])
async def test_a_forged_cookie_is_nobody(people_only: Assistant, come: Come, key: str) -> None:
    """The page welcomes them like everyone, and nothing is given or taken until they begin."""
    job_id = await people_only.job(pairs=1)
    stranger = come(job_id)
    stranger.browser.headers["Cookie"] = f"labeler={key}"
    for action in ("next", "answer", "undo", "skip", "report"):
        assert await stranger.refused(action, task=f"{job_id}.0", answer={"choice": 0}) == 401
    assert "Begin" in (await stranger.browser.get(f"/label/{job_id}")).text


async def test_the_id_in_results_does_not_let_anybody_in(
    people_only: Assistant, come: Come, settings: Settings
) -> None:
    """What a database or a response shows of a labeler is not the key that their browser has."""
    job_id = await people_only.job(pairs=1)
    one = come(job_id)
    await one.begin()
    async with open_database(settings.database) as database, database.read() as connection:
        known = (await connection.execute(text("SELECT id FROM labelers"))).scalars().all()
    assert all(one.browser.cookies["labeler"] not in labeler_id for labeler_id in known)
    stranger = come(job_id)
    for labeler_id in known:
        stranger.browser.headers["Cookie"] = f"labeler={labeler_id}"
        assert await stranger.refused("next") == 401


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"x" * 270_000, "application/json", 413),
        (b"task=" + b"x" * 270_000, "application/x-www-form-urlencoded", 413),
        (b"[" * 260_000, "application/json", 400),
        (b"{}", "text/plain", 400),
        (b"[]", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"&".join([b"words=1"] * 5_000), "application/x-www-form-urlencoded", 404),
        (b'{"task": {"a": 1}, "answer": {"choice": 0}}', "application/json", 404),
        (b'{"task": "exm_\\ud800", "answer": {"choice": 0}}', "application/json", 404),
    ],
)
async def test_odd_bodies_are_refused(people_only: Assistant, come: Come, body: bytes, kind: str, status: int) -> None:
    """Too large, too deep, of another type, or not what was asked for; never an error of ours."""
    job_id = await people_only.job(pairs=1)
    one = come(job_id)
    await one.begin()
    answer = await one.browser.post(f"/label/{job_id}/answer", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert (await one.act("next"))["tasks"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": "evil.test"},
    ],
)
async def test_other_sites_cannot_answer_for_a_person(
    people_only: Assistant, come: Come, settings: Settings, headers: dict[str, str]
) -> None:
    """A form or a script elsewhere, with the person's cookie: refused, and not counted."""
    job_id = await people_only.job(pairs=1)
    one = come(job_id)
    task = (await one.begin())["tasks"][0]["id"]
    answer = await one.browser.post(f"/label/{job_id}/answer", data={"task": task, "choice": "0"}, headers=headers)
    assert answer.status_code in (400, 403)
    assert await counted(settings) == 0


async def test_what_labelers_write_stays_text(people_only: Assistant, come: Come) -> None:
    """In the language that a browser asks for, in a link, in a task and in a free text: nothing becomes markup."""
    drafted = await people_only.call(
        "create_free_text_job", name="Texts", instruction="Describe it", datapoints=["one"], data_type="text"
    )
    order = {"job_definition_id": drafted["job_definition_id"], "audience_id": "global"}
    job_id = (await people_only.call("assign_job", **order))["job_id"]
    one = come(job_id)
    turn = await one.begin(**{"Accept-Language": SCRIPT})
    await one.act("answer", task=turn["tasks"][0]["id"], answer={"text": f"{SCRIPT} Fine."})
    resource = await people_only.client.read_resource(f"rapidata://jobs/{job_id}/results")
    problem = json.loads(resource.contents[0].text)
    assert SCRIPT not in json.dumps([entry["detailedResults"][0]["userDetails"] for entry in problem["results"]])
    for path in (
        f"/label/{SCRIPT}",
        f"/label/{job_id}?after={SCRIPT}",
        f"/label/{job_id}?after=exm_{SCRIPT}",
        f"/jobs/{job_id}",
    ):
        page = await one.browser.get(path, headers={"Accept": "text/html"})
        assert SCRIPT not in page.text
        assert "script-src 'self'" in page.headers["content-security-policy"]
