"""Files on the embedded platform: what is taken, and what can be seen again."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2 as httpx
import pytest

from rapidata_mcp.database import open_database
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.app import open_local
from rapidata_mcp.local.routes import files
from rapidata_mcp.settings import Settings
from tests.assistant import MovingClock


@pytest.fixture
async def client(settings: Settings, clock: MovingClock) -> AsyncIterator[httpx.AsyncClient]:
    async with open_database(settings.database) as database:
        app = await open_local(settings, database, clock, Scenario())
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1") as one:
            yield one


async def upload(client: httpx.AsyncClient, name: str, content: bytes, media_type: str | None) -> httpx.Response:
    return await client.post("/asset/file", files={"file": (name, content, media_type)})


async def use(client: httpx.AsyncClient, *names: str) -> str:
    """A data set with a datapoint that shows these files; its id."""
    dataset: str = (await client.post("/dataset", json={"name": "d"})).json()["datasetId"]
    shown = [{"_t": "ExistingAssetInput", "name": name} for name in names]
    flat = {"asset": {"_t": "MultiAssetInput", "assets": shown}}
    assert (await client.post(f"/dataset/{dataset}/datapoint", json=flat)).status_code == 200
    return dataset


@pytest.mark.parametrize(
    ("name", "problem", "kept"),
    [
        ("a.png", "image/png", "image/png"),
        ("a.mp4", "video/mp4", "video/mp4"),
        ("a.mp3", "audio/mpeg", "audio/mpeg"),
        ("a.WEBP", "application/octet-stream", "image/webp"),
        ("../../etc/a.jpg", "image/jpeg", "image/jpeg"),
    ],
)
async def test_media_are_stored_and_served_as_what_they_are(
    client: httpx.AsyncClient, settings: Settings, name: str, problem: str, kept: str
) -> None:
    """Under a name of the platform's own, in its own directory, and as nothing that a browser would run."""
    answer = await upload(client, name, b"content", problem)
    assert answer.json()["warnings"] == []
    file_name = answer.json()["fileName"]
    assert [path.name for path in (settings.data_dir / "assets").iterdir()] == [file_name]
    await use(client, file_name)
    served = await client.get(f"/assets/{file_name}")
    assert (served.content, served.headers["content-type"]) == (b"content", kept)
    assert served.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in served.headers["content-security-policy"]


async def test_a_file_is_served_once_it_is_a_datapoint(client: httpx.AsyncClient) -> None:
    """What was only uploaded is nobody's to see."""
    file_name = (await upload(client, "a.png", b"content", "image/png")).json()["fileName"]
    assert (await client.get(f"/assets/{file_name}")).status_code == 404
    await use(client, file_name)
    assert (await client.get(f"/assets/{file_name}")).status_code == 200


async def test_a_preview_shows_stored_files_and_the_media_beside_them(client: httpx.AsyncClient) -> None:
    """From where they are served; a URL stays where it is."""
    names = [(await upload(client, f"{n}.png", b"content", "image/png")).json()["fileName"] for n in range(2)]
    extra = (await client.post("/asset/url?url=https%3A//a.test/ref.jpg")).json()["fileName"]
    first, second, context = ({"_t": "ExistingAssetInput", "name": name} for name in (*names, extra))
    dataset = (await client.post("/dataset", json={"name": "d"})).json()["datasetId"]
    flat = {"asset": {"_t": "MultiAssetInput", "assets": [first, second]}, "contextAsset": context}
    assert (await client.post(f"/dataset/{dataset}/datapoint", json=flat)).status_code == 200
    rapid = {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which?"}}
    draft = {
        "definitionName": "Files",
        "workflow": {"_t": "SimpleWorkflow", "rapid": rapid},
        "referee": {"_t": "NaiveReferee", "totalVotes": 5},
        "datasetId": dataset,
    }
    definition = (await client.post("/job/definition", json=draft)).json()["definitionId"]
    page = (await client.get(f"/definitions/{definition}")).text
    for source in (f"/assets/{names[0]}", f"/assets/{names[1]}", "https://a.test/ref.jpg"):
        assert f'<img src="{source}"' in page


@pytest.mark.parametrize(
    ("name", "problem"),
    [("a.svg", "image/svg+xml"), ("a.html", "text/html"), ("a.html", "application/octet-stream"), ("a.pdf", None)],
)
async def test_what_could_run_is_refused(
    client: httpx.AsyncClient, settings: Settings, name: str, problem: str
) -> None:
    """Pages, drawings with scripts, and unknown content."""
    answer = await upload(client, name, b"<script>", problem)
    assert answer.status_code == 400
    assert "are not taken" in answer.json()["title"]
    assert not (settings.data_dir / "assets").exists()


async def test_a_file_that_is_too_large_is_not_read_to_its_end(client: httpx.AsyncClient, settings: Settings) -> None:
    """413, with the limit, and nothing is kept."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
        for _ in range(1000):
            sent += 1
            yield bytes(1024 * 1024)

    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = await client.post("/asset/file", content=endless(), headers=kind)
    assert answer.status_code == 413
    assert f"{files.MAX_FILE} bytes" in answer.json()["title"]
    assert sent == files.MAX_FILE // (1024 * 1024) + 1
    assert not (settings.data_dir / "assets").exists()


async def test_a_request_without_a_file_is_refused(client: httpx.AsyncClient) -> None:
    """Neither JSON nor an empty form nor an empty file is one."""
    for answer in (
        await client.post("/asset/file", json={}),
        await client.post("/asset/file", data={"file": "text"}),
        await client.post("/asset/file", content=b"--x", headers={"Content-Type": "multipart/form-data"}),
        await upload(client, "a.png", b"", "image/png"),
    ):
        assert answer.status_code == 400


async def test_only_what_was_stored_is_served(client: httpx.AsyncClient, settings: Settings) -> None:
    """No other file of the computer, and no URL is ever fetched on somebody's behalf."""
    kept_as_url = (await client.post("/asset/url?url=http%3A//127.0.0.1/secret.png")).json()["fileName"]
    (settings.data_dir / "assets").mkdir(parents=True)
    (settings.data_dir / "assets" / "stray.png").write_bytes(b"x")
    for name in (kept_as_url, "stray.png", "..%2Frapidata.db", "%2e%2e/rapidata.db", "nothing.png"):
        assert (await client.get(f"/assets/{name}")).status_code == 404
