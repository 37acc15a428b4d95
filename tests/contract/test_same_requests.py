"""What our client sends is what the official SDK sends: method, path, query and body, for each operation of both."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
import pytest
from rapidata import (
    AgeFilter,
    AgeGroup,
    AllowNeitherBothSetting,
    AndFilter,
    CountryFilter,
    DeviceFilter,
    DeviceType,
    Gender,
    GenderFilter,
    MarkdownSetting,
    NotFilter,
    OrFilter,
    RapidataAudience,
    RapidataClient,
)
from rapidata.rapidata_client.job.rapidata_job import RapidataJob
from rapidata.rapidata_client.job.rapidata_job_definition import RapidataJobDefinition

from rapidata_mcp.client.platform import Platform
from rapidata_mcp.connect import connect
from rapidata_mcp.files import LocalFiles
from rapidata_mcp.server.audiences.filters import parse_filters
from rapidata_mcp.settings import Settings
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.compare import CompareExample, CompareTask
from rapidata_mcp.tasks.drafts import ExampleOptions, JobOptions
from tests.contract.conftest import PIXEL, OpenPlatform, client_for
from tests.contract.requests import comparable
from tests.contract.served import Served
from tests.contract.task_operations import TASKS
from tests.task_samples import SAMPLES, TaskSample

QUESTION = "Which is better?"
TEXTS = [["He goes.", "He go."], ["I am.", "I is."], ["ä", "ö"]]
BOTH = {"allow_neither_both": True, "markdown": True}


@dataclass
class World:
    """What the operations work on, and both clients. Each operation has media of its own, which nobody uploaded yet."""

    served: Served
    sdk: RapidataClient
    files: Path
    audience: RapidataAudience
    definition: RapidataJobDefinition
    job: RapidataJob
    other: RapidataJob
    ended: RapidataJob
    examples: list[str]
    ours: Platform = field(init=False)

    def urls(self, name: str, number: int = 2) -> list[str]:
        return [f"https://a.test/{name}/{at}%20of?x=1&y=ü.jpg" for at in range(number)]

    def local(self, name: str) -> list[str]:
        paths = [self.files / f"{name}{at}.png" for at in range(2)]
        for path in paths:
            if not path.exists():
                path.write_bytes(PIXEL + path.name.encode())
        return [str(path) for path in paths]

    def example(self, items: list[str], **given: Any) -> CompareExample:
        return CompareExample.from_arguments(
            QUESTION, items, items[1], ExampleOptions(allowed=LocalFiles((self.files,)), **given)
        )

    async def define(self, pairs: list[list[str]], stopping: Stopping | None = None, **given: Any) -> str:
        names = given.pop("a_b_names", None)
        options = JobOptions(allowed=LocalFiles((self.files,)), **given)
        task = CompareTask.from_arguments(QUESTION, pairs, options, a_b_names=names)
        return await self.ours.definitions.create("Pairs", task, stopping or Stopping())

    def sdk_define(self, pairs: list[list[str]], **given: Any) -> Any:
        return self.sdk.job.create_compare_job_definition("Pairs", QUESTION, pairs, **given)

    def sdk_example(self, items: list[str], **given: Any) -> Any:
        return self.audience.add_compare_example(QUESTION, items[1], items, **given)


FILTERS = [{"country": ["de"], "age": ["18-29", "65+"]}, {"not_gender": ["Other"], "device": ["Phone"]}]


def _sdk_filters() -> list[Any]:
    """The same as `FILTERS`."""
    german = AndFilter([CountryFilter(["de"]), AgeFilter([AgeGroup.BETWEEN_18_29, AgeGroup.OVER_65])])
    others = AndFilter([NotFilter(GenderFilter([Gender.OTHER])), DeviceFilter([DeviceType.PHONE])])
    return [OrFilter([german, others])]


Sdk = Callable[[World], Any]
Ours = Callable[[World], Awaitable[Any]]

OPERATIONS: dict[str, tuple[Sdk, Ours]] = {
    "create an audience with a rule": (
        lambda w: w.sdk.audience.create_audience("Same", target_accuracy=0.8, min_tasks=3, max_tasks=9),
        lambda w: w.ours.audiences.create("Same", 0.8, 3, 9),
    ),
    "add an example of URLs": (
        lambda w: w.sdk_example(w.urls("m2")),
        lambda w: w.ours.examples.add(w.audience.id, w.example(w.urls("m2"))),
    ),
    "add an example of texts, with everything": (
        lambda w: w.sdk_example(
            TEXTS[0],
            data_type="text",
            context="So?",
            explanation="Because.",
            settings=[AllowNeitherBothSetting(), MarkdownSetting()],
        ),
        lambda w: w.ours.examples.add(
            w.audience.id,
            w.example(TEXTS[0], data_type="text", context="So?", explanation="Because.", settings=BOTH),
        ),
    ),
    "add an example of files with media context": (
        lambda w: w.sdk_example(w.local("m4"), media_context=w.urls("m4")),
        lambda w: w.ours.examples.add(w.audience.id, w.example(w.local("m4"), media_context=w.urls("m4"))),
    ),
    "add an example with one medium as context": (
        lambda w: w.sdk_example(TEXTS[1], data_type="text", media_context=w.urls("m5", 1)),
        lambda w: w.ours.examples.add(
            w.audience.id, w.example(TEXTS[1], data_type="text", media_context=w.urls("m5", 1))
        ),
    ),
    "create an audience with filters": (
        lambda w: w.sdk.audience.create_audience(
            "Sliced", target_accuracy=0.8, min_tasks=3, max_tasks=10, filters=_sdk_filters()
        ),
        lambda w: w.ours.audiences.create("Sliced", 0.8, 3, 10, filters=parse_filters(FILTERS)),
    ),
    "filter an audience": (
        lambda w: w.audience.filter(_sdk_filters()),
        lambda w: w.ours.audiences.derive(w.audience.id, parse_filters(FILTERS)),
    ),
    "change filters": (
        lambda w: w.audience.update_filters(_sdk_filters()),
        lambda w: w.ours.audiences.change(w.audience.id, filters=parse_filters(FILTERS)),
    ),
    "clear filters": (
        lambda w: w.audience.update_filters([]),
        lambda w: w.ours.audiences.change(w.audience.id, filters=[]),
    ),
    "rename an audience": (
        lambda w: w.audience.update_name("Furnished again"),
        lambda w: w.ours.audiences.change(w.audience.id, name="Furnished again"),
    ),
    "delete an example": (
        lambda w: w.audience.delete_example(w.examples[0]),
        lambda w: w.ours.examples.delete(w.examples[1]),
    ),
    "recruit": (
        lambda w: w.audience.start_recruiting(),
        lambda w: w.ours.audiences.start_recruiting(w.audience.id),
    ),
    "find audiences": (
        lambda w: w.sdk.audience.find_audiences("Prompt Alignment ü/?", amount=10),
        lambda w: w.ours.audiences.find("Prompt Alignment ü/?", 1, 10),
    ),
    "find all audiences": (lambda w: w.sdk.audience.find_audiences(), lambda w: w.ours.audiences.find("", 1, 10)),
    "get an audience": (
        lambda w: w.sdk.audience.get_audience_by_id(w.audience.id),
        lambda w: w.ours.audiences.get(w.audience.id),
    ),
    "metrics": (
        lambda w: w.audience.get_recruiting_metrics(),
        lambda w: w.ours.audiences.metrics(w.audience.id),
    ),
    "list examples": (
        lambda w: w.audience.get_examples(),
        lambda w: w.ours.examples.all(w.audience.id),
    ),
    "define pairs of URLs": (
        lambda w: w.sdk_define([w.urls("m12"), w.urls("m12b")], a_b_names=["Flux", "MJ"]),
        lambda w: w.define([w.urls("m12"), w.urls("m12b")], a_b_names=["Flux", "MJ"]),
    ),
    "define pairs of texts with contexts and settings": (
        lambda w: w.sdk_define(
            TEXTS, data_type="text", contexts=["1", "2", "3"], settings=[AllowNeitherBothSetting(), MarkdownSetting()]
        ),
        lambda w: w.define(TEXTS, data_type="text", contexts=["1", "2", "3"], settings=BOTH),
    ),
    "define pairs of files with media contexts": (
        lambda w: w.sdk_define([w.local("m14")], media_contexts=[w.urls("m14")]),
        lambda w: w.define([w.local("m14")], media_contexts=[w.urls("m14")]),
    ),
    "define with private metadata": (
        lambda w: w.sdk_define(TEXTS[:1], data_type="text", private_metadata=[{"id": "7"}]),
        lambda w: w.define(TEXTS[:1], data_type="text", private_metadata=[{"id": "7"}]),
    ),
    "define with a confidence": (
        lambda w: w.sdk_define(TEXTS, data_type="text", responses_per_datapoint=20, confidence_threshold=0.99),
        lambda w: w.define(TEXTS, Stopping(20, confidence=0.99), data_type="text"),
    ),
    "define with a quorum": (
        lambda w: w.sdk_define(TEXTS, data_type="text", responses_per_datapoint=7, quorum_threshold=4),
        lambda w: w.define(TEXTS, Stopping(7, quorum=4), data_type="text"),
    ),
    "estimate the cost": (
        lambda w: w.definition.estimated_cost,
        lambda w: w.ours.definitions.cost_estimate(w.definition.id),
    ),
    "start a job": (
        lambda w: w.audience.assign_job(w.definition),
        lambda w: w.ours.jobs.start(w.definition.id, 1, w.audience.id),
    ),
    "start a job after another": (
        lambda w: w.audience.assign_job(w.definition, run_after=w.job.id),
        lambda w: w.ours.jobs.start(w.definition.id, 1, w.audience.id, run_after=w.job.id),
    ),
    "a job": (lambda w: w.sdk.job.get_job_by_id(w.job.id), lambda w: w.ours.jobs.get(w.job.id)),
    "progress": (lambda w: w.job._get_job_progress(), lambda w: w.ours.jobs.progress(w.job.id)),
    "pause": (lambda w: w.job.pause(), lambda w: w.ours.jobs.pause(w.other.id)),
    "resume": (lambda w: w.job.resume(), lambda w: w.ours.jobs.resume(w.other.id)),
    "find jobs": (lambda w: w.sdk.job.find_jobs("Pairs"), lambda w: w.ours.jobs.find("Pairs", 1, 10)),
    "find jobs of an audience": (
        lambda w: w.audience.find_jobs(),
        lambda w: w.ours.jobs.find("", 1, 10, w.audience.id),
    ),
    "preliminary results": (
        lambda w: w.job.get_results(preliminary_results=True),
        lambda w: results_of(w, w.job.id),
    ),
    "final results": (lambda w: w.ended.get_results(), lambda w: results_of(w, w.ended.id)),
    **TASKS,
}


async def _define(world: World, sample: TaskSample) -> str:
    return await world.ours.definitions.create("Pairs", sample.draft(), Stopping())


async def _exemplify(world: World, sample: TaskSample) -> str | None:
    assert sample.example_draft is not None
    return await world.ours.examples.add(world.audience.id, sample.example_draft())


def _of_sample(page: str, sample: TaskSample) -> dict[str, tuple[Sdk, Ours]]:
    """The operations of one task type."""
    sdk_example = sample.sdk_example
    found: dict[str, tuple[Sdk, Ours]] = {
        f"define a {page} job": (lambda w: sample.sdk_job(w.sdk), lambda w: _define(w, sample)),
    }
    if sdk_example is not None:
        found[f"add a {page} example"] = (lambda w: sdk_example(w.audience), lambda w: _exemplify(w, sample))
    return found


for _page, _sample in SAMPLES.items():
    OPERATIONS |= _of_sample(_page, _sample)


async def results_of(world: World, job_id: str) -> None:
    """Ours takes a job that was read before."""
    await world.ours.results.document(await world.ours.jobs.get(job_id))


@dataclass(frozen=True)
class Difference:
    """Requests that only the SDK sends, those that only we send, and why."""

    only_sdk: list[str] = field(default_factory=list)
    only_ours: list[str] = field(default_factory=list)
    reason: str = ""


def _batch(*names: str, also: Sequence[str] = ()) -> str:
    urls = [f"https://a.test/{name}%20of?x=1&y=ü.jpg" for name in names] + [f"https://a.test/{name}" for name in also]
    body = json.dumps({"correlationId": "any", "urls": sorted(urls)}, sort_keys=True)
    return f"POST /asset/batch-upload? {body}"


def _first_looked(path: str, name: str = "", more: str = "") -> list[str]:
    return [f"GET {path}?page=1&page_size=100&sort=-created_at&name%5Bcontains%5D={name}{more} null"]


BEFORE = "We look first at what there is alike, so that a lost answer is never taken for something older."
DIFFERENCES = {
    "create an audience with a rule": Difference([], _first_looked("/audiences", "Same"), BEFORE),
    "create an audience with filters": Difference([], _first_looked("/audiences", "Sliced"), BEFORE),
    "filter an audience": Difference([], _first_looked("/audiences"), BEFORE),
    "list examples": Difference(
        ["GET /audience/aud/examples?page=1&page_size=10 null"],
        ["GET /audience/aud/examples?page=1&page_size=200 null"],
        "The SDK shows one page; our replies on an audience cover all of its examples.",
    ),
    "start a job": Difference(
        ["GET /audience/aud/user-metrics? null"],
        _first_looked("/jobs", more="&job_id%5Beq%5D=jdf"),
        f"The SDK warns afterwards of an audience without graduates; assign_job has read it before it spends. {BEFORE}",
    ),
    "start a job after another": Difference(
        ["GET /audience/aud/user-metrics? null"], _first_looked("/jobs", more="&job_id%5Beq%5D=jdf"), "As above."
    ),
    "define a ranking job of short lists": Difference(
        [
            _batch("r1/0", "r1/1", "r1/2", "r2/0", "r2/1"),
            "POST /asset/url?url=https%3A//a.test/context/1.jpg null",
            "POST /asset/url?url=https%3A//a.test/context/2.jpg null",
        ],
        [_batch("r1/0", "r1/1", "r1/2", "r2/0", "r2/1", also=["context/1.jpg", "context/2.jpg"])],
        "The SDK uploads what is shown with a list one by one; with us it goes along with everything else.",
    ),
    "preliminary results": Difference(
        ["GET /job/job? null"], [], "The SDK reads the job once for its state and once for its pipeline."
    ),
    "final results": Difference(
        ["GET /audience/global/user-metrics? null", "GET /audience/global? null", "GET /job/job? null"],
        [],
        "The SDK waits for the end, and so looks whether anybody will answer; get_results never waits.",
    ),
}


@pytest.fixture(scope="module")
def world(open_platform: OpenPlatform, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Made by the SDK."""
    served = open_platform()
    with client_for(served.url) as sdk:
        audience = sdk.audience.create_audience("Furnished", min_tasks=3)
        for texts in TEXTS:
            audience.add_compare_example(QUESTION, texts[0], texts, "text")
        examples = [*audience.get_examples()["id"]]
        for texts in TEXTS:
            audience.add_compare_example(QUESTION, texts[0], texts, "text")
        definition = sdk.job.create_compare_job_definition("Pairs", QUESTION, TEXTS, "text")
        ended = sdk.audience.get_audience_by_id("global").assign_job(definition)
        idle = sdk.audience.create_audience("Nobody answers there, so its jobs stay as they are")
        jobs = [idle.assign_job(definition) for _ in range(2)]
        while ended.get_status() != "Completed":
            served.clock.moved += 60
        yield World(served, sdk, tmp_path_factory.mktemp("pictures"), audience, definition, *jobs, ended, examples)


async def send_ours(world: World, operation: Ours, directory: Path) -> None:
    """By a client that has uploaded nothing before."""
    token = directory / "token.json"
    token.write_text('{"access_token": "x", "token_type": "Bearer", "expires_at": 9999999999}')
    settings = Settings(data_dir=directory, platform="cloud", api_url=world.served.url, token_file=token)
    async with connect(settings, world.served.clock) as connection:
        world.ours = connection.platform
        await operation(world)


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.usefixtures("quick")
def test_both_send_the_same(name: str, world: World, tmp_path: Path) -> None:
    """Except for what is listed, with its reason."""
    sdk, ours = OPERATIONS[name]
    answers = world.served.answers
    begun = len(answers)
    sdk(world)
    half = len(answers)
    anyio.run(send_ours, world, ours, tmp_path)
    by_sdk, by_ours = comparable(answers[begun:half]), comparable(answers[half:])
    assert by_ours, "nothing was sent"
    differing = sorted((by_sdk - by_ours).elements()), sorted((by_ours - by_sdk).elements())
    expected = DIFFERENCES.get(name, Difference())
    assert differing == (expected.only_sdk, expected.only_ours)
