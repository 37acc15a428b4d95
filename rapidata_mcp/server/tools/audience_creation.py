"""The tools that create audiences: custom ones, and filtered parts of another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from mcp.server.mcpserver import Context
from pydantic import Field

from rapidata_mcp.aggregate.admission import AdmissionRule
from rapidata_mcp.errors import InvalidArgument, Refused
from rapidata_mcp.server.arguments import AudienceId, Repeat
from rapidata_mcp.server.audiences.filters import Filters, describe_filters, parse_filters
from rapidata_mcp.server.audiences.reading import read_audience
from rapidata_mcp.server.audiences.replies import CreatedAudience, audience_reply
from rapidata_mcp.server.audiences.state import GUESS, AudienceState, odds
from rapidata_mcp.server.replies import clean, quoted, rehearsal_note
from rapidata_mcp.server.services import services_of
from rapidata_mcp.tasks.arguments import MAX_NAME, require_text

if TYPE_CHECKING:
    from rapidata_mcp.client.platform import Platform
    from rapidata_mcp.models.audiences import Audience

NAMESAKES_SEARCHED = 20
ENOUGH_TASKS = 10
ADVICE = "; with ten different examples and min_tasks=10 (a new audience) the chance is 1 in 18"


async def create_audience(
    ctx: Context,
    name: Annotated[str, Field(description="For people, such as the task that its labelers learn")],
    target_accuracy: Annotated[float, Field(gt=0, le=1, description="Share of examples to answer correctly")] = 0.75,
    min_tasks: Annotated[int, Field(ge=3, le=100, description="Examples to answer before the verdict")] = 3,
    max_tasks: Annotated[int | None, Field(ge=3, le=200, description="Examples at most; default min_tasks")] = None,
    filters: Filters | None = None,
    repeat: Repeat = False,
) -> CreatedAudience:
    """Creates a custom audience. Labelers join it by answering qualification examples. Free.

    A higher min_tasks keeps more guessers out, and needs more examples.
    """
    require_text("name", name, MAX_NAME)
    most = min_tasks if max_tasks is None else max_tasks
    if most < min_tasks:
        raise InvalidArgument("max_tasks", f"must be at least min_tasks ({min_tasks}).", "Raise it or leave it out.")
    parsed = parse_filters(filters or ())
    parsed_json = [each.to_json() for each in parsed]
    services = await services_of(ctx)
    audiences = services.platform.audiences
    content = {"name": name, "target_accuracy": target_accuracy, "min_tasks": min_tasks, "max_tasks": most}
    made = await services.ledger.create_once(
        "audience",
        content | ({"filters": parsed_json} if parsed else {}),
        make=lambda attempt: audiences.create(name, target_accuracy, min_tasks, most, attempt, parsed),
        exists=audiences.exists,
        repeat=repeat,
    )
    state = await read_audience(services.platform, made.id)
    rule = AdmissionRule(target_accuracy, min_tasks, most)
    if made.already_existed:
        outcome = "This audience exists already; nothing was created"
        note = _changes(state.audience, name, rule, describe_filters(parsed_json))
    else:
        outcome = "Created the audience"
        note = await _namesakes(services.platform, name, made.id)
    summary = f"{outcome}: {quoted(clean(name))}.{note} {_describe_bar(rule)}"
    return _reply(services.platform, state, summary, already_existed=made.already_existed)


def _describe_bar(rule: AdmissionRule) -> str:
    """The bar of an audience before it has examples, and the chance of guessers to pass it."""
    chance = odds(rule.pass_probability(GUESS, rule.max_tasks or rule.min_tasks))
    advice = ADVICE if rule.min_tasks < ENOUGH_TASKS else ""
    return (
        f"{rule.min_correct} of {rule.min_tasks} answers have to be right. A labeler who clicks at random qualifies "
        f"with a chance of {chance}{advice}."
    )


async def filter_audience(
    ctx: Context, audience_id: AudienceId, filters: Filters, repeat: Repeat = False
) -> CreatedAudience:
    """Makes an audience of the members of another one who match filters. Nobody has to qualify again. Free."""
    parsed = parse_filters(filters)
    if not parsed:
        raise InvalidArgument("filters", "is empty.", "Give at least one.")
    services = await services_of(ctx)
    platform = services.platform
    base = (await read_audience(platform, audience_id)).audience
    if base.kind in ("filtered", "unlisted"):
        raise Refused(f"audience_id: the {base.kind} audience cannot be filtered.", "Filter its base audience.")
    made = await services.ledger.create_once(
        "filtered audience",
        {"base": audience_id, "filters": [each.to_json() for each in parsed]},
        make=lambda attempt: platform.audiences.derive(audience_id, parsed, attempt),
        exists=platform.audiences.exists,
        repeat=repeat,
    )
    state = await read_audience(platform, made.id)
    outcome = "This audience exists already" if made.already_existed else "Made the audience"
    summary = f"{outcome}: the members of {quoted(clean(base.name))} who match the filters."
    return _reply(platform, state, summary, already_existed=made.already_existed)


def _reply(platform: Platform, state: AudienceState, summary: str, *, already_existed: bool) -> CreatedAudience:
    notes = f"{rehearsal_note(platform.simulated)}{platform.links.people(state.audience_id)}"
    return CreatedAudience(
        **dict(audience_reply(state, f"{summary}{notes}")),
        already_existed=already_existed,
        label_url=platform.links.label(state.audience_id, None) or "",
    )


def _changes(audience: Audience, name: str, rule: AdmissionRule, filters: str) -> str:
    """A sentence to append if the audience has changed since it was created."""
    changes = []
    if audience.name != name:
        changes.append(f"it is called {quoted(clean(audience.name))}")
    if _bar(audience.admission) != _bar(rule):
        changes.append("its bar is another one")
    if describe_filters(audience.filters) != filters:
        changes.append(
            f"only labelers with {describe_filters(audience.filters)} may qualify"
            if audience.filters
            else "anybody may qualify"
        )
    return f" But it has changed since: {', and '.join(changes)}. repeat=true makes another one." if changes else ""


def _bar(rule: AdmissionRule | None) -> tuple[float, int, int | None] | None:
    return None if rule is None else (rule.target_accuracy, rule.min_tasks, rule.max_tasks)


async def _namesakes(platform: Platform, name: str, audience_id: str) -> str:
    """A sentence to append if other audiences have the same name."""
    audiences = (await platform.audiences.find(name, 1, NAMESAKES_SEARCHED)).items
    others = [audience.id for audience in audiences if audience.name == name and audience.id != audience_id]
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    return f" Other audiences have the same name: {others[0]}{more}." if others else ""
