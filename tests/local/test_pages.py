"""The embedded platform over a socket: the preview page, and who may talk to it."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import anyio
import httpx2 as httpx
import pytest
from anyio.abc import TaskStatus

from rapidata_mcp.connect import PlatformConnection, connect
from rapidata_mcp.settings import Settings
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.compare import CompareTask
from rapidata_mcp.tasks.drafts import JobOptions
from tests.assistant import MovingClock


@pytest.fixture
async def connection(settings: Settings, clock: MovingClock) -> AsyncIterator[PlatformConnection]:
    with anyio.fail_after(30):
        async with connect(settings, clock) as one:
            yield one


async def preview(connection: PlatformConnection, pairs: list[list[str]], data_type: str = "text") -> httpx.Response:
    task = CompareTask.from_arguments(
        "Which <b>one</b>?", pairs, JobOptions(contexts=["<script>alert(1)</script>"], data_type=data_type)
    )  # type: ignore[arg-type]
    definition_id = await connection.platform.definitions.create("Draft <i>", task, Stopping())
    url = connection.platform.links.preview(definition_id)
    assert url is not None
    async with httpx.AsyncClient(trust_env=False) as browser:
        return await browser.get(url)


async def test_the_preview_shows_the_pairs_of_a_draft(connection: PlatformConnection) -> None:
    """Texts and pictures, the question, and that nobody has been asked."""
    page = await preview(connection, [["https://a.test/1.jpg", "https://a.test/2.mp4"]], "media")
    assert page.status_code == 200
    assert '<img src="https://a.test/1.jpg"' in page.text
    assert '<video src="https://a.test/2.mp4"' in page.text
    assert "nobody has been asked yet" in page.text


async def test_the_preview_of_a_started_draft_leads_to_its_job(connection: PlatformConnection) -> None:
    """It does not go on saying that nobody has been asked."""
    platform = connection.platform
    definition_id = await platform.definitions.create(
        "Draft", CompareTask.from_arguments("Which?", [["x", "y"]], JobOptions(data_type="text")), Stopping()
    )
    job_id = await platform.jobs.start(definition_id, 1, "global")
    async with httpx.AsyncClient(trust_env=False) as browser:
        page = await browser.get(str(platform.links.preview(definition_id)))
    assert f'<a href="/jobs/{job_id}">' in page.text
    assert "nobody has been asked" not in page.text


async def test_text_from_outside_is_text(connection: PlatformConnection) -> None:
    """No markup of a name, question, context or item becomes the page's, and scripts could not run if it did."""
    page = await preview(connection, [["<img src=x onerror=alert(2)>", '"><script>alert(3)</script>']])
    for hostile in ("<script>", "<img src=x", "<b>one", "Draft <i>"):
        assert hostile not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "evil.test"}, 400),
        ({"Origin": "https://evil.test"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 200),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
    ],
)
async def test_pages_of_other_sites_cannot_call_the_api(
    connection: PlatformConnection, headers: dict[str, str], status: int
) -> None:
    """Neither by a name of their own for this computer, nor from a visitor's browser."""
    async with httpx.AsyncClient(base_url=connection.platform.links.app_url or "", trust_env=False) as browser:
        answer = await browser.get("/audiences", headers=headers)
    assert answer.status_code == status


async def test_pages_are_served_on_loopback_only(connection: PlatformConnection) -> None:
    """No port beyond this computer."""
    assert (connection.platform.links.app_url or "").startswith("http://127.0.0.1:")


async def test_unknown_things_are_problems_in_the_contracts_words(connection: PlatformConnection) -> None:
    """problem+json with a title and a trace id (contract A.9)."""
    async with httpx.AsyncClient(base_url=connection.platform.links.app_url or "", trust_env=False) as client:
        for path, status in [("/audience/nope", 404), ("/nowhere", 404), ("/audiences?page=0", 400), ("/job", 405)]:
            answer = await client.get(path)
            assert answer.status_code == status
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["title"]
            assert answer.json()["traceId"]


async def test_two_servers_on_one_data_directory_share_an_address(settings: Settings, clock: MovingClock) -> None:
    """The second one's links lead to the first, which serves the same data."""
    with anyio.fail_after(30):
        async with (
            connect(settings, clock) as first,
            connect(settings, clock) as second,
            httpx.AsyncClient(trust_env=False) as browser,
        ):
            health = [await browser.get(f"{one.platform.links.app_url}/healthz") for one in (first, second)]
    assert health[0].json() == health[1].json()


async def test_the_address_is_taken_over_when_its_process_ends(
    settings: Settings, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link that was given out before leads to the same data after."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        monkeypatch.setattr("rapidata_mcp.connect.PLATFORM_PORT", free.getsockname()[1])
    monkeypatch.setattr("rapidata_mcp.local.listener.TAKEOVER_S", 0.05)
    ending = anyio.Event()

    async def serve_first(*, task_status: TaskStatus[str]) -> None:
        async with connect(settings, clock) as first:
            task_status.started(first.platform.links.app_url or "")
            await ending.wait()

    with anyio.fail_after(30):
        async with anyio.create_task_group() as group, httpx.AsyncClient(trust_env=False) as browser:
            url = await group.start(serve_first)
            async with connect(settings, clock) as second:
                assert second.platform.links.app_url == url
                ending.set()
                answer = None
                while answer is None:
                    with suppress(httpx.TransportError):
                        answer = await browser.get(f"{url}/label/global")
                    await anyio.sleep(0.05)
    assert answer.status_code == 200


async def test_another_address_is_taken_where_a_stranger_has_ours(
    settings: Settings, clock: MovingClock, tmp_path: Path
) -> None:
    """Two data directories: each server shows its own data, each at its own address."""
    other = Settings(**settings.model_dump() | {"data_dir": tmp_path / "other"})
    with anyio.fail_after(30):
        async with connect(settings, clock) as one, connect(other, clock) as two, httpx.AsyncClient() as browser:
            urls = [connection.platform.links.app_url for connection in (one, two)]
            health = [(await browser.get(f"{url}/healthz")).json()["data"] for url in urls]
    assert urls[0] != urls[1]
    assert health[0] != health[1]


@pytest.mark.parametrize(
    "name", ["../base.html", "..%2fbase.html", "%2e%2e/page.py", "style.css/", "base.html", "a.js"]
)
async def test_nothing_else_is_static(connection: PlatformConnection, name: str) -> None:
    """The style sheet has its content type; its neighbors are not served."""
    async with httpx.AsyncClient(base_url=connection.platform.links.app_url or "", trust_env=False) as browser:
        style = await browser.get("/static/style.css")
        assert (style.status_code, style.headers["content-type"]) == (200, "text/css; charset=utf-8")
        assert style.headers["x-content-type-options"] == "nosniff"
        assert (await browser.get(f"/static/{name}")).status_code in (307, 404)


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2frapidata.db",
        "%2e%2e/%2e%2e/rapidata.db",
        "....//rapidata.db",
        "%00.png",
        "/etc/passwd",
        "C:%5cWindows%5cwin.ini",
        "0" * 4000,
        "00000000-0000-0000-0000-000000000000.png%0d%0aX-Bad:1",
    ],
)
async def test_no_path_leads_out_of_the_stored_files(
    connection: PlatformConnection, settings: Settings, name: str
) -> None:
    """Whatever is asked for: 404 or 400, and no word of where files are."""
    async with httpx.AsyncClient(base_url=connection.platform.links.app_url or "", trust_env=False) as client:
        answer = await client.get(f"/assets/{name}")
    assert answer.status_code in (400, 404)
    assert str(settings.data_dir) not in answer.text
