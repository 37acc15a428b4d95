"""Tools for audiences: find, read, create, recruit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from mcp.server.mcpserver import Context
from pydantic import BaseModel, Field

from rapidata_mcp.aggregate.admission import AdmissionRule
from rapidata_mcp.concurrency import gather, task_group
from rapidata_mcp.errors import InvalidArgument, Refused
from rapidata_mcp.server.arguments import AudienceId, Limit, Name, OwnAudienceId, PageNumber, Repeat
from rapidata_mcp.server.audiences.filters import Filters, read_filters, told
from rapidata_mcp.server.audiences.problems import UNCHANGEABLE, hardly_anyone, odds, problems
from rapidata_mcp.server.audiences.reading import ReadAudience, read_audience, require_examples
from rapidata_mcp.server.replies import Reply, UntrustedText, clean, count_of, quoted, rehearsal_note
from rapidata_mcp.server.services import services_of
from rapidata_mcp.tasks.arguments import MAX_INSTRUCTION, MAX_NAME, require_text
from rapidata_mcp.tasks.compare import GUESS

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.audiences import Audience
    from rapidata_mcp.models.examples import Example

Kind = Literal["global", "curated", "custom", "filtered", "unlisted"]
EXAMPLES_SHOWN = 15
QUESTIONS_SHOWN = 3
ITEM_CHARACTERS = 120
"""Most addresses are shorter, so that an example can be added elsewhere as it is shown."""
NAMESAKES_LOOKED_AT = 20
ENOUGH_TASKS = 10
ADVICE = "; with ten different examples and min_tasks=10 (a new audience) that is 1 in 18"


class FoundAudience(BaseModel):
    """An audience in a list."""

    audience_id: str
    name: UntrustedText
    kind: Kind
    status: str
    about: UntrustedText = ""
    graduated: int | None = Field(None, description="None where nobody has to qualify")


class FoundAudiences(Reply):
    """A page of audiences."""

    audiences: list[FoundAudience]
    total: int


class AudienceState(Reply):
    """An audience: its admission bar and its recruiting funnel."""

    audience_id: str
    name: UntrustedText
    kind: Kind
    status: str
    target_accuracy: float | None = None
    min_tasks: int | None = None
    max_tasks: int | None = None
    example_count: int = 0
    distinct_examples: int = 0
    guesser_passes: str = Field("", description="How likely one who clicks at random qualifies")
    graduated: int = 0
    qualifying: int = 0
    dropped: int = 0


class CreatedAudience(AudienceState):
    """A custom audience, new or found."""

    already_existed: bool
    label_url: str = ""


class ShownExample(BaseModel):
    """A qualification example, and how labelers did on it."""

    example_id: str
    truth: UntrustedText
    other: UntrustedText
    context: UntrustedText = ""
    correct: int
    incorrect: int


class AudienceDetails(AudienceState):
    """An audience with its examples."""

    problems: list[str] = []
    examples: list[ShownExample] = []


async def find_audiences(ctx: Context, name: Name = "", page: PageNumber = 1, limit: Limit = 10) -> FoundAudiences:
    """Lists audiences, newest first: your own, curated ones, and `global` (everyone)."""
    platform = (await services_of(ctx)).platform
    found = await platform.audiences.find(name, page, limit)
    rows: dict[str, FoundAudience] = {}

    async def describe(audience: Audience) -> None:
        graduated = audience.graduated
        if audience.kind == "custom" and graduated is None:  # the platform did not count them in the list
            graduated = (await platform.audiences.metrics(audience.id)).count("Graduated")
        rows[audience.id] = FoundAudience(
            audience_id=audience.id,
            name=clean(audience.name),
            kind=audience.kind,
            status=audience.status,
            about=clean(audience.description or "", 120),
            graduated=graduated if audience.kind == "custom" else None,
        )

    async with task_group() as group:
        for audience in found.items:
            group.start_soon(describe, audience)
    more = found.total > page * limit
    return FoundAudiences(
        summary=f"{len(rows)} of {count_of(found.total, 'audience')}, page {page}; filtered ones are not listed.",
        audiences=[rows[audience.id] for audience in found.items],
        total=found.total,
        next_step=f"find_audiences(page={page + 1}, limit={limit}{', name as before' if name else ''}) shows more."
        if more
        else "create_compare_job drafts a job; assign_job(job_definition_id, audience_id) runs it on one of these.",
    )


async def get_audience(ctx: Context, audience_id: AudienceId) -> AudienceDetails:
    """Shows one audience: admission bar, recruiting funnel, problems, examples and how labelers did on them."""
    platform = (await services_of(ctx)).platform
    read, newest = await gather(read_audience(platform, audience_id), platform.newest_job_on(audience_id))
    facts = read.facts(newest.job_definition_id if newest else "")
    return AudienceDetails(
        **facts,
        summary=_described(read, facts, "simulated labelers" if platform.simulated else "labelers")
        + ("" if read.audience.kind == "custom" else rehearsal_note(platform.simulated)),
        problems=problems(read, await platform.asked_by(newest) if newest else None),
        examples=[_shown(example) for example in read.examples[:EXAMPLES_SHOWN]],
    )


async def create_audience(
    ctx: Context,
    name: Annotated[str, Field(description="For people, such as the task its labelers learn")],
    target_accuracy: Annotated[float, Field(gt=0, le=1, description="Share of examples to answer correctly")] = 0.75,
    min_tasks: Annotated[int, Field(ge=3, le=100, description="Examples to answer before the verdict")] = 3,
    max_tasks: Annotated[int | None, Field(ge=3, le=200, description="Examples at most; default min_tasks")] = None,
    filters: Filters | None = None,
    repeat: Repeat = False,
) -> CreatedAudience:
    """Creates a custom audience, which labelers join by answering qualification examples. Free.

    The higher min_tasks, the fewer guessers get in, and the more examples are needed.
    """
    require_text("name", name, MAX_NAME)
    most = min_tasks if max_tasks is None else max_tasks
    if most < min_tasks:
        raise InvalidArgument("max_tasks", f"must be at least min_tasks ({min_tasks}).", "Raise it or leave it out.")
    wanted = read_filters(filters or ())
    services = await services_of(ctx)
    audiences = services.platform.audiences
    content = {"name": name, "target_accuracy": target_accuracy, "min_tasks": min_tasks, "max_tasks": most}
    made = await services.ledger.create_once(
        "audience",
        content | ({"filters": [part.to_json() for part in wanted]} if wanted else {}),
        make=lambda attempt: audiences.create(name, target_accuracy, min_tasks, most, attempt, wanted),
        exists=audiences.exists,
        repeat=repeat,
    )
    read = await read_audience(services.platform, made.id)
    done = "This audience exists already; nothing was created" if made.already_existed else "Created the audience"
    rule = AdmissionRule(target_accuracy, min_tasks, most)
    chance = odds(rule.pass_probability(GUESS, most))
    if made.already_existed:
        besides = _changed(read.audience, name, rule, told([part.to_json() for part in wanted]))
    else:
        besides = await _namesakes(services.platform, name, made.id)
    return CreatedAudience(
        **read.facts(),
        already_existed=made.already_existed,
        summary=f"{done}: {quoted(clean(name))}.{besides} {rule.fewest_right} of {min_tasks} tasks have to be right. A "
        f"labeler who clicks at random passes with a chance of {chance}{ADVICE if min_tasks < ENOUGH_TASKS else ''}."
        f"{rehearsal_note(services.platform.simulated)}"
        f"{services.platform.links.people(made.id)}",
        label_url=services.platform.links.label(made.id, None) or "",
    )


def _changed(audience: Audience, name: str, rule: AdmissionRule, filters: str) -> str:
    """What is no longer as it was asked for, to append."""
    now = []
    if audience.name != name:
        now.append(f"it is called {quoted(clean(audience.name))}")
    if _bar(audience.admission) != _bar(rule):
        now.append("its bar is another one")
    if told(audience.filters) != filters:
        now.append(
            f"only those with {told(audience.filters)} may qualify" if audience.filters else "anybody may qualify"
        )
    return f" But it was changed since: {', and '.join(now)}. repeat=true makes another as asked for." if now else ""


def _bar(rule: AdmissionRule | None) -> tuple[float, int, int | None] | None:
    return None if rule is None else (rule.target_accuracy, rule.min_tasks, rule.max_tasks)


async def _namesakes(platform: Platform, name: str, audience_id: str) -> str:
    """That other audiences have the name of this one, to append."""
    known = (await platform.audiences.find(name, 1, NAMESAKES_LOOKED_AT)).items
    others = [one.id for one in known if one.name == name and one.id != audience_id]
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    return f" It is not the only one of this name: there is {others[0]}{more}." if others else ""


async def start_recruiting(ctx: Context, audience_id: OwnAudienceId) -> AudienceState:
    """Lets labelers qualify for a custom audience that has at least min_tasks examples. Free; once is enough."""
    platform = (await services_of(ctx)).platform
    read = await read_audience(platform, audience_id)
    if read.audience.kind != "custom":
        raise Refused(f"The {read.audience.kind} audience needs no recruiting.", "Run a job on it with assign_job.")
    require_examples(read)
    started = read.audience.status == "Created"
    if started:
        await platform.audiences.start_recruiting(audience_id)
        read = await read_audience(platform, audience_id)
    hard = hardly_anyone(read)
    newest = await platform.newest_job_on(audience_id) if hard else None
    return AudienceState(
        **read.facts(newest.job_definition_id if newest else ""),
        summary=f"Recruiting for {quoted(read.name)} "
        + ("has started." if started else f"had been started before; its status is {read.audience.status}.")
        + (f" {hard} {UNCHANGEABLE}" if hard else "")
        + rehearsal_note(platform.simulated),
    )


def _described(read: ReadAudience, facts: dict[str, Any], labelers: str) -> str:
    """An audience in a sentence."""
    audience = read.audience
    named = f"The {audience.kind} audience {quoted(facts['name'])}"
    if audience.kind == "filtered":
        return f"{named}: {read.part_of}"
    if audience.kind != "custom":
        return f"{named} is ready: nobody has to qualify."
    filters = f" Only those with {told(audience.filters)} may qualify." if audience.filters else ""
    bar = f" Its bar: {rule.fewest_right} of {rule.min_tasks} right." if (rule := audience.admission) else ""
    asked = dict.fromkeys(clean(example.question.instruction, MAX_INSTRUCTION) for example in read.examples)
    asks = f" Its examples ask {'; '.join(map(quoted, list(asked)[:QUESTIONS_SHOWN]))}." if asked else ""
    return (
        f"{named} is {audience.status}: {facts['graduated']} {labelers} qualified, {facts['qualifying']} qualifying, "
        f"{facts['dropped']} dropped.{bar}{filters}{asks}"
    )


def _shown(example: Example) -> ShownExample:
    return ShownExample(
        example_id=example.id,
        truth=clean(example.answer, ITEM_CHARACTERS),
        other="; ".join(clean(item, ITEM_CHARACTERS) for item in example.others),
        context=clean(example.context or "", 80),
        correct=example.correct_count,
        incorrect=example.incorrect_count,
    )
