"""New revisions of job definitions (contract F.7)."""

from __future__ import annotations

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.database.tables import (
    revisions,
)
from rapidata_mcp.local.jobs.validation import validate_definition
from rapidata_mcp.local.store.account import new_id
from rapidata_mcp.models.definitions import NewRevision, spec_of


async def insert_revision(
    connection: AsyncConnection, definition_id: str, number: int, revision: NewRevision, now: float
) -> str:
    """Store a revision and return the id of its preview pipeline.

    Raises:
        ProblemError: 400 if its data set or its referee does not fit its task.
    """
    await validate_definition(connection, spec_of(revision.workflow), revision.referee, revision.dataset_id)
    pipeline_id = new_id("ppl")
    await connection.execute(
        insert(revisions),
        {
            "definition_id": definition_id,
            "number": number,
            "pipeline_id": pipeline_id,
            "dataset_id": revision.dataset_id,
            "workflow": revision.workflow.to_json(),
            "referee": revision.referee.to_json(),
            "feature_flags": [flag.to_json() for flag in revision.rapid_feature_flags or []],
            "campaign_feature_flags": [flag.to_json() for flag in revision.campaign_feature_flags or []],
            "aggregator_type": revision.aggregator_type,
            "validation_set_id": revision.validation_set_id,
            "base_revision_number": revision.base_revision_number,
            "created_at": now,
        },
    )
    return pipeline_id
