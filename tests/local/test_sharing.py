"""A shared platform: labeling for anyone who has a link, everything else for the owner, and neither in a hurry."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import anyio
import httpx2 as httpx
import pytest
from mcp import Client
from starlette.types import ASGIApp

from rapidata_mcp.database import open_database
from rapidata_mcp.local.access_control import with_access_control
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.app import open_local
from rapidata_mcp.server.app import build_server
from rapidata_mcp.settings import Settings
from rapidata_mcp.sharing import Sharing
from tests.assistant import Assistant, MovingClock
from tests.conftest import OpenAssistant
from tests.human_labeler import Person

PUBLIC = "https://label.team.test"


@pytest.fixture
def shared(settings: Settings) -> Settings:
    return Settings(**settings.model_dump() | {"public_url": PUBLIC, "crowd": 0})


@pytest.fixture
async def assistant(open_assistant: OpenAssistant) -> AsyncIterator[Assistant]:
    async with open_assistant(public_url=PUBLIC, crowd=0) as one:
        yield one


@pytest.fixture
async def door(shared: Settings, clock: MovingClock) -> AsyncIterator[tuple[ASGIApp, Sharing]]:
    """What others reach over the network, and the tokens."""
    async with open_database(shared.database) as database:
        app = await open_local(shared, database, clock, Scenario())
        sharing = app.state.platform.sharing
        with anyio.fail_after(60):
            yield with_access_control(app, app.state.platform), sharing


def visitor(app: ASGIApp, address: str = "10.0.0.1", base: str = PUBLIC, **options: Any) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app, client=(address, 1))
    return httpx.AsyncClient(transport=transport, base_url=base, **options)


OWNERS = [
    "/",
    "/audiences",
    "/jobs",
    "/job/x",
    "/definitions/x",
    "/asset/file",
    "/audience/global",
    "/label",
    "//label/x",
]


@pytest.mark.parametrize("path", OWNERS)
async def test_everything_but_labeling_needs_the_owners_token(door: tuple[ASGIApp, Sharing], path: str) -> None:
    """From the network and from this computer alike; a forged token or cookie is none."""
    app, sharing = door
    forged = {"Authorization": f"Bearer {sharing.owner_token[:-1]}x", "Cookie": "owner=; owner=guess"}
    for base in (PUBLIC, "http://127.0.0.1:8808"):
        async with visitor(app, base=base) as stranger:
            answers = [await stranger.get(path), await stranger.get(path, headers=forged), await stranger.post(path)]
        assert {answer.status_code for answer in answers} == {401}


async def test_the_owner_comes_in_by_bearer_token_by_link_and_by_login(door: tuple[ASGIApp, Sharing]) -> None:
    """The link leaves the token in a cookie that scripts cannot read, and not in the address."""
    app, sharing = door
    async with visitor(app) as program, visitor(app) as browser, visitor(app) as sdk:
        answer = await program.get("/audiences", headers={"Authorization": f"Bearer {sharing.owner_token}"})
        assert answer.status_code == 200
        opened = await browser.get(sharing.owner_link)
        assert (opened.status_code, opened.headers["location"]) == (303, "/")
        assert {"HttpOnly", "Secure", "SameSite=lax"} <= set(opened.headers["set-cookie"].split("; "))
        assert (await browser.get("/audiences")).status_code == 200
        grant = {"grant_type": "client_credentials", "client_id": "me"}
        assert (await sdk.post("/connect/token", data=grant | {"client_secret": "guess"})).status_code == 401
        granted = await sdk.post("/connect/token", data=grant | {"client_secret": sharing.owner_token})
        token = granted.json()["access_token"]
        assert (await sdk.get("/audiences", headers={"Authorization": f"Bearer {token}"})).status_code == 200


async def test_a_link_with_its_key_is_enough_to_label(door: tuple[ASGIApp, Sharing], assistant: Assistant) -> None:
    """For that audience and its jobs; the key stays in a cookie, and no other one opens it."""
    app, sharing = door
    job_id, audience_id = await assistant.job(pairs=2, responses_per_datapoint=1), await assistant.audience()
    one = Person(app, job_id)
    one.browser = visitor(app)
    for key in ("", sharing.key(audience_id), sharing.key("global")[:-1], sharing.owner_token):
        assert (await one.browser.get(f"/label/{job_id}", params={"key": key})).status_code == 403
        assert (await one.browser.post(f"/label/{job_id}/start")).status_code == 403
    opened = await one.browser.get(sharing.label_link(job_id, "global"))
    assert (opened.status_code, opened.headers["location"]) == (303, f"/label/{job_id}")
    assert "key_global" in one.browser.cookies
    await one.begin()
    assert len(await one.label()) == 2
    assert (await one.browser.get(f"/label/{audience_id}")).status_code == 403
    assert (await one.browser.get("/jobs")).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "label.team.test"}, 200),
        ({"Host": "label.team.test:443"}, 200),
        ({"Host": "evil.test"}, 400),
        ({"Host": "label.team.test.evil.test"}, 400),
        ({"Host": "127.0.0.1/label/x?"}, 400),
        ({"Origin": "https://label.team.test"}, 200),
        ({"Origin": "https://evil.test"}, 403),
        ({"Origin": "http://label.team.test.evil.test"}, 403),
    ],
)
async def test_host_and_origin_are_ours(door: tuple[ASGIApp, Sharing], headers: dict[str, str], status: int) -> None:
    """The public name or loopback; also behind a proxy that ends TLS and forwards plain http."""
    app, sharing = door
    async with visitor(app, base="http://label.team.test") as owner:
        problem = headers | {"Authorization": f"Bearer {sharing.owner_token}"}
        assert (await owner.get("/audiences", headers=problem)).status_code == status


async def test_a_thousand_answers_a_second_are_refused(
    door: tuple[ASGIApp, Sharing], assistant: Assistant, clock: MovingClock
) -> None:
    """One person gets as far as a person can; who comes from elsewhere does not notice; a minute later it goes on."""
    app, sharing = door
    job_id = await assistant.job(pairs=3, responses_per_datapoint=1)
    rusher, other = Person(app, job_id), Person(app, job_id)
    rusher.browser, other.browser = visitor(app), visitor(app, "10.0.0.2")
    for one in (rusher, other):
        await one.browser.get(sharing.label_link(job_id, "global"))
        await one.begin()
    statuses = [(await rusher.browser.post(f"/label/{job_id}/next", json={})) for _ in range(300)]
    refused = [answer for answer in statuses if answer.status_code == 429]
    assert len(refused) >= 270
    assert int(refused[0].headers["retry-after"]) >= 1
    assert (await other.act("next"))["tasks"]
    clock.time += 60
    assert (await rusher.act("next"))["tasks"]


async def test_new_names_do_not_get_around_the_rate(door: tuple[ASGIApp, Sharing], assistant: Assistant) -> None:
    """A hundred beginnings from one address: most are refused, and so is a flood of made-up cookies."""
    app, sharing = door
    job_id = await assistant.job(pairs=3, responses_per_datapoint=1)
    async with visitor(app) as browser:
        await browser.get(sharing.label_link(job_id, "global"))
        begun = [(await browser.post(f"/label/{job_id}/start")).status_code for _ in range(100)]
        assert begun.count(303) <= 60
        made_up = set()
        for number in range(400):
            cookie = {"Cookie": f"labeler={number:043d}"}
            made_up.add((await browser.post(f"/label/{job_id}/next", json={}, headers=cookie)).status_code)
    assert 429 in made_up


async def test_looking_is_rated_too(door: tuple[ASGIApp, Sharing], assistant: Assistant) -> None:
    """Pages that are asked for with made-up cookies, whatever the method."""
    app, _ = door
    job_id = await assistant.job()
    for method, address in (("GET", "10.0.0.3"), ("HEAD", "10.0.0.4")):
        async with visitor(app, address) as browser:
            statuses = [(await browser.request(method, f"/label/{job_id}")).status_code for _ in range(450)]
        assert (statuses[0], statuses[-1]) == (403, 429)


async def test_a_clock_that_is_set_back_locks_nobody_out(
    door: tuple[ASGIApp, Sharing], assistant: Assistant, clock: MovingClock
) -> None:
    """The next second counts as one."""
    app, sharing = door
    job_id = await assistant.job()
    async with visitor(app) as browser:
        await browser.get(sharing.label_link(job_id, "global"))
        clock.time -= 3600
        assert (await browser.get(f"/label/{job_id}")).status_code == 200
        statuses = [(await browser.get(f"/label/{job_id}")).status_code for _ in range(450)]
        assert statuses[-1] == 429
        clock.time += 2
        assert (await browser.get(f"/label/{job_id}")).status_code == 200


async def test_who_is_unknown_keeps_no_writer_waiting(
    door: tuple[ASGIApp, Sharing], assistant: Assistant, shared: Settings
) -> None:
    """While the database is written, pages are shown to anyone who has not begun, also with a made-up cookie."""
    app, sharing = door
    job_id = await assistant.job()
    async with (
        visitor(app, headers={"Cookie": f"labeler={'x' * 43}"}) as browser,
        open_database(shared.database) as one,
        one.write(),
    ):
        with anyio.fail_after(60):
            shown = await browser.get(f"/label/{job_id}", headers={"Authorization": f"Bearer {sharing.owner_token}"})
            unknown = await browser.get("/label/job_x")
    assert (shown.status_code, unknown.status_code) == (200, 404)


async def test_links_in_answers_carry_the_key_and_say_how_long_they_live(shared: Settings, clock: MovingClock) -> None:
    """create_audience, assign_job and get_job; without sharing they lead to this computer."""
    for settings, begins in (
        (shared, f"{PUBLIC}/label/"),
        (Settings(**shared.model_dump() | {"public_url": None}), "http://127.0.0.1:"),
    ):
        with anyio.fail_after(60):
            async with Client(build_server(settings, clock)) as client:
                assistant = Assistant(client, clock)
                name = f"Readers at {begins}"
                created = await assistant.call("create_audience", name=name)
                job_id = await assistant.job(name=name)
                status = await assistant.call("get_job", job_id=job_id)
                for answer, link in ((created, created["audience_id"]), (status, job_id)):
                    assert answer["label_url"].startswith(begins)
                    assert f"/label/{link}" in answer["label_url"]
                    assert ("key=" in answer["label_url"]) == (settings.public_url is not None)
                    assert re.search(r"People can answer at label_url, which opens .* while", answer["summary"])
                assert "label_url" in status["next_step"]


async def test_tokens_outlive_a_restart_and_differ_between_databases(
    shared: Settings, clock: MovingClock, tmp_path: Path
) -> None:
    """They are derived from a secret in the database, which is made once."""
    found = []
    for directory in (shared.data_dir, shared.data_dir, tmp_path / "another"):
        async with open_database(Settings(**shared.model_dump() | {"data_dir": directory}).database) as database:
            app = await open_local(shared, database, clock, Scenario())
            found.append(app.state.platform.sharing.owner_token)
    assert found[0] == found[1] != found[2]
    assert len(found[0]) == 40


async def test_strangers_are_not_told_what_the_database_is_called(
    settings: Settings, clock: MovingClock, tmp_path: Path
) -> None:
    """Its URL may hold a password: what /healthz shows is made at random, once a database, whatever that is called."""
    identities = []
    for place in ("moved", "moved too"):
        for _ in range(2):
            async with open_database(settings.database) as database:
                app = await open_local(settings, database, clock, Scenario())
                async with visitor(with_access_control(app, app.state.platform), base="http://127.0.0.1") as stranger:
                    identities.append((await stranger.get("/healthz")).json()["data"])
        settings.data_dir.rename(tmp_path / place)
    assert identities[0] == identities[1] != identities[2] == identities[3]


async def test_what_a_platform_stands_on_is_logged_without_its_secret(door: tuple[ASGIApp, Sharing]) -> None:
    """Also where it is written down as a whole."""
    _, sharing = door
    assert "label.team.test" in repr(sharing)
    assert sharing.secret not in repr(sharing)


BINARY = Path(sys.executable).parent / "rapidata-mcp"


@pytest.mark.parametrize("served", ["platform", "http"])
def test_the_network_is_not_let_in_by_accident(tmp_path: Path, served: str) -> None:
    """Listening beyond loopback without an address for others ends in a sentence that says what to set."""
    command = [BINARY, served, "--host", "0.0.0.0", "--data-dir", tmp_path]  # noqa: S104 - it is refused
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "RAPIDATA_MCP_PUBLIC_URL" in done.stderr


async def test_a_shared_platform_tells_the_owners_link_at_its_start(tmp_path: Path) -> None:
    """Its own process: the link opens it, nothing else does, and `rapidata-mcp doctor` shows the same one."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    environment = os.environ | {"RAPIDATA_MCP_PUBLIC_URL": url, "RAPIDATA_MCP_DATA_DIR": str(tmp_path)}
    environment |= {"RAPIDATA_MCP_PLATFORM": "local"}
    command = [BINARY, "platform", "--port", url.rpartition(":")[2]]
    with anyio.fail_after(60):
        async with await anyio.open_process(command, env=environment, stderr=None) as process:
            assert process.stdout is not None
            problem = (await process.stdout.receive()).decode()
            async with httpx.AsyncClient(base_url=url, trust_env=False, follow_redirects=True) as browser:
                while True:
                    try:
                        assert (await browser.get("/audiences")).status_code == 401
                        break
                    except httpx.ConnectError:
                        await anyio.sleep(0.05)
                link = problem.split()[-1]
                assert (await browser.get(link)).status_code == 200
                assert (await browser.get("/audiences")).status_code == 200
            process.terminate()
        examined = await anyio.run_process([BINARY, "doctor"], env=environment, check=False)
    assert link in examined.stdout.decode()
    token = link.partition("owner=")[2]
    assert f"Authorization: Bearer {token}" in examined.stdout.decode()
